"""The question before a room closes under the people in it."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, plain_button
from app.ui.widgets.labels import PlainLabel

WIDTH = 340


class LeavePanel(QWidget):
    """The content of the popover: how many are in the room, and two ways on.

    Signals:
        confirmed(): close the room.
        declined(): keep it open.
    """

    confirmed = pyqtSignal()
    declined = pyqtSignal()

    def __init__(self, others: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        question = tr("Close this room? %n people are in it.", n=others)
        label = PlainLabel(
            theme, question, Step.BODY, weight=QFont.Weight.DemiBold, wrap=True, parent=self
        )
        self.keep = plain_button(theme, tr("Keep it open"), parent=self)
        self.close_room = danger_button(theme, tr("Close room"), parent=self)
        # Read out with the question, and the harmless one is where the keyboard begins.
        self.keep.setAccessibleDescription(question)
        self.setFocusProxy(self.keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.close_room)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(14)
        column.addWidget(label)
        column.addLayout(buttons)
        self.keep.clicked.connect(self._on_keep)
        self.close_room.clicked.connect(self._on_close)

    @pyqtSlot()
    def _on_keep(self) -> None:
        self.declined.emit()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.confirmed.emit()
