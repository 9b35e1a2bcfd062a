"""The list of what a search found: by mouse and by keyboard."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QAbstractItemView, QWidget

from app.ui.chat.row_view import RowView
from app.ui.chat.search_delegate import SearchDelegate
from app.ui.chat.search_model import SearchModel
from app.ui.texts import tr
from app.ui.theme.theme import Theme


class SearchView(RowView):
    """Shows a `SearchModel`.

    Signals:
        chosen(int): the person wants to see that row's message.
        left_upwards(): Up was pressed in the first row.
    """

    chosen = pyqtSignal(int)
    left_upwards = pyqtSignal()

    end_space = 8

    def __init__(self, model: SearchModel, theme: Theme, parent: QWidget | None = None) -> None:
        delegate = SearchDelegate(model, theme)
        super().__init__(delegate, parent)
        delegate.setParent(self)
        self._delegate = delegate
        self._by_keyboard = False
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Search results"))
        theme.changed.connect(self._on_theme_changed)
        self.setModel(model)

    def enter(self) -> None:
        """Give the keyboard to the results, at the first one where none was chosen yet."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Stand at the first result: those of another search are here."""
        self.scrollToTop()
        if self.hasFocus():
            self._choose_first()
        self._show_ring()

    def _choose_first(self) -> None:
        model, selection = self.model(), self.selectionModel()
        if model is not None and selection is not None and not self.currentIndex().isValid():
            first = model.index(0, 0)
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Choose with Enter, leave upwards, move by result."""
        if event is None:
            return
        self._by_keyboard = True
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if current.isValid():
                self.chosen.emit(current.row())
            return
        if event.key() == Qt.Key.Key_Up and current.row() <= 0:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)
        self._show_ring()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._by_keyboard = event is None or event.reason() != Qt.FocusReason.MouseFocusReason
        self._choose_first()
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._show_ring()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Let the ring follow."""
        super().currentChanged(current, previous)
        self._show_ring()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """The mouse shows no ring, and chooses."""
        self._by_keyboard = False
        super().mousePressEvent(event)
        self._show_ring()
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            index = self.indexAt(event.position().toPoint())
            if index.isValid():
                self.chosen.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show which result the pointer is over."""
        super().mouseMoveEvent(event)
        if event is not None:
            self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Notice when the pointer leaves."""
        if event is not None and event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self._port().update()

    def _show_ring(self) -> None:
        ringed = self.hasFocus() and self._by_keyboard and self.currentIndex().isValid()
        self._delegate.ringed = self.currentIndex().row() if ringed else -1
        self._port().update()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._delegate.load_fonts()
        self.measure_again()
        self.settle()
