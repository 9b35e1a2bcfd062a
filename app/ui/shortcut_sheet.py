"""All keys on one sheet, read from the table that the actions are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSlot,
)
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.overlay import Overlay
from app.ui.rail.row_canvas import RowCanvas
from app.ui.shortcuts import groups, native_keys
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from app.ui.theme.theme import Theme

_EDGE = 20
_BETWEEN = 6


@dataclass(frozen=True)
class SheetRow:
    """A group's title, where there are no keys, or a command with its keys."""

    text: str
    keys: tuple[str, ...] = ()


class SheetModel(QAbstractListModel):
    """The table in rows: each group's title, then its commands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SheetRow] = []
        for group in groups():
            self.rows.append(SheetRow(group.title))
            self.rows += [
                SheetRow(line.text, tuple(native_keys(line.command))) for line in group.lines
            ]

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many rows there are, titles included."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let every row be stepped on, titles too: they are read out."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable if index.isValid() else flag.NoItemFlags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, or the whole row as it is read out."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text}: {', '.join(row.keys)}" if row.keys else row.text
        return None


class _SheetDelegate(QStyledItemDelegate):
    """Paints titles, and commands with their keys, under each other where it is narrow."""

    def __init__(self, theme: Theme, model: SheetModel, parent: _SheetView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._view = parent
        self._font = theme.font(Step.BODY)
        self._title_font = theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self._key_font = theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self._text = QFontMetrics(self._font)
        self._title = QFontMetrics(self._title_font)
        self._key = QFontMetrics(self._key_font)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the row's height; the width is the view's."""
        row = self._model.rows[index.row()]
        if not row.keys:
            return QSize(0, self._title.height() + (24 if index.row() else 14))
        lines = self._words_rect(row, self._width()).height()
        caps = self._key.height() + 8
        if self._stacked(row, self._width()):
            return QSize(0, lines + caps + 12)
        return QSize(0, max(lines, caps) + 8)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one row."""
        if painter is None:
            return
        row = self._model.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.by_keyboard and option.state & QStyle.StateFlag.State_HasFocus:
            ring = QRectF(option.rect).adjusted(9, 1, -9, -1)
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.drawRoundedRect(ring, 7, 7)
        inside = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        canvas = RowCanvas(self._theme, painter, inside, option.direction)
        if row.keys:
            self._paint_command(canvas, row)
        else:
            height = self._title.height()
            line = QRect(inside.x(), inside.bottom() - height - 4, inside.width(), height)
            ink = self._theme.colour(Role.TEXT_SECOND)
            canvas.text(line, row.text, self._title_font, ink)
        painter.restore()

    def _paint_command(self, canvas: RowCanvas, row: SheetRow) -> None:
        inside = canvas.whole
        words = self._words_rect(row, inside.width())
        high = self._key.height() + 8
        stacked = self._stacked(row, inside.width())
        top = inside.y() + (4 if stacked else (inside.height() - words.height()) // 2)
        place = QRect(inside.x(), top, words.width(), words.height())
        painter = canvas.painter
        painter.setLayoutDirection(canvas.direction)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour(Role.TEXT))
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeading.value
        painter.drawText(canvas.place(place), flags, row.text)
        x = inside.x() if stacked else inside.right() + 1 - self._caps_width(row)
        y = place.bottom() + 5 if stacked else inside.y() + (inside.height() - high) // 2
        for keys in row.keys:
            wide = self._cap_width(keys)
            cap = canvas.place(QRect(x, y, wide, high))
            painter.setPen(QPen(self._theme.colour(Role.LINE), 1))
            painter.setBrush(self._theme.colour(Role.SURFACE_SUNKEN))
            painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setFont(self._key_font)
            painter.setPen(self._theme.colour(Role.TEXT_SECOND))
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)
            x += wide + _BETWEEN

    def _width(self) -> int:
        port = self._view.viewport()
        return (port.width() if port is not None else 0) - 2 * _EDGE

    def _stacked(self, row: SheetRow, width: int) -> bool:
        return width - self._caps_width(row) - 16 < width * 0.45

    def _words_rect(self, row: SheetRow, width: int) -> QRect:
        if not self._stacked(row, width):
            width -= self._caps_width(row) + 16
        flags = Qt.TextFlag.TextWordWrap.value
        found = self._text.boundingRect(QRect(0, 0, max(60, width), 10_000), flags, row.text)
        return QRect(0, 0, max(60, width), found.height())

    def _caps_width(self, row: SheetRow) -> int:
        return sum(self._cap_width(keys) for keys in row.keys) + _BETWEEN * (len(row.keys) - 1)

    def _cap_width(self, keys: str) -> int:
        return max(self._key.horizontalAdvance(keys) + 14, self._key.height() + 8)


class _SheetView(QListView):
    """The rows; the arrow keys step through them, so that each is read out."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.by_keyboard = False
        """Whether one has stepped through the rows, so that the ring shows where one is."""
        self.setAccessibleName(tr("Keyboard shortcuts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.rows = SheetModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_SheetDelegate(theme, self.rows, self))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Show where one is."""
        self.by_keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """The mouse shows no ring."""
        self.by_keyboard = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Begin at the first row."""
        super().focusInEvent(event)
        selection = self.selectionModel()
        if selection is not None and not self.currentIndex().isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            selection.setCurrentIndex(self.rows.index(0), flag)


class ShortcutSheet(Overlay):
    """The sheet over the window: read by scrolling or stepping, closed with Escape."""

    from_top = 48

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host)
        self.setAccessibleName(tr("Keyboard shortcuts"))
        title = PlainLabel(theme, tr("Keyboard shortcuts"), Step.TITLE, parent=self.card)
        self.close_button = IconButton(
            theme, Icon.CLOSE, tr("Close"), shortcut="Esc", parent=self.card
        )
        self.view = _SheetView(theme, self.card)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, 12, 0)
        head.addWidget(title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 12, 1, 10)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.close_button.clicked.connect(self._on_close)

    def first(self) -> QWidget:
        """Begin in the list."""
        return self.view

    def wanted_height(self) -> int:
        """Return all the room that there is: the list is long."""
        return self.height()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.close_overlay()
