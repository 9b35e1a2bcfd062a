"""The bar over the box to write in, while what one writes is for one person alone."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.names import isolated
from app.ui.chat.people.member_card import private_promise
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, text_button
from app.ui.widgets.labels import PlainLabel, plain_tooltip
from app.ui.widgets.pictures import IconLabel

_TIMES = 2.5
"""So many times as wide as its button it has to be for both to stand side by side."""


class PrivateBar(QWidget):
    """A lock, for whom, what to know about that, and a way back to everyone.

    Signals:
        closed(): write to everyone again.
        words_requested(): show the words of that device.
    """

    closed = pyqtSignal()
    words_requested = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(
            theme,
            "",
            Step.BODY,
            Role.PRIVATE_TEXT,
            weight=QFont.Weight.DemiBold,
            elide=True,
            parent=self,
        )
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=self)
        self.words = text_button(theme, tr("Compare words"), parent=self)
        self.close_button = IconButton(
            theme, Icon.CLOSE, tr("Write to everyone again"), shortcut="Esc", parent=self
        )
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(IconLabel(theme, Icon.LOCK, Role.PRIVATE_TEXT, 16, self))
        first.addWidget(self._title, 1)
        first.addWidget(self.close_button)
        self._second = QWidget(self)
        second = self._sides = QHBoxLayout(self._second)
        second.setContentsMargins(24, 0, 0, 4)
        second.setSpacing(8)
        second.addWidget(self._note, 1)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
        second.addWidget(self.words, 0, corner)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addWidget(self._second)
        self.close_button.clicked.connect(self._on_close)
        self.words.clicked.connect(self._on_words)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the button under what is told where it leaves that too little room."""
        super().resizeEvent(event)
        tight = self.width() < _TIMES * self.words.sizeHint().width()
        way = QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if tight else way.LeftToRight)

    @property
    def title(self) -> str:
        """For whom one writes."""
        return self._title.full_text

    @property
    def note(self) -> str:
        """What is told beside that, or nothing."""
        return self._note.full_text

    def set_nick(self, nick: str) -> None:
        """Name the one who reads it."""
        self._title.setText(tr("To {name}, only the two of you", name=isolated(nick)))
        # The label says itself in full where it was cut; what it promises is worth more here.
        self.setToolTip(plain_tooltip(private_promise()))
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(private_promise())

    def set_note(self, note: str, *, words: bool) -> None:
        """Tell something else, and offer the words of the device where they are known."""
        self._note.setText(note)
        self.words.setVisible(words)
        self._second.setVisible(bool(note))

    @pyqtSlot()
    def _on_close(self) -> None:
        self.closed.emit()

    @pyqtSlot()
    def _on_words(self) -> None:
        self.words_requested.emit()
