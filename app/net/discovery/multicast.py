"""`MulticastLink`: the sockets of one interface, and what is let through from them."""

from __future__ import annotations

import ipaddress
import logging
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QSysInfo, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import (
    QAbstractSocket,
    QHostAddress,
    QNetworkInterface,
    QNetworkProxy,
    QUdpSocket,
)

from app.net.discovery import dns
from app.net.discovery.dns import Source

if TYPE_CHECKING:
    from PyQt6.QtNetwork import QNetworkDatagram

    from app.net.discovery.interfaces import Interface
    from app.support.clock import Clock

log = logging.getLogger(__name__)

_Option = QAbstractSocket.SocketOption
_Bind = QAbstractSocket.BindFlag

BURST = 200
"""Packets that are read at once, and a second: what a busy network brings, and no flood."""

A_TURN = 32
"""Packets in one turn of the event loop."""


class LinkSockets(QObject):
    """What carries packets to one interface and from it.

    Signals:
        heard(object, Source): a packet (`DNSIncoming`) came, from a computer on this link.
    """

    heard = pyqtSignal(object, Source)

    def __init__(self, interface: Interface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.interface = interface
        self.refused = 0
        """How many packets in a row the system would not send."""
        self.unheard = 0
        """How many packets were sent to all without hearing any, one's own included, which the system
        gives back: where it grows, a firewall on this computer keeps them from us."""

    @property
    def is_open(self) -> bool:
        """Whether the system lets us listen at all."""
        raise NotImplementedError

    def send(self, packet: bytes, to: Source | None = None) -> None:
        """Send to all on the link, or to one alone; what cannot be sent is lost."""
        raise NotImplementedError

    def follow(self, interface: Interface) -> bool:
        """Note how the interface is now; return whether more can be reached by it than before."""
        raise NotImplementedError

    def close(self) -> None:
        """Hear nothing more."""
        raise NotImplementedError


class MulticastLink(LinkSockets):
    """Speaks mDNS on one interface. Owns a socket for IPv4 and one for IPv6, as far as there are."""

    def __init__(self, interface: Interface, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(interface, parent)
        self._clock = clock
        self._left = float(BURST)
        self._counted_at = clock.monotonic()
        self._sockets: list[tuple[QUdpSocket, QHostAddress]] = []
        self.follow(interface)

    @property
    def is_open(self) -> bool:
        """Whether the system lets us listen at all."""
        return bool(self._sockets)

    def send(self, packet: bytes, to: Source | None = None) -> None:
        """Send to all on the link, or to one alone; what cannot be sent is lost."""
        taken = False
        for socket, group in self._sockets:
            if to is None:
                taken |= socket.writeDatagram(packet, group, dns.PORT) >= 0
                continue
            address = QHostAddress(to.host)
            if address.protocol() == group.protocol():
                taken |= socket.writeDatagram(packet, address, to.port) >= 0
        if to is None:
            self.refused = 0 if taken else self.refused + 1
            self.unheard += 1

    def follow(self, interface: Interface) -> bool:
        """Have a socket for each family that the interface has now; return whether one is new."""
        self.interface = interface
        before = len(self._sockets)
        open_to = {group.protocol() for _, group in self._sockets}
        for there, group in ((interface.has_4, dns.GROUP_4), (interface.has_6, dns.GROUP_6)):
            if there and QHostAddress(group).protocol() not in open_to:
                self._open(group)
        return len(self._sockets) > before

    def close(self) -> None:
        """Hear nothing more."""
        for socket, _ in self._sockets:
            socket.close()
            socket.deleteLater()
        self._sockets = []

    def _open(self, group: str) -> None:
        socket = QUdpSocket(self)
        socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        interface = QNetworkInterface.interfaceFromIndex(self.interface.index)
        address = QHostAddress(group)
        if address.protocol() is QAbstractSocket.NetworkLayerProtocol.IPv6Protocol:
            address.setScopeId(self.interface.name)
        share = _Bind.ShareAddress | _Bind.ReuseAddressHint
        if not socket.bind(_own(address), dns.PORT, share):
            log.info("%s, %s: %s", self.interface.name, group, socket.errorString())
            socket.deleteLater()
            return
        if not socket.joinMulticastGroup(QHostAddress(group), interface):
            log.info("%s, %s: %s", self.interface.name, group, socket.errorString())
            socket.close()
            socket.deleteLater()
            return
        socket.setMulticastInterface(interface)
        socket.setSocketOption(_Option.MulticastTtlOption, 255)
        socket.setSocketOption(_Option.MulticastLoopbackOption, 1)
        socket.readyRead.connect(self._on_ready)
        self._sockets.append((socket, address))

    @pyqtSlot()
    def _on_ready(self) -> None:
        for socket, _ in self._sockets:
            for _turn in range(A_TURN):
                if not socket.hasPendingDatagrams():
                    break
                datagram = socket.receiveDatagram(dns.MAX_PACKET + 1)
                if self._may_read():
                    self._take(datagram)

    def _may_read(self) -> bool:
        now = self._clock.monotonic()
        self._left = min(BURST, self._left + (now - self._counted_at) * BURST)
        self._counted_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def _take(self, datagram: QNetworkDatagram) -> None:
        # Each of a computer's sockets may hear what came by another of its interfaces.
        if datagram.interfaceIndex() not in {0, self.interface.index}:
            return
        sender = datagram.senderAddress().toString()
        try:
            address = ipaddress.ip_address(sender.partition("%")[0])
        except ValueError:
            return
        if not self.interface.has(address.packed):
            # Whoever is not on the link has no say in what is on it (RFC 6762, 11).
            return
        self.unheard = 0
        packet = dns.read(datagram.data().data(), self._clock.monotonic())
        if packet is not None:
            self.heard.emit(packet, Source(sender, datagram.senderPort()))


def _own(group: QHostAddress) -> QHostAddress:
    """Return what to bind to: the group where the system has that, so that no unicast is taken."""
    if QSysInfo.kernelType() == "linux":
        return group
    if group.protocol() is QAbstractSocket.NetworkLayerProtocol.IPv4Protocol:
        return QHostAddress(QHostAddress.SpecialAddress.AnyIPv4)
    return QHostAddress(QHostAddress.SpecialAddress.AnyIPv6)
