"""Paints who wrote a message, and when."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.session.timeline import MessageEntry
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.layout import Columns, RowLayout, TimelineLayouts
from app.ui.chat.timeline.model import TimelineRow
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme


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
        place = QRectF(columns.text, layout.head, width, height)
        ink = self._theme.person(entry.device, self._colour_of(entry.device)).ink
        x = self._put_name(painter, one_line(entry.nick), ink, place)
        if self._layouts.has_tag(row):
            self._put_tag(painter, row.tag, x + 6, place.center().y())

    def paint(
        self,
        painter: QPainter,
        row: TimelineRow,
        entry: MessageEntry,
        layout: RowLayout,
        columns: Columns,
    ) -> None:
        """Paint the line above a comfortable row that begins a group."""
        x = float(columns.text)
        y, height = float(layout.head), float(self._layouts.head_height)
        time = times.clock_time(entry.at)
        metrics = QFontMetricsF(self._layouts.caption)
        rest = metrics.horizontalAdvance(time) + 8
        words = [tr("you")] if entry.mine else []
        rest += sum(metrics.horizontalAdvance(word) + 8 for word in words)
        if row.tag:
            rest += metrics.horizontalAdvance(row.tag) + 20
        ink = self._theme.person(entry.device, self._colour_of(entry.device)).ink
        room = max(40.0, columns.text_width - rest)
        x = self._put_name(painter, one_line(entry.nick), ink, QRectF(x, y, room, height))
        if row.tag:
            x = self._put_tag(painter, row.tag, x + 8, y + height / 2)
        faint = self._theme.colour(Role.TEXT_FAINT)
        for word in (*words, time):
            x = self._put(
                painter, word, self._layouts.caption, faint, QRectF(x + 8, y, 400, height)
            )

    def _put_name(self, painter: QPainter, name: str, ink: QColor, place: QRectF) -> float:
        metrics = QFontMetricsF(self._layouts.name)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        place.setWidth(min(place.width(), metrics.horizontalAdvance(shown) + 1))
        return self._put(painter, shown, self._layouts.name, ink, place)

    def _put(
        self, painter: QPainter, text: str, font: QFont, colour: QColor, place: QRectF
    ) -> float:
        """Paint a word on the line of `place`; return where it ends."""
        painter.setFont(font)
        painter.setPen(colour)
        start = QPointF(place.left(), self._baseline(place))
        painter.drawText(start, text)
        return place.left() + QFontMetricsF(font).horizontalAdvance(text)

    def _baseline(self, place: QRectF) -> float:
        metrics = QFontMetricsF(self._layouts.name)
        return place.top() + (place.height() - metrics.height()) / 2 + metrics.ascent()

    def _put_tag(self, painter: QPainter, tag: str, x: float, middle: float) -> float:
        metrics = QFontMetricsF(self._layouts.caption)
        place = QRectF(x, middle - 9, metrics.horizontalAdvance(tag) + 12, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.CONTROL_HOVER))
        painter.drawRoundedRect(place, 6, 6)
        painter.setFont(self._layouts.caption)
        painter.setPen(self._theme.colour(Role.TEXT_SECOND))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tag)
        return place.right()
