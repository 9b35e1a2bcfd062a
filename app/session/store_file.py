"""The file behind a `RoomStore`: opening, checking, setting aside, and what can go wrong with it.

Whatever the disk or the file does wrong comes out as `StoreFailed`, and nothing else.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from app.protocol.messages import Seq
from app.session import store_transfers
from app.session.files.transfer import Transfer
from app.session.store_schema import MIGRATIONS, VERSION
from app.support.files import make_private_file, set_aside

CHECKED = 4 * 1024 * 1024
"""Bytes of a file that is checked as a whole on opening: in about 30 ms. What is shown at once of a
larger one is read on opening; damage elsewhere in it shows when it is read."""

CHECKPOINT_PAGES = 250
"""Pages of the write-ahead log after which it is moved into the file: 1 MiB, a few milliseconds."""


SHRINK_BYTES = 16 * 1024 * 1024
"""Bytes of a file no longer needed that are freed in one go: in about 4 ms; all of it may take 50."""


class StoreProblem(StrEnum):
    """What is wrong with a store: to be said to the person."""

    DAMAGED = "store-damaged"
    NEWER = "store-newer"
    """Written by a newer Papo."""
    IN_USE = "store-in-use"
    """Another Papo has this room open; nothing is kept here."""
    FULL = "store-full"
    UNWRITABLE = "store-unwritable"


class StoreFailed(Exception):
    """The disk or the file refused; what was not committed is gone."""

    def __init__(self, problem: StoreProblem, reason: str) -> None:
        super().__init__(reason)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message, edit or reaction of one's own that is not in the replica yet. `at`: Unix ms.

    `seq` is 0 until the host has acknowledged it; `failure` is None unless it was refused. `to` is
    the device that it is private for, under the nickname `to_nick`; empty where it is for everyone.
    `files` is how many files go with it: the transfers that have its cid. `act` is "edit", "react" or
    "unreact" where it is done to the message `about`; else it is a message, which answers `about`, or
    nothing.
    """

    cid: bytes
    text: str
    at: int
    failure: str | None = None
    seq: int = 0
    to: bytes = b""
    to_nick: str = ""
    act: str = ""
    about: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages of `(after, until]` that the host had not to give; noticed at `at`."""

    after: int
    until: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the room. The replica is `(start, covered]` where `kept`, else nothing."""

    log: bytes = b""
    name: str = ""
    topic: str = ""
    draft: str = ""
    kept: bool = False
    start: int = 0
    covered: int = 0
    private: int = 0
    """All private messages up to this number are here, where `kept`."""


SUFFIXES = ("", "-wal", "-shm", "-journal")
_PROBLEMS = {
    sqlite3.SQLITE_BUSY: StoreProblem.IN_USE,
    sqlite3.SQLITE_LOCKED: StoreProblem.IN_USE,
    sqlite3.SQLITE_FULL: StoreProblem.FULL,
    **dict.fromkeys(
        (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_AUTH,
            sqlite3.SQLITE_NOMEM,
        ),
        StoreProblem.UNWRITABLE,
    ),
}


_UNREADABLE = (sqlite3.Error, msgspec.ValidationError, UnicodeDecodeError)


def connect(path: Path | None) -> sqlite3.Connection:
    """Open a file, private to its owner, or a database in memory."""
    if path is not None:
        path.touch(mode=0o600)
        make_private_file(path)
    # No time-out: who has the file keeps it, and the event loop does not wait.
    return sqlite3.connect(path or ":memory:", timeout=0, isolation_level=None)


def prepare(connection: sqlite3.Connection, path: Path | None) -> None:
    """Take the file for this process, check it, and bring it to the newest version."""
    execute = connection.execute
    execute("PRAGMA locking_mode = EXCLUSIVE")
    execute("PRAGMA journal_mode = WAL")
    execute("PRAGMA synchronous = FULL")
    # A text that was deleted lingers in no free page.
    execute("PRAGMA secure_delete = ON")
    execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    execute("PRAGMA temp_store = MEMORY")
    execute("BEGIN IMMEDIATE")
    (version,) = execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise StoreFailed(StoreProblem.NEWER, f"version {version}")
    if version < 0 or (version == 0 and execute("SELECT 1 FROM sqlite_master").fetchone()):
        raise StoreFailed(StoreProblem.DAMAGED, "somebody else's file")
    if path is not None and path.stat().st_size <= CHECKED:
        (found,) = execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StoreFailed(StoreProblem.DAMAGED, found)
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            execute(statement)
    execute(f"PRAGMA user_version = {VERSION}")
    execute("COMMIT")


def essentials(connection: sqlite3.Connection) -> tuple[Facts, list[Outgoing]]:
    """Read the facts, and the outbox from the oldest on."""
    # A damaged file that is being rescued may be of a version before there were private messages,
    # or anything but messages.
    columns = {
        name for (name,) in connection.execute("SELECT name FROM pragma_table_info('outbox')")
    }
    private = "private_with" in columns
    newest, to = ("private", "private_with, private_nick") if private else ("0", "x'', ''")
    act = "act, about" if "act" in columns else "'', 0"
    files = "files" if "files" in columns else "0"
    facts = f"SELECT log, name, topic, draft, kept <> 0, start, covered, {newest} FROM room"  # noqa: S608
    outbox = "SELECT cid, text, at, CASE WHEN failed THEN failure END, seq,"
    outbox += f" {to}, {act}, {files} FROM outbox ORDER BY place"
    log, name, topic, draft, kept, start, covered, mark = msgspec.convert(
        connection.execute(facts).fetchone(), tuple[bytes, str, str, str, int, Seq, Seq, Seq]
    )
    rows = msgspec.convert(
        connection.execute(outbox).fetchall(),
        list[tuple[bytes, str, int, str | None, int, bytes, str, str, int, int]],
    )
    return Facts(log, name, topic, draft, bool(kept), start, covered, mark), [
        Outgoing(*row) for row in rows
    ]


def put_outgoing(execute: Callable[..., sqlite3.Cursor], message: Outgoing) -> None:
    """Keep a message at the end, or as it stands now in its old place."""
    failed = message.failure is not None
    values = (clean(message.text), message.at, message.failure or "", failed, message.seq)
    to = (message.to, clean(message.to_nick), message.act, message.about, message.files)
    execute(
        "INSERT INTO outbox"
        " (text, at, failure, failed, seq, private_with, private_nick, act, about, files, cid)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (cid) DO UPDATE SET failure = excluded.failure,"
        " failed = excluded.failed, seq = excluded.seq, about = excluded.about,"
        " files = excluded.files",
        (*values, *to, message.cid),
    )


def put_facts(execute: Callable[..., sqlite3.Cursor], facts: Facts) -> None:
    """Keep what is known of the room."""
    execute(
        "UPDATE room SET log = ?, name = ?, topic = ?, draft = ?, kept = ?, start = ?,"
        " covered = ?, private = ?",
        astuple(facts),
    )


def rescued(aside: Path) -> tuple[list[Outgoing], list[Transfer], Facts]:
    """Read outbox, transfers and facts out of a damaged file, or nothing."""
    with closing(sqlite3.connect(aside, timeout=0)) as connection:
        try:
            facts, outbox = essentials(connection)
        except _UNREADABLE:
            return [], [], Facts()
        try:
            transfers = store_transfers.read(connection)
        except _UNREADABLE:
            transfers = []
    return outbox, transfers, facts


def set_file_aside(path: Path) -> Path:
    """Set a file aside with what SQLite wrote beside it; return where it is now."""
    aside = set_aside(path)
    for suffix in SUFFIXES[1:]:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + suffix))
    return aside


def delete(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Delete a file and what SQLite wrote beside it, as far as they are there."""
    for suffix in suffixes:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def leftover(path: Path) -> Path:
    """Return where a file that was replaced lies until it is freed."""
    return path.with_name(f".{path.name}.old")


def keep_leftover(path: Path) -> None:
    """Let a file that is about to be replaced live on, so that it can be freed in portions."""
    if path.stat().st_size > SHRINK_BYTES:
        # Where the file system has no links it is freed at once.
        with suppress(OSError):
            leftover(path).unlink(missing_ok=True)
            leftover(path).hardlink_to(path)


def shrink_leftover(path: Path) -> bool:
    """Free a portion of a file that was replaced; return whether there is more of it."""
    old = leftover(path)
    if not old.exists():
        return False
    size = old.stat().st_size - SHRINK_BYTES
    if size <= 0:
        old.unlink()
        return False
    os.truncate(old, size)
    return True


def clean(text: str) -> str:
    """Half a surrogate pair cannot be stored as UTF-8; Qt hands one out when a paste was cut."""
    return text.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def translated() -> Iterator[None]:
    """Let everything that is the environment's fault come out as StoreFailed."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        # The low byte is the kind; what SQLite cannot read (no code) is damage as well.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        raise StoreFailed(_PROBLEMS.get(code, StoreProblem.DAMAGED), str(error)) from error
    # A text that is no UTF-8 is one or the other of SQLite's errors, by where its bytes are wrong.
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        raise StoreFailed(StoreProblem.DAMAGED, str(error)) from error
    except OSError as error:
        raise StoreFailed(StoreProblem.UNWRITABLE, str(error)) from error
