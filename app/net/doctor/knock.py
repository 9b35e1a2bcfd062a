"""`Knock`: one visit at an address, as far as the host's hello, and no further.

What a member would do up to there, and nothing of it is secret: after TLS only the versions of the
protocol are said, and only if the listener wants that once it has seen the host's fingerprint. No
nickname, no device key, no password.
"""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from typing import Protocol

from PyQt6.QtCore import QObject, pyqtSlot
from PyQt6.QtNetwork import QAbstractSocket, QHostInfo, QNetworkProxy, QTcpSocket

from app import __version__
from app.net import limits
from app.net.link import Ending, Link, LinkEnd
from app.net.stream import borrow
from app.protocol.messages import AnyMessage, ClientHello, HostHello
from app.protocol.version import NEWEST, OLDEST
from app.protocol.wire import Side
from app.security.channel import member_context
from app.security.fingerprint import fingerprint_of
from app.security.invite import Address
from app.session.checking import Step
from app.session.connection import Problem
from app.support.clock import Clock, Timer

NAME_DEADLINE = 6.0
"""Seconds to find a name: multicast DNS takes one, a name server that does not answer five."""

HELLO_DEADLINE = 5.0
"""Seconds from TLS to the host's hello."""

AGENT = f"papo/{__version__} doctor"

_SocketError = QAbstractSocket.SocketError


class Mute(StrEnum):
    """What went wrong beyond a session's `Problem`."""

    SILENT = "silent"
    """The connection stands, and nothing is said: another program, or one that hangs."""
    NO_SOCKET = "no-socket"
    """The system let no connection be tried: `problem` is its own word."""


class Visitor(Protocol):
    """Who is told how a knock goes: each call at most once, in this order, a failure last."""

    def on_resolved(self, addresses: list[str]) -> None:
        """The name stands for these IP addresses; told for an IP address, too."""

    def on_connected(self) -> None:
        """TCP stands."""

    def on_secured(self, fingerprint: bytes) -> bool:
        """TLS stands, with a room's certificate; return whether to say the hello."""

    def on_greeted(self, hello: HostHello) -> None:
        """The host said its hello; the knock is over."""

    def on_failed(self, step: Step, code: str) -> None:
        """It ended at that step; `code` is a `Problem`, a `Mute` or a `Refusal`."""


class Knock(QObject):
    """Goes to one address once. Owns its socket and its link; `stop()` ends it without a word."""

    def __init__(
        self, address: Address, visitor: Visitor, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.address = address
        self._visitor: Visitor | None = visitor
        self._clock = clock
        self._lookup = -1
        self._socket: QTcpSocket | None = None
        self._link: Link | None = None
        self._timer: Timer | None = None
        self._step = Step.RESOLVE

    def start(self) -> None:
        """Begin; nothing is told from within this call."""
        self._wait(NAME_DEADLINE)
        self._lookup = QHostInfo.lookupHost(self.address.host, self._on_looked_up)

    def stop(self) -> None:
        """End it; nothing is told any more."""
        self._visitor = None
        self._let_go()

    @pyqtSlot(QHostInfo)
    def _on_looked_up(self, info: QHostInfo) -> None:
        self._lookup = -1
        if self._visitor is None:
            return
        found = [one.toString() for one in info.addresses()]
        if not found and _is_ip(self.address.host):
            found = [self.address.host]
        if not found:
            self._fail(Problem.NO_SUCH_HOST)
            return
        self._visitor.on_resolved(found)
        if self._visitor is not None:
            self._connect()

    def _connect(self) -> None:
        self._step = Step.CONNECT
        self._wait(limits.CONNECT_DEADLINE)
        socket = QTcpSocket(self)
        # The room is on this network: a proxy meant for the web would only be in the way.
        socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        socket.connected.connect(self._on_connected)
        socket.errorOccurred.connect(self._on_error)
        self._socket = socket
        socket.connectToHost(self.address.host, self.address.port)

    @pyqtSlot()
    def _on_connected(self) -> None:
        if self._socket is None or self._visitor is None:
            return
        stream = borrow(int(self._socket.socketDescriptor()))
        self._drop_socket()
        self._step = Step.TLS
        self._wait(limits.TLS_DEADLINE)
        self._visitor.on_connected()
        self._link = Link(stream, member_context(), Side.MEMBER, self._clock, self)
        self._link.start()

    @pyqtSlot(QAbstractSocket.SocketError)
    def _on_error(self, error: QAbstractSocket.SocketError) -> None:
        self._fail(
            {
                _SocketError.ConnectionRefusedError: Problem.REFUSED,
                _SocketError.SocketTimeoutError: Problem.NO_ANSWER,
                _SocketError.HostNotFoundError: Problem.NO_SUCH_HOST,
                _SocketError.SocketResourceError: Mute.NO_SOCKET,
                _SocketError.SocketAccessError: Mute.NO_SOCKET,
            }.get(error, Problem.UNREACHABLE)
        )

    # --- the link's listener --------------------------------------------------------------------

    def on_secured(self) -> None:
        """Show the fingerprint, and say the hello where that is wanted."""
        if self._link is None or self._visitor is None:
            return
        self._step = Step.VERSION
        self._wait(HELLO_DEADLINE)
        if self._visitor.on_secured(fingerprint_of(self._link.certificate)):
            hello = ClientHello(min_version=OLDEST, max_version=NEWEST, agent=AGENT)
            self._link.send(hello)
        else:
            self.stop()

    def on_received(self, message: AnyMessage) -> None:
        """Take the host's hello; a last word comes as the end."""
        visitor = self._visitor
        if isinstance(message, HostHello) and visitor is not None:
            self.stop()
            visitor.on_greeted(message)

    def on_drained(self) -> None:
        """Nothing waits for it."""

    def on_closed(self, end: LinkEnd) -> None:
        """Say why it ended before the hello."""
        self._link = None
        if end.refusal:
            self._fail(end.refusal)
        elif end.ending is Ending.NOT_PAPO:
            self._fail(Problem.NOT_PAPO)
        else:
            self._fail(Problem.LOST if self._step is Step.VERSION else Problem.TURNED_AWAY)

    # --- ending ---------------------------------------------------------------------------------

    def _on_deadline(self) -> None:
        self._timer = None
        self._fail(
            {
                Step.RESOLVE: Problem.NO_SUCH_HOST,
                Step.CONNECT: Problem.NO_ANSWER,
            }.get(self._step, Mute.SILENT)
        )

    def _fail(self, code: str) -> None:
        visitor, self._visitor = self._visitor, None
        self._let_go()
        if visitor is not None:
            visitor.on_failed(self._step, code)

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._clock.call_later(seconds, self._on_deadline)

    def _let_go(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._lookup >= 0:
            QHostInfo.abortHostLookup(self._lookup)
            self._lookup = -1
        self._drop_socket()
        link, self._link = self._link, None
        if link is not None:
            link.leave_alone()
            link.abort()

    def _drop_socket(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.blockSignals(True)
            socket.abort()
            socket.deleteLater()


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
