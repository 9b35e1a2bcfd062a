"""How far the host is known, and the words of the room's fingerprint, under the header's chip."""

from __future__ import annotations

from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.connection import Verified
from app.session.room_session import RoomSession
from app.ui.chat.about import about
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.chat.header.trust_chip import look_of_trust
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

WIDTH = 460


class WordsPanel(QWidget):
    """The content of the popover: what is known and by what, the words, and what to do with them."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(10)
        look = look_of_trust(session)
        if look is not None:
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(IconLabel(theme, look.icon, look.ink, 18, self))
            title = PlainLabel(
                theme, look.text, Step.BODY, look.ink, weight=QFont.Weight.DemiBold, parent=self
            )
            head.addWidget(title, 1)
            column.addLayout(head)
        known, to_do = sentences_of(session)
        for text in (known, to_do):
            if text:
                column.addWidget(
                    PlainLabel(theme, text, Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self)
                )
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


def sentences_of(session: RoomSession) -> tuple[str, str]:
    """Return what is known of who hosts and how, and what to do with the words; perhaps empty."""
    host = str(about(session)["host"] or tr("the host"))
    verified = session.verified
    if session.hosted_here or verified is Verified.OWN:
        return (
            tr("You host this room. Your invite carries these words, so it checks you for others."),
            tr("Read them to whoever joined without an invite."),
        )
    if verified is Verified.INVITE:
        return (
            tr("The invite carried this fingerprint: this is the room you were invited to."),
            "",
        )
    if verified is Verified.PASSWORD:
        return (
            tr(
                "The host proved that it knows the room’s password, without either side sending it."
            ),
            tr("Whoever else has the password could have done so. To be sure, compare the words."),
        )
    compare = tr(
        "To be sure, ask {host} to open Invite and read the words there to you: in person or by "
        "phone, not in this chat.",
        host=host,
    )
    if verified is Verified.SEEN_BEFORE:
        return (
            tr("It is the same computer as on your earlier visits. Nothing else vouches for it."),
            compare,
        )
    if verified is Verified.FIRST_USE:
        return (
            tr("The connection is encrypted, but nobody vouched that this is really the host."),
            compare,
        )
    return "", ""
