"""`Quoting`: one message by its number, shown or not, for whoever quotes it."""

from __future__ import annotations

from app.protocol.messages import MESSAGES
from app.session.keeping import Keeper
from app.session.timeline import MessageEntry, Timeline, entry_of

REMEMBERED = 500
"""Messages that are not shown, and are remembered: more than answers fit a screen."""


class Quoting:
    """Looks in the timeline, then in the store, which it reads once for each message.

    What is done to a message since is in the timeline's marks, so what is remembered is never stale.
    """

    def __init__(self, timeline: Timeline, keeper: Keeper) -> None:
        self._timeline = timeline
        self._keeper = keeper
        self._read: dict[int, MessageEntry | None] = {}

    def forget(self) -> None:
        """Remember nothing: the numbers mean other messages, or the store has others."""
        self._read.clear()

    def find(self, seq: int, me: int, device: bytes) -> MessageEntry | None:
        """Return a message as it is now, or None; `me` and `device` are one's own."""
        if seq <= 0:
            return None
        entry = self._timeline.find(seq)
        if entry is not None:
            return entry
        if seq not in self._read:
            if len(self._read) >= REMEMBERED:
                del self._read[next(iter(self._read))]
            self._read[seq] = self._look(seq, me, device)
        entry = self._read[seq]
        return None if entry is None else self._timeline.marked(entry)

    def _look(self, seq: int, me: int, device: bytes) -> MessageEntry | None:
        facts = self._keeper.facts
        if not (facts.kept and facts.start < seq <= facts.covered):
            return None
        found = self._keeper.before(seq, 1)
        if not found or found[0].seq != seq or found[0].kind not in MESSAGES:
            return None
        self._timeline.take_acts(self._keeper.acts(seq - 1, seq))
        return entry_of(found[0], me, device)
