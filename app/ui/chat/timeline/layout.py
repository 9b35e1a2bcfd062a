"""Where everything stands within a row of the timeline, and how high the row is."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QFont, QFontMetricsF

from app.session.timeline import Entry, MessageEntry, NoticeEntry
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.files.layout import NO_FILES, FilesLayout, FilesLook
from app.ui.chat.timeline.foot import Foot, foot_of, moved
from app.ui.chat.timeline.formatted_block import FormattedBlock, makes_way
from app.ui.chat.timeline.model import TimelineModel, TimelineRow
from app.ui.chat.timeline.remark_layout import RemarkLayout, RemarkLook
from app.ui.chat.timeline.room_names import RoomNames
from app.ui.chat.timeline.text_block import TextBlock, line_height
from app.ui.chat.timeline.text_look import TextLook
from app.ui.formatting.big_emoji import only_emoji
from app.ui.formatting.markdown import parse
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

AVATAR = 36
WIDEST_TEXT = 660
STATE_ICON = 16
PRIVATE_ICON = 13
NARROW = 520
"""Below this width the margins shrink."""

_HOUR = 3_600_000
_KEPT = 200
"""Rows kept set: some screens full, so that scrolling back and forth sets nothing twice."""


@dataclass(frozen=True)
class Columns:
    """Where the columns of the timeline lie at one width."""

    margin: int
    text: int
    text_width: int
    right: int
    gutter: int = AVATAR
    """How wide the column of pictures, or of times, is."""

    @classmethod
    def at(cls, width: int, gutter: int = AVATAR) -> Columns:
        """Return the columns of a timeline that is `width` wide."""
        margin, gap = (16, 12) if width >= NARROW else (12, 10)
        text = margin + gutter + gap
        room = width - text - margin - STATE_ICON - 8
        return cls(margin, text, max(80, min(WIDEST_TEXT, room)), width - margin, gutter)


_NO_REMARKS = RemarkLayout()


@dataclass(frozen=True)
class RowLayout:
    """A row's parts by their distance from its top; -1 for a part that it does not have."""

    entry: Entry
    """Kept, so that its identity stays its own while the layout is cached."""
    height: int
    day: int
    unread: int
    body: int
    """Where the part begins that hover and selection colour."""
    private: int
    """Where it is said with whom the message is private."""
    head: int
    text: int
    block: TextBlock | FormattedBlock
    foot: int
    parts: Foot | None = None
    """What stands at `foot`."""
    inline: bool = False
    """Whether the name stands in the first line of the text."""
    remarks: RemarkLayout = _NO_REMARKS
    """What is said of the message; its places begin at the row's top, in the column of text."""
    files: FilesLayout = NO_FILES
    files_top: int = 0

    @property
    def formatted(self) -> FormattedBlock | None:
        """The text, where it is more than plain."""
        return self.block if isinstance(self.block, FormattedBlock) else None


class InlineName(NamedTuple):
    """A name before the text, in the same line: how wide it may be, and where the text begins."""

    width: float
    end: float


class TimelineLayouts:
    """Sets rows and remembers the latest. Owned by the delegate.

    `compact` rows have no pictures and say the time and the name in the text's first line; whoever
    changes it calls `load_fonts`.
    """

    def __init__(self, theme: Theme, names: RoomNames) -> None:
        self._theme = theme
        self._names = names
        self._rows: OrderedDict[tuple[object, ...], RowLayout] = OrderedDict()
        self.compact = False
        self.load_fonts()

    def load_fonts(self) -> None:
        """Take the theme's fonts anew, and forget what was set in the old ones."""
        self._rows.clear()
        self._look = TextLook(self._theme)
        self.remarks = RemarkLook(self._theme, self._names.colour_of)
        self.files = FilesLook(self._theme)
        self.message = self._look.font
        self.name = self._theme.font(Step.BODY, QFont.Weight.DemiBold)
        self.small = self._theme.font(Step.SMALL)
        self.caption = self._theme.font(Step.CAPTION)
        self.strong_caption = self._theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self.line = self._look.line
        self.head_height = ceil(QFontMetricsF(self.name).height()) + 2
        self.small_line = line_height(self.small)
        self._letter = QFontMetricsF(self.message).averageCharWidth()
        caption = ceil(QFontMetricsF(self.caption).height())
        self.day_height = caption + 28
        self._guess_width = self._guess_letters = 0
        self.unread_height = caption + 8
        self.private_height = max(PRIVATE_ICON, caption) + 3
        self._gutter = AVATAR
        if self.compact:
            # The widest hour of those that a clock may show.
            metrics, hours = QFontMetricsF(self.caption), range(0, 24 * _HOUR, _HOUR)
            self._gutter = ceil(max(metrics.horizontalAdvance(times.clock_time(h)) for h in hours))

    def columns(self, width: int) -> Columns:
        """Return where the columns lie in a timeline that is `width` wide."""
        return Columns.at(width, self._gutter)

    def inline_name(self, row: TimelineRow, columns: Columns) -> InlineName:
        """Return the room of a name that stands in the first line of its text."""
        assert isinstance(row.entry, MessageEntry)
        whole = QFontMetricsF(self.name).horizontalAdvance(one_line(row.entry.nick)) + 1
        width = min(whole, max(56.0, columns.text_width * 0.35))
        tag = (
            QFontMetricsF(self.caption).horizontalAdvance(row.tag) + 18 if self.has_tag(row) else 0
        )
        return InlineName(width, width + tag + 8)

    def has_tag(self, row: TimelineRow) -> bool:
        """Tell whether the writer's role stands beside the name."""
        return bool(row.tag) and (row.leads or not self.compact)

    def guess(self, model: TimelineModel, row: int, width: int) -> int:
        """Return about how high the row will be, without setting its text."""
        entry = model.entry(row)
        if isinstance(entry, NoticeEntry):
            return int(self.small_line) + 8
        if width != self._guess_width:
            self._guess_width = width
            self._guess_letters = max(1, int(self.columns(width).text_width / self._letter))
        letters = self._guess_letters
        lines = len(entry.text) // letters + entry.text.count("\n") + 1
        height = 0
        if entry.reactions or entry.reply_to:
            height = self.remarks.guess(entry, self.columns(width).text_width)
        if entry.files:
            height += self.files.height(entry, self.columns(width).text_width)
            lines -= not (entry.text or self.compact)
        if self.compact:
            return height + int(lines * self.line) + 2
        height += int(lines * self.line) + 4
        above = model.entry(row - 1) if row else None
        if not isinstance(above, MessageEntry) or above.author != entry.author:
            height += self.head_height + 6
        return height

    def row(self, row: TimelineRow, width: int) -> RowLayout:
        """Return the row, set at that width."""
        place = (row.day, row.first_unread, row.leads, row.private, row.gone, row.as_typed)
        # Who is in the room changes what is a mention, and nothing else.
        names = self._names.version if "@" in row.text else 0
        key = (
            id(row.entry),
            width,
            *place,
            row.quote,
            names,
            row.unfolded,
            row.tag if self.compact else "",
        )
        found = self._rows.get(key)
        if found is not None and found.block.complete:
            self._rows.move_to_end(key)
            return found
        if found is not None:
            found.block.go_on()
        made = self._set(row, width, found.block if found is not None else None)
        self._rows[key] = made
        if len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        return made

    def _text(
        self, row: TimelineRow, width: int, indent: float = 0.0
    ) -> TextBlock | FormattedBlock:
        """Set what a message says; one of words alone is set as it was typed."""
        if row.quiet:
            text = "" if row.gone else row.text
            # What is gone, and may come back, takes as much room as one line of it did.
            line = self.line if self.compact or row.gone else self.small_line
            return TextBlock(text, self.small, width, line, indent=indent)
        if row.as_typed:
            return TextBlock(row.text, self.message, width, self.line, indent=indent)
        if only_emoji(row.text):
            return TextBlock(row.text, self._look.big, width, self._look.big_line, indent=indent)
        formatted = parse(row.text)
        if "@" in row.text:
            formatted = self._names.marked(formatted)
        if formatted.plain:
            return TextBlock(row.text, self.message, width, self.line, indent=indent)
        return FormattedBlock(formatted, self._look, width, self._names.is_me, indent=indent)

    def _set(
        self, row: TimelineRow, width: int, begun: TextBlock | FormattedBlock | None
    ) -> RowLayout:
        entry = row.entry
        columns = self.columns(width)
        y = 0
        day = unread = foot = -1
        if row.day:
            day, y = 0, self.day_height
        if row.first_unread:
            unread, y = y, y + self.unread_height
        body = y
        if isinstance(entry, NoticeEntry):
            notice = TextBlock(row.notice, self.small, columns.text_width, self.small_line)
            room = 1 if self.compact else 4
            text = y + room
            y = text + ceil(notice.height) + room
            return RowLayout(entry, y, day, unread, body, -1, -1, text, notice, foot)
        inline = self.compact and _makes_way(row)
        indent = self.inline_name(row, columns).end if inline else 0.0
        block = begun or self._text(row, columns.text_width, indent)
        private = -1
        if row.private:
            private = y + 5
            y = private + self.private_height
        quote, head, text = self._quote_head_and_text(row, y, inline=inline)
        end = block.end()
        bottom = files_top = text + (0 if _is_bare(row) and not inline else ceil(block.height))
        files = NO_FILES if row.gone else self.files.layout(entry, columns.text_width)
        remarks = self.remarks.layout(
            row,
            columns.text_width,
            quote=quote,
            end=None if end is None else end.moved(QPointF(0, text)),
            bottom=bottom + files.height,
        )
        y = remarks.bottom
        parts = foot_of(
            entry,
            gone=row.text if row.gone else "",
            why=row.why,
            small=self.small,
            width=columns.text_width - (indent if row.gone else 0),
            line=self.small_line,
        )
        if parts is not None and row.gone:
            # It stands in the place of the text.
            parts = moved(parts, indent, (block.first_line - self.small_line) / 2)
            foot = text
            y = max(y, foot + ceil(parts.height))
        elif parts is not None:
            foot = y + 2
            y = foot + ceil(parts.height)
        y += 1 if self.compact else 2
        if row.leads and not self.compact:
            y = max(y, head + AVATAR + 2)
        return RowLayout(
            entry, y, day, unread, body, private, head, text, block, foot, parts, inline, remarks,
            files, files_top,
        )  # fmt: skip

    def _quote_head_and_text(
        self, row: TimelineRow, y: int, *, inline: bool
    ) -> tuple[int, int, int]:
        """Return where the quote stands too: above the text, or above the name in the same line."""
        height = self.remarks.quote_height if row.quote else 0
        if height and (self.compact or not row.leads):
            return y + 3, *self._head_and_text(row, y + 1 + height, inline=inline)
        head, text = self._head_and_text(row, y, inline=inline)
        return (text if height else -1), head, text + height

    def _head_and_text(self, row: TimelineRow, y: int, *, inline: bool) -> tuple[int, int]:
        """Return where the name and the text of a message stand that begins at `y`."""
        if inline:
            y += 2 if row.leads and not row.private else 0
            return y, y
        if not row.leads and not self.compact:
            return -1, y + 2
        head = y + (2 if row.private or self.compact else 8)
        return head, head + self.head_height


def _is_bare(row: TimelineRow) -> bool:
    """Tell whether a message has files and says nothing."""
    return isinstance(row.entry, MessageEntry) and bool(row.entry.files) and not row.text


def _makes_way(row: TimelineRow) -> bool:
    """Tell whether a name can stand in the first line of what a message says."""
    return row.quiet or row.as_typed or makes_way(parse(row.text))
