"""Paints who wrote a message, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter

from app.session.timeline import MessageEntry
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.layout import Columns, RowLayout, TimelineLayouts
from app.ui.chat.timeline.model import TimelineRow
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme

_MEASURED = 500
"""Heads whose measures are kept."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in a head, and how wide; `after` follows the name and the tag."""

    name: str
    width: float
    tag: str
    tag_width: float
    after: tuple[tuple[str, float], ...]
    baseline: float
    middle: float


class HeadPainter:
    """Paints the head of a row, in the places that its layout gives. Owned by the delegate.

    `colour_of` tells which colour whoever has a device chose.
    """

    def __init__(
        self, theme: Theme, layouts: TimelineLayouts, colour_of: Callable[[bytes], int]
    ) -> None:
        self._theme = theme
        self._colour_of = colour_of
        self._layouts = layouts
        self._fonts = layouts.name
        self._measured: dict[tuple[object, ...], _Words] = {}

    def paint_gutter_time(
        self, painter: QPainter, entry: MessageEntry, layout: RowLayout, columns: Columns
    ) -> None:
        """Paint the time before a compact row."""
        height = layout.block.first_line if layout.inline else self._layouts.head_height
        place = QRectF(columns.margin, layout.head, columns.gutter, height)
        painter.setFont(self._layouts.caption)
        painter.setPen(self._theme.colour(Role.TEXT_FAINT))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, times.clock_time(entry.at))

    def paint_compact(
        self,
        painter: QPainter,
        row: TimelineRow,
        entry: MessageEntry,
        layout: RowLayout,
        columns: Columns,
    ) -> None:
        """Paint the name that stands on a compact row's first line, or above it."""
        height = layout.block.first_line if layout.inline else float(self._layouts.head_height)
        width = self._layouts.inline_name(row, columns).width
        tag = row.tag if self._layouts.has_tag(row) else ""
        words = self._words(one_line(entry.nick), tag, (), width, height)
        self._put(painter, words, entry, QPointF(columns.text, layout.head), gap=6)

    def paint(
        self,
        painter: QPainter,
        row: TimelineRow,
        entry: MessageEntry,
        layout: RowLayout,
        columns: Columns,
    ) -> None:
        """Paint the line above a comfortable row that begins a group."""
        time = times.clock_time(entry.at)
        after = (tr("you"), time) if entry.mine else (time,)
        height = float(self._layouts.head_height)
        words = self._words(one_line(entry.nick), row.tag, after, columns.text_width, height)
        self._put(painter, words, entry, QPointF(columns.text, layout.head), gap=8)

    def _words(
        self, nick: str, tag: str, after: tuple[str, ...], width: float, height: float
    ) -> _Words:
        """Return a head measured; the same few stand in every frame."""
        if self._fonts is not self._layouts.name:
            self._fonts = self._layouts.name
            self._measured.clear()
        key = (nick, tag, after, width, height)
        found = self._measured.get(key)
        if found is None:
            if len(self._measured) >= _MEASURED:
                self._measured.clear()
            found = self._measured[key] = self._measure(nick, tag, after, width, height)
        return found

    def _measure(
        self, nick: str, tag: str, after: tuple[str, ...], width: float, height: float
    ) -> _Words:
        names, captions = QFontMetricsF(self._layouts.name), QFontMetricsF(self._layouts.caption)
        widths = tuple(captions.horizontalAdvance(word) for word in after)
        rest = sum(widths) + 8 * len(after)
        tag_width = captions.horizontalAdvance(tag) + 12 if tag else 0.0
        room = width - (rest + (tag_width + 8 if tag else 0)) if after else width
        shown = names.elidedText(nick, Qt.TextElideMode.ElideRight, max(40.0, room))
        baseline = (height - names.height()) / 2 + names.ascent()
        return _Words(
            name=shown,
            width=names.horizontalAdvance(shown),
            tag=tag,
            tag_width=tag_width,
            after=tuple(zip(after, widths, strict=True)),
            baseline=baseline,
            middle=height / 2,
        )

    def _put(
        self, painter: QPainter, words: _Words, entry: MessageEntry, at: QPointF, *, gap: int
    ) -> None:
        theme, caption = self._theme, self._layouts.caption
        x, y = at.x(), at.y() + words.baseline
        painter.setFont(self._layouts.name)
        painter.setPen(theme.person(entry.device, self._colour_of(entry.device)).ink)
        painter.drawText(QPointF(x, y), words.name)
        x += words.width
        painter.setFont(caption)
        if words.tag:
            place = QRectF(x + gap, at.y() + words.middle - 9, words.tag_width, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Role.CONTROL_HOVER))
            painter.drawRoundedRect(place, 6, 6)
            painter.setPen(theme.colour(Role.TEXT_SECOND))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words.tag)
            x = place.right()
        painter.setPen(theme.colour(Role.TEXT_FAINT))
        for word, width in words.after:
            painter.drawText(QPointF(x + 8, y), word)
            x += 8 + width
