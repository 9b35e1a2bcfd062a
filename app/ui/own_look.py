"""`OwnLook`: the nickname and colour chosen in the settings, in the rooms that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.session.room_session import RoomSession
    from app.ui.settings.preferences import Preferences


class OwnLook(QObject):
    """Tells each room of `sessions` what the person chose. Owns none of them.

    Signals:
        changed(): the person goes by another colour now.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        preferences: Preferences,
        sessions: Callable[[], Iterable[RoomSession]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._sessions = sessions
        preferences.colour_changed.connect(self._on_colour_changed)
        preferences.rename_requested.connect(self._on_rename_requested)

    def give(self, session: RoomSession) -> None:
        """Let the colour stand for the person in a room that was opened."""
        session.set_colour(self._preferences.values.colour)

    @pyqtSlot(int)
    def _on_colour_changed(self, colour: int) -> None:
        for session in self._sessions():
            session.set_colour(colour)
        self.changed.emit()

    @pyqtSlot(str)
    def _on_rename_requested(self, nickname: str) -> None:
        for session in self._sessions():
            if session.is_online and session.nickname != nickname:
                session.moderation.rename(nickname)
