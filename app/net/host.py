"""`Host`: carries out what a `Room` decides, on real links.

All messages of one event-loop turn are encoded once, joined once, and written once to each member.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from typing import Protocol

from PyQt6.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QTcpSocket

from app import __version__
from app.net import limits
from app.net.door import Caller, Door
from app.net.link import Link, LinkEnd
from app.protocol.codec import encode
from app.protocol.errors import NoCommonVersion, Refusal
from app.protocol.framing import encode_frame
from app.protocol.messages import (
    AnyMessage,
    Came,
    ClientHello,
    HostHello,
    Join,
    Leave,
    Presence,
    Prove,
    Went,
)
from app.protocol.state import Phase
from app.protocol.version import negotiate
from app.protocol.wire import Side
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.room import Room
from app.security import proof
from app.security.certificate import RoomKey
from app.security.channel import host_context
from app.support.clock import Clock

log = logging.getLogger(__name__)

AGENT = f"papo/{__version__}"

PRESENCE_GATHERS = 0.05
"""Seconds for which comings and goings are gathered, unless something is said meanwhile."""

SWEEP = 1.0
"""Seconds between two looks at deadlines and heartbeats."""


class Outlet(Protocol):
    """Where the host's messages for one member go: a link, or the host's own window."""

    def queue(self, message: AnyMessage) -> None:
        """Keep a message for this member alone until `deliver`."""

    def deliver(self, messages: list[AnyMessage], frames: bytes) -> None:
        """Hand over what is queued, then what is for everyone (`frames`: the same, encoded)."""

    def end(self, refusal: Refusal) -> None:
        """Say the last word and end."""


class Visit(QObject):
    """One link from another computer: its handshake, then its messages. Owns the link."""

    def __init__(self, number: int, caller: Caller, socket: QTcpSocket, host: Host) -> None:
        super().__init__(host)
        self.number = number
        self.caller = caller
        self.since = caller.since
        self.in_room = False
        self._host = host
        self._nonce = secrets.token_bytes(proof.NONCE_SIZE)
        self.link = Link(socket, host.context, Side.HOST, host.clock, self)
        self.link.received.connect(self._on_received)
        self.link.closed.connect(self._on_closed)

    def queue(self, message: AnyMessage) -> None:
        """Keep a message until `deliver`."""
        self.link.queue(message)

    def deliver(self, _messages: list[AnyMessage], frames: bytes) -> None:
        """Write everything at once; a reader that is too far behind is cut."""
        self.link.flush(frames if self.in_room else b"")
        if self.link.waiting > limits.WRITE_CAP:
            self._host.cut(self, Refusal.TOO_SLOW)

    def end(self, refusal: Refusal) -> None:
        """Say the last word and hang up."""
        self.in_room = False
        self.link.close(refusal)

    @pyqtSlot(object)
    def _on_received(self, message: AnyMessage) -> None:
        if isinstance(message, ClientHello):
            self._answer(message)
        elif isinstance(message, Prove):
            self._check(message)
        else:
            self._host.take(self.number, message)

    def _answer(self, hello: ClientHello) -> None:
        try:
            version = negotiate(hello.min_version, hello.max_version)
        except NoCommonVersion as error:
            self.link.close(error.refusal)
            return
        name = self._host.room.settings.name
        self.link.send(HostHello(version=version, nonce=self._nonce, room=name, agent=AGENT))

    def _check(self, message: Prove) -> None:
        wire = self.link.wire
        device = proof.check(
            message, wire.client_hello, wire.host_hello, self._host.key.fingerprint
        )
        if device is None:
            self.link.close(Refusal.BAD_PROOF)
            return
        self._host.room.admit(self.number, device, self.caller.address)

    @pyqtSlot(LinkEnd)
    def _on_closed(self, _end: LinkEnd) -> None:
        self._host.forget(self)


class Host(QObject):
    """A room on the network. Owns the door and all links; the `Room` decides.

    Signals:
        announced(object): a `Came` or a `Went`, once its effect is carried out.
        broadcast(object): a message that goes to everyone.
        stopped(): every link has had its last word.
    """

    announced = pyqtSignal(object)
    broadcast = pyqtSignal(object)
    stopped = pyqtSignal()

    def __init__(
        self,
        room: Room,
        key: RoomKey,
        clock: Clock,
        *,
        unlimited: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.room = room
        self.key = key
        self.clock = clock
        self.context = host_context(key.path)
        self.port = 0
        self._door = Door(clock, unlimited=unlimited, parent=self)
        self._door.rung.connect(self._on_rung)
        self._next_number = 1
        self._outlets: dict[int, Outlet] = {}
        self._visits: dict[int, Visit] = {}
        self._said: list[AnyMessage] = []
        self._changes: list[Came | Went] = []
        self._direct: set[int] = set()
        self._stopping = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)

    def open(self, bind: str, port: int) -> int:
        """Open the door and return its port; raises PortTaken or BadBindAddress."""
        self.port = self._door.open(bind, port)
        self.clock.call_later(SWEEP, self._sweep)
        return self.port

    @property
    def half_open(self) -> int:
        """How many links at the door have not joined."""
        return self._door.half_open

    def stop(self) -> None:
        """Tell everybody that the room closes, and hang up; `stopped` follows."""
        if self._stopping:
            return
        self._stopping = True
        self._tell_presence()
        self._on_turn()
        self._door.close()
        self._carry_out(self.room.close())
        for visit in list(self._visits.values()):
            visit.end(Refusal.ROOM_CLOSED)
        self._tell_stopped()

    # --- links ----------------------------------------------------------------------------------

    def add_local(self, outlet: Outlet, device: bytes) -> int:
        """Let the host's own window in; returns its link number."""
        number = self._number()
        self._outlets[number] = outlet
        self.room.admit(number, device, "", local=True)
        return number

    def remove_local(self, number: int) -> None:
        """Forget the host's own window."""
        self._outlets.pop(number, None)
        self._carry_out(self.room.drop(number, self._now(), "left"))

    def address_of(self, member: int) -> str:
        """Return from where the member of that number is connected; empty where it is not."""
        for number in self._outlets:
            known = self.room.member_on(number)
            if known is not None and known.number == member:
                return self.room.address_on(number)
        return ""

    def take(self, number: int, message: AnyMessage) -> None:
        """Take a message from an admitted link and carry out what the room makes of it."""
        if self._stopping:
            return
        self._carry_out(self.room.handle(number, message, self._now()))
        if isinstance(message, Join | Leave) and (visit := self._visits.get(number)):
            visit.in_room = self.room.member_on(number) is not None
            if visit.in_room:
                self._door.let_in(visit.caller)

    def cut(self, visit: Visit, refusal: Refusal) -> None:
        """Hang up on a link that is of no use any more; its device may come back."""
        log.info("link %d is cut: %s", visit.number, refusal)
        visit.link.abort()

    def forget(self, visit: Visit) -> None:
        """Forget a link that is over."""
        if self._visits.pop(visit.number, None) is None:
            return
        self._outlets.pop(visit.number, None)
        self._direct.discard(visit.number)
        left = visit.link.wire.phase is Phase.CLOSED
        visit.deleteLater()
        self._carry_out(self.room.drop(visit.number, self._now(), "left" if left else "lost"))
        if self._stopping:
            self._tell_stopped()

    @pyqtSlot(object)
    def _on_rung(self, caller: Caller) -> None:
        number = self._number()
        visit = Visit(number, caller, caller.socket, self)
        self._visits[number] = visit
        self._outlets[number] = visit
        # The first bytes were in before the link listened.
        visit.link.read()

    def _number(self) -> int:
        number = self._next_number
        self._next_number += 1
        return number

    # --- effects --------------------------------------------------------------------------------

    def _carry_out(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                outlet = self._outlets.get(effect.link)
                if outlet is not None:
                    outlet.queue(effect.message)
                    self._direct.add(effect.link)
                    self._schedule()
            elif isinstance(effect, Broadcast):
                self._tell_presence()
                self._said.append(effect.message)
                self.broadcast.emit(effect.message)
                self._schedule()
            elif isinstance(effect, Announce):
                if not self._changes:
                    self.clock.call_later(PRESENCE_GATHERS, self._on_gathered)
                self._changes.append(effect.change)
                self.announced.emit(effect.change)
            elif isinstance(effect, Close):
                self._close(effect)

    def _close(self, effect: Close) -> None:
        outlet = self._outlets.pop(effect.link, None)
        self._direct.discard(effect.link)
        if outlet is not None:
            outlet.end(effect.refusal)

    def _schedule(self) -> None:
        if not self._turn.isActive():
            self._turn.start(0)

    def _on_gathered(self) -> None:
        if not self._stopping:
            self._tell_presence()
            self._schedule()

    def _tell_presence(self) -> None:
        """Put the gathered comings and goings in line, in as many messages as frames need."""
        while self._changes:
            part, self._changes = (
                self._changes[:_CHANGES_A_FRAME],
                self._changes[_CHANGES_A_FRAME:],
            )
            self._said.append(Presence(changes=tuple(part)))

    @pyqtSlot()
    def _on_turn(self) -> None:
        messages, self._said = self._said, []
        direct, self._direct = self._direct, set()
        if not messages and not direct:
            return
        frames = b"".join([encode_frame(encode(message)) for message in messages])
        numbers = list(self._outlets) if messages else sorted(direct)
        for number in numbers:
            outlet = self._outlets.get(number)
            if outlet is not None:
                outlet.deliver(messages, frames)

    # --- time -----------------------------------------------------------------------------------

    def _sweep(self) -> None:
        if self._stopping:
            return
        self.clock.call_later(SWEEP, self._sweep)
        self._door.sweep()
        now = self.clock.monotonic()
        for visit in list(self._visits.values()):
            silence = now - visit.link.last_heard
            if not visit.in_room:
                limit = limits.JOIN_DEADLINE if visit.link.is_secure else limits.TLS_DEADLINE
                if now - visit.since > limit:
                    visit.end(Refusal.TIMED_OUT)
            elif silence >= limits.DEAD_AFTER:
                self.cut(visit, Refusal.TIMED_OUT)
            elif silence >= limits.PING_AFTER:
                visit.link.ask_whether_there()

    def _now(self) -> int:
        return int(self.clock.now() * 1000)

    def _tell_stopped(self) -> None:
        if not self._visits:
            self.stopped.emit()


_CHANGES_A_FRAME = 200
"""Comings and goings in one message: with the longest nicknames they still fit a frame."""
