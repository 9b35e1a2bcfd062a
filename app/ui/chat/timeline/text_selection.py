"""Which characters of which messages are selected.

Knows messages by who wrote them and their cid, so that a selection stays on its words while rows come
and go above and below, and no widgets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from app.session.timeline import MessageEntry
from app.ui.chat.timeline.copying import copied_lines
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.shown_text import ShownText, is_selectable, shown_text

Key = tuple[bytes, bytes]
"""The device that wrote a message, and the message's cid."""

_TO_THE_END = 1 << 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one place of a row's text to another of the same; both are one where it is but a place."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extent:
    """From a place in the text of `first` to one in that of `last`, which stands nowhere above it."""

    first: int
    start: int
    last: int
    end: int

    @classmethod
    def over(cls, one: Stretch, other: Stretch) -> Extent:
        """Return what begins with the upper of both and ends with the lower."""
        first, start = min((one.row, one.start), (other.row, other.start))
        last, end = max((one.row, one.end), (other.row, other.end))
        return cls(first, start, last, end)

    @property
    def empty(self) -> bool:
        """Whether nothing stands between its ends."""
        return (self.first, self.start) >= (self.last, self.end)

    def within(self, row: int, length: int = _TO_THE_END) -> tuple[int, int]:
        """Return where it begins and ends in the text of a row; twice the same where it does not."""
        if not self.first <= row <= self.last:
            return 0, 0
        start = self.start if row == self.first else 0
        end = min(self.end, length) if row == self.last else length
        return min(start, end), end


@dataclass(frozen=True, slots=True)
class _Held:
    """A stretch, and by what to find its row again."""

    stretch: Stretch
    key: Key
    text: str
    as_typed: bool


class TextSelection:
    """From where the mouse went down to where it is. Owned by the delegate that paints it.

    The owner of the model's signals tells it of rows that come and go.
    """

    def __init__(self, model: TimelineModel) -> None:
        self._rows = model
        self._anchor: _Held | None = None
        self._moving: _Held | None = None
        self._unsure = False

    def begin(self, at: Stretch) -> None:
        """Select what lies in `at`, and stretch from there."""
        self._anchor = self._moving = self._held(at)

    def extend(self, to: Stretch) -> None:
        """Select from where it began to the far end of `to`."""
        if self._anchor is not None:
            self._moving = self._held(to)

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = self._moving = None

    @property
    def begun(self) -> bool:
        """Whether there is something to stretch from, selected or not."""
        self._settle()
        return self._anchor is not None

    @property
    def extent(self) -> Extent | None:
        """What is selected; None for nothing."""
        self._settle()
        if self._anchor is None or self._moving is None:
            return None
        extent = Extent.over(self._anchor.stretch, self._moving.stretch)
        return None if extent.empty else extent

    def within(self, row: int) -> tuple[int, int] | None:
        """Return which part of the text of a row is selected; None for none."""
        extent = self.extent
        if extent is None or not is_selectable(self._rows.entry(row)):
            return None
        start, end = extent.within(row)
        return (start, end) if start < end else None

    def text(self) -> str:
        """Return what to copy.

        A part of one message is copied as it is shown: that is what was pointed at. A whole message is
        copied as it was typed, with the signs that format it, so that it can be sent again. Of several,
        each has its time and its author before it.
        """
        extent = self.extent
        if extent is None:
            return ""
        ends = {
            row: self._part(row, extent) for row in {extent.first, extent.last} if self._has(row)
        }
        if extent.first == extent.last:
            return ends.get(extent.first, "")
        # The mouse often stops a hair inside of a message that was not meant.
        touched = range(extent.first, extent.last + 1)
        rows = [row for row in touched if ends.get(row, " ")]
        said = list(islice((row for row in rows if self._has(row)), 2))
        if len(said) == 1:
            return ends.get(said[0]) or self._part(said[0], extent)
        return copied_lines(self._rows, rows, ends)

    # --- rows come and go -----------------------------------------------------------------------

    def rows_inserted(self, first: int, last: int) -> None:
        """Keep to the same messages."""
        count = last - first + 1
        self._move(lambda row: row + count if row >= first else row)

    def rows_removed(self, first: int, last: int) -> None:
        """Keep to the same messages, one that comes in again elsewhere too."""
        count = last - first + 1
        self._move(lambda row: row - count if row > last else row)

    def rows_changed(self) -> None:
        """Take note that the words of a message may be others."""
        self._unsure = True

    def _settle(self) -> None:
        """Find the ends again after rows came, went or changed; select nothing where one is lost."""
        if not self._unsure:
            return
        self._unsure = False
        for held in (self._anchor, self._moving):
            if held is not None and not self._is_at(held, held.stretch.row):
                self._find_again()
                return

    def _find_again(self) -> None:
        self._anchor, self._moving = (
            None if held is None else self._found(held) for held in (self._anchor, self._moving)
        )
        if self._anchor is None or self._moving is None:
            self.clear()

    def _found(self, held: _Held) -> _Held | None:
        for row in range(self._rows.rowCount()):
            if self._is_at(held, row):
                return replace(held, stretch=replace(held.stretch, row=row))
        return None

    def _is_at(self, held: _Held, row: int) -> bool:
        if not 0 <= row < self._rows.rowCount():
            return False
        entry = self._rows.entry(row)
        return (
            isinstance(entry, MessageEntry)
            and (entry.device, entry.cid) == held.key
            and entry.text == held.text
            and self._rows.is_as_typed(entry) is held.as_typed
        )

    # --- parts ----------------------------------------------------------------------------------

    def _held(self, at: Stretch) -> _Held:
        entry = self._rows.entry(at.row)
        assert isinstance(entry, MessageEntry)
        typed = self._rows.is_as_typed(entry)
        return _Held(at, (entry.device, entry.cid), entry.text, typed)

    def _move(self, moved: Callable[[int], int]) -> None:
        self._unsure = True
        self._anchor, self._moving = (
            held and replace(held, stretch=replace(held.stretch, row=moved(held.stretch.row)))
            for held in (self._anchor, self._moving)
        )

    def _has(self, row: int) -> bool:
        return is_selectable(self._rows.entry(row))

    def shown(self, row: int) -> ShownText:
        """Return the text of a message as its row shows it."""
        entry = self._rows.entry(row)
        assert isinstance(entry, MessageEntry)
        return shown_text(entry, as_typed=self._rows.is_as_typed(entry))

    def _part(self, row: int, extent: Extent) -> str:
        entry = self._rows.entry(row)
        assert isinstance(entry, MessageEntry)
        shown = self.shown(row)
        length = shown.length
        start, end = extent.within(row, length)
        return entry.text if (start, end) == (0, length) else shown.cut(start, end)
