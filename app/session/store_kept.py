"""What lies on this computer of rooms, whether they are open or not: how much, and away with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.session.store import RoomStore
from app.session.store_file import SUFFIXES, StoreFailed, StoreProblem, delete, leftover, translated


@dataclass(frozen=True, slots=True)
class KeptRoom:
    """One room's file. `size` is in bytes, `at` the Unix seconds of its last change."""

    fingerprint: bytes
    name: str
    """Empty where the file cannot be asked."""
    size: int
    at: float


def kept_rooms(folder: Path) -> tuple[KeptRoom, ...]:
    """Return the rooms kept in `folder`, the last changed first; without what cannot be read."""
    rooms = []
    try:
        paths = list(folder.glob("*.db"))
    except OSError:
        paths = []
    for path in paths:
        try:
            fingerprint = bytes.fromhex(path.stem)
            at = path.stat().st_mtime
        except (ValueError, OSError):
            continue
        rooms.append(KeptRoom(fingerprint, _name(path), _size(path), at))
    return tuple(sorted(rooms, key=lambda room: room.at, reverse=True))


def delete_kept(path: Path) -> None:
    """Delete all that is kept of a room that is not open, for good.

    Raises StoreFailed where it is open, here or in another Papo, or where the disk refuses.
    """
    if not path.exists():
        return
    try:
        store = RoomStore(path)
    except StoreFailed as failed:
        if failed.problem not in {StoreProblem.DAMAGED, StoreProblem.NEWER}:
            raise
        with translated():
            delete(path)
            delete(leftover(path), ("",))
    else:
        store.forget()


def bytes_in(folder: Path) -> int:
    """Return how many bytes the files in `folder`, and in the folders there, take."""
    total = 0
    try:
        for path in folder.rglob("*"):
            total += path.stat().st_size if path.is_file() else 0
    except OSError:
        pass
    return total


def _size(path: Path) -> int:
    beside = [path.with_name(path.name + suffix) for suffix in SUFFIXES]
    total = 0
    for one in (*beside, leftover(path)):
        try:
            total += one.stat().st_size
        except OSError:
            continue
    return total


def _name(path: Path) -> str:
    # As it lies there, without a lock: whoever has the room open is not disturbed.
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as file:
            row = file.execute("SELECT name FROM room").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return ""
    return row[0] if row and isinstance(row[0], str) else ""
