"""How fast somebody may speak: a bucket of tokens, filled at a steady rate."""

from __future__ import annotations

BURST = 10
"""Messages that may come at once: a few lines pasted, or what waited for the connection."""

RATE = 2.0
"""Messages a second after that: as fast as one can write, and read."""


class TokenBucket:
    """One speaker's allowance. Times are monotonic seconds that the caller passes.

    Source: the token bucket of RFC 2697; Ergo's fakelag limits chat the same way.
    """

    def __init__(self, rate: float = RATE, burst: int = BURST) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._tokens = float(burst)
        self._at: float | None = None

    def take(self, now: float) -> float:
        """Take a token and return 0, or take none and return the seconds until there is one."""
        if self._at is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        # A hair under one counts as one, or rounding would ask for a wait of nothing.
        if self._tokens >= 1 - 1e-6:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self._rate
