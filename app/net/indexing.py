"""`Indexing`: the word index is brought up to date while there is nothing else to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.support.clock import Clock, Timer

QUIET = 2.0
"""Seconds of quiet until it begins."""

LATE = 60.0
"""Seconds after which it begins all the same, in a room that is never quiet."""

EVERY = 0.05
"""Seconds between two helpings of messages, where there are many."""

HELPING = 300


class Indexing:
    """Calls `index` with a number of messages until it returns that there are no more to index."""

    def __init__(self, clock: Clock, index: Callable[[int], bool]) -> None:
        self._clock = clock
        self._index = index
        self._busy_at = 0.0
        self._by = 0.0
        self._timer: Timer | None = None

    def put_off(self) -> None:
        """Wait for quiet from now on: the room has just been busy."""
        self._busy_at = self._clock.monotonic()
        if self._timer is None:
            self._by = self._busy_at + LATE
            self._timer = self._clock.call_later(QUIET, self._go_on)

    def stop(self) -> None:
        """Index no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _go_on(self) -> None:
        self._timer = None
        now = self._clock.monotonic()
        quiet = now - self._busy_at
        if quiet < QUIET and now < self._by:
            wait = QUIET - quiet
        elif self._index(HELPING):
            wait = EVERY
        else:
            return
        self._timer = self._clock.call_later(wait, self._go_on)
