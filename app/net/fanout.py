"""Fan-out: one encode, one write a member a turn, and never too long at it.

Everything that a turn of the event loop brings for everyone is encoded once, joined once, and written
once to each member. A turn that takes longer than its budget goes on in the next one, so that the
window stays alive; what is said meanwhile is gathered, so that the busier a room is, the less each
message costs.
"""

from __future__ import annotations

from typing import Protocol

from app.net import limits
from app.protocol.codec import encode
from app.protocol.errors import Refusal
from app.protocol.framing import encode_frame
from app.protocol.messages import AnyMessage
from app.support.clock import Clock

BATCH_BYTES = 256 * 1024
"""About the most bytes of one batch: a quarter of what a member may be behind."""

GATHER = 5.0
"""How many times as long as the last batch took to wait for more, under load: nothing when idle."""

GATHER_MOST = 0.015
"""Seconds of waiting at most: nobody sees them, even with a slow disk before and a large room after."""

_LOOK_EVERY = 8
"""Members between two looks at the clock."""


class Outlet(Protocol):
    """Where the host's messages for one member go: a link, or the host's own window."""

    def queue(self, message: AnyMessage) -> None:
        """Keep a message for this member alone until `deliver`."""

    def deliver(self, messages: list[AnyMessage], frames: bytes) -> None:
        """Hand over what is queued, then what is for everyone (`frames`: the same, encoded)."""

    def end(self, refusal: Refusal) -> None:
        """Say the last word and end."""


class Fanout:
    """What is to go out, and to whom. Owns neither the outlets nor a timer."""

    def __init__(self, clock: Clock) -> None:
        self.outlets: dict[int, Outlet] = {}
        self._clock = clock
        self._waiting: list[AnyMessage] = []
        self._direct: set[int] = set()
        self._messages: list[AnyMessage] = []
        self._frames = b""
        self._left: list[int] = []
        self._spent = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a batch is on its way, and not with everyone yet."""
        return bool(self._left)

    @property
    def has_more(self) -> bool:
        """Whether anything waits for the next batch."""
        return bool(self._waiting or self._direct)

    def tell_all(self, message: AnyMessage) -> None:
        """Put a message for everyone in line."""
        self._waiting.append(message)

    def tell(self, number: int, message: AnyMessage) -> None:
        """Queue a message for one outlet; dropped where that is gone."""
        outlet = self.outlets.get(number)
        if outlet is not None:
            outlet.queue(message)
            self._direct.add(number)

    def remove(self, number: int) -> Outlet | None:
        """Let an outlet go, and return it."""
        self._direct.discard(number)
        return self.outlets.pop(number, None)

    def run(self, budget: float | None = limits.TURN_BUDGET, spent: float = 0.0) -> float:
        """Deliver for `budget` seconds (None: to the end); `spent`: what the batch cost before.

        Returns how long to wait before the next call that begins a batch; 0 where this one is not
        finished.
        """
        began = self._clock.monotonic()
        if not self._left:
            self._begin()
            self._spent = spent
        count = 0
        while self._left:
            outlet = self.outlets.get(self._left.pop())
            if outlet is not None:
                outlet.deliver(self._messages, self._frames)
            count += 1
            if budget is not None and count % _LOOK_EVERY == 0 and self._left:
                passed = self._clock.monotonic() - began
                if passed > budget:
                    self._spent += passed
                    return 0.0
        spent = self._spent + self._clock.monotonic() - began
        self._spent = 0.0
        self._messages, self._frames = [], b""
        return min(spent * GATHER, GATHER_MOST)

    def _begin(self) -> None:
        if not self._waiting:
            self._left = sorted(self._direct, reverse=True)
            self._direct.clear()
            return
        frames, size, taken = [], 0, 0
        for message in self._waiting:
            frame = encode_frame(encode(message))
            frames.append(frame)
            size += len(frame)
            taken += 1
            if size >= BATCH_BYTES:
                break
        self._messages, self._waiting = self._waiting[:taken], self._waiting[taken:]
        self._frames = b"".join(frames)
        self._left = list(reversed(self.outlets))
        self._direct.clear()
