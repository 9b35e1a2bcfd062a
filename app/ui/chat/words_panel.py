"""The words of a room's fingerprint, under the chip in the header."""

from __future__ import annotations

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel

WIDTH = 460


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
