"""The rounded border around what one writes and the buttons beside it."""

from __future__ import annotations

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QFrame, QWidget

from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme


class ComposerBox(QFrame):
    """A border: an accent one while the text has the focus; `update()` after a change of a flag."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.focused = False
        self.wrong = False
        self.private = False

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the ground and the border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = Role.ACCENT if self.focused else Role.OUTLINE
        if self.private:
            role = Role.PRIVATE_TEXT
        width = 2 if self.focused else 1
        if self.wrong:
            role = Role.DANGER
        painter.setPen(QPen(self._theme.colour(role), width))
        painter.setBrush(self._theme.colour(Role.SURFACE_BASE))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 12, 12)
        painter.end()
