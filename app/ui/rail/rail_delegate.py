"""Paints the rows of the rail: the whole row, or only the room's tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QObject, QRect, QRectF, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.session.connection import Phase
from app.ui.rail.pill import Pill
from app.ui.rail.rail_model import RailRole, RoomRow
from app.ui.rail.row_canvas import RowCanvas
from app.ui.texts import tr
from app.ui.theme.avatar import paint_avatar, tile_text
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step

if TYPE_CHECKING:
    from app.session.room_session import RoomSession
    from app.ui.theme.theme import Theme

ROW = 54
GAP = 2
SIDE = 8
TILE = 36
RADIUS = 8

_STATE_LOOKS = {
    Phase.WAITING: (Icon.REFRESH, Role.TEXT_SECOND),
    Phase.CONNECTING: (Icon.REFRESH, Role.TEXT_SECOND),
    Phase.ASKING: (Icon.SHIELD_ALERT, Role.WARN),
    Phase.CHANGED: (Icon.SHIELD_ALERT, Role.DANGER),
    Phase.PASSWORD: (Icon.LOCK, Role.WARN),
    Phase.NICKNAME: (Icon.ALERT, Role.WARN),
    Phase.STOPPED: (Icon.WIFI_OFF, Role.TEXT_SECOND),
}


class RailDelegate(QStyledItemDelegate):
    """Paints rows of a `RailModel`. `current` is the room that is shown beside the rail."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tiles_only = False
        self.current: RoomSession | None = None
        self._load()
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the row's height; the width is the view's."""
        if index.data(RailRole.SESSION) is None:
            return QSize(0, 12 if self.tiles_only else self._caption.height() + 18)
        lines = self._name.height() + self._small.height() + 14
        return QSize(0, GAP + (ROW if self.tiles_only else max(ROW, lines)))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint a section's name or a room."""
        if painter is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = index.data(RailRole.ROW)
        if isinstance(row, RoomRow):
            shown = index.data(RailRole.SESSION) is self.current
            self._paint_room(painter, option, row, shown=shown)
        elif not self.tiles_only:
            self._paint_section(painter, option, str(index.data()))
        painter.restore()

    def _paint_section(self, painter: QPainter, option: QStyleOptionViewItem, name: str) -> None:
        canvas = RowCanvas(self._theme, painter, option.rect, option.direction)
        height = self._caption.height()
        line = option.rect.adjusted(SIDE + 8, option.rect.height() - height - 5, -SIDE, -5)
        canvas.text(line, name, self._caption_font, self._theme.colour(Role.TEXT_SECOND))

    def _paint_room(
        self, painter: QPainter, option: QStyleOptionViewItem, row: RoomRow, *, shown: bool
    ) -> None:
        whole = option.rect.adjusted(SIDE, 0, -SIDE, -GAP)
        self._paint_back(painter, option, whole, shown=shown)
        tile = QRect(whole.x() + 8, whole.y() + (whole.height() - TILE) // 2, TILE, TILE)
        if self.tiles_only:
            tile.moveLeft(whole.x() + (whole.width() - TILE) // 2)
        tile = QStyle.visualRect(option.direction, whole, tile)
        painter.setFont(self._name_font)
        paint_avatar(
            painter,
            QRectF(tile),
            tile_text(row.name),
            self._theme.person(row.key),
            rounded_square=True,
        )
        canvas = RowCanvas(self._theme, painter, whole, option.direction)
        if self.tiles_only:
            self._paint_corner(canvas, tile, row)
        else:
            self._paint_lines(canvas, row)

    def _paint_back(
        self, painter: QPainter, option: QStyleOptionViewItem, whole: QRect, *, shown: bool
    ) -> None:
        state = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        role = Role.ACCENT_SOFT if shown else Role.CONTROL_HOVER if hovered else None
        if role is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(role))
            painter.drawRoundedRect(QRectF(whole), RADIUS, RADIUS)
        by_keyboard = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if state & by_keyboard == by_keyboard:
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(whole).adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)

    def _paint_lines(self, canvas: RowCanvas, row: RoomRow) -> None:
        whole = canvas.whole
        height = self._name.height()
        told = bool(row.preview or row.author or row.unread or row.state is not None)
        if told:
            height += self._small.height() + 1
        top = whole.y() + (whole.height() - height) // 2
        left, right = whole.x() + TILE + 18, whole.right() + 1 - 8
        first = QRect(left, top, right - left, self._name.height())
        self._paint_first(canvas, first, row)
        if told:
            second = QRect(left, first.bottom() + 2, right - left, self._small.height())
            self._paint_second(canvas, second, row)

    def _paint_first(self, canvas: RowCanvas, line: QRect, row: RoomRow) -> None:
        room = line.width()
        if row.time:
            wide = self._plain_caption.horizontalAdvance(row.time)
            rect = QRect(line.right() + 1 - wide, line.y(), wide, line.height())
            grey = self._theme.colour(Role.TEXT_SECOND)
            canvas.text(rect, row.time, self._plain_caption_font, grey)
            room -= wide + 8
        icons = [icon for icon, there in _marks(row) if there]
        room -= 20 * len(icons)
        name = self._name.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        rect = QRect(line.x(), line.y(), self._name.horizontalAdvance(name), line.height())
        ink = Role.TEXT_SECOND if row.muted else Role.TEXT
        canvas.text(rect, name, self._name_font, self._theme.colour(ink))
        for place, icon in enumerate(icons):
            beside = QRect(rect.right() + 7 + 20 * place, line.y(), 14, line.height())
            canvas.icon(beside, icon, Role.TEXT_SECOND)

    def _paint_second(self, canvas: RowCanvas, line: QRect, row: RoomRow) -> None:
        rest = QRect(line)
        pill = Pill.of(row.unread, row.mentions, muted=row.muted)
        if pill.text:
            size = pill.size(self._caption)
            top = line.center().y() - size.height() // 2
            rect = QRect(line.right() + 1 - size.width(), top, size.width(), size.height())
            canvas.painter.setFont(self._caption_font)
            pill.paint(canvas.painter, self._theme, canvas.place(rect))
            rest.setRight(rect.left() - 6)
        role = Role.TEXT_SECOND
        if row.state is not None:
            icon, role = _STATE_LOOKS[row.state]
            canvas.icon(QRect(rest.x(), rest.y(), 13, rest.height()), icon, role)
            rest.setLeft(rest.left() + 17)
        colour = self._theme.colour(role)
        if row.author:
            author = tr("{author}:", author=row.author)
            metrics, font = self._small, self._small_font
            if row.mentions or (row.unread and not row.muted):
                metrics, font = self._strong_small, self._strong_small_font
            author = metrics.elidedText(author, Qt.TextElideMode.ElideRight, rest.width() // 2)
            canvas.text(rest, author, font, colour)
            rest.setLeft(rest.left() + metrics.horizontalAdvance(f"{author} "))
        preview = self._small.elidedText(row.preview, Qt.TextElideMode.ElideRight, rest.width())
        canvas.text(rest, preview, self._small_font, colour)

    def _paint_corner(self, canvas: RowCanvas, tile: QRect, row: RoomRow) -> None:
        """Mark a tile: how much is unread there, or that it is not connected, or muted."""
        pill = Pill.of(row.unread, row.mentions, muted=row.muted).narrow()
        if pill.text:
            size = pill.size(self._caption)
            corner = QRect(0, 0, size.width(), size.height())
            corner.moveCenter(tile.topRight())
            corner.moveRight(min(corner.right(), tile.right() + 10))
            corner.translate(0, 2)
            canvas.painter.setFont(self._caption_font)
            pill.paint(canvas.painter, self._theme, corner)
        mark = _STATE_LOOKS[row.state] if row.state is not None else None
        if mark is None and row.muted:
            mark = (Icon.BELL_OFF, Role.TEXT_SECOND)
        if mark is not None and (row.muted or not pill.text):
            icon, role = mark
            back = QRect(0, 0, 18, 18)
            back.moveCenter(tile.bottomRight())
            canvas.painter.setPen(Qt.PenStyle.NoPen)
            canvas.painter.setBrush(self._theme.colour(Role.SURFACE_SIDE))
            canvas.painter.drawEllipse(back)
            canvas.icon(canvas.place(back.adjusted(2, 2, -2, -2)), icon, role)

    def _load(self) -> None:
        theme = self._theme
        self._name_font = theme.font(Step.BODY, QFont.Weight.DemiBold)
        self._small_font = theme.font(Step.SMALL)
        self._strong_small_font = theme.font(Step.SMALL, QFont.Weight.DemiBold)
        self._caption_font = theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self._plain_caption_font = theme.font(Step.CAPTION)
        self._name = QFontMetrics(self._name_font)
        self._small = QFontMetrics(self._small_font)
        self._strong_small = QFontMetrics(self._strong_small_font)
        self._caption = QFontMetrics(self._caption_font)
        self._plain_caption = QFontMetrics(self._plain_caption_font)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._load()


def _marks(row: RoomRow) -> tuple[tuple[Icon, bool], ...]:
    return ((Icon.HOST, row.hosted), (Icon.BELL_OFF, row.muted))
