"""`Dialer`: finds the first of several addresses at which anything answers.

As browsers do (RFC 8305, 5), but over a few addresses of one room: each has a head start over the next,
and none waits for the one before it to be given up. What is sent is an empty TCP connection; all but the
first that stands are let go of.
"""

from __future__ import annotations

import ipaddress
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QAbstractSocket, QHostInfo, QNetworkProxy, QTcpSocket

from app.net import limits
from app.net.stream import borrow
from app.session.connection import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.net.stream import Stream
    from app.security.invite import Address
    from app.support.clock import Clock, Timer

HEAD_START = 0.3
"""Seconds that an address has before the next is tried beside it (RFC 8305, 5: 0.25, and up to 2)."""

MOST_TRIED = 12
"""Addresses that are tried: an invite holds nine, a room nearby is on a few networks at a time."""

MOST_OF_A_NAME = 4
"""IP addresses of one host name that are tried."""

_SocketError = QAbstractSocket.SocketError
_PROBLEMS = {
    _SocketError.HostNotFoundError: Problem.NO_SUCH_HOST,
    _SocketError.ConnectionRefusedError: Problem.REFUSED,
    _SocketError.SocketTimeoutError: Problem.NO_ANSWER,
    _SocketError.NetworkError: Problem.UNREACHABLE,
}
_TELLING = (Problem.REFUSED, Problem.NO_ANSWER, Problem.UNREACHABLE, Problem.NO_SUCH_HOST)
"""What is told where several addresses failed, the most telling first."""


@dataclass(frozen=True)
class Answer:
    """The address that answered, and the connection, which belongs to whoever is told of it."""

    address: Address
    stream: Stream


class Dialer(QObject):
    """Tries the addresses in turn, once. `stop()` ends it without a word.

    Signals:
        connected(Answer): the first connection that stands; nothing else is told.
        failed(object): none of them answered; the `Problem` that says most.
    """

    connected = pyqtSignal(Answer)
    failed = pyqtSignal(object)

    def __init__(
        self, addresses: Iterable[Address], clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._left: deque[tuple[Address, str]] = deque(
            [(address, address.host) for address in addresses][:MOST_TRIED]
        )
        self._tries: set[_Try] = set()
        self._problems: set[Problem] = set()
        self._timer: Timer | None = None
        self._is_over = False

    def start(self) -> None:
        """Go to the first address; a failure may be told from within this call."""
        self._go_on()

    def stop(self) -> None:
        """Let go of everything, and tell nothing more."""
        self._is_over = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for one in tuple(self._tries):
            one.drop()
        self._tries.clear()
        self._left.clear()

    def _go_on(self) -> None:
        """Begin with the next address, or note that there is none."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_over:
            return
        if self._left:
            address, host = self._left.popleft()
            one = _Try(address, host, self._clock, self)
            self._tries.add(one)
            self._timer = self._clock.call_later(HEAD_START, self._go_on)
            one.start()
        elif not self._tries:
            problem = next((p for p in _TELLING if p in self._problems), Problem.UNREACHABLE)
            self.stop()
            self.failed.emit(problem)

    def take_hosts(self, one: _Try, hosts: list[str]) -> None:
        """Go to what a name stands for, before all others."""
        self._tries.discard(one)
        self._left.extendleft((one.address, host) for host in reversed(hosts[:MOST_OF_A_NAME]))
        self._go_on()

    def take_answer(self, one: _Try, stream: Stream) -> None:
        """Be done: somebody answers."""
        self._tries.discard(one)
        self.stop()
        self.connected.emit(Answer(one.address, stream))

    def take_failure(self, one: _Try, problem: Problem) -> None:
        """Go on at once: there is nothing to be patient with."""
        self._tries.discard(one)
        self._problems.add(problem)
        self._go_on()


class _Try(QObject):
    """One address, or what one name stands for. Tells its dialer one thing at most."""

    def __init__(self, address: Address, host: str, clock: Clock, dialer: Dialer) -> None:
        super().__init__(dialer)
        self.address = address
        self._host = host
        self._dialer = dialer
        self._lookup = -1
        self._socket: QTcpSocket | None = None
        self._timer = clock.call_later(limits.CONNECT_DEADLINE, self._on_deadline)

    def start(self) -> None:
        if _is_ip(self._host):
            self._connect()
        else:
            self._lookup = QHostInfo.lookupHost(self._host, self._on_looked_up)

    def drop(self) -> None:
        self._timer.cancel()
        if self._lookup >= 0:
            QHostInfo.abortHostLookup(self._lookup)
            self._lookup = -1
        if self._socket is not None:
            self._socket.blockSignals(True)
            self._socket.abort()
            self._socket = None
        self.deleteLater()

    @pyqtSlot(QHostInfo)
    def _on_looked_up(self, info: QHostInfo) -> None:
        if self._lookup < 0:
            return
        self._lookup = -1
        hosts = list(dict.fromkeys(one.toString() for one in info.addresses()))
        self.drop()
        if hosts:
            self._dialer.take_hosts(self, hosts)
        else:
            self._dialer.take_failure(self, Problem.NO_SUCH_HOST)

    def _connect(self) -> None:
        socket = QTcpSocket(self)
        # The room is on this network: a proxy meant for the web would only be in the way.
        socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        socket.connected.connect(self._on_connected)
        socket.errorOccurred.connect(self._on_error)
        self._socket = socket
        socket.connectToHost(self._host, self.address.port)

    @pyqtSlot()
    def _on_connected(self) -> None:
        """Go on without Qt's socket, which has found the way."""
        if self._socket is not None:
            stream = borrow(int(self._socket.socketDescriptor()))
            self.drop()
            self._dialer.take_answer(self, stream)

    @pyqtSlot(QAbstractSocket.SocketError)
    def _on_error(self, error: QAbstractSocket.SocketError) -> None:
        if self._socket is not None:
            self.drop()
            self._dialer.take_failure(self, _PROBLEMS.get(error, Problem.UNREACHABLE))

    def _on_deadline(self) -> None:
        problem = Problem.NO_SUCH_HOST if self._lookup >= 0 else Problem.NO_ANSWER
        self.drop()
        self._dialer.take_failure(self, problem)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
