"""`PlainServer`: the guests by plain text of one room."""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QObject, pyqtSlot

from app.net import limits
from app.net.door import Caller, Door
from app.net.fanout import Outlet
from app.net.plain.serving import Hall
from app.net.plain.showing import Showing
from app.net.plain.visit import PlainVisit
from app.net.plain.words import Wording
from app.protocol.errors import Refusal
from app.protocol.messages import Said
from app.room.flood import TokenBucket
from app.room.moderation import banned_address


class PlainHost(Hall, Protocol):
    """What the server needs of its host."""

    def add_guest(self, outlet: Outlet) -> int:
        """Let the host's messages for a guest go to `outlet`; returns its link number."""


class PlainServer(QObject):
    """Owns the visits, from the moment at which the door knows what they are."""

    def __init__(
        self, host: PlainHost, door: Door, say: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.showing = Showing(say, self._look_up)
        self._host = host
        self._door = door
        self._visits: set[PlainVisit] = set()
        self._paces: dict[str, tuple[float, TokenBucket]] = {}
        door.stood_by.connect(self._on_stood_by)
        door.pushed_out.connect(self._on_pushed_out)

    def sweep(self) -> None:
        """Hang up on who takes too long to say who it is; called about once a second."""
        now = self._host.clock.monotonic()
        for visit in list(self._visits):
            if not visit.in_room and now - visit.since > limits.TEXT_DEADLINE:
                visit.end(Refusal.TIMED_OUT)
        full = now - limits.LINKS_PER_ADDRESS / limits.VISITS_RATE
        self._paces = {address: pace for address, pace in self._paces.items() if pace[0] > full}

    def begin_anew(self) -> None:
        """Show out who is on the way in: the password is another one."""
        for visit in [each for each in self._visits if not each.in_room]:
            visit.end(Refusal.WRONG_PASSWORD)

    def stop(self) -> None:
        """Hang up on everybody; who is in the room had the last word."""
        for visit in list(self._visits):
            visit.end(Refusal.ROOM_CLOSED)
            visit.hang_up()

    # --- for the visits ---------------------------------------------------------------------------

    def pace_of(self, address: str) -> TokenBucket:
        """Return how fast guests may come from there."""
        # Whoever has one IPv6 address has all of its network's.
        key = banned_address(address) or address
        _, pace = self._paces.get(key, (0, None))
        pace = pace or TokenBucket(limits.VISITS_RATE, limits.LINKS_PER_ADDRESS)
        self._paces[key] = self._host.clock.monotonic(), pace
        return pace

    def joined(self, visit: PlainVisit) -> None:
        """Note that a visit is half-open no longer."""
        self._door.let_in(visit.caller)

    def forget(self, visit: PlainVisit) -> None:
        """Forget a visit that is over."""
        self._visits.discard(visit)
        self._door.gone(visit.caller)

    def _look_up(self, seq: int) -> Said | None:
        found = self._host.room.log.between(seq - 1, seq, 1, newest=False)
        return found[0] if found else None

    @pyqtSlot(object)
    def _on_stood_by(self, caller: Caller) -> None:
        visit = PlainVisit(caller, self._host, self)
        visit.number = self._host.add_guest(visit)
        self._visits.add(visit)
        visit.start()

    @pyqtSlot(object)
    def _on_pushed_out(self, caller: Caller) -> None:
        for visit in [each for each in self._visits if each.caller is caller]:
            visit.hang_up()
