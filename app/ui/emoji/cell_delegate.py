"""Paints one emoji of the grid."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QObject, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFontInfo, QPainter, QPen, QPolygonF, QStaticText, QTransform
from PyQt6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.ui.emoji.glyphs import emoji_font
from app.ui.emoji.grid_model import GridRole
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

TIMES = 1.75
"""An emoji is that many times as high as text."""

AROUND = 6
_CORNER = 5
_MOST_SHAPED = 2_000


class CellDelegate(QStyledItemDelegate):
    """Paints cells of `cell` pixels; the view says which one is hovered, ringed or marked."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1
        self.ringed = -1
        self.marked = -1
        self.load_fonts()

    def load_fonts(self) -> None:
        """Take the theme's font anew."""
        self.font = emoji_font(self._theme.font(Step.BODY), TIMES)
        self._shaped: dict[str, QStaticText] = {}
        self.cell = QFontInfo(self.font).pixelSize() + 2 * AROUND

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Return the size of every cell."""
        return QSize(self.cell, self.cell)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one cell."""
        if painter is None:
            return
        cell, rect = index.row(), QRectF(option.rect)
        if cell in {self.hovered, self.ringed, self.marked}:
            self._paint_ground(painter, rect, cell, tonable=bool(index.data(GridRole.TONABLE)))
        shaped = self._shape(index.data())
        size = shaped.size()
        corner = rect.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.setFont(self.font)
        painter.setPen(self._theme.colour(Role.TEXT))
        wide = size.width() > rect.width()
        if wide:
            # A font that is older than the skin tone draws it in two pieces.
            painter.save()
            painter.setClipRect(rect)
        painter.drawStaticText(corner, shaped)
        if wide:
            painter.restore()

    def _shape(self, text: str) -> QStaticText:
        """Shape an emoji once: that takes a hundred times as long as to paint it."""
        shaped = self._shaped.get(text)
        if shaped is None:
            if len(self._shaped) >= _MOST_SHAPED:
                self._shaped.clear()
            shaped = QStaticText(text)
            shaped.setTextFormat(Qt.TextFormat.PlainText)
            shaped.prepare(QTransform(), self.font)
            self._shaped[text] = shaped
        return shaped

    def _paint_ground(self, painter: QPainter, rect: QRectF, cell: int, *, tonable: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if cell == self.marked:
            painter.setBrush(self._theme.colour(Role.ACCENT_SOFT))
            painter.drawRoundedRect(ground, 8, 8)
        elif cell == self.hovered:
            painter.setBrush(self._theme.colour(Role.CONTROL_PRESSED))
            painter.drawRoundedRect(ground, 8, 8)
        if tonable:
            corner = ground.bottomRight() - QPointF(3, 3)
            across, up = QPointF(_CORNER, 0), QPointF(0, _CORNER)
            painter.setBrush(self._theme.colour(Role.TEXT_SECOND))
            painter.drawPolygon(QPolygonF([corner, corner - across, corner - up]))
        if cell == self.ringed:
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 8, 8)
        painter.restore()
