"""Time as everything in Papo is given it, so that tests can turn it by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """One call that is to come."""

    def cancel(self) -> None:
        """Let it not come; harmless when it has come already."""


class Clock(Protocol):
    """Where the time comes from, and delays."""

    def now(self) -> float:
        """Return Unix seconds: to be shown, never to order or to measure by."""

    def monotonic(self) -> float:
        """Return seconds that only go forward."""

    def call_later(self, delay: float, call: Callable[[], None]) -> Timer:
        """Call `call` once, `delay` seconds from now, from the event loop."""
