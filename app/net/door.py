"""The door: one listening port, and who may stand at it.

The first byte tells who knocks. Only Papo's own TLS is let in; whoever says anything else, or nothing
for too long, is shown out. `QSslServer` is not used: it crashes on an idle connection that closes.
"""

from __future__ import annotations

from collections import Counter

from PyQt6 import sip
from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkProxy, QTcpServer, QTcpSocket

from app.net import limits
from app.support.clock import Clock

_TLS_HANDSHAKE = b"\x16"
"""The first byte of a TLS ClientHello's record (RFC 8446, 5.1)."""


class PortTaken(Exception):
    """Nothing could be listened on; the argument is the system's own word, for the log."""


class BadBindAddress(Exception):
    """The address to listen on is none, or none of this computer's."""


class Caller(QObject):
    """One connection at the door, from accepting it until it is gone.

    The socket is handed on once it `spoke`; the caller stays, to be counted.

    Signals:
        spoke(Caller): it speaks TLS; not a byte of it has been read.
        gone(Caller): the connection is over.
    """

    spoke = pyqtSignal(object)
    gone = pyqtSignal(object)

    def __init__(self, socket: QTcpSocket, address: str, since: float, parent: QObject) -> None:
        super().__init__(parent)
        self.socket = socket
        self.address = address
        self.since = since
        self.silent = True
        socket.setParent(self)
        socket.setReadBufferSize(limits.READ_BUFFER)
        socket.readyRead.connect(self._on_ready_read)
        socket.disconnected.connect(self._on_disconnected)

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        if not self.silent:
            return
        if self.socket.peek(1) != _TLS_HANDSHAKE:
            self.socket.abort()
            return
        self.silent = False
        self.socket.readyRead.disconnect(self._on_ready_read)
        self.spoke.emit(self)

    @pyqtSlot()
    def _on_disconnected(self) -> None:
        self.gone.emit(self)


class Door(QTcpServer):
    """Listens, counts, and hands over who speaks Papo.

    `unlimited` lifts the caps per address, for benchmarks and trusted labs.

    Signals:
        rung(Caller): a Papo client is there. The receiver takes the caller's socket over, calls
            `let_in(caller)` once it has joined, or aborts the socket.
    """

    rung = pyqtSignal(object)

    def __init__(
        self, clock: Clock, *, unlimited: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._clock = clock
        self._unlimited = unlimited
        # Insertion order is age: the oldest half-open link stands first.
        self._half_open: dict[Caller, None] = {}
        self._per_address: Counter[str] = Counter()
        self.setListenBacklogSize(limits.LISTEN_BACKLOG)
        self.setMaxPendingConnections(limits.LISTEN_BACKLOG)

    def open(self, bind: str, port: int) -> int:
        """Listen, and return the port: the one asked for, or the next that is free.

        `bind` is an address of this computer, or empty for all of them; port 0 is any. Raises
        BadBindAddress or PortTaken.
        """
        address = QHostAddress(bind) if bind else QHostAddress(QHostAddress.SpecialAddress.Any)
        if address.isNull():
            raise BadBindAddress(bind)
        last = min(port + limits.PORTS_TO_TRY, 65_535)
        for candidate in [*range(port, last + 1), 0] if port else [0]:
            if self.listen(address, candidate):
                return self.serverPort()
            if self.serverError() is QAbstractSocket.SocketError.SocketAddressNotAvailableError:
                raise BadBindAddress(bind)
        raise PortTaken(self.errorString())

    def let_in(self, caller: Caller) -> None:
        """Note that this link is no longer half-open."""
        self._half_open.pop(caller, None)

    def sweep(self) -> None:
        """Show out who has said nothing for too long; called about once a second."""
        limit = self._clock.monotonic() - limits.TLS_DEADLINE
        for caller in [c for c in self._half_open if c.silent and c.since < limit]:
            caller.socket.abort()

    @property
    def half_open(self) -> int:
        """How many links have not joined."""
        return len(self._half_open)

    def incomingConnection(self, handle: sip.voidptr) -> None:  # noqa: N802 - Qt's name
        """Take a connection in, or turn it away at once where its address has too many."""
        socket = QTcpSocket(self)
        if not socket.setSocketDescriptor(handle):
            socket.deleteLater()
            return
        address = plain_address(socket.peerAddress())
        if not self._unlimited and self._per_address[address] >= limits.LINKS_PER_ADDRESS:
            socket.abort()
            socket.deleteLater()
            return
        self._make_way(address)
        caller = Caller(socket, address, self._clock.monotonic(), self)
        self._half_open[caller] = None
        self._per_address[address] += 1
        caller.spoke.connect(self._on_spoke)
        caller.gone.connect(self._on_gone)

    def _make_way(self, address: str) -> None:
        """Let the oldest half-open link go where there are too many, a silent one first."""
        same = [c for c in self._half_open if c.address == address]
        if len(same) >= limits.HALF_OPEN_PER_ADDRESS and not self._unlimited:
            crowd = same
        elif len(self._half_open) >= limits.HALF_OPEN:
            crowd = list(self._half_open)
        else:
            return
        oldest = next((caller for caller in crowd if caller.silent), crowd[0])
        oldest.socket.abort()

    @pyqtSlot(object)
    def _on_spoke(self, caller: Caller) -> None:
        self.rung.emit(caller)

    @pyqtSlot(object)
    def _on_gone(self, caller: Caller) -> None:
        self._half_open.pop(caller, None)
        self._per_address[caller.address] -= 1
        if self._per_address[caller.address] <= 0:
            del self._per_address[caller.address]
        caller.deleteLater()


def plain_address(address: QHostAddress) -> str:
    """Return the address as text; an IPv4 one that came over an IPv6 socket as IPv4."""
    ipv4, is_ipv4 = address.toIPv4Address()
    return QHostAddress(ipv4).toString() if is_ipv4 else address.toString()
