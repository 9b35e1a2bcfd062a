"""Where the host gives the room a password, changes it, or takes it away."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.security.password import PasswordProblem
from app.ui.passwords import SHORT, wrong_in
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, main_button
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.password_field import PasswordField

WIDTH = 400


class RoomPasswordPanel(QWidget):
    """The content of the popover: how it is now, a new password, and a way to have none.

    Signals:
        chosen(str): make this the password; an empty one takes it away. `refuse` says why not.
    """

    chosen = pyqtSignal(str)

    def __init__(self, has_password: bool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = (
            tr("Whoever joins is asked for the password.")
            if has_password
            else tr("Anyone on your network can join. With a password, only those who know it.")
        )
        title = tr("Room password")
        self.field = PasswordField(
            theme, tr("New password") if has_password else tr("Password"), parent=self
        )
        self.field.edit.setAccessibleDescription(now)
        self.note = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        save = tr("Change it") if has_password else tr("Set password")
        self.save = main_button(theme, save, small=True, parent=self)
        self.take_away = danger_button(theme, tr("Take it away"), parent=self)
        self.take_away.setAccessibleName(tr("Take the password away"))
        self.take_away.setVisible(has_password)
        self._usual = (
            tr(
                "Who is in stays in. Everybody else needs the new password, even those who knew the "
                "old one."
            )
            if has_password
            else tr("Who is in stays in. Whoever joins needs it, even with an invite.")
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.take_away)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(10)
        column.addWidget(
            PlainLabel(theme, title, Step.BODY, weight=QFont.Weight.DemiBold, parent=self)
        )
        column.addWidget(
            PlainLabel(theme, now, Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self)
        )
        column.addWidget(self.field)
        column.addWidget(self.note)
        column.addLayout(buttons)
        self.setTabOrder(self.field.eye, self.save)
        self.setTabOrder(self.save, self.take_away)
        self.setFocusProxy(self.field)
        self.field.submitted.connect(self._on_save)
        self.field.edited.connect(self._on_edited)
        self.save.clicked.connect(self._on_save)
        self.take_away.clicked.connect(self._on_take_away)
        self._on_edited("")

    def refuse(self, code: str) -> None:
        """Say why what was chosen cannot be the password: the value of a `PasswordProblem`."""
        self.field.set_error(sentence(code))
        self.field.setFocus()

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        self.field.set_error(wrong_in(text))
        short = 0 < len(text) < SHORT
        self.note.setText(
            tr("Short passwords are easy to guess. A few words are better.")
            if short
            else self._usual
        )

    @pyqtSlot()
    def _on_save(self) -> None:
        if not self.field.text:
            # Nothing typed must not take the password away.
            self.refuse(PasswordProblem.EMPTY)
            return
        self.chosen.emit(self.field.text)

    @pyqtSlot()
    def _on_take_away(self) -> None:
        self.chosen.emit("")
