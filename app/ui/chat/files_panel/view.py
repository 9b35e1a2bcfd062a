"""The files of a room, to be chosen by mouse and keyboard."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QModelIndex, QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PyQt6.QtWidgets import QWidget

from app.ui.chat.files_panel.model import ShelfModel
from app.ui.chat.files_panel.months_view import MonthsView
from app.ui.files.thumbnails import Thumbnails
from app.ui.theme.theme import Theme


class ShelfView(MonthsView):
    """Lets a person choose one file at a time, and do something with it.

    Signals:
        opened(int): that file was double-clicked, or Enter was pressed in it.
        menu_requested(int, QPoint): what can be done with that file; the point is global.
        copy_requested(int): the name of that file is wanted.
        left_upwards(): Up was pressed in the first row.
    """

    opened = pyqtSignal(int)
    menu_requested = pyqtSignal(int, QPoint)
    copy_requested = pyqtSignal(int)
    left_upwards = pyqtSignal()

    def __init__(
        self,
        model: ShelfModel,
        theme: Theme,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        self._by_keyboard = False
        super().__init__(model, theme, thumbnails, parent)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._on_files_changed)

    def enter(self) -> None:
        """Give the keyboard to the files, at the first one where none was chosen yet."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Open with Enter, copy the name, offer the menu, leave upwards, move."""
        if event is None:
            return
        self._by_keyboard = True
        key, row = event.key(), self.currentIndex().row()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if row >= 0 and not event.isAutoRepeat():
                self.opened.emit(row)
        elif event.matches(QKeySequence.StandardKey.Copy):
            if row >= 0:
                self.copy_requested.emit(row)
        elif key == Qt.Key.Key_F10 and shift and QGuiApplication.platformName() != "windows":
            self._ask_for_menu(row)
        elif key == Qt.Key.Key_Up and (row < 0 or self._layout.is_in_first_row(row)):
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)
        self._show_current()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._by_keyboard = event is None or event.reason() != Qt.FocusReason.MouseFocusReason
        if not self.currentIndex().isValid() and self._by_keyboard:
            self.go_to(0)
        self._show_current()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._show_current()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Let the ring follow."""
        super().currentChanged(current, previous)
        self._show_current()

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Offer what can be done with a file, at the pointer or where the keyboard is."""
        if event is None:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.go_to(index.row())
                self.menu_requested.emit(index.row(), event.globalPos())
        else:
            self._ask_for_menu(self.currentIndex().row())
        event.accept()

    def _ask_for_menu(self, row: int) -> None:
        if row >= 0:
            self.scrollTo(self._files.index(row))
            middle = self.visualRect(self._files.index(row)).center()
            self.menu_requested.emit(row, self._port().mapToGlobal(middle))

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Choose a file."""
        if event is None:
            return
        self._by_keyboard = False
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.go_to(index.row())
        self._show_current()

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        """Do nothing: pressing has chosen."""

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Open a file."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show which file the pointer is over."""
        if event is not None:
            self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Notice when the pointer leaves."""
        if event is not None and event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            self.delegate.hovered = row
            self._port().update()

    def _show_current(self) -> None:
        chosen = self.currentIndex().row()
        self.delegate.current = chosen if self.hasFocus() else -1
        self.delegate.ringed = self.hasFocus() and self._by_keyboard
        self._port().update()

    @pyqtSlot()
    def _on_files_changed(self) -> None:
        if self.hasFocus() and self._by_keyboard and not self.currentIndex().isValid():
            self.go_to(0)
        self._show_current()
