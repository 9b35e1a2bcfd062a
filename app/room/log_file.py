"""The file of a room's log: opened, brought up to date, checked, and set aside where it is damaged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Annotated, Any

import msgspec

from app.protocol.messages import Cid, DeviceId, FileHash, MemberNumber, Nick, Seq
from app.protocol.messages.base import PublicKey
from app.protocol.messages.files import PictureSide
from app.room.schema import SCHEMA_VERSION, create, needs_a_check
from app.support.files import Loaded, make_private_file, set_aside

CHECK_BYTES = 32 * 1024 * 1024
"""A file up to this size is checked as a whole at opening; a larger one only if it was not closed."""


class StorageError(OSError):
    """The environment: the disk is full or gone. Nothing of the transaction was kept."""


class LogInUse(StorageError):
    """Another process has this room open."""


def open_database(path: Path) -> Loaded[sqlite3.Connection]:
    """Open the database at `path`; a damaged one is set aside, and a new one begun.

    Raises StorageError where the disk refuses, LogInUse where another process was first.
    """
    try:
        # An empty file is an empty database, and this one is nobody else's to read.
        path.touch(mode=0o600)
        make_private_file(path)
        return Loaded(connect(path), None)
    # UnicodeDecodeError: SQLite puts the damaged text itself into its message.
    except (sqlite3.DatabaseError, UnicodeDecodeError, _Damaged) as error:
        _raise_unless_damaged(error)
        aside = set_aside(path)
        for suffix in ("-wal", "-shm"):
            rest = path.with_name(path.name + suffix)
            if rest.exists():
                rest.replace(aside.with_name(aside.name + suffix))
        return Loaded(connect(path), aside)


class _Damaged(Exception):
    """The file opens, but it is not what it should be."""


def _raise_unless_damaged(error: Exception) -> None:
    """Raise StorageError for what is the environment's fault, LogInUse where another was first."""
    if not isinstance(error, sqlite3.OperationalError):
        return
    # The low byte is the kind; a table too many or too few is a plain error.
    if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF == sqlite3.SQLITE_ERROR:
        return
    if "locked" in str(error):
        raise LogInUse(str(error)) from error
    raise StorageError(str(error)) from error


class _Meta(msgspec.Struct, frozen=True):
    """What `meta` holds."""

    id: bytes
    indexed: Seq
    closed: int
    topic: str = ""
    password: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)] | None = None
    locked: int = 0
    hosts_only: int = 0
    max_file: Seq | None = None
    max_files: Seq | None = None
    keep_free: Seq | None = None


_CHECKED: tuple[tuple[str, Any], ...] = (
    ("SELECT coalesce(max(seq), 0) FROM messages", tuple[tuple[Seq]]),
    ("SELECT device, id FROM devices", list[tuple[bytes, int]]),
    ("SELECT device, key, number FROM members", list[tuple[bytes, str, MemberNumber]]),
    ("SELECT device, floor FROM floors", list[tuple[bytes, Seq]]),
    ("SELECT rowid FROM words LIMIT 0", list[tuple[int]]),
    ("SELECT device FROM trusted", list[tuple[DeviceId]]),
    ("SELECT device FROM moderators", list[tuple[DeviceId]]),
    ("SELECT device FROM muted", list[tuple[DeviceId]]),
    (
        "SELECT number, nick, device, at, by, address FROM bans",
        list[tuple[Seq, Nick, DeviceId, int, Nick, Annotated[str, msgspec.Meta(max_length=64)]]],
    ),
    ("SELECT coalesce(max(number), 0) FROM acts", tuple[tuple[Seq]]),
    ("SELECT device, key, nick FROM keys", list[tuple[DeviceId, PublicKey, Nick]]),
    ("SELECT coalesce(max(number), 0) FROM whispers", tuple[tuple[Seq]]),
    ("SELECT hash, size, name, nick, at FROM files", list[tuple[FileHash, Seq, str, str, int]]),
    ("SELECT hash, device FROM senders", list[tuple[FileHash, DeviceId]]),
    (
        "SELECT id, device, nick, name, size, hash, at FROM uploads",
        list[
            tuple[Cid, DeviceId, str, str, Seq, Annotated[bytes, msgspec.Meta(max_length=32)], int]
        ],
    ),
    (
        "SELECT seq, place, hash, name, size, media, width, height FROM attached LIMIT 0",
        list[tuple[int, ...]],
    ),
    (
        "SELECT hash, width, height, size, media FROM thumbnails",
        list[tuple[FileHash, PictureSide, PictureSide, Seq, str]],
    ),
)


def _check(database: sqlite3.Connection) -> None:
    """Look whether all that is read at opening is what it should be: SQLite's own check does not."""
    try:
        for select, rows in _CHECKED:
            msgspec.convert(database.execute(select).fetchall(), rows)
        msgspec.convert(dict(database.execute("SELECT key, value FROM meta").fetchall()), _Meta)
    except msgspec.ValidationError as error:
        raise _Damaged(str(error)) from error


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def connect(path: Path | str) -> sqlite3.Connection:
    """Open a database, and let nobody else; raises for a damaged one as well."""
    database = sqlite3.connect(path, isolation_level=None, timeout=0)
    # One spoilt byte in a text must not make its whole page unreadable for everybody.
    database.text_factory = _lenient
    try:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        # A text that was deleted lingers in no free page. In the write-ahead log it does until that
        # is written over: after a few hundred pages, or the next closing.
        database.execute("PRAGMA secure_delete = ON")
        # A checkpoint is written in one go, in the event loop: smaller ones, more often.
        database.execute("PRAGMA wal_autocheckpoint = 512")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise _Damaged("written by a newer Papo")
        create(database, version)
        _check(database)
        small = isinstance(path, Path) and path.stat().st_size <= CHECK_BYTES
        if small or needs_a_check(database):
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise _Damaged(verdict)
        database.execute("UPDATE meta SET value = 0 WHERE key = 'closed'")
    except BaseException:
        database.close()
        raise
    return database
