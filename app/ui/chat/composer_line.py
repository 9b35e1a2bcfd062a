"""The line under the box that one writes in: what is wrong, what waits, who else is writing."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel
from app.ui.widgets.typing_dots import TypingDots


class ComposerLine(QWidget):
    """A sentence on the leading side with a mark before it, a hint on the other side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dots = TypingDots(theme, self)
        self.dots.hide()
        self.check = IconLabel(theme, Icon.CHECK, Role.TEXT_FAINT, 14, self)
        self.check.hide()
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, wrap=True, parent=self)
        self._hint = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(7)
        row.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._note, 1)
        row.addSpacing(5)
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def note(self) -> str:
        """The sentence."""
        return self._note.full_text

    @property
    def hint(self) -> str:
        """The hint."""
        return self._hint.full_text

    def say(
        self, note: str, role: Role = Role.TEXT_FAINT, *, typing: bool = False, kept: bool = False
    ) -> None:
        """Show a sentence, after the dots or after a check."""
        self.dots.setVisible(typing)
        self.check.setVisible(kept)
        self._note.setText(note)
        self._note.set_role(role)

    def set_hint(self, hint: str, role: Role = Role.TEXT_FAINT) -> None:
        """Show a hint."""
        self._hint.setText(hint)
        self._hint.set_role(role)
