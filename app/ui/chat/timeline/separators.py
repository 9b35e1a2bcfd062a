"""Paints what stands between messages: the date, and the line above what is unread."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter

from app.ui.chat.timeline.layout import Columns, RowLayout, TimelineLayouts
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme


def paint_day(
    painter: QPainter,
    theme: Theme,
    layouts: TimelineLayouts,
    layout: RowLayout,
    columns: Columns,
    *,
    day: str,
) -> None:
    """Paint the date with a line on both sides."""
    height = layouts.day_height
    middle = layout.day + height / 2 + 2
    font = layouts.strong_caption
    width = QFontMetricsF(font).horizontalAdvance(day)
    centre = (columns.margin + columns.right) / 2
    for start, end in (
        (columns.margin, centre - width / 2 - 14),
        (centre + width / 2 + 14, columns.right),
    ):
        line = QRectF(start, round(middle), end - start, 1)
        painter.fillRect(line, theme.colour(Role.LINE))
    place = QRectF(columns.margin, layout.day + 2, columns.right - columns.margin, height)
    painter.setFont(font)
    painter.setPen(theme.colour(Role.TEXT_SECOND))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, day)


def paint_unread(
    painter: QPainter, theme: Theme, layouts: TimelineLayouts, layout: RowLayout, columns: Columns
) -> None:
    """Paint the line that says what is new, and its words at its end."""
    text = tr("New messages")
    font = layouts.strong_caption
    width = QFontMetricsF(font).horizontalAdvance(text)
    height = layouts.unread_height
    middle = layout.unread + height / 2
    end = columns.right - width - 8
    line = QRectF(columns.margin, middle - 0.75, end - columns.margin, 1.5)
    painter.fillRect(line, theme.colour(Role.ACCENT))
    painter.setFont(font)
    painter.setPen(theme.colour(Role.ACCENT_TEXT))
    place = QRectF(end, layout.unread, width + 8, height)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
