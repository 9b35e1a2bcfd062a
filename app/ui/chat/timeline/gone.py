"""The messages that were deleted just now, and can be kept instead, as rows of the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from app.session.taking_back import GRACE, TakingBack
from app.session.timeline import MessageEntry
from app.ui.chat.timeline.shown_entries import ShownEntries


def held_as(entry: MessageEntry) -> int | bytes:
    """Return what `TakingBack` knows a message by."""
    return entry.seq or entry.cid


class Gone:
    """Finds in `entries` what `taking_back` holds."""

    def __init__(self, taking_back: TakingBack, entries: ShownEntries) -> None:
        self._taking_back = taking_back
        self._entries = entries

    def __contains__(self, entry: object) -> bool:
        held = self._taking_back.held
        return bool(held) and isinstance(entry, MessageEntry) and held_as(entry) in held

    def left(self, entry: MessageEntry) -> float:
        """Return how much of the time is left to undo it, from 1 down to 0."""
        return self._taking_back.seconds_left(held_as(entry)) / GRACE

    def rows(self) -> Iterator[int]:
        """Iterate over the rows, that of the latest last."""
        for message in self._taking_back.held:
            row = self.row_of(message)
            if row >= 0:
                yield row

    def undo_latest(self) -> bool:
        """Keep what was deleted last; return whether there was anything."""
        held = self._taking_back.held
        return bool(held) and self._taking_back.undo(held[-1])

    def row_of(self, message: int | bytes) -> int:
        """Return the row of a message by its number or its cid, or -1."""
        for row in range(len(self._entries) - 1, -1, -1):
            entry = self._entries[row]
            if not isinstance(entry, MessageEntry):
                continue
            if held_as(entry) == message:
                return row
            older = isinstance(message, int) and 0 < entry.seq < message
            if older or (isinstance(message, bytes) and entry.seq):
                return -1
        return -1
