"""The card that hosts a room on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.protocol.names import clean_nickname, clean_room_name
from app.ui.passwords import SHORT, wrong_in
from app.ui.requests import HostRequest
from app.ui.start.checks import nickname_problem, port_problem, room_problem
from app.ui.start.form_card import FormCard
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.fields import Field
from app.ui.widgets.labels import PlainLabel, plain_tooltip
from app.ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from PyQt6.QtGui import QResizeEvent

    from app.support.settings import Settings
    from app.ui.theme.theme import Theme

LAST_MESSAGES = "50"

_BESIDE = 400
"""Pixels of width from which nickname and password stand beside each other."""


class HostCard(FormCard):
    """Room name, nickname, perhaps a password, and the options that hardly anybody needs.

    Signals:
        requested(HostRequest): everything typed is well.
    """

    requested = pyqtSignal(HostRequest)

    def __init__(self, theme: Theme, values: Settings, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            Icon.HOST,
            tr("Host a room"),
            tr("Others on your network can find it and join."),
            action=tr("Host room"),
            busy_action=tr("Opening…"),
            parent=parent,
        )
        self._values = values
        self.room = Field(
            theme,
            tr("Room name"),
            placeholder=tr("What is it about?"),
            text=values.room_name,
            parent=self,
        )
        self.nickname = Field(
            theme,
            tr("Your nickname"),
            placeholder=tr("What others call you"),
            text=values.nickname,
            parent=self,
        )
        self.password = PasswordField(
            theme,
            tr("Password"),
            remark=tr("optional"),
            parent=self,
        )
        self.add_field(self.room)
        # Each begins at the top: a sentence under one must not push the other down.
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        for field in (self.nickname, self.password):
            self._pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self.watch_field(field)
        self.hint = PlainLabel(theme, "", Step.SMALL, Role.TEXT_FAINT, wrap=True, parent=self)
        below = QVBoxLayout()
        below.setSpacing(6)
        below.addLayout(self._pair)
        below.addWidget(self.hint)
        self.fields.addLayout(below)
        self.options = _Options(theme, values, self)
        self.watch_field(self.options.port)
        self.options.hide()
        self._unfolded = QHBoxLayout()
        self._unfolded.addStretch(1)
        self.fields.addLayout(self._unfolded)
        self.fields.addWidget(self.options)
        self.disclosure = Button(
            theme, "disclosure", tr("Options"), icon=Icon.RIGHT, icon_size=16, parent=self
        )
        self.disclosure.setCheckable(True)
        self.summary = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        self.leading.addWidget(self.disclosure)
        self.leading.addWidget(self.summary, 1)
        self.leading.addStretch(0)
        self.order_tabs(
            self.room.edit,
            self.nickname.edit,
            self.password.edit,
            self.password.eye,
            self.disclosure,
            self.options.port.edit,
            *self.options.choices,
            self.options.listed,
        )
        self.submit_requested.connect(self._on_submit_requested)
        self.room.edited.connect(self._on_room_edited)
        self.nickname.edited.connect(self._on_nickname_edited)
        self.password.edited.connect(self._on_password_edited)
        self.options.changed.connect(self._on_options_changed)
        self.disclosure.toggled.connect(self._on_disclosure_toggled)
        self.room.edit.textChanged.connect(self._on_room_changed)
        self._on_room_changed(self.room.text)
        self._on_options_changed()
        self._show_hint()

    def first_empty(self) -> Field | None:
        """Return the first field that holds nothing, and should."""
        return next((f for f in (self.room, self.nickname) if not f.text.strip()), None)

    def forget_password(self) -> None:
        """Hold no password any longer: it was used, or meant for another room."""
        self.password.clear()
        self._show_hint()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the password below the nickname where the card is narrow."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        narrow = self.width() < self.at_this_size(_BESIDE)
        self._pair.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def refresh(self) -> None:
        """Read anew which rooms were hosted before."""
        self._show_hint()

    def _was_hosted(self) -> bool:
        name = " ".join(self.room.text.split())
        return any(room.hosted and room.name == name for room in self._values.recent)

    def _show_hint(self) -> None:
        text, before = self.password.text, self._was_hosted()
        self.password.edit.setPlaceholderText(tr("As before") if before else tr("Anyone can join"))
        if not text and before:
            # Whether it had one is the room's own secret; either way this is true.
            hint = tr("Leave the password empty to host the room as it was.")
        elif not text:
            hint = tr("Leave the password empty to let anyone on your network in.")
        elif len(text) < SHORT:
            hint = tr("Short passwords are easy to guess. A few words are better.")
        else:
            hint = tr("Whoever joins needs it, even with an invite. It is never sent.")
        self.hint.setText(hint)
        self.password.edit.setAccessibleDescription(self.password.error or hint)

    def _check(self) -> bool:
        self.room.set_error(room_problem(self.room.text))
        self.nickname.set_error(nickname_problem(self.nickname.text))
        self.password.set_error(wrong_in(self.password.text))
        self.options.check()
        if self.options.port.error:
            self.disclosure.setChecked(True)
        wrong = self.first_wrong()
        if wrong is not None:
            wrong.setFocus()
        return wrong is None

    @pyqtSlot()
    def _on_submit_requested(self) -> None:
        if self._check():
            self.requested.emit(
                HostRequest(
                    room=clean_room_name(self.room.text),
                    nickname=clean_nickname(self.nickname.text),
                    port=int(self.options.port.text),
                    history=self.options.history,
                    password=self.password.text,
                    listed=self.options.listed.isChecked(),
                )
            )

    @pyqtSlot(str)
    def _on_room_edited(self, text: str) -> None:
        self.room.set_error(room_problem(text))
        self._show_hint()

    @pyqtSlot(str)
    def _on_room_changed(self, text: str) -> None:
        """Remember for the room whether others see it, however its name came to stand there."""
        name = " ".join(text.split())
        self.options.listed.setChecked(name not in self._values.unlisted)

    @pyqtSlot(str)
    def _on_nickname_edited(self, text: str) -> None:
        self.nickname.set_error(nickname_problem(text))

    @pyqtSlot(str)
    def _on_password_edited(self, text: str) -> None:
        self.password.set_error(wrong_in(text))
        self._show_hint()

    @pyqtSlot()
    def _on_options_changed(self) -> None:
        port = self.options.port.text.strip()
        history = self.options.history
        if history == "joined":
            summary = tr("Port {port} · newcomers see what follows", port=port)
        elif history == "none":
            summary = tr("Port {port} · nothing is kept", port=port)
        elif history == "all":
            summary = tr("Port {port} · newcomers see the history", port=port)
        else:
            summary = tr("Port {port} · newcomers see the last {count}", port=port, count=history)
        self.summary.setText(summary)

    @pyqtSlot(bool)
    def _on_disclosure_toggled(self, shown: bool) -> None:
        self.disclosure.set_icon(Icon.DOWN if shown else Icon.RIGHT)
        self.options.setVisible(shown)
        self.summary.setVisible(not shown)
        # Unfolded, the options stand below the word that unfolded them.
        if shown:
            self.leading.removeWidget(self.disclosure)
            self._unfolded.insertWidget(0, self.disclosure)
        else:
            self._unfolded.removeWidget(self.disclosure)
            self.leading.insertWidget(0, self.disclosure)


class _Options(QWidget):
    """The port, how much of the history newcomers see, and whether others nearby see the room.

    Signals:
        changed(): read `port` and `history` anew.
    """

    changed = pyqtSignal()

    def __init__(self, theme: Theme, values: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.port = Field(theme, tr("Port"), text=str(values.port), parent=self)
        self.port.edit.setMaxLength(5)
        self.port.edit.setMaximumWidth(120)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.port)
        column.addSpacing(12)
        column.addWidget(
            PlainLabel(
                theme,
                tr("Newcomers see"),
                Step.SMALL,
                Role.TEXT_SECOND,
                weight=QFont.Weight.Medium,
                parent=self,
            )
        )
        last = values.history if values.history.isdecimal() else LAST_MESSAGES
        self._group = QButtonGroup(self)
        self._codes = ("all", "joined", last, "none")
        texts = (
            tr("Everything that was said"),
            tr("What is said from when they join"),
            tr("The last %n message(s)", n=int(last)),
            tr("Nothing, and nothing is kept"),
        )
        self.choices: list[QRadioButton] = []
        for number, (code, text) in enumerate(zip(self._codes, texts, strict=True)):
            choice = QRadioButton(text, self)
            choice.setChecked(code == values.history)
            self._group.addButton(choice, number)
            self.choices.append(choice)
            column.addSpacing(4)
            column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        if self._group.checkedId() < 0:
            self.choices[0].setChecked(True)
        column.addSpacing(12)
        self.listed = CheckBox(theme, tr("Let others nearby see this room"), self)
        self.listed.setChecked(True)
        self.listed.setToolTip(
            plain_tooltip(tr("They see its name, your nickname and how many are in it."))
        )
        column.addWidget(self.listed, 0, Qt.AlignmentFlag.AlignLeft)
        self.port.edited.connect(self._on_port_edited)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def history(self) -> str:
        """The choice, as in `HostRequest.history`."""
        return self._codes[max(0, self._group.checkedId())]

    def check(self) -> None:
        """Say what is wrong with the port."""
        self.port.set_error(port_problem(self.port.text))

    @pyqtSlot(str)
    def _on_port_edited(self, _text: str) -> None:
        self.check()
        self.changed.emit()

    @pyqtSlot(QAbstractButton, bool)
    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.changed.emit()
