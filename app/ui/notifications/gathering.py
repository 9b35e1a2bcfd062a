"""`Gathering`: makes one announcement of many messages, room by room."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from app.session.timeline import MessageEntry
    from app.support.clock import Clock, Timer

AT_FIRST = 0.25
"""Seconds that a first message waits for those that come with it."""

EVERY = 2.0
"""Seconds between two announcements of one room, at least."""

_MOST_AUTHORS = 1000


@dataclass
class Batch:
    """What a room's announcement is about: all that came since the room was read."""

    count: int = 0
    to_me: int = 0
    """How many of them mention the reader, or are private."""
    authors: dict[bytes, str] = field(default_factory=dict)
    """Nicknames by device, in the order in which they spoke first."""
    newest: MessageEntry | None = None
    newest_to_me: MessageEntry | None = None

    def add(self, entry: MessageEntry, *, to_me: bool) -> None:
        """Take one more message in."""
        self.count += 1
        self.newest = entry
        if to_me:
            self.to_me += 1
            self.newest_to_me = entry
        if len(self.authors) < _MOST_AUTHORS or entry.device in self.authors:
            self.authors[entry.device] = entry.nick


@dataclass
class _Run:
    batch: Batch = field(default_factory=Batch)
    timer: Timer | None = None
    told: bool = False
    told_to_me: int = 0
    last: float | None = None
    sound: bool = False


class Gathering:
    """Calls `tell(room, batch, sound)` at most once in `EVERY` seconds a room.

    Sound goes with the first announcement since the room was read, and with later ones that bring
    something for the reader: a lively room does not ring on and on.
    """

    def __init__(self, clock: Clock, tell: Callable[[Hashable, Batch, bool], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._runs: dict[Hashable, _Run] = {}

    def add(self, room: Hashable, entry: MessageEntry, *, to_me: bool, sound: bool) -> None:
        """Announce a message soon, together with what comes until then."""
        run = self._runs.setdefault(room, _Run())
        run.batch.add(entry, to_me=to_me)
        run.sound = sound
        if run.timer is None:
            now = self._clock.monotonic()
            wait = AT_FIRST if run.last is None else max(AT_FIRST, run.last + EVERY - now)
            run.timer = self._clock.call_later(wait, _Due(self, room))

    def begin_anew(self, room: Hashable) -> None:
        """Forget what was gathered: the room was read, or its announcement put away."""
        run = self._runs.get(room)
        if run is not None:
            if run.timer is not None:
                run.timer.cancel()
            self._runs[room] = _Run(last=run.last)

    def forget(self, room: Hashable) -> None:
        """Forget a room that is closed."""
        self.begin_anew(room)
        self._runs.pop(room, None)

    def clear(self) -> None:
        """Forget all that waits."""
        for room in tuple(self._runs):
            self.begin_anew(room)

    def tell_due(self, room: Hashable) -> None:
        """Tell what was gathered; the timer's time has come."""
        run = self._runs.get(room)
        if run is None:
            return
        sound = run.sound and (not run.told or run.batch.to_me > run.told_to_me)
        run.timer, run.told, run.told_to_me = None, True, run.batch.to_me
        run.last = self._clock.monotonic()
        self._tell(room, run.batch, sound)


@dataclass(frozen=True)
class _Due:
    gathering: Gathering
    room: Hashable

    def __call__(self) -> None:
        self.gathering.tell_due(self.room)
