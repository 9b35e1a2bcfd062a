"""The door: one listening port, and who may stand at it.

The first byte tells who knocks. Only Papo's own TLS is let in; whoever says anything else, or nothing
for too long, is shown out. `QSslServer` is not used: it crashes on an idle connection that closes.
"""

from __future__ import annotations

from collections import Counter

from PyQt6 import sip
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkProxy, QTcpServer

from app.net import limits
from app.net.stream import Stream, adopt
from app.support.clock import Clock

_TLS_HANDSHAKE = b"\x16"
"""The first byte of a TLS ClientHello's record (RFC 8446, 5.1)."""


class PortTaken(Exception):
    """Nothing could be listened on; the argument is the system's own word, for the log."""


class BadBindAddress(Exception):
    """The address to listen on is none, or none of this computer's."""


class Caller:
    """One connection at the door, from accepting it until it is gone.

    Its stream is handed on once it speaks; the caller stays, to be counted.
    """

    __slots__ = ("_door", "address", "silent", "since", "stream")

    def __init__(self, stream: Stream, address: str, since: float, door: Door) -> None:
        self.stream = stream
        self.address = address
        self.since = since
        self.silent = True
        self._door = door
        stream.listener = self

    def on_readable(self) -> None:
        """Let the first byte tell who knocks."""
        if self.stream.peek() != _TLS_HANDSHAKE:
            self._door.show_out(self)
            return
        self.silent = False
        self._door.rung.emit(self)

    def on_written(self) -> None:
        """Nothing is written before it spoke."""

    def on_broken(self) -> None:
        """Forget who hung up."""
        self._door.show_out(self)


class Door(QTcpServer):
    """Listens, counts, and hands over who speaks Papo.

    `unlimited` lifts the caps per address, for benchmarks and trusted labs.

    Signals:
        rung(Caller): a Papo client is there. The receiver takes the caller's stream over, calls
            `let_in(caller)` once it has joined, and `gone(caller)` when it is over.
        pushed_out(Caller): a half-open link has to give way; the receiver ends it, if it has it.
    """

    rung = pyqtSignal(object)
    pushed_out = pyqtSignal(object)

    def __init__(
        self, clock: Clock, *, unlimited: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._clock = clock
        self._unlimited = unlimited
        # Insertion order is age: the oldest half-open link stands first.
        self._half_open: dict[Caller, None] = {}
        self._callers: set[Caller] = set()
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
            self.show_out(caller)

    def show_out(self, caller: Caller) -> None:
        """Hang up on somebody who is of no use here."""
        caller.stream.abort()
        self.gone(caller)

    def gone(self, caller: Caller) -> None:
        """Forget a connection that is over; harmless for one that was forgotten."""
        self._half_open.pop(caller, None)
        if caller not in self._callers:
            return
        self._callers.discard(caller)
        self._per_address[caller.address] -= 1
        if self._per_address[caller.address] <= 0:
            del self._per_address[caller.address]

    @property
    def half_open(self) -> int:
        """How many links have not joined."""
        return len(self._half_open)

    def incomingConnection(self, handle: sip.voidptr) -> None:  # noqa: N802 - Qt's name
        """Take a connection in, or turn it away at once where its address has too many."""
        try:
            stream, address = adopt(int(handle))
        except OSError:
            # It hung up between knocking and being let in.
            return
        if not self._unlimited and self._per_address[address] >= limits.LINKS_PER_ADDRESS:
            stream.abort()
            return
        self._make_way(address)
        caller = Caller(stream, address, self._clock.monotonic(), self)
        self._callers.add(caller)
        self._half_open[caller] = None
        self._per_address[address] += 1

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
        if oldest.silent:
            self.show_out(oldest)
        else:
            self.pushed_out.emit(oldest)
