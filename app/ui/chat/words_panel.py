"""What one needs to bring others in: the invite, the addresses, the fingerprint's words."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.connection import SharedAddress
from app.session.room_session import RoomSession
from app.ui.chat.copy_button import CopyButton, CopyIconButton
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.chat.names import isolated, one_line
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

WIDTH = 460

_ICONS = {
    "wifi": Icon.WIFI,
    "ethernet": Icon.ETHERNET,
    "vpn": Icon.VPN,
    "virtual": Icon.VPN,
    "name": Icon.MONITOR,
}


class InvitePanel(QWidget):
    """The content of the popover under Invite."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        sharing = session.sharing
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(6)
        name = isolated(session.info.name)
        title = tr("Invite people to {room}", room=name) if name else tr("Invite people")
        column.addWidget(PlainLabel(theme, title, Step.TITLE, wrap=True, parent=self))
        column.addWidget(
            self._small(tr("They join over your network. Nothing goes through the internet."))
        )
        if sharing.invite:
            self._add_invite(column, sharing.invite, verifies=bool(sharing.fingerprint))
        if sharing.addresses:
            self._add_addresses(column, sharing.addresses)
        elif session.address:
            self._add_addresses(column, (SharedAddress(session.address, "other"),))
        fingerprint = sharing.fingerprint or session.connection.fingerprint or b""
        words = FingerprintWords(
            theme,
            fingerprint,
            tr("Room fingerprint"),
            hint=tr("Both sides read it aloud. Same words, same room."),
            parent=self,
        )
        column.addSpacing(8)
        column.addWidget(words)
        words.setVisible(bool(words.words))

    def _add_invite(self, column: QVBoxLayout, invite: str, *, verifies: bool) -> None:
        column.addSpacing(8)
        column.addWidget(self._caption(tr("Invite link")))
        field = QLineEdit(invite, self)
        field.setReadOnly(True)
        field.setAccessibleName(tr("Invite link"))
        field.setCursorPosition(0)
        button = CopyButton(self._theme, "main", tr("Copy invite"), small=True, parent=self)
        button.setMinimumHeight(36)
        button.set_text_to_copy(invite)
        self.setFocusProxy(button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        column.addLayout(row)
        if verifies:
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(IconLabel(self._theme, Icon.SHIELD_CHECK, Role.ACCENT_TEXT, 14, self))
            line.addWidget(
                self._small(tr("Carries the fingerprint, so the host is verified by itself.")), 1
            )
            column.addLayout(line)

    def _add_addresses(self, column: QVBoxLayout, addresses: tuple[SharedAddress, ...]) -> None:
        column.addSpacing(8)
        column.addWidget(self._caption(tr("Address to tell others")))
        card = QFrame(self)
        card.setProperty("card", True)
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for place, address in enumerate(addresses):
            if place:
                line = QFrame(card)
                line.setProperty("surface", Role.LINE.value)
                line.setFixedHeight(1)
                rows.addWidget(line)
            best = place == 0 and len(addresses) > 1
            rows.addLayout(self._address_row(address, card, best=best))
        column.addWidget(card)

    def _address_row(self, address: SharedAddress, card: QWidget, *, best: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(13, 3, 6, 3)
        row.setSpacing(10)
        icon = _ICONS.get(address.kind, Icon.LINK)
        row.addWidget(IconLabel(self._theme, icon, Role.TEXT_SECOND, 18, card))
        text = PlainLabel(
            self._theme, one_line(address.text), weight=QFont.Weight.DemiBold, elide=True,
            parent=card,
        )  # fmt: skip
        row.addWidget(text)
        kind = PlainLabel(
            self._theme, _kind(address), Step.SMALL, Role.TEXT_SECOND, elide=True, parent=card
        )
        row.addWidget(kind, 1)
        if best:
            chip = Chip(self._theme, tr("Best"), "soft", parent=card)
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        name = tr("Copy {address}", address=one_line(address.text))
        row.addWidget(CopyIconButton(self._theme, name, address.text, card))
        return row

    def _caption(self, text: str) -> PlainLabel:
        return PlainLabel(self._theme, text, Step.SMALL, weight=QFont.Weight.DemiBold, parent=self)

    def _small(self, text: str) -> PlainLabel:
        label = PlainLabel(self._theme, text, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return label


class WordsPanel(QWidget):
    """The content of the popover under the chip: how far the host is known, and the words."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        fingerprint = session.sharing.fingerprint or session.connection.fingerprint or b""
        words = FingerprintWords(
            theme,
            fingerprint,
            tr("Room fingerprint"),
            hint=tr("Both sides read it aloud. Same words, same room."),
            parent=self,
        )
        column.addWidget(words)
        if not words.words:
            words.hide()
            note = tr("The fingerprint is shown once the room is connected.")
            column.addWidget(
                PlainLabel(theme, note, Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self)
            )


def _kind(address: SharedAddress) -> str:
    kinds = {
        "wifi": tr("Wi-Fi"),
        "ethernet": tr("Ethernet"),
        "vpn": tr("VPN, rarely works"),
        "virtual": tr("Virtual network, rarely works"),
        "name": tr("Computer name"),
    }
    kind = kinds.get(address.kind, "")
    interface = one_line(address.interface)
    return f"{kind}, {interface}" if kind and interface else kind or interface
