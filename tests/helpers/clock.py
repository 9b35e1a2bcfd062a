"""`ManualClock`: a clock that stands still until a test turns it."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable


class ManualTimer:
    """One call that is to come, or has come, or was cancelled."""

    def __init__(self, due: float, call: Callable[[], None]) -> None:
        self.due = due
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class ManualClock:
    """An `app.support.clock.Clock` whose time passes in `advance` alone."""

    def __init__(self, *, now: float = 1_700_000_000.0, monotonic: float = 1_000.0) -> None:
        self._unix = now - monotonic
        self._monotonic = monotonic
        self._order = itertools.count()
        self._timers: list[tuple[float, int, ManualTimer]] = []

    def now(self) -> float:
        return self._unix + self._monotonic

    def monotonic(self) -> float:
        return self._monotonic

    def call_later(self, delay: float, call: Callable[[], None]) -> ManualTimer:
        timer = ManualTimer(self._monotonic + delay, call)
        heapq.heappush(self._timers, (timer.due, next(self._order), timer))
        return timer

    @property
    def waiting(self) -> int:
        """How many calls are to come."""
        return sum(not timer.cancelled for _, _, timer in self._timers)

    def advance(self, seconds: float) -> None:
        """Let time pass. Calls come in the order in which they are due, each at its own time."""
        end = self._monotonic + seconds
        while self._timers and self._timers[0][0] <= end:
            due, _, timer = heapq.heappop(self._timers)
            self._monotonic = max(self._monotonic, due)
            if not timer.cancelled:
                timer.call()
        self._monotonic = end
