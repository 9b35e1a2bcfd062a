"""Who somebody in the room is, and what one may do with them."""

from __future__ import annotations

from PyQt6.QtCore import QDateTime, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.protocol.messages import Member
from app.session.room_session import RoomSession
from app.ui.chat import times
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.chat.names import isolated, one_line
from app.ui.chat.people.guests import ICONS as GUEST_ICONS
from app.ui.chat.people.guests import guest_sentence, guest_word
from app.ui.chat.people.member_deeds import (
    ICONS,
    TALK,
    Deed,
    deed_hint,
    deed_text,
    deeds_for,
    is_here,
)
from app.ui.texts import tr
from app.ui.theme.avatar import initials
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, plain_button, tonal_button
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import PlainLabel, plain_tooltip
from app.ui.widgets.pictures import AvatarLabel

WIDTH = 400

_FIRST = (Deed.WRITE, Deed.MENTION, Deed.RENAME)


class MemberCard(QWidget):
    """The content of the popover at a row of the roster: a picture of how things stand now.

    Signals:
        chosen(Deed): do this with the one whom the card is about.
    """

    chosen = pyqtSignal(Deed)

    def __init__(
        self, session: RoomSession, member: Member, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mine = member.number == session.member_number
        self.number = member.number
        self.buttons: dict[Deed, Button] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(12)
        column.addLayout(self._head(session, member))
        column.addWidget(self._truth(member) if member.guest else self._words(member))
        deeds = deeds_for(session, member)
        if Deed.WRITE in deeds or Deed.MENTION in deeds:
            column.addLayout(self._talk(deeds))
        if Deed.RENAME in deeds:
            button = tonal_button(theme, deed_text(Deed.RENAME), icon=Icon.EDIT, parent=self)
            self._offer(Deed.RENAME, button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        first = next((self.buttons[one] for one in _FIRST if one in self.buttons), None)
        if first is not None:
            self.setFocusProxy(first)
        self._add_rest(column, [deed for deed in deeds if deed not in TALK | {Deed.RENAME}])

    # --- parts ----------------------------------------------------------------------------------

    def _head(self, session: RoomSession, member: Member) -> QHBoxLayout:
        name = one_line(member.nick)
        avatar = AvatarLabel(
            self._theme,
            initials(name),
            member.device,
            48,
            colour=session.colour_of(member.device),
            parent=self,
        )
        title = PlainLabel(self._theme, name, Step.TITLE, elide=True, parent=self)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(title)
        for chip in self._chips(member):
            first.addWidget(chip)
        first.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addLayout(first)
        notes = self._notes(session, member)
        if notes:
            line = PlainLabel(
                self._theme, " · ".join(notes), Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self
            )
            texts.addWidget(line)
        texts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        return head

    def _chips(self, member: Member) -> list[Chip]:
        chips = []
        if member.role == "host":
            chips.append(Chip(self._theme, tr("Host"), "soft", Icon.HOST, self))
        elif member.role == "moderator":
            chips.append(Chip(self._theme, tr("Moderator"), "soft", Icon.SHIELD, self))
        if member.guest:
            badge = guest_word(member.guest)
            chips.append(Chip(self._theme, badge, "neutral", GUEST_ICONS[member.guest], self))
        if member.muted:
            chips.append(Chip(self._theme, tr("Muted"), "neutral", Icon.MUTE, self))
        return chips

    def _notes(self, session: RoomSession, member: Member) -> list[str]:
        notes = []
        if self._mine:
            notes.append(tr("This is you"))
        if not is_here(session, member):
            notes.append(tr("Not in the room now"))
        came_at = session.roster.came_at(member.number)
        if came_at:
            now = float(QDateTime.currentSecsSinceEpoch())
            notes.append(tr("Here since {time}", time=times.day_and_time(came_at, now)))
        if member.away:
            notes.append(tr("Away"))
        if member.slow:
            notes.append(tr("Catching up"))
        address = one_line(session.roster.address_of(member.number))
        if address:
            notes.append(tr("Connected from {address}", address=isolated(address)))
        return notes

    def _truth(self, member: Member) -> PlainLabel:
        """A guest has no device key to compare; what that means is said instead."""
        told = guest_sentence(member.guest)
        return PlainLabel(self._theme, told, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)

    def _words(self, member: Member) -> FingerprintWords:
        if self._mine:
            hint = tr("Read these to others, so that they know it is you who writes to them.")
        else:
            hint = tr(
                "Let {name} read you the words on their own card. Same words: what you write "
                "privately reaches that computer alone.",
                name=isolated(member.nick),
            )
        words = FingerprintWords(
            self._theme, member.device, tr("Device words"), hint=hint, parent=self
        )
        words.setVisible(bool(words.words))
        return words

    def _talk(self, deeds: list[Deed]) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addLayout(row)
        if Deed.WRITE in deeds:
            button = tonal_button(self._theme, deed_text(Deed.WRITE), icon=Icon.LOCK, parent=self)
            note = private_promise()
            self._offer(Deed.WRITE, button)
            button.setAccessibleDescription(note)
            row.addWidget(button)
            column.addWidget(
                PlainLabel(
                    self._theme, note, Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=self
                )
            )
        if Deed.MENTION in deeds:
            mention = plain_button(self._theme, deed_text(Deed.MENTION), parent=self)
            self._offer(Deed.MENTION, mention)
            row.addWidget(mention)
        row.addStretch(1)
        return column

    def _add_rest(self, column: QVBoxLayout, deeds: list[Deed]) -> None:
        """Put what moderators do at the end, in the order of the menu."""
        if not deeds:
            return
        title = PlainLabel(
            self._theme,
            tr("Moderate"),
            Step.CAPTION,
            Role.TEXT_SECOND,
            weight=QFont.Weight.DemiBold,
            parent=self,
        )
        column.addWidget(title)
        rows = [deeds[start : start + 2] for start in range(0, len(deeds), 2)]
        for deeds_of_row in rows:
            row = QHBoxLayout()
            row.setSpacing(8)
            for deed in deeds_of_row:
                button = plain_button(self._theme, deed_text(deed), icon=ICONS[deed], parent=self)
                self._offer(deed, button)
                row.addWidget(button, 1)
            column.addLayout(row)

    def _offer(self, deed: Deed, button: Button) -> None:
        hint = deed_hint(deed)
        button.setToolTip(plain_tooltip(hint))
        button.setAccessibleDescription(hint)
        self._group.addButton(button)
        self.buttons[deed] = button

    @pyqtSlot(QAbstractButton)
    def _on_clicked(self, clicked: QAbstractButton) -> None:
        for deed, button in self.buttons.items():
            if button is clicked:
                self.chosen.emit(deed)


def private_promise() -> str:
    """Return what a private message promises, and what it does not."""
    return tr("The host carries it and cannot read it; the host sees who writes to whom and when.")
