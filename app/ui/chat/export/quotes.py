"""What the messages of a transcript answer, looked up while they are written in order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from app.session.timeline import Entry, MessageEntry
from app.ui.chat.timeline.quote import QuoteLine, quote_line

_REMEMBERED = 2000
"""Messages written last; most answers are to one of them, and looking up reads the disk."""

Find = Callable[[int], MessageEntry | None]


def _nothing(_seq: int) -> MessageEntry | None:
    return None


class Quotes:
    """Remembers what was written, and asks `find` for the rest. Owned by one writer."""

    def __init__(self, find: Find = _nothing) -> None:
        self._find = find
        self._latest: OrderedDict[int, MessageEntry] = OrderedDict()
        self._first = 0

    def note(self, entry: Entry) -> None:
        """Take note of a message that is in the file."""
        if isinstance(entry, MessageEntry) and entry.seq:
            self._first = self._first or entry.seq
            self._latest[entry.seq] = entry
            if len(self._latest) > _REMEMBERED:
                self._latest.popitem(last=False)

    def quote(self, entry: MessageEntry) -> QuoteLine | None:
        """Return what a message answers; None where it answers nothing."""
        seq = entry.reply_to
        if not seq or entry.deleted:
            return None
        return quote_line(seq, self._latest.get(seq) or self._find(seq))

    def is_in_file(self, seq: int) -> bool:
        """Tell whether the message of that number was written, as far as that can be told."""
        return 0 < self._first <= seq
