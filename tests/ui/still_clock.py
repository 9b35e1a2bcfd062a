"""A clock that a test turns by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = 1_772_798_400.0
"""Unix seconds: 6 March 2026, 12:00 UTC, a Friday."""


class NoTimer:
    def cancel(self) -> None:
        pass


@dataclass
class StillClock:
    seconds: float = 0.0

    def now(self) -> float:
        return NOON + self.seconds

    def monotonic(self) -> float:
        return self.seconds

    def call_later(self, _delay: float, _call: Callable[[], None]) -> NoTimer:
        raise AssertionError("nothing here waits")
