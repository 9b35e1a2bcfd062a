"""`Listing`: whether others nearby see a room that is hosted here."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot


class Listing(QObject):
    """The host's choice for one room, to be changed while the room is open.

    Signals:
        changed(Listing): the host chose anew.
    """

    changed = pyqtSignal(object)

    def __init__(self, room: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self._listed = False

    @property
    def listed(self) -> bool:
        """Whether others nearby see the room."""
        return self._listed

    @pyqtSlot(bool)
    def set_listed(self, listed: bool) -> None:
        """Let others nearby see the room, or not."""
        if listed != self._listed:
            self._listed = listed
            self.changed.emit(self)
