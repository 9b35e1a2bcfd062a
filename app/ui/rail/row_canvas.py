"""Paints pieces of a row that are laid out from left to right, mirrored where one reads otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QStyle

from app.ui.chat.names import runs_right_to_left

if TYPE_CHECKING:
    from PyQt6.QtCore import QRect
    from PyQt6.QtGui import QColor, QFont, QPainter

    from app.ui.theme.icons import Icon
    from app.ui.theme.roles import Role
    from app.ui.theme.theme import Theme


class RowCanvas:
    """One row being painted. All rectangles are as if one read from left to right."""

    def __init__(
        self, theme: Theme, painter: QPainter, whole: QRect, direction: Qt.LayoutDirection
    ) -> None:
        self.painter = painter
        self.whole = whole
        self._theme = theme
        self._direction = direction

    @property
    def direction(self) -> Qt.LayoutDirection:
        """Which way one reads."""
        return self._direction

    def place(self, rect: QRect) -> QRect:
        """Return where a rectangle really is."""
        return QStyle.visualRect(self._direction, self.whole, rect)

    def text(self, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
        """Paint one line of plain text, from the leading edge of `rect`, in its own direction."""
        directions = Qt.LayoutDirection
        own = directions.RightToLeft if runs_right_to_left(text) else directions.LeftToRight
        self.painter.setLayoutDirection(own)
        self.painter.setFont(font)
        self.painter.setPen(colour)
        rtl = self._direction is directions.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = (
            side.value
            | Qt.AlignmentFlag.AlignAbsolute.value
            | Qt.AlignmentFlag.AlignVCenter.value
            | Qt.TextFlag.TextSingleLine.value
        )
        self.painter.drawText(self.place(rect), flags, text)

    def icon(self, rect: QRect, icon: Icon, role: Role) -> None:
        """Paint an icon as wide as `rect`, in the middle of its height."""
        device = self.painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        placed = self.place(rect)
        top = placed.y() + (placed.height() - placed.width()) // 2
        self.painter.drawPixmap(
            placed.x(), top, self._theme.pixmap(icon, role, placed.width(), ratio)
        )
