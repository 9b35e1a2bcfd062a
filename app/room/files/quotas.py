"""How much a room takes, as its host chose; kept in the room's log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.protocol import limits

if TYPE_CHECKING:
    from app.room.log import Log

_KEYS = {"file": "max_file", "room": "max_files", "keep_free": "keep_free"}


@dataclass(frozen=True)
class Quotas:
    """How much a room takes, in bytes."""

    file: int = limits.MAX_FILE
    """The largest file; 0: the room takes none at all."""
    room: int = limits.MAX_ROOM_FILES
    keep_free: int = limits.KEEP_FREE
    uploads: int = limits.MAX_UPLOADS
    waiting: int = limits.MAX_WAITING_FILES
    """How many whole files of one device may be in no message."""

    @property
    def takes_files(self) -> bool:
        """Whether any file can be sent."""
        return self.file > 0


@dataclass(frozen=True)
class FilesUse:
    """What the files of a room take now. `used` and `free`, of the host's disk, are in bytes."""

    files: int
    used: int
    free: int


def kept_quotas(log: Log) -> Quotas:
    """Return what was chosen for the room of that log, and the usual for the rest."""
    kept = dict(log.read("SELECT key, value FROM meta"))
    chosen = {field: kept[key] for field, key in _KEYS.items() if key in kept}
    return replace(Quotas(), **chosen)


def note_quotas(log: Log, quotas: Quotas) -> None:
    """Keep a choice, with the log's next commit."""
    for field, key in _KEYS.items():
        log.note(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, getattr(quotas, field))
        )
