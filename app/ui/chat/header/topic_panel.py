"""Where the host changes the topic."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.protocol import limits
from app.protocol.errors import Refusal
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import main_button
from app.ui.widgets.fields import Field

WIDTH = 400


class TopicPanel(QWidget):
    """The content of the popover: one line, and Save.

    Signals:
        topic_chosen(str): make this the topic.
    """

    topic_chosen = pyqtSignal(str)

    def __init__(self, topic: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field(
            theme, tr("Topic"), placeholder=tr("What is this room about?"), text=topic, parent=self
        )
        save = main_button(theme, tr("Save"), small=True, parent=self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.field.submitted.connect(self._on_save)
        self.field.edited.connect(self._on_edited)
        save.clicked.connect(self._on_save)

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        too_long = len(text.strip()) > limits.MAX_TOPIC
        self.field.set_error(sentence(Refusal.TOPIC_TOO_LONG) if too_long else "")

    @pyqtSlot()
    def _on_save(self) -> None:
        topic = self.field.text.strip()
        if len(topic) > limits.MAX_TOPIC:
            self.field.set_error(sentence(Refusal.TOPIC_TOO_LONG))
            return
        self.topic_chosen.emit(topic)
