"""The door: one listening port, and who may stand at it.

The first bytes tell who knocks: TLS, HTTP in clear, or plain text. Whoever says nothing for a moment
is taken for a guest by plain text, who waits to be asked, where such guests are let in; all others are
shown out. `QSslServer` is not used: it crashes on an idle connection that closes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import Enum, auto

from PyQt6 import sip
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkProxy, QTcpServer

from app.net import limits
from app.net.stream import Stream, adopt
from app.support.clock import Clock, Timer

_TLS_HANDSHAKE = b"\x16"
"""The first byte of a TLS ClientHello's record (RFC 8446, 5.1)."""


_METHODS = (b"GET ", b"PUT ", b"HEAD ", b"POST ", b"DELETE ", b"OPTIONS ")
"""How a request in HTTP begins (RFC 9112, 3.1)."""


class Knock(Enum):
    """What the first bytes of a connection are."""

    TLS = auto()
    HTTP = auto()
    TEXT = auto()
    UNCLEAR = auto()
    """Too few to tell a request from a nickname."""


def knock(said: bytes) -> Knock:
    """Tell who knocks by what was said first; nothing at all is UNCLEAR."""
    if said.startswith(_TLS_HANDSHAKE):
        return Knock.TLS
    if said.startswith(_METHODS):
        return Knock.HTTP
    return Knock.UNCLEAR if any(m.startswith(said) for m in _METHODS) else Knock.TEXT


class PortTaken(Exception):
    """Nothing could be listened on; the argument is the system's own word, for the log."""


class BadBindAddress(Exception):
    """The address to listen on is none, or none of this computer's."""


class Caller:
    """One connection at the door, from accepting it until it is gone.

    Its stream is handed on once it is known who knocks; the caller stays, to be counted. `said` is
    what was read until then (of TLS, nothing). `silent`: it has said nothing so far, so it is the
    first that has to give way.
    """

    __slots__ = ("_door", "_timer", "address", "handed_on", "said", "silent", "since", "stream")

    def __init__(self, stream: Stream, address: str, since: float, door: Door) -> None:
        self.stream = stream
        self.address = address
        self.since = since
        self.silent = True
        self.handed_on = False
        self.said = b""
        self._door = door
        self._timer: Timer | None = None
        stream.listener = self

    def wait_for_text(self, clock: Clock) -> None:
        """Be taken for a guest by plain text if nothing, or nothing clear, is said for a moment."""
        self._timer = clock.call_later(limits.TEXT_SILENCE, self._on_silence)

    def on_readable(self) -> None:
        """Let the first bytes tell who knocks."""
        if not self.said and self.stream.peek() == _TLS_HANDSHAKE:
            self._hand_on(Knock.TLS)
            return
        self.said += self.stream.read(limits.TEXT_READ)
        self.silent = not self.said
        who = knock(self.said)
        if self.stream.ended and (not self.said or who is Knock.UNCLEAR):
            self._door.show_out(self)
        elif who is not Knock.UNCLEAR:
            self._hand_on(who)

    def on_written(self) -> None:
        """Nothing is written before it spoke."""

    def on_broken(self) -> None:
        """Forget who hung up."""
        self._door.show_out(self)

    def give_up(self) -> None:
        """Wait for nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_silence(self) -> None:
        self._timer = None
        if not self.handed_on and self.stream.is_open:
            self._hand_on(Knock.TEXT)

    def _hand_on(self, who: Knock) -> None:
        self.give_up()
        self.silent = not self.said and who is Knock.TEXT
        self._door.hand_on(self, who)


class Door(QTcpServer):
    """Listens, counts, and hands over who speaks Papo.

    `unlimited` lifts the caps per address, for benchmarks and trusted labs. `welcomes_text` tells
    whether guests by plain text are let in now.

    Whoever takes a caller's stream over calls `let_in(caller)` once it has joined, and
    `gone(caller)` when it is over.

    Signals:
        rung(Caller): somebody is there who speaks TLS.
        requested(Caller): somebody makes a request by HTTP, in clear.
        stood_by(Caller): a guest by plain text is there, who waits to be asked or said something.
        pushed_out(Caller): a half-open link has to give way; the receiver ends it, if it has it.
    """

    rung = pyqtSignal(object)
    requested = pyqtSignal(object)
    stood_by = pyqtSignal(object)
    pushed_out = pyqtSignal(object)

    def __init__(
        self,
        clock: Clock,
        *,
        unlimited: bool = False,
        welcomes_text: Callable[[], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._clock = clock
        self._unlimited = unlimited
        self._welcomes_text = welcomes_text
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
        for caller in [c for c in self._half_open if not c.handed_on and c.since < limit]:
            self.show_out(caller)

    def hand_on(self, caller: Caller, who: Knock) -> None:
        """Let whoever it is for take a caller over."""
        text = who is Knock.TEXT
        if text and not (self._welcomes_text is not None and self._welcomes_text()):
            self.show_out(caller)
            return
        caller.handed_on = True
        (self.stood_by if text else self.rung if who is Knock.TLS else self.requested).emit(caller)

    def show_out(self, caller: Caller) -> None:
        """Hang up on somebody who is of no use here."""
        caller.give_up()
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
        if self._welcomes_text is not None and self._welcomes_text():
            caller.wait_for_text(self._clock)

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
        if oldest.handed_on:
            self.pushed_out.emit(oldest)
        else:
            self.show_out(oldest)
