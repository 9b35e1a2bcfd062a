"""The card that joins a room on another computer."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.protocol.names import clean_nickname
from app.security.finding import MAX_PASTED, find_target
from app.security.invite import Address, InvalidTarget, Invite, parse_target
from app.ui.chat.names import isolated
from app.ui.doctor.desk import CheckDesk, CheckWish
from app.ui.passwords import not_sent, wrong_in
from app.ui.requests import JoinRequest
from app.ui.start.checks import nickname_problem, target_problem
from app.ui.start.form_card import FormCard
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, text_button
from app.ui.widgets.fields import Field
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.password_field import PasswordField
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from app.support.settings import Settings
    from app.ui.theme.theme import Theme


class JoinCard(FormCard):
    """Address or invite, nickname, and the room's password where it is known to have one.

    Signals:
        requested(JoinRequest): everything typed is well.
    """

    requested = pyqtSignal(JoinRequest)

    def __init__(self, theme: Theme, values: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            Icon.JOIN,
            tr("Join a room"),
            tr("Use an address or an invite that somebody sent you."),
            action=tr("Join room"),
            busy_action=tr("Joining…"),
            parent=parent,
        )
        self._length = len(values.target)
        self.target = Field(
            theme,
            tr("Address or invite"),
            placeholder=tr("192.168.1.20 or papo://…"),
            text=values.target,
            parent=self,
        )
        self.paste = text_button(theme, tr("Paste"), icon=Icon.PASTE, parent=self)
        self.paste.setMinimumHeight(28)
        self.target.set_trailing(self.paste)
        self.nickname = Field(
            theme,
            tr("Your nickname"),
            placeholder=tr("What others call you"),
            text=values.nickname,
            parent=self,
        )
        self.invite = _InviteLine(theme, self)
        self.add_field(self.target)
        self.target.set_note(self.invite)
        self.add_field(self.nickname)
        self.disclosure = Button(
            theme,
            "disclosure",
            tr("The room has a password"),
            icon=Icon.RIGHT,
            icon_size=16,
            parent=self,
        )
        self.disclosure.setCheckable(True)
        self.password = PasswordField(theme, tr("Password of the room"), parent=self)
        note = PlainLabel(theme, not_sent(), Step.SMALL, Role.TEXT_FAINT, wrap=True, parent=self)
        note.setContentsMargins(0, 5, 0, 0)
        self.password.set_note(note)
        self.password.hide()
        fold = QVBoxLayout()
        fold.setSpacing(2)
        fold.addWidget(self.disclosure, 0, Qt.AlignmentFlag.AlignLeading)
        fold.addWidget(self.password)
        self.fields.addLayout(fold)
        self.watch_field(self.password)
        self.leading.addWidget(
            IconLabel(theme, Icon.SHIELD_CHECK, Role.ACCENT_TEXT, 18, self),
            0,
            Qt.AlignmentFlag.AlignVCenter,
        )
        self.leading.addWidget(
            PlainLabel(
                theme,
                tr("An invite checks the host for you. A password is asked only when needed."),
                Step.SMALL,
                Role.TEXT_SECOND,
                wrap=True,
                parent=self,
            ),
            1,
        )
        self.check = text_button(theme, tr("Check the connection"), icon=Icon.WIFI, parent=self)
        self.check.hide()
        self.column.insertWidget(
            self.column.indexOf(self.problem) + 1, self.check, 0, Qt.AlignmentFlag.AlignLeading
        )
        self.order_tabs(
            self.target.edit,
            self.paste,
            self.nickname.edit,
            self.disclosure,
            self.password.edit,
            self.password.eye,
            self.check,
        )
        self.submit_requested.connect(self._on_submit_requested)
        self.target.edited.connect(self._on_target_edited)
        self.target.edit.editingFinished.connect(self._on_target_finished)
        self.nickname.edited.connect(self._on_nickname_edited)
        self.password.edited.connect(self._on_password_edited)
        self.disclosure.toggled.connect(self._on_disclosure_toggled)
        self.paste.clicked.connect(self._on_paste_clicked)
        self.check.clicked.connect(self._on_check_clicked)
        self._show_invite()

    def set_target(self, text: str) -> None:
        """Fill in where to join, as the program."""
        self._length = len(text)
        self.target.set_text(text)
        self.target.set_error("")
        self._show_invite()

    def show_problem(self, sentence: str) -> None:
        """Say why it did not work, and offer to find out more where there is an address."""
        super().show_problem(sentence)
        self.check.setVisible(bool(sentence) and not target_problem(self.target.text))

    def set_busy(self, busy: bool) -> None:
        """Wait, with a way to cancel; or stop waiting. What was typed stays."""
        super().set_busy(busy)
        if busy:
            self.check.hide()

    def first_empty(self) -> Field | None:
        """Return the first field that holds nothing, and should."""
        return next((f for f in (self.target, self.nickname) if not f.text.strip()), None)

    def forget_password(self) -> None:
        """Hold no password any longer: it was used, or meant for another room."""
        self.disclosure.setChecked(False)
        self.password.clear()

    def _check(self) -> bool:
        self.target.set_error(target_problem(self.target.text))
        self.nickname.set_error(nickname_problem(self.nickname.text))
        self.password.set_error(wrong_in(self.password.text))
        wrong = self.first_wrong()
        if wrong is not None:
            wrong.setFocus()
        return wrong is None

    def _show_invite(self) -> None:
        try:
            target = find_target(self.target.text)
        except InvalidTarget:
            target = None
        if isinstance(target, Address) and _is_exact(self.target.text):
            target = None
        self.invite.show_target(target)

    @pyqtSlot()
    def _on_submit_requested(self) -> None:
        if self._check():
            text = self.target.text.strip()
            target = find_target(text)
            if not _is_exact(text):
                text = target.link() if isinstance(target, Invite) else str(target)
            self.requested.emit(
                JoinRequest(
                    target=target,
                    nickname=clean_nickname(self.nickname.text),
                    text=text,
                    password=self.password.text,
                )
            )

    @pyqtSlot(str)
    def _on_target_edited(self, text: str) -> None:
        # An address half typed is not wrong yet; one that came in at once, or was wrong, is.
        at_once = abs(len(text) - self._length) > 1
        self._length = len(text)
        self.check.hide()
        if at_once or self.target.error:
            self.target.set_error(target_problem(text))
        self._show_invite()

    @pyqtSlot()
    def _on_target_finished(self) -> None:
        if self.target.touched and self.target.text.strip():
            self.target.set_error(target_problem(self.target.text))

    @pyqtSlot(str)
    def _on_nickname_edited(self, text: str) -> None:
        self.nickname.set_error(nickname_problem(text))

    @pyqtSlot(str)
    def _on_password_edited(self, text: str) -> None:
        self.password.set_error(wrong_in(text))

    @pyqtSlot(bool)
    def _on_disclosure_toggled(self, shown: bool) -> None:
        self.disclosure.set_icon(Icon.DOWN if shown else Icon.RIGHT)
        self.password.setVisible(shown)
        # What is out of sight must not go along.
        self.password.clear()
        if shown and self.isVisible():
            self.password.setFocus()

    @pyqtSlot()
    def _on_check_clicked(self) -> None:
        with contextlib.suppress(InvalidTarget):
            target = find_target(self.target.text)
            CheckDesk.of_application().ask(CheckWish(target=target))

    @pyqtSlot()
    def _on_paste_clicked(self) -> None:
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text()[:MAX_PASTED].strip() if clipboard is not None else ""
        if not _is_exact(text):
            with contextlib.suppress(InvalidTarget):
                found = find_target(text)
                text = found.link() if isinstance(found, Invite) else str(found)
        if text and not self.busy:
            self.target.edit_text(" ".join(text.split()))
        field = self.target if not text or self.target.error else self.nickname
        field.setFocus()


def _is_exact(text: str) -> bool:
    """Tell whether a text is an address or a link and nothing besides."""
    try:
        parse_target(text)
    except InvalidTarget:
        return False
    return True


class _InviteLine(QWidget):
    """Says to which room an invite leads, or what was found in a text; hidden where that is clear."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = PlainLabel(theme, "", Step.SMALL, Role.ACCENT_TEXT, elide=True, parent=self)
        self._shield = IconLabel(theme, Icon.SHIELD_CHECK, Role.ACCENT_TEXT, 16, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._shield)
        row.addWidget(self.label, 1)
        self.hide()

    def show_target(self, target: Invite | Address | None) -> None:
        if target is None:
            self.label.setText("")
        elif isinstance(target, Address):
            self.label.setText(tr("Joins {address}", address=isolated(str(target))))
        elif target.room:
            room = isolated(target.room)
            self.label.setText(tr("Invite to {room} · the host is verified", room=room))
        else:
            self.label.setText(tr("Invite · the host is verified"))
        self._shield.setVisible(isinstance(target, Invite))
        self.setVisible(target is not None)
