"""Paints the files of a room: as rows with an icon, or pictures as squares. Never rich text."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import QModelIndex, QObject, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPen
from PyQt6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.session.shelf import ShelfFile
from app.ui.chat.files_panel.layout import CellSize
from app.ui.chat.files_panel.model import ShelfModel
from app.ui.chat.names import isolated, one_line, runs_right_to_left
from app.ui.files.kind_icons import kind_of_ref, paint_kind
from app.ui.files.names import elided_name
from app.ui.files.sizes import human_size
from app.ui.files.thumbnails import Thumbnails, paint_thumbnail
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

_TILE = 40
_EDGE = 16
_INSET = 8
_GAP = 12
_PADDING = 7

_LEAST_NICK = 8
"""Characters of a nickname for which a size gives way."""

_LEAST_SQUARE = 84
_BETWEEN = 6


class ShelfDelegate(QStyledItemDelegate):
    """Measures and paints the cells of a `ShelfModel`; the view says which one is hovered or current."""

    def __init__(
        self,
        model: ShelfModel,
        theme: Theme,
        thumbnails: Thumbnails,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.thumbnails = thumbnails
        self.as_grid = False
        self.hovered = -1
        self.current = -1
        self.ringed = False
        """Whether the current one has the keyboard, and the person uses it."""
        self.load_fonts()

    def load_fonts(self) -> None:
        """Take the theme's fonts anew."""
        self._name = self._theme.font(Step.BODY)
        self._about = self._theme.font(Step.CAPTION)
        self._lines = QFontMetricsF(self._name).height() + QFontMetricsF(self._about).height() + 2

    @property
    def cell(self) -> CellSize:
        """How large a cell is now."""
        if self.as_grid:
            return CellSize(0, least=_LEAST_SQUARE, gap=_BETWEEN, side=_EDGE)
        return CellSize(max(_TILE, ceil(self._lines)) + 2 * _PADDING)

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Return the size that Qt asks for; the view lays out by itself."""
        return QSize(option.rect.width(), self.cell.height)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one file."""
        if painter is None:
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.as_grid:
            self._paint_square(painter, rect, index.row())
        else:
            self._paint_row(painter, rect, index.row(), option.direction)
        painter.restore()

    def _paint_square(self, painter: QPainter, rect: QRectF, row: int) -> None:
        ref = self._model.file(row).ref
        size = rect.size().toSize()
        paint_thumbnail(painter, rect, self._theme, self.thumbnails.pixmap(ref.hash, size))
        chosen = row == self.current
        if chosen or row == self.hovered:
            role = Role.ACCENT if chosen else Role.OUTLINE
            painter.setPen(QPen(self._theme.colour(role), 3 if chosen and self.ringed else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_row(
        self, painter: QPainter, rect: QRectF, row: int, direction: Qt.LayoutDirection
    ) -> None:
        file = self._model.file(row)
        self._paint_ground(painter, rect.adjusted(_INSET, 1, -_INSET, -1), row)
        rtl = direction is Qt.LayoutDirection.RightToLeft
        left = rect.right() - _EDGE - _TILE if rtl else rect.left() + _EDGE
        tile = QRectF(left, rect.center().y() - _TILE / 2, _TILE, _TILE)
        self._paint_tile(painter, tile, file)
        room = rect.width() - 2 * _EDGE - _TILE - _GAP
        start = rect.left() + _EDGE if rtl else tile.right() + _GAP
        top = rect.center().y() - self._lines / 2
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        line = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        metrics = QFontMetricsF(self._name)
        text = elided_name(metrics, one_line(file.ref.name), room)
        backwards = runs_right_to_left(text)
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if backwards else Qt.LayoutDirection.LeftToRight
        )
        painter.setFont(self._name)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawText(QRectF(start, top, room, metrics.height()), line, text)
        painter.setLayoutDirection(direction)
        under = QRectF(start, top + metrics.height() + 2, room, QFontMetricsF(self._about).height())
        painter.setFont(self._about)
        painter.setPen(self._theme.colour(Role.TEXT_SECOND))
        painter.drawText(under, line, self._about_text(file, room))

    def _about_text(self, file: ShelfFile, room: float) -> str:
        """Return what stands under a name: size, sender and day; in little room, not the size."""
        metrics = QFontMetricsF(self._about)
        before, nick = f"{human_size(file.ref.size)} · ", one_line(file.nick)
        after = f" · {self._model.when(file)}"
        least = min(metrics.horizontalAdvance(nick), _LEAST_NICK * metrics.averageCharWidth())
        left = room - metrics.horizontalAdvance(before + after)
        if left < least:
            left += metrics.horizontalAdvance(before)
            before = ""
        nick = metrics.elidedText(nick, Qt.TextElideMode.ElideRight, max(0.0, left))
        text = f"{before}{isolated(nick)}{after}"
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _paint_tile(self, painter: QPainter, tile: QRectF, file: ShelfFile) -> None:
        kind = kind_of_ref(file.ref)
        size = tile.size().toSize()
        picture = self.thumbnails.pixmap(file.ref.hash, size) if kind.previewed else None
        if picture is None:
            paint_kind(painter, tile, self._theme, kind.icon)
        else:
            paint_thumbnail(painter, tile, self._theme, picture)

    def _paint_ground(self, painter: QPainter, ground: QRectF, row: int) -> None:
        """Paint what shows that the row is hovered, chosen, or has the keyboard."""
        if row in {self.hovered, self.current}:
            role = Role.ACCENT_SOFT if row == self.current else Role.CONTROL_HOVER
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(role))
            painter.drawRoundedRect(ground, 8, 8)
        if row == self.current and self.ringed:
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 8, 8)
