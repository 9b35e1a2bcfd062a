"""The count on a button's corner: how much waits behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPoint, QRectF, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PyQt6.QtWidgets import QAbstractButton, QWidget

from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.type import Step

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

MOST = 999


def count_text(count: int) -> str:
    """Return a count that never gets too wide."""
    return str(count) if count <= MOST else f"{MOST}+"


class CountBadge(QWidget):
    """A pill over the trailing top corner of `button`; hidden at 0. A child of `parent`.

    The button's accessible description says the number too.
    """

    def __init__(self, theme: Theme, button: QAbstractButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._button = button
        self._count = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        theme.changed.connect(self._on_theme_changed)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self._count = count
        self._button.setAccessibleDescription(tr("%n unread message(s)", n=count) if count else "")
        self.setVisible(count > 0 and self._button.isVisibleTo(self.parentWidget()))
        self.place()

    def place(self) -> None:
        """Go where the button is; called when the layout around it has changed."""
        metrics = QFontMetrics(self._font())
        height = metrics.height() + 3
        width = max(height, metrics.horizontalAdvance(count_text(self._count)) + 10)
        self.resize(width, height)
        parent = self.parentWidget()
        if parent is None:
            return
        corner = self._button.mapTo(parent, QPoint(0, 0))
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = corner.x() + (6 - width if rtl else self._button.width() - 8)
        self.move(max(0, x), max(0, corner.y() - 3))
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.ACCENT))
        radius = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setFont(self._font())
        painter.setPen(self._theme.colour(Role.ON_ACCENT))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, count_text(self._count))

    def _font(self) -> QFont:
        return self._theme.font(Step.CAPTION, QFont.Weight.DemiBold)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.update()
