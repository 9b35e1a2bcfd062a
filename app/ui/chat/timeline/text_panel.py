"""The words of one message, to select a part of them by keyboard."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont, QTextOption
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.chat.copy_button import copy
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, plain_button
from app.ui.widgets.labels import PlainLabel

WIDTH = 420

_LEAST_LINES, _MOST_LINES = 3, 10


class TextPanel(QWidget):
    """The content of the popover: the text, with a cursor that the usual keys move.

    Signals:
        done(): it was copied, or left.
    """

    done = pyqtSignal()

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = PlainLabel(
            theme, tr("Text of the message"), Step.BODY, weight=QFont.Weight.DemiBold, parent=self
        )
        self.text = QPlainTextEdit(self)
        self.text.setPlainText(text)
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.setFont(theme.font(Step.MESSAGE))
        self.text.setAccessibleName(tr("Text of the message"))
        lines = max(_LEAST_LINES, min(_MOST_LINES, text.count("\n") + len(text) // 50 + 1))
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + 16)
        self.setFocusProxy(self.text)
        keys = tr("Shift and the arrow keys select, Ctrl+C copies.")
        self.text.setAccessibleDescription(keys)
        hint = PlainLabel(theme, keys, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        self.copy = Button(theme, "tonal", tr("Copy"), parent=self)
        self.close_button = plain_button(theme, tr("Close"), parent=self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        for part in (label, self.text, hint):
            column.addWidget(part)
        column.addLayout(buttons)
        self.copy.clicked.connect(self._on_copy)
        self.close_button.clicked.connect(self._on_close)

    @pyqtSlot()
    def _on_copy(self) -> None:
        """Copy what is selected, or all of it."""
        cursor = self.text.textCursor()
        # Qt's sign for the end of a paragraph within a selection.
        chosen = cursor.selectedText().replace("\u2029", "\n")
        copy(chosen or self.text.toPlainText())
        self.done.emit()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.done.emit()
