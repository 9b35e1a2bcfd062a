"""What lists of rows to choose from share: hovering, a ring for the keyboard, choosing."""

from __future__ import annotations

from PyQt6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.chat.rows.view import RowView
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme

_GIVEN_BACK = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class ListDelegate(QStyledItemDelegate):
    """Measures and paints; the view tells it which row is hovered and which has the keyboard."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1
        self.ringed = -1
        self.complete = True
        self.load_fonts()

    def load_fonts(self) -> None:
        """Take the theme's fonts anew."""
        raise NotImplementedError

    def guess(self, row: int, width: int) -> int:
        """Return about how high a row is."""
        return self.measure(row, width)

    def measure(self, row: int, width: int) -> int:
        """Return how high a row is."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size that Qt asks for."""
        return QSize(option.rect.width(), self.measure(index.row(), option.rect.width()))

    def paint_ground(self, painter: QPainter, ground: QRectF, row: int) -> None:
        """Paint what shows that the row is hovered, or has the keyboard."""
        if row == self.hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(Role.CONTROL_HOVER))
            painter.drawRoundedRect(ground, 8, 8)
        if row == self.ringed:
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 8, 8)


class ListRows(RowView):
    """A list in which one row at a time is chosen, by mouse or by keyboard; nothing stays selected.

    Signals:
        chosen(int): that row was clicked, or Enter was pressed in it.
    """

    chosen = pyqtSignal(int)

    first_row = 0
    """Where the keyboard begins."""

    def __init__(self, delegate: ListDelegate, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(delegate, parent)
        delegate.setParent(self)
        self._delegate = delegate
        self._by_keyboard = False
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        theme.changed.connect(self._on_theme_changed)

    def choose_first(self) -> None:
        """Stand at the first row where none was chosen yet."""
        model, selection = self.model(), self.selectionModel()
        if model is None or selection is None or self.currentIndex().isValid():
            return
        if model.rowCount() > self.first_row:
            first = model.index(self.first_row, 0)
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def show_ring(self) -> None:
        """Put the ring where the keyboard is, if it is here."""
        ringed = self.hasFocus() and self._by_keyboard and self.currentIndex().isValid()
        self._delegate.ringed = self.currentIndex().row() if ringed else -1
        self._port().update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Choose with Enter, move by row."""
        if event is None:
            return
        self._by_keyboard = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)
        self.show_ring()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        reason = Qt.FocusReason.OtherFocusReason if event is None else event.reason()
        # A window or popup that gives the keyboard back says nothing of how it was used.
        if reason not in _GIVEN_BACK:
            self._by_keyboard = reason != Qt.FocusReason.MouseFocusReason
        self.choose_first()
        self.show_ring()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.show_ring()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Let the ring follow."""
        super().currentChanged(current, previous)
        self.show_ring()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """The mouse shows no ring, and chooses."""
        self._by_keyboard = False
        super().mousePressEvent(event)
        self.show_ring()
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show which row the pointer is over."""
        super().mouseMoveEvent(event)
        if event is not None:
            self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Notice when the pointer leaves."""
        if event is not None and event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.chosen.emit(index.row())

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self._port().update()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._delegate.load_fonts()
        self.measure_again()
        self.settle()
