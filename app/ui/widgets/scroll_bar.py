"""A scroll bar that paints itself: through a style sheet it would take half of a scrolling frame."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSlot
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme

_MARGIN = 2
_RADIUS = 3


class ScrollBar(QScrollBar):
    """Looks as the others do, upright, on `ground`. Where it is pressed, the style says."""

    def __init__(self, theme: Theme, ground: Role, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self._on_theme_changed)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the ground, and the handle where there is somewhere to go."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._ground))
        style = self.style()
        if self.maximum() > self.minimum() and style is not None:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            slider = QStyle.SubControl.SC_ScrollBarSlider
            kind = QStyle.ComplexControl.CC_ScrollBar
            handle = QRectF(style.subControlRect(kind, option, slider, self))
            pointed = self.isSliderDown() or (
                self.underMouse() and bool(option.activeSubControls & slider)
            )
            role = Role.TEXT_FAINT if pointed else Role.TEXT_DISABLED
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(role))
            inset = handle.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            painter.drawRoundedRect(inset, _RADIUS, _RADIUS)
        painter.end()
