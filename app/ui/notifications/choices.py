"""`NotifyChoices`: what the person chose of notifications, in force at once and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.support.settings import NotifyLevel, Settings

FOR_GOOD = -1.0
"""Do not disturb until the person says otherwise."""


class NotifyChoices(QObject):
    """Writes into the settings; `save` carries them to the disk. Owns neither.

    Signals:
        changed(): read everything anew.
        test_requested(): show a notification now, whatever was chosen.
        tested(str): what became of it, in a sentence.
    """

    changed = pyqtSignal()
    test_requested = pyqtSignal()
    tested = pyqtSignal(str)

    def __init__(
        self, values: Settings, save: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.values = values
        """All that is remembered; to be changed by the methods here."""
        self._save = save

    def level_of(self, key: str) -> NotifyLevel:
        """Return what is announced of the room with that `RoomSession.key`."""
        return self.values.room_notify.get(key, self.values.notify)

    def set_level(self, level: NotifyLevel) -> None:
        """Announce that much of rooms for which nothing else was chosen."""
        self.values.notify = level
        self._note()

    def set_room_level(self, key: str, level: NotifyLevel | None) -> None:
        """Announce that much of one room; None for as much as of others."""
        if not key:
            return
        if level is None:
            self.values.room_notify.pop(key, None)
        else:
            self.values.room_notify[key] = level
        self._note()

    def set_sound(self, sound: bool) -> None:
        """Let announcements be heard, or only seen."""
        self.values.sound = sound
        self._note()

    def set_text(self, text: bool) -> None:
        """Show in notifications what was said, or only that something was."""
        self.values.notify_text = text
        self._note()

    def set_quiet_until(self, until: float) -> None:
        """Announce nothing before `until`, in Unix seconds; `FOR_GOOD`, or 0 to begin again."""
        if until != self.values.quiet_until:
            self.values.quiet_until = until
            self._note()

    def _note(self) -> None:
        self._save()
        self.changed.emit()
