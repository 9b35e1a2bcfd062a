"""How fast a transfer is, as a person wants to know it: of late, without trembling."""

from __future__ import annotations

EVERY = 0.5
"""Seconds that one measurement takes."""

WEIGHT = 0.3
"""What the latest measurement counts; the ones before it the rest."""


class Speed:
    """The smoothed bytes a second of one transfer."""

    def __init__(self) -> None:
        self._done = 0
        self._at: float | None = None
        self._rate = 0.0

    def note(self, done: int, now: float) -> float:
        """Take note of how many bytes are done at `now`, in seconds; return the speed, 0: not known."""
        if self._at is None or done < self._done:
            self._done, self._at = done, now
        elif now - self._at >= EVERY:
            latest = (done - self._done) / (now - self._at)
            self._rate = latest if not self._rate else self._rate + WEIGHT * (latest - self._rate)
            self._done, self._at = done, now
        return self._rate
