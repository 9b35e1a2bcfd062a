"""`Host`: carries out what a `Room` decides, on real links."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from app.net import limits
from app.net.clear import ClearChannel
from app.net.door import Caller, Door
from app.net.fanout import Fanout, Outlet
from app.net.http.server import HttpServer
from app.net.indexing import Indexing
from app.net.link import HandOver
from app.net.plain.server import PlainServer
from app.net.plain.words import Wording, bare
from app.net.visit import Numbered, Visit
from app.net.web.visit import BrowserVisit, WebFrames
from app.protocol.errors import Refusal
from app.protocol.messages import (
    AnyMessage,
    Came,
    Changed,
    Join,
    Leave,
    LeaveReason,
    Presence,
    Renamed,
    Went,
)
from app.protocol.state import Phase
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.files.quotas import Quotas
from app.room.room import Room
from app.security.certificate import RoomKey
from app.security.channel import host_context
from app.security.password import keep_password_key, password_key
from app.support.clock import Clock

log = logging.getLogger(__name__)

PRESENCE_GATHERS = 0.05
"""Seconds for which comings and goings are gathered, unless something is said meanwhile."""

PRESENCE_GATHERS_MORE = 0.0005
"""The same for each member, in a large room: telling everyone of everyone is its dearest work."""

PRESENCE_GATHERS_MOST = 1.0

SWEEP = 1.0
"""Seconds between two looks at deadlines and heartbeats."""

_CHANGES_A_FRAME = 200
"""Comings and goings in one message: with the longest nicknames they still fit a frame."""


class Host(QObject):
    """A room on the network. Owns the door, all links and the room; the `Room` decides.

    Signals:
        announced(object): a `Came`, `Went`, `Changed` or `Renamed`, once its effect is carried out.
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
        wording: Wording = bare,
        parent: QObject | None = None,
    ) -> None:
        """`wording`: in which words guests by plain text are told what happens."""
        super().__init__(parent)
        self.room = room
        self.key = key
        self.clock = clock
        self.unlimited = unlimited
        self.port = 0
        self._context = host_context(key.path)
        self._door = Door(
            clock, unlimited=unlimited, welcomes_text=self._welcomes_text, parent=self
        )
        self._door.rung.connect(self._on_rung)
        self._door.requested.connect(self._on_requested)
        self._door.pushed_out.connect(self._on_pushed_out)
        self._http = HttpServer(self, self._door, parent=self)
        self._plain = PlainServer(self, self._door, wording, parent=self)
        self._next_number = 1
        self._fanout = Fanout(clock)
        self._web_frames = WebFrames()
        self._visits: dict[int, Visit] = {}
        self._changes: list[Came | Went | Changed | Renamed] = []
        self._stopping = False
        self._stopped = False
        self._not_before = 0.0
        self._gathering = False
        self._reading = False
        self._resting: dict[int, None] = {}
        self._indexing = Indexing(clock, room.log.index)
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

    @property
    def password_file(self) -> Path:
        """Where the password's key is kept besides the log."""
        return self.key.path.with_name("password.key")

    def set_password(self, password: str) -> None:
        """Ask newcomers for another password, or for none; who is in the room stays.

        Raises PasswordRefused. Whoever is on the way in has to begin again, so that nobody gets in
        by what held before.
        """
        key = password_key(password, self.key.fingerprint) if password else b""
        if key == self.room.entrance.key:
            return
        self.room.entrance.set_key(key)
        try:
            keep_password_key(self.password_file, key)
        except OSError as error:
            log.warning("the password's key is in the log alone: %s", error)
        for visit in [v for v in self._visits.values() if not v.in_room]:
            visit.end(Refusal.WRONG_PASSWORD)
        self._plain.begin_anew()

    def set_quotas(self, quotas: Quotas) -> None:
        """Let the room take as much in files from now on, and when it is hosted again."""
        if self.room.files is not None:
            self._carry_out(self.room.files.set_quotas(quotas))
            self.save()

    def stop(self) -> None:
        """Tell everybody that the room closes, and hang up; `stopped` follows."""
        if self._stopping:
            return
        self._stopping = True
        self._door.close()
        self._turn.stop()
        self._indexing.stop()
        self._tell_presence()
        self._carry_out(self.room.settle(self._now()))
        while self._fanout.is_busy or self._fanout.has_more:
            self._fanout.run(None)
        self._http.stop()
        self._carry_out(self.room.close())
        for visit in list(self._visits.values()):
            visit.end(Refusal.ROOM_CLOSED)
        self._plain.stop()
        self._tell_stopped()

    # --- links ----------------------------------------------------------------------------------

    def add_local(self, outlet: Outlet, device: bytes, key: bytes) -> int:
        """Let the host's own window in, with its public key; returns its link number."""
        number = self._number()
        self._fanout.outlets[number] = outlet
        self.room.admit(number, device, "", local=True, key=key)
        return number

    def remove_local(self, number: int) -> None:
        """Forget the host's own window."""
        self._fanout.remove(number)
        self._carry_out(self.room.drop(number, self._now(), "left"))

    def add_guest(self, outlet: Outlet) -> int:
        """Let the host's messages for a guest go to `outlet`; returns its link number.

        Who it is, the room is told by `room.admit`; what the guest wishes comes by `take`.
        """
        number = self._number()
        self._fanout.outlets[number] = outlet
        return number

    def remove_guest(self, number: int, reason: LeaveReason = "lost") -> None:
        """Forget a guest's link; harmless where it was shown out already."""
        self._fanout.remove(number)
        if not self._stopping:
            self._carry_out(self.room.drop(number, self._now(), reason))

    def address_of(self, member: int) -> str:
        """Return from where the member of that number is connected; empty where it is not."""
        return self.room.address_of(member)

    def take(self, number: int, message: AnyMessage) -> None:
        """Take a message from an admitted link and carry out what the room makes of it."""
        if self._stopping:
            return
        self._carry_out(self.room.handle(number, message, self._now()))
        if self.room.is_dirty:
            self._schedule()
            if self._gathering and number in self._visits:
                # It would only wait for the turn: what it says meanwhile is read at once then.
                self._resting[number] = None
                self._visits[number].link.rest()
        if isinstance(message, Join | Leave) and (visit := self._visits.get(number)):
            visit.in_room = self.room.member_on(number) is not None
            if visit.in_room:
                self._door.let_in(visit.caller)

    def fell_behind(self, visit: Numbered) -> None:
        """Mark a reader that the live stream leaves out from now on."""
        log.info("link %d takes too little: it is left out of the live stream", visit.number)
        self._carry_out(self.room.fall_behind(visit.number))

    def caught_up(self, visit: Numbered) -> None:
        """Let a reader into the live stream again; what it missed it fetches from the log."""
        self._carry_out(self.room.catch_up(visit.number))

    def hand_over(self, visit: Visit, connection: HandOver) -> None:
        """Let a connection that does not speak Papo be served as HTTP."""
        del self._visits[visit.number]
        self._fanout.remove(visit.number)
        self._http.take(visit.caller, connection)

    def browse(self, caller: Caller, connection: HandOver) -> None:
        """Let a connection that was HTTP until now be a browser guest's link."""
        self._begin(BrowserVisit(self._number(), caller, connection, self, self._web_frames))

    def save(self) -> None:
        """Put on the disk at once what the room has noted."""
        self._carry_out(self.room.save(self._now()))

    def forget(self, visit: Visit) -> None:
        """Forget a link that is over."""
        if self._visits.pop(visit.number, None) is None:
            return
        self._fanout.remove(visit.number)
        self._door.gone(visit.caller)
        left = visit.link.wire.phase is Phase.CLOSED
        if self._stopping:
            self._tell_stopped()
        else:
            self._carry_out(self.room.drop(visit.number, self._now(), "left" if left else "lost"))

    @pyqtSlot(object)
    def _on_rung(self, caller: Caller) -> None:
        self._begin(Visit(self._number(), caller, self._context, self))

    def _begin(self, visit: Visit) -> None:
        self._visits[visit.number] = visit
        self._fanout.outlets[visit.number] = visit
        visit.link.start()

    @pyqtSlot(object)
    def _on_requested(self, caller: Caller) -> None:
        self._http.take(caller, HandOver(caller.stream, ClearChannel(), caller.said))

    def _welcomes_text(self) -> bool:
        return self.room.settings.text_guests

    @pyqtSlot(object)
    def _on_pushed_out(self, caller: Caller) -> None:
        for visit in [v for v in self._visits.values() if v.caller is caller]:
            visit.link.abort()
        self._http.push_out(caller)

    def _number(self) -> int:
        number = self._next_number
        self._next_number += 1
        return number

    # --- effects --------------------------------------------------------------------------------

    def _carry_out(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                self._fanout.tell(effect.link, effect.message)
                self._schedule()
            elif isinstance(effect, Broadcast):
                self._tell_presence()
                self._fanout.tell_all(effect.message)
                self.broadcast.emit(effect.message)
                self._schedule()
            elif isinstance(effect, Announce):
                if not self._changes:
                    wait = max(PRESENCE_GATHERS, PRESENCE_GATHERS_MORE * len(self._visits))
                    self.clock.call_later(min(wait, PRESENCE_GATHERS_MOST), self._on_gathered)
                self._changes.append(effect.change)
                self.announced.emit(effect.change)
            elif isinstance(effect, Close):
                outlet = self._fanout.remove(effect.link)
                if outlet is not None:
                    outlet.end(effect.refusal)

    def _on_gathered(self) -> None:
        if not self._stopping:
            self._tell_presence()
            self._schedule()

    def _tell_presence(self) -> None:
        """Put the gathered comings and goings in line, in as many messages as frames need."""
        changes, self._changes = self._changes, []
        for start in range(0, len(changes), _CHANGES_A_FRAME):
            part = tuple(changes[start : start + _CHANGES_A_FRAME])
            self._fanout.tell_all(Presence(changes=part))

    # --- turns ----------------------------------------------------------------------------------

    def _schedule(self) -> None:
        if self._turn.isActive() or self._stopping or self._reading:
            return
        wait = self._not_before - self.clock.monotonic()
        self._gathering = wait > 0
        self._turn.start(math.ceil(wait * 1000) if wait > 0 else 0)

    def _wake(self) -> None:
        """Read who was left to rest while the turn was awaited."""
        self._gathering = False
        resting, self._resting = self._resting, {}
        self._reading = True
        try:
            for number in resting:
                if number in self._visits:
                    self._visits[number].link.wake()
        finally:
            # Whatever one link brings, the room's turns go on.
            self._reading = False

    @pyqtSlot()
    def _on_turn(self) -> None:
        if self._stopping:
            return
        spent = 0.0
        if not self._fanout.is_busy:
            began = self.clock.monotonic()
            self._wake()
            # On the disk first: only then is anything acknowledged, or known to anybody.
            self._carry_out(self.room.settle(self._now()))
            spent = self.clock.monotonic() - began
        wait = self._fanout.run(spent=spent)
        if self._fanout.is_busy:
            self._turn.start(0)
            return
        self._not_before = self.clock.monotonic() + wait
        if self._fanout.has_more or self.room.is_dirty:
            self._schedule()
        self._indexing.put_off()

    def _sweep(self) -> None:
        if self._stopping:
            return
        self.clock.call_later(SWEEP, self._sweep)
        self._door.sweep()
        self._carry_out(self.room.tick(self._now()))
        self._http.sweep()
        self._plain.sweep()
        now = self.clock.monotonic()
        for visit in list(self._visits.values()):
            silence = now - visit.link.last_heard
            if not visit.in_room:
                limit = limits.JOIN_DEADLINE if visit.link.is_secure else limits.TLS_DEADLINE
                if now - visit.since > limit:
                    visit.end(Refusal.TIMED_OUT)
            elif visit.is_held:
                continue
            elif silence >= limits.DEAD_AFTER:
                log.info("link %d is dead", visit.number)
                visit.link.abort()
            elif silence >= limits.PING_AFTER:
                visit.link.ask_whether_there()

    def _now(self) -> int:
        return int(self.clock.now() * 1000)

    def _tell_stopped(self) -> None:
        if not self._visits and not self._stopped:
            self._stopped = True
            if self.room.files is not None:
                self.room.files.close()
            self.room.log.close()
            self.stopped.emit()
