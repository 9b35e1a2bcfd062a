"""The entries of a timeline that are shown: all, or all but who came and went."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.session.timeline import Entry, MessageEntry, NoticeEntry, NoticeKind, Span, Timeline

GROUP_MILLISECONDS = 5 * 60 * 1000
"""One sender's messages closer than this stand under one name."""

_COMINGS = frozenset({NoticeKind.CAME, NoticeKind.WENT})


class ShownEntries(QObject):
    """Follows a `Timeline` and reads like one; what is left out is in no row, and parts no group.

    A message with an edit on its way has the edit's text.

    Signals: those of `Timeline`, for the rows of what is shown.
    """

    about_to_insert = pyqtSignal(Span)
    inserted = pyqtSignal(Span)
    about_to_remove = pyqtSignal(Span)
    removed = pyqtSignal(Span)
    changed = pyqtSignal(Span)

    def __init__(self, timeline: Timeline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._shown: list[Entry] = [_as_shown(entry) for entry in timeline]
        self._hidden: list[int] = []
        """The places in the timeline, in order, of what is left out."""
        self._comings_shown = True
        timeline.inserted.connect(self._on_inserted)
        timeline.removed.connect(self._on_removed)
        timeline.changed.connect(self._on_changed)

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._shown)

    def __getitem__(self, row: int) -> Entry:
        return self._shown[row]

    @property
    def comings_shown(self) -> bool:
        """Whether it is told who came and went."""
        return self._comings_shown

    def set_comings_shown(self, shown: bool) -> None:
        """Tell who came and went, or do not, from the first entry on."""
        if shown == self._comings_shown:
            return
        self._comings_shown = shown
        if shown:
            hidden, self._hidden = self._hidden, []
            for place in hidden:
                # All above are shown by now, so places and rows are the same.
                self._let_in(place, [_as_shown(self._timeline[place])])
            return
        for row in range(len(self._shown) - 1, -1, -1):
            if _is_coming(self._shown[row]):
                # Nothing is hidden above yet, for it goes from the end.
                self._take_out(row, row)
                self._hidden.insert(0, row)

    def row_at(self, place: tuple[int, int]) -> int:
        """Return the row of the confirmed message at that `MessageEntry.place`, or -1."""
        for row in range(len(self._shown) - 1, -1, -1):
            entry = self._shown[row]
            confirmed = isinstance(entry, MessageEntry) and bool(entry.seq or entry.number)
            if isinstance(entry, MessageEntry) and confirmed and entry.place <= place:
                return row if entry.place == place else -1
        return -1

    def _row_of(self, place: int) -> int:
        """Return the row of what stands at `place`, or of the next that is shown."""
        return place - bisect_left(self._hidden, place)

    def _let_in(self, row: int, entries: list[Entry]) -> None:
        if entries:
            span = Span(row, row + len(entries) - 1)
            self.about_to_insert.emit(span)
            self._shown[row:row] = entries
            self.inserted.emit(span)

    def _take_out(self, first: int, last: int) -> None:
        if first <= last:
            span = Span(first, last)
            self.about_to_remove.emit(span)
            del self._shown[first : last + 1]
            self.removed.emit(span)

    @pyqtSlot(Span)
    def _on_inserted(self, span: Span) -> None:
        row = self._row_of(span.first)
        if self._hidden:
            at, count = bisect_left(self._hidden, span.first), span.last - span.first + 1
            self._hidden[at:] = [place + count for place in self._hidden[at:]]
        entries = []
        for place in range(span.first, span.last + 1):
            entry = _as_shown(self._timeline[place])
            if not self._comings_shown and _is_coming(entry):
                insort(self._hidden, place)
            else:
                entries.append(entry)
        self._let_in(row, entries)

    @pyqtSlot(Span)
    def _on_removed(self, span: Span) -> None:
        first, end = self._row_of(span.first), self._row_of(span.last + 1)
        if self._hidden:
            low = bisect_left(self._hidden, span.first)
            high = bisect_left(self._hidden, span.last + 1)
            count = span.last - span.first + 1
            self._hidden[low:] = [place - count for place in self._hidden[high:]]
        self._take_out(first, end - 1)

    @pyqtSlot(Span)
    def _on_changed(self, span: Span) -> None:
        first, end = self._row_of(span.first), self._row_of(span.last + 1)
        if first < end:
            places = range(span.first, span.last + 1)
            left_out = set(self._hidden) if self._hidden else frozenset[int]()
            shown = (self._timeline[place] for place in places if place not in left_out)
            self._shown[first:end] = [_as_shown(entry) for entry in shown]
            self.changed.emit(Span(first, end - 1))


def _as_shown(entry: Entry) -> Entry:
    """Return an entry with one's own other text, which the host has not confirmed, as its text."""
    if isinstance(entry, MessageEntry) and entry.edit is not None and not entry.deleted:
        return replace(entry, text=entry.edit.text)
    return entry


def _is_coming(entry: Entry) -> bool:
    return isinstance(entry, NoticeEntry) and entry.kind in _COMINGS


def continues(above: Entry | None, entry: Entry) -> bool:
    """Tell whether a message stands under the same name as what is above it."""
    return (
        isinstance(above, MessageEntry)
        and isinstance(entry, MessageEntry)
        and above.author == entry.author
        and above.nick == entry.nick
        and above.device == entry.device
        and above.private_with == entry.private_with
        and abs(entry.at - above.at) < GROUP_MILLISECONDS
    )
