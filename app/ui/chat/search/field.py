"""The line in which one writes what to search for."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.pictures import IconLabel


class _Line(QLineEdit):
    """Down leads out of it."""

    down_pressed = pyqtSignal()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
            return
        super().keyPressEvent(a0)


class SearchField(QWidget):
    """A magnifying glass, the line, and a button that empties it.

    Signals:
        edited(str): the text is another.
        entered(): Enter was pressed.
        down_pressed(): the person wants to go on to what is below.
    """

    edited = pyqtSignal(str)
    entered = pyqtSignal()
    down_pressed = pyqtSignal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Line(self)
        self.edit.setPlaceholderText(name)
        self.edit.setAccessibleName(name)
        self.edit.setFont(theme.font(Step.BODY))
        self._empty = IconButton(theme, Icon.CLOSE, tr("Clear"), size=16, parent=self.edit)
        self._empty.setCursor(Qt.CursorShape.ArrowCursor)
        self._empty.hide()
        inside = QHBoxLayout(self.edit)
        inside.setContentsMargins(9, 0, 3, 0)
        inside.addWidget(IconLabel(theme, Icon.SEARCH, Role.TEXT_FAINT, 18, self.edit))
        inside.addStretch(1)
        inside.addWidget(self._empty)
        self._leave_room()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.down_pressed.connect(self.down_pressed)
        self._empty.clicked.connect(self.clear)

    @pyqtSlot()
    def clear(self) -> None:
        """Empty the line, and let the person write."""
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot(str)
    def _on_text_changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._leave_room()
        self.edited.emit(text)

    def changeEvent(self, event: QEvent | None) -> None:
        """Keep the text clear of icon and button, on whichever side they are."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LayoutDirectionChange:
            self._leave_room()

    def _leave_room(self) -> None:
        before, after = 22, 28 if self.edit.text() else 0
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.edit.setTextMargins(after if rtl else before, 0, before if rtl else after, 0)
