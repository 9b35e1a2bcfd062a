"""`Floors`: after which line of the log each device may read."""

from __future__ import annotations

from app.room.attendance import Link
from app.room.history import History
from app.room.log import Log


class Floors:
    """By device, from its first visit on. A guest by text has one for its visit alone."""

    def __init__(self, log: Log) -> None:
        self._log = log
        # No floor is above the log: the numbers of what was not kept are given again.
        last_seq = log.last_seq
        self._floors = {device: min(at, last_seq) for device, at in log.floors().items()}

    def of(self, device: bytes) -> int:
        """Return the number after which a device that came in may read."""
        return self._floors[device]

    def note(self, who: Link, history: History) -> None:
        """Note a floor for whoever comes in, as `history` is now; the first one holds."""
        device, floor = who.device, history.floor(self._log.last_seq)
        if history.name == "none" or who.guest == "text":
            self._floors[device] = floor
        elif device not in self._floors:
            self._floors[device] = floor
            self._log.note_floor(device, floor)

    def forget(self, device: bytes) -> None:
        """Forget the floor of one that does not come back."""
        self._floors.pop(device, None)
