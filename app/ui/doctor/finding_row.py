"""One step of a check: what it is, how it stands, what to do, and perhaps a command to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.checking import Verdict
from app.ui.chat.copy_button import CopyIconButton
from app.ui.doctor.words import command_of, line_of, title_of, verdict_word, words_of
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from app.session.checking import Finding
    from app.ui.theme.theme import Theme

_LOOKS = {
    Verdict.GOOD: (Icon.CHECK, Role.ACCENT_TEXT, "soft"),
    Verdict.HINT: (Icon.HELP, Role.TEXT_SECOND, "neutral"),
    Verdict.DOUBTFUL: (Icon.ALERT, Role.WARN, "warn"),
    Verdict.BAD: (Icon.ALERT, Role.DANGER, "danger"),
}


class FindingRow(QWidget):
    """Shows one finding; where it names a command, in a field that can be copied and never run."""

    def __init__(self, theme: Theme, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icon, role, chip = _LOOKS[finding.verdict]
        self.setAccessibleName(line_of(finding))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(
            PlainLabel(
                theme,
                title_of(finding.step),
                Step.BODY,
                weight=QFont.Weight.DemiBold,
                wrap=True,
                parent=self,
            ),
            1,
        )
        mark = Chip(theme, verdict_word(finding.verdict), chip, parent=self)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(head)
        words = words_of(finding)
        column.addWidget(
            PlainLabel(theme, words, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        )
        command = command_of(finding)
        if command:
            column.addSpacing(4)
            column.addLayout(self._command_row(theme, command))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, icon, role, 20, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def _command_row(self, theme: Theme, command: str) -> QHBoxLayout:
        field = QLineEdit(command, self)
        field.setReadOnly(True)
        field.setCursorPosition(0)
        field.setFont(theme.font(Step.SMALL))
        field.setAccessibleName(tr("Command"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(CopyIconButton(theme, tr("Copy the command"), command, self))
        return row
