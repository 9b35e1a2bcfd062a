"""How long to wait before the next attempt to connect."""

from __future__ import annotations

import random

FIRST = 1.0
LONGEST = 30.0
JITTER = 0.25
"""Each wait is up to this part shorter or longer, so that a room's members do not come back as one."""


class Backoff:
    """Waits that double from one second to half a minute, with jitter."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.SystemRandom()
        self._next = FIRST

    def next_delay(self) -> float:
        """Return the seconds to wait now, and make the next wait longer."""
        delay = self._next
        self._next = min(LONGEST, self._next * 2)
        return delay * self._chance.uniform(1 - JITTER, 1 + JITTER)

    def reset(self) -> None:
        """Begin with the shortest wait again, after a success."""
        self._next = FIRST
