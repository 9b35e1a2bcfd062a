"""The page on which a room asks for its password."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.protocol.errors import Refusal
from app.session.connection import Phase, Verified
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.ui.chat.about import about
from app.ui.chat.entrance.entrance import EntrancePage
from app.ui.chat.header.connection_banner import Countdown
from app.ui.chat.names import isolated
from app.ui.passwords import not_sent, wrong_in
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import main_button
from app.ui.widgets.labels import plain_tooltip
from app.ui.widgets.password_field import PasswordField

_VOUCHED_FOR = frozenset({Verified.OWN, Verified.INVITE, Verified.PASSWORD, Verified.SEEN_BEFORE})


class PasswordPage(EntrancePage):
    """Asks for the password, and says what was wrong with the one before.

    `busy` while the host checks one: the page stays for that moment, and `show_answer` ends it. At a
    first contact (Phase.ASKING) the person came here from the page with the words, and may go back.

    Signals:
        back_requested(): back to the words.
    """

    back_requested = pyqtSignal()

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, theme, parent, icon=Icon.LOCK, role=Role.TEXT_FAINT, title="")
        self.busy = False
        self._first_contact = False
        self.field = PasswordField(theme, tr("Password of the room"), parent=self)
        self.column.addWidget(self.field)
        self.note = self.add_note(not_sent())
        self.join = main_button(theme, tr("Join"), parent=self)
        self.leave = self.leave_button(tr("Leave"))
        self.add_buttons(self.leave, self.join)
        self.setTabOrder(self.field.eye, self.leave)
        self.setFocusProxy(self.field)
        self.join.clicked.connect(self._on_join)
        self.field.submitted.connect(self._on_join)
        self.field.edited.connect(self._on_edited)
        self.countdown = Countdown(session, clock)
        self.show_answer()

    def show_answer(self) -> None:
        """Say how the session's connection stands now; what was typed meanwhile stays."""
        self.busy = False
        self._first_contact = self.session.connection.phase is Phase.ASKING
        self.title.setText(self._title())
        trust = self._trust()
        self.text.setText(trust)
        self.text.setVisible(bool(trust))
        self.leave.setText(tr("Back") if self._first_contact else tr("Leave"))
        self.join.setText(tr("Join"))
        self._show_problem()
        self.countdown.start(self)

    def give_up(self) -> None:
        """Leave, or go back to the words."""
        if self._first_contact and not self.busy:
            self.back_requested.emit()
        else:
            self.leave_requested.emit()

    def update_countdown(self) -> None:
        """Show the number that is true now."""
        self._show_problem()

    def stop_counting(self) -> None:
        """Let the number be; the page goes."""
        self.countdown.stop()

    @property
    def _must_wait(self) -> bool:
        problem = self.session.connection.problem
        return problem == Refusal.TOO_MANY_GUESSES and self.countdown.seconds > 0

    def _title(self) -> str:
        if self._first_contact:
            return tr("Join with the room’s password")
        room = isolated(self.session.info.name)
        if room:
            return tr("{room} asks for its password", room=room)
        return tr("This room asks for its password")

    def _trust(self) -> str:
        if self._first_contact or self.session.verified not in _VOUCHED_FOR:
            return tr(
                "Nobody has vouched for the computer at {address} yet. The right password does: "
                "it checks the host for you.",
                address=isolated(self.session.address) or tr("that address"),
            )
        return ""

    def _show_problem(self) -> None:
        problem = self.session.connection.problem
        text, note = "", not_sent()
        if problem == Refusal.TOO_MANY_GUESSES and not self._must_wait:
            note = f"{tr('You can try again now.')} {note}"
        elif problem is not None:
            text = sentence(problem, **about(self.session), seconds=self.countdown.seconds)
        self.note.setText(note)
        self.field.set_error(text)
        waits = self._must_wait
        self.join.setEnabled(not waits)
        self.join.setToolTip(plain_tooltip(text if waits else ""))
        self.join.setAccessibleDescription(text if waits else "")

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        # What was wrong with the last one says nothing of this one, but time still has to pass.
        if not self._must_wait:
            self.field.set_error(wrong_in(text))

    @pyqtSlot()
    def _on_join(self) -> None:
        if self.busy or self._must_wait:
            return
        # Before the session hears of it: it may begin to connect within the call.
        self.busy = True
        problem = self.session.give_password(self.field.text)
        if problem is not None:
            self.busy = False
            self.field.set_error(sentence(problem))
            self.field.setFocus()
            return
        self.field.clear()
        self.join.setEnabled(False)
        self.join.setText(tr("Checking…"))
