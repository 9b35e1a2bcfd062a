"""`Writing`: who is writing at this moment, and telling others that one is."""

from __future__ import annotations

import math
from collections.abc import Callable

from app.protocol.messages import AnyMessage, Typing
from app.support.clock import Clock, Timer

TELL_EVERY = 3.0
"""Seconds between two words that one is writing."""

STALE_AFTER = 6.0
"""Seconds after which nobody is writing of whom nothing more was heard."""


class Writing:
    """Owns no wish and no signal: `wish` sends, `changed` is called when `members` is another."""

    def __init__(
        self, clock: Clock, wish: Callable[[AnyMessage], None], changed: Callable[[], None]
    ) -> None:
        self.members: tuple[int, ...] = ()
        """The numbers of those who write now, oneself left out."""
        self._clock = clock
        self._wish = wish
        self._changed = changed
        self._told = -math.inf
        self._timer: Timer | None = None

    def set_active(self, active: bool) -> None:
        """Tell that one writes, at most every few seconds; or, once, that one does not any more."""
        now = self._clock.monotonic()
        if active and now - self._told >= TELL_EVERY:
            self._told = now
            self._wish(Typing())
        elif not active and self._told > -math.inf:
            self._told = -math.inf
            self._wish(Typing(active=False))

    def hear(self, members: tuple[int, ...], me: int) -> None:
        """Take note of who writes now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        others = tuple(dict.fromkeys(number for number in members if number != me))
        if others:
            self._timer = self._clock.call_later(STALE_AFTER, self._on_stale)
        self._set(others)

    def leave_out(self, numbers: set[int]) -> None:
        """Take note that these are gone."""
        self._set(tuple(number for number in self.members if number not in numbers))

    def cut(self) -> None:
        """Forget everything: the link is gone."""
        self._told = -math.inf
        self.hear((), -1)

    def _on_stale(self) -> None:
        self._timer = None
        self._set(())

    def _set(self, members: tuple[int, ...]) -> None:
        if members != self.members:
            self.members = members
            self._changed()
