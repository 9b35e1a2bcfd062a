"""What the cards for hosting and joining share: fields, a line for problems, one main button."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.widgets.buttons import main_button, plain_button
from app.ui.widgets.card import Card, CardHead
from app.ui.widgets.fields import Field, Problem

if TYPE_CHECKING:
    from PyQt6.QtGui import QResizeEvent

    from app.ui.theme.icons import Icon
    from app.ui.theme.theme import Theme

NARROW = 400
"""Pixels of width under which the foot of a card becomes two lines, with texts of usual size."""

_USUAL_LINE = 18
"""About the height of a line then."""


class FormCard(Card):
    """A card with fields and one main button. Subclasses fill `fields` and `leading`.

    Signals:
        submit_requested(): Enter in a field, or the main button; what is typed may be wrong.
        cancel_requested(): the person does not want to wait any longer.
    """

    submit_requested = pyqtSignal()
    cancel_requested = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        title: str,
        line: str,
        *,
        action: str,
        busy_action: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._action = action
        self._busy_action = busy_action
        self._busy = False
        self._inputs: list[Field] = []
        self.fields = QVBoxLayout()
        self.fields.setSpacing(14)
        self.leading = QHBoxLayout()
        self.leading.setSpacing(6)
        self.problem = Problem(theme, self)
        self.main = main_button(theme, action, parent=self)
        self.cancel = plain_button(theme, tr("Cancel"), parent=self)
        # A hidden Cancel keeps its place in the order of tabs, and none in the layout.
        self.cancel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.cancel.setMinimumHeight(40)
        self.cancel.hide()
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(12)
        self._foot.addLayout(self.leading, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._buttons.addWidget(self.cancel)
        self._buttons.addWidget(self.main, 1)
        self._foot.addLayout(self._buttons)
        self.column.addWidget(CardHead(theme, icon, title, line, self))
        self.column.addSpacing(16)
        self.column.addLayout(self.fields)
        self.column.addSpacing(8)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)
        self.column.addSpacing(16)
        self.column.addLayout(self._foot)
        self.main.clicked.connect(self._on_main_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)

    @property
    def busy(self) -> bool:
        """Whether the card waits for what was asked for."""
        return self._busy

    def add_field(self, field: Field) -> None:
        """Put a field below the others; Enter in it submits the card."""
        self.fields.addWidget(field)
        self.watch_field(field)

    def watch_field(self, field: Field) -> None:
        """Let Enter in a field submit the card, wherever the field stands."""
        self._inputs.append(field)
        field.submitted.connect(self._on_submitted)
        field.edited.connect(self._on_edited)

    def first_wrong(self) -> Field | None:
        """Return the first field with an error."""
        return next((field for field in self._inputs if field.error), None)

    def first_empty(self) -> Field | None:
        """Return the first field that holds nothing."""
        return next((field for field in self._inputs if not field.text.strip()), None)

    def set_busy(self, busy: bool) -> None:
        """Wait, with a way to cancel; or stop waiting. What was typed stays."""
        self._busy = busy
        self.main.setText(self._busy_action if busy else self._action)
        self.main.setEnabled(not busy)
        for field in self._inputs:
            field.edit.setReadOnly(busy)
        self.cancel.setVisible(busy)
        if busy:
            self.problem.show_sentence("")
            self.cancel.setFocus()
        elif self._inputs and self.isVisible():
            self._inputs[0].setFocus()

    def set_locked(self, locked: bool) -> None:
        """Take no wishes while another card is busy."""
        self.main.setEnabled(not locked and not self._busy)

    def show_problem(self, sentence: str) -> None:
        """Say why it did not work; what was typed stays."""
        if self._busy:
            self.set_busy(False)
        self.problem.show_sentence(sentence)

    def order_tabs(self, *widgets: QWidget) -> None:
        """Let Tab go through these in turn, and then to the buttons."""
        for one, next_one in pairwise((*widgets, self.cancel, self.main)):
            QWidget.setTabOrder(one, next_one)

    def at_this_size(self, pixels: int) -> int:
        """Return a width for usual texts as what it has to be for texts as large as they are."""
        return max(pixels, pixels * self.fontMetrics().height() // _USUAL_LINE)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the main button under the rest where the card is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < self.at_this_size(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._foot.direction() is not direction:
            self._foot.setDirection(direction)
            margin = 16 if narrow else 24
            self.column.setContentsMargins(margin, 20, margin, 20)

    @pyqtSlot()
    def _on_submitted(self) -> None:
        if self.main.isEnabled():
            self.submit_requested.emit()

    @pyqtSlot(str)
    def _on_edited(self, _text: str) -> None:
        self.problem.show_sentence("")

    @pyqtSlot()
    def _on_main_clicked(self) -> None:
        self.submit_requested.emit()

    @pyqtSlot()
    def _on_cancel_clicked(self) -> None:
        self.cancel_requested.emit()
