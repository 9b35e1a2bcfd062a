"""A field with its caption above and, where something is wrong, a sentence below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme


class Problem(QWidget):
    """A sentence that says what is wrong, after an icon; hidden while nothing is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = PlainLabel(theme, "", Step.SMALL, Role.DANGER, wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(
            IconLabel(theme, Icon.ALERT, Role.DANGER, 16, self), 0, Qt.AlignmentFlag.AlignTop
        )
        row.addWidget(self._label, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is shown, or nothing."""
        return self._label.full_text

    def show_sentence(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence hides the line."""
        self._label.setText(sentence)
        self.setVisible(bool(sentence))


class Field(QWidget):
    """A caption, a line to type in, and room for a sentence about what is wrong with it.

    Signals:
        edited(str): the person, not the program, changed the text.
        submitted(): Enter was pressed in the line.
    """

    edited = pyqtSignal(str)
    submitted = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        caption: str,
        *,
        remark: str = "",
        placeholder: str = "",
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`remark` stands after the caption, fainter: "optional"."""
        super().__init__(parent)
        self.touched = False
        """Whether the person has ever changed it: an untouched field is never called wrong."""
        self._trailing: QAbstractButton | None = None
        self.edit = QLineEdit(text, self)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(f"{caption}, {remark}" if remark else caption)
        self.edit.setFont(theme.font(Step.BODY))
        self._problem = Problem(theme, self)
        label = PlainLabel(
            theme,
            caption,
            Step.SMALL,
            Role.TEXT_SECOND,
            weight=QFont.Weight.Medium,
            parent=self,
        )
        label.setBuddy(self.edit)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(label)
        if remark:
            head.addWidget(PlainLabel(theme, remark, Step.SMALL, Role.TEXT_FAINT, parent=self))
        head.addStretch(1)
        column.addLayout(head)
        column.addSpacing(5)
        column.addWidget(self.edit)
        column.addWidget(self._problem)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.returnPressed.connect(self.submitted)

    @property
    def text(self) -> str:
        """What the line holds now."""
        return self.edit.text()

    @property
    def error(self) -> str:
        """The sentence about what is wrong, or nothing."""
        return self._problem.sentence

    def set_text(self, text: str) -> None:
        """Fill the line as the program, without `edited`."""
        self.edit.setText(text)
        self.edit.setCursorPosition(0)

    def edit_text(self, text: str) -> None:
        """Fill the line for the person, who asked for it with another control."""
        self.edit.setText(text)
        self.edit.setCursorPosition(0)
        self._on_text_edited(text)

    def set_note(self, note: QWidget) -> None:
        """Put a line below the field that says something good about the text."""
        self._column.addWidget(note)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong with the text; an empty sentence takes it back."""
        if sentence == self.error:
            return
        self._problem.show_sentence(sentence)
        self.edit.setAccessibleDescription(sentence)
        self.edit.setProperty("invalid", bool(sentence))
        style = self.edit.style()
        if style is not None:
            style.unpolish(self.edit)
            style.polish(self.edit)

    def set_trailing(self, button: QAbstractButton) -> None:
        """Put a button into the line, at its end; it stays the button's owner's business."""
        button.setParent(self.edit)
        row = QHBoxLayout(self.edit)
        row.setContentsMargins(0, 0, 4, 0)
        row.addStretch(1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._trailing = button
        self._leave_room()

    def changeEvent(self, event: QEvent | None) -> None:
        """Keep the text clear of the button, on whichever side that is."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LayoutDirectionChange:
            self._leave_room()

    def _leave_room(self) -> None:
        if self._trailing is None:
            return
        room = self._trailing.sizeHint().width() + 2
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self.edit.setTextMargins(room, 0, 0, 0)
        else:
            self.edit.setTextMargins(0, 0, room, 0)

    @pyqtSlot(str)
    def _on_text_edited(self, text: str) -> None:
        self.touched = True
        self.edited.emit(text)
