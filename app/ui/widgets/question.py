"""A question before something that is hard to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, plain_button
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme


class Question(QWidget):
    """A sentence, what belongs to it, and two ways on: a harmless one, and one that does it.

    Signals:
        declined(): leave it as it is.
        confirmed(): do it.
    """

    usual_width = 360
    """What a popover gives it."""

    declined = pyqtSignal()
    confirmed = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        question: str,
        keep: str,
        confirm: str,
        *,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`spoken` is read out after the question."""
        super().__init__(parent)
        label = PlainLabel(
            theme, question, Step.BODY, weight=QFont.Weight.DemiBold, wrap=True, parent=self
        )
        self.keep = plain_button(theme, keep, parent=self)
        self.confirm = danger_button(theme, confirm, parent=self)
        # Read out with the question, and the harmless one is where the keyboard begins.
        self.keep.setAccessibleDescription(f"{question} {spoken}".rstrip())
        self.setFocusProxy(self.keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.confirm)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(12)
        column.addWidget(label)
        column.addLayout(buttons)
        self.keep.clicked.connect(self.declined)
        self.confirm.clicked.connect(self.confirmed)

    def add(self, part: QWidget) -> None:
        """Put what belongs to the question under it, over the buttons."""
        self._column.insertWidget(self._column.count() - 1, part)
