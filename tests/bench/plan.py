"""What is measured, with how many members, how long and how often."""

from __future__ import annotations

from dataclasses import dataclass

MEMBERS = (10, 100, 500, 1000, 3000)
"""Members in a room, for the saturated fan-out."""

LOADS_AT = 100
"""Members in the room whose moderate and light loads are measured, and where one reader stalls."""

JOINS_AT = 500
"""Joins that are counted."""

MEMORY_AT = 1000
"""Members whose memory is counted."""

MODERATE = 500.0
"""Messages a second of a moderate load."""

LIGHT = 20.0
"""Messages a second of a light load."""

IN_FLIGHT = 100
"""Messages on their way at once at saturation."""

SENDERS = 4
"""Members who speak."""

STALLED_TEXT = 400
"""Bytes of a text where one reader stalls: its buffers are to fill soon, and IRC has 512 a line."""

WINDOW_MEMBERS = 1000
"""Members of a room whose host has a window."""

WINDOW_RATE = 50.0
"""Messages a second in that room."""


@dataclass(frozen=True)
class Plan:
    """One run of the bench. Times are in seconds."""

    members: tuple[int, ...] = MEMBERS
    rounds: int = 3
    warm: float = 1.0
    saturated: float = 3.0
    moderate: float = 4.0
    light: float = 6.0
    stalled: float = 7.0
    release: float = 3.0
    window: float = 10.0

    @property
    def joins_at(self) -> int:
        """The room whose joins are quoted: the one of 500, or the nearest."""
        return self._nearest(JOINS_AT)

    @property
    def memory_at(self) -> int:
        """The room whose memory is quoted."""
        return self._nearest(MEMORY_AT)

    @property
    def loads_at(self) -> int:
        """The room whose loads are measured."""
        return self._nearest(LOADS_AT)

    def _nearest(self, wanted: int) -> int:
        return min(self.members, key=lambda members: abs(members - wanted))


QUICK = Plan(
    members=(10, 100),
    rounds=1,
    warm=0.1,
    saturated=0.6,
    moderate=0.6,
    light=0.5,
    stalled=1.0,
    release=0.5,
    window=1.0,
)
"""Does everything work? A minute, or a little more with all peers; its figures say little."""
