"""The line in which one writes what to search for."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton


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
        self._theme = theme
        self.edit = _Line(self)
        self.edit.setPlaceholderText(name)
        self.edit.setAccessibleName(name)
        self.edit.setFont(theme.font(Step.BODY))
        self._glass = QAction(self)
        self.edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._empty = IconButton(theme, Icon.CLOSE, tr("Clear"), size=16, parent=self.edit)
        self._empty.setFixedSize(26, 26)
        self._empty.setCursor(Qt.CursorShape.ArrowCursor)
        self._empty.hide()
        inside = QHBoxLayout(self.edit)
        inside.setContentsMargins(0, 0, 5, 0)
        inside.addStretch(1)
        inside.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.down_pressed.connect(self.down_pressed)
        self._empty.clicked.connect(self.clear)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @pyqtSlot()
    def clear(self) -> None:
        """Empty the line, and let the person write."""
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot(str)
    def _on_text_changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        room = self._empty.width() + 2 if text else 0
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.edit.setTextMargins(room if rtl else 0, 0, 0 if rtl else room, 0)
        self.edited.emit(text)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._glass.setIcon(self._theme.icon(Icon.SEARCH, Role.TEXT_FAINT, 18))
