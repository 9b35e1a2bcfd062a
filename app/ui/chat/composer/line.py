"""The line under the box that one writes in: what is wrong, what waits, who else is writing."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import text_button
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
        self._weighty = False
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, wrap=True, parent=self)
        self._hint = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, parent=self)
        self.parts = text_button(theme, "", parent=self)
        self.parts.hide()
        self.file = text_button(theme, tr("Send as a text file"), parent=self)
        self.file.hide()
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._note, 1)
        row.addSpacing(5)
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(2)
        column.addLayout(row)
        offers = QHBoxLayout()
        offers.setSpacing(4)
        offers.addWidget(self.parts)
        offers.addWidget(self.file)
        offers.addStretch(1)
        column.addLayout(offers)

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
        self._make_room()

    def set_hint(self, hint: str, role: Role = Role.TEXT_FAINT, *, weighty: bool = False) -> None:
        """Show a hint; unless it is `weighty` it goes where the sentence needs its place."""
        self._weighty = weighty
        self._hint.setText(hint)
        self._hint.set_role(role)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show the hint where there is room for both."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        beside = self._note.fontMetrics().horizontalAdvance(f"{self.note}    {self.hint}")
        fits = beside <= self.width() or not self.note
        self._hint.setVisible(bool(self.hint) and (fits or self._weighty))

    def offer_file(self, *, offered: bool) -> None:
        """Offer to send the text as a file, or do not."""
        self.file.setVisible(offered)

    def offer_parts(self, count: int) -> None:
        """Offer to send the text as that many messages; with 0, do not."""
        if count:
            self.parts.setText(tr("Send as %n message(s)", n=count))
        self.parts.setVisible(count > 0)


class BarredLine(QFrame):
    """Stands in place of the box where one may not write, and says why."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("barred", True)
        self._reason = PlainLabel(theme, "", Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 11, 14, 11)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel(theme, Icon.MUTE, Role.TEXT_SECOND, 20, self), 0, top)
        row.addWidget(self._reason, 1)

    @property
    def text(self) -> str:
        """All that is said."""
        return self._reason.full_text

    def say(self, reason: str, *, kept: bool) -> None:
        """Say why one may not write, and that what was written is still there."""
        text = f"{reason} {tr('What you wrote is kept.')}" if kept else reason
        self._reason.setText(text)
        self.setAccessibleName(text)
