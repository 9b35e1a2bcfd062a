"""Where the host chooses what newcomers see of what was said before."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.protocol.limits import MAX_HISTORY
from app.session.transport import RoomInfo
from app.ui.texts import locale, tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button
from app.ui.widgets.fields import Problem
from app.ui.widgets.labels import PlainLabel

WIDTH = 380

USUAL_COUNT = 50

_NAMES = ("all", "joined", "last", "none")


class HistoryPanel(QWidget):
    """The content of the popover: four choices, each in force at once but for the last.

    Signals:
        chosen(str, int): the policy by its name, and how many messages "last" means.
    """

    chosen = pyqtSignal(str, int)

    def __init__(self, info: RoomInfo, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        count = info.history_count if info.history == "last" else 0
        self._told = (info.history, count)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        column.addWidget(
            PlainLabel(
                theme,
                tr("What newcomers see"),
                Step.BODY,
                weight=QFont.Weight.DemiBold,
                parent=self,
            )
        )
        self.count = QLineEdit(str(count or USUAL_COUNT), self)
        self.count.setAccessibleName(tr("How many messages"))
        self.count.setMaxLength(len(str(MAX_HISTORY)))
        self.count.setFixedWidth(84)
        self._problem = Problem(theme, self)
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        texts = (
            tr("Everything that was said"),
            tr("What is said from when they join"),
            tr("The last messages, this many:"),
            tr("Nothing, and nothing is kept"),
        )
        for name, text in zip(_NAMES, texts, strict=True):
            choice = QRadioButton(text, self)
            choice.setFont(theme.font(Step.BODY))
            choice.setChecked(name == info.history)
            self._group.addButton(choice)
            self.choices[name] = choice
            if name != "last":
                column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeading)
                continue
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(choice)
            row.addWidget(self.count)
            row.addStretch(1)
            column.addLayout(row)
            column.addWidget(self._problem)
        self._note = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        # Every other choice can be taken back; an arrow key passing by must not make this one.
        self.confirm = danger_button(theme, tr("Keep nothing from now on"), parent=self)
        column.addSpacing(4)
        column.addWidget(self._note)
        column.addSpacing(4)
        column.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeading)
        # Tab leads to the choice in force first, as with any group.
        self.setFocusProxy(self.choices[info.history if info.history in _NAMES else "all"])
        self._show_choice()
        self._group.buttonToggled.connect(self._on_toggled)
        self.count.editingFinished.connect(self._on_count_entered)
        self.count.textEdited.connect(self._on_count_edited)
        self.confirm.clicked.connect(self._on_confirmed)

    @property
    def choice(self) -> str:
        """The name of the policy that is ticked."""
        return next((name for name, one in self.choices.items() if one.isChecked()), "all")

    @property
    def problem(self) -> str:
        """What is wrong with the number, or nothing."""
        return self._problem.sentence

    @pyqtSlot(QAbstractButton, bool)
    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self._show_choice()
            if self.choice != "none":
                self._tell()

    @pyqtSlot(str)
    def _on_count_edited(self, text: str) -> None:
        self._problem.show_sentence("" if _number(text) else _wrong())

    @pyqtSlot()
    def _on_count_entered(self) -> None:
        if self.choice == "last":
            self._tell()

    @pyqtSlot()
    def _on_confirmed(self) -> None:
        self.choices["none"].setFocus()
        self._tell()
        self._show_choice()

    def _show_choice(self) -> None:
        choice = self.choice
        last, none = choice == "last", choice == "none"
        self._note.setText(
            tr("Members’ computers then forget what they kept of this room, too.")
            if none
            else tr("It holds for those who join from now on.")
        )
        self.confirm.setVisible(none and self._told[0] != "none")
        self.count.setEnabled(last)
        wrong = last and not _number(self.count.text())
        self._problem.show_sentence(_wrong() if wrong else "")

    def _tell(self) -> None:
        name = self.choice
        count = _number(self.count.text()) if name == "last" else 0
        wish = (name, count)
        if (name == "last" and not count) or wish == self._told:
            return
        self._told = wish
        self.chosen.emit(name, count)


def _number(text: str) -> int:
    """Return the number written, or 0 where it is none that can be chosen."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        return 0
    return int(text) if int(text) <= MAX_HISTORY else 0


def _wrong() -> str:
    return tr("A number from 1 to {most}.", most=locale().toString(MAX_HISTORY))
