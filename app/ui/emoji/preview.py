"""The line under the grid: which emoji the pointer or the keyboard is at."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.ui.emoji.glyphs import emoji_font
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

_STEPS = (Step.BODY, Step.CAPTION)
# The painter mirrors it in a window that reads from right to left.
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEFT = 12
_BIG = 2.1
_GAP = 10
_USUAL_WIDTH = 350


class Preview(QWidget):
    """An emoji, its name and its short code; or a hint while there is none.

    For eyes alone: whoever listens hears the cell itself.
    """

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = hint
        self._emoji = ""
        self.name = ""
        self.code = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def show_emoji(self, emoji: str, name: str, code: str) -> None:
        """Show an emoji; empty texts show the hint."""
        self._emoji, self.name, self.code = emoji, name, code
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two lines, or for all of the hint in the usual width."""
        lines = sum(QFontMetricsF(self._theme.font(s)).height() for s in _STEPS)
        usual = QRectF(0, 0, _USUAL_WIDTH - 2 * _LEFT, 0)
        caption = QFontMetricsF(self._theme.font(Step.CAPTION))
        hint = caption.boundingRect(usual, Qt.TextFlag.TextWordWrap.value, self._hint)
        return QSize(100, ceil(max(lines, hint.height())) + 12)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the line."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.setPen(self._theme.colour(Role.LINE))
        painter.drawLine(rect.topLeft(), rect.topRight())
        rect = rect.adjusted(_LEFT, 0, -_LEFT, 0)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        line = _LINE.value
        if not self._emoji:
            painter.setFont(self._theme.font(Step.CAPTION))
            painter.setPen(self._theme.colour(Role.TEXT_FAINT))
            painter.drawText(rect, line | Qt.TextFlag.TextWordWrap.value, self._hint)
            return
        font = emoji_font(self._theme.font(Step.BODY), _BIG)
        painter.setFont(font)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawText(rect, line, self._emoji)
        beside = ceil(QFontMetricsF(font).horizontalAdvance(self._emoji)) + _GAP
        rect.adjust(0 if rtl else beside, 0, -beside if rtl else 0, 0)
        first, second = (QFontMetricsF(self._theme.font(s)).height() for s in _STEPS)
        top = rect.center().y() - (first + second) / 2
        name = QRectF(rect.left(), top, rect.width(), first)
        code = QRectF(rect.left(), top + first, rect.width(), second)
        self._paint_text(painter, name, self.name, Step.BODY, Role.TEXT)
        self._paint_text(painter, code, f":{self.code}:", Step.CAPTION, Role.TEXT_FAINT)

    def _paint_text(
        self, painter: QPainter, rect: QRectF, text: str, step: Step, role: Role
    ) -> None:
        weight = QFont.Weight.DemiBold if step is Step.BODY else None
        font = self._theme.font(step, weight)
        painter.setFont(font)
        painter.setPen(self._theme.colour(role))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _LINE, shown)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
