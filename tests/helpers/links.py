"""What a link is tried with: a clock that goes on while it works, and somebody to be told."""

from __future__ import annotations

import heapq

from app.net.link import LinkEnd
from app.protocol import messages as m
from tests.helpers.clock import ManualClock

COST = 0.000_5
"""Seconds that passed between two looks at the clock."""


class WorkingClock(ManualClock):
    """A clock that goes on while somebody works: a little with each look at it."""

    def monotonic(self) -> float:
        """Return the time, a little later each time."""
        self._monotonic += COST
        return self._monotonic

    def turn(self) -> bool:
        """Come to the next call that is due, if there is one."""
        if not self._timers:
            return False
        timer = heapq.heappop(self._timers)[2]
        if not timer.cancelled:
            timer.call()
        return True


class Told:
    """Who is told of a link."""

    def __init__(self) -> None:
        self.heard: list[m.AnyMessage] = []
        self.end: LinkEnd | None = None

    def on_secured(self) -> None:
        """Nothing to do."""

    def on_received(self, message: m.AnyMessage) -> None:
        """Keep it."""
        self.heard.append(message)

    def on_drained(self) -> None:
        """Nothing to do."""

    def on_closed(self, end: LinkEnd) -> None:
        """Keep how it ended."""
        self.end = end
