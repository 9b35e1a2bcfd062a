"""`RoomStore`: what a member's computer keeps of one room, in one SQLite file.

The replica (the log as this member knows it, one contiguous range), the outbox, the draft. Changes
gather in a transaction until `commit`; reads see them at once. One process has the file at a time.
Whatever the disk or the file does wrong comes out as `StoreFailed`, and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import msgspec

from app.protocol.messages import Said
from app.session.store_schema import MIGRATIONS, VERSION
from app.session.words import fold, tokens
from app.support.files import Loaded, make_private_file, make_private_folder, set_aside

CHECKED = 4 * 1024 * 1024
"""Bytes of a file that is checked as a whole on opening: in about 30 ms. What is shown at once of a
larger one is read on opening; damage elsewhere in it shows when it is read."""

CHECKPOINT_PAGES = 250
"""Pages of the write-ahead log after which it is moved into the file: 1 MiB, a few milliseconds."""

MERGE_PAGES = 16
"""Pages of the index that one `tend` merges at most: a few milliseconds."""

MAX_ROWS = 200
"""Rows that one read returns."""


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
    """A message of one's own that is not in the replica yet. `at`: Unix milliseconds.

    `seq` is 0 until the host has acknowledged it; `failure` is None unless it was refused.
    """

    cid: bytes
    text: str
    at: int
    failure: str | None = None
    seq: int = 0


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


_Row = tuple[int, int, str, bytes, int, bytes, str]
_COLUMNS = "seq, author, nick, device, at, cid, text"
_SUFFIXES = ("", "-wal", "-shm", "-journal")
_MOST = 2**63 - 1
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


class RoomStore:
    """One room's file, open. Owns the connection; knows no clock.

    `problem` says what went wrong on loading: then the store may be empty, or in memory alone.
    """

    def __init__(self, path: Path | None, *, problem: str = "") -> None:
        """Open `path`, or a store in memory; raises StoreFailed. See `load` for what to use."""
        self.path = path
        self.problem = problem
        self.facts = Facts()
        self.outbox: dict[bytes, Outgoing] = {}
        """What is not acknowledged or not in the replica, oldest first, by cid."""
        self._connection = _connect(path)
        with _translated():
            try:
                _prepare(self._connection)
                self._read_all()
            except BaseException:
                self._connection.close()
                raise

    @classmethod
    def load(cls, path: Path) -> Loaded[RoomStore]:
        """Open the room's file, or make it. Never fails: at worst the store is in memory.

        A damaged file, or one of a newer Papo, is set aside; the outbox and the draft are saved
        from it where they can be read.
        """
        try:
            make_private_folder(path.parent)
            return Loaded(cls(path))
        except OSError:
            return Loaded(cls(None, problem=StoreProblem.UNWRITABLE))
        except StoreFailed as failed:
            if failed.problem not in {StoreProblem.DAMAGED, StoreProblem.NEWER}:
                return Loaded(cls(None, problem=failed.problem))
            problem = failed.problem
        try:
            aside = _set_aside(path)
            store = cls(path, problem=problem)
        except (OSError, StoreFailed):
            return Loaded(cls(None, problem=problem))
        if problem is StoreProblem.DAMAGED:
            store.take_over(*_rescued(aside))
        return Loaded(store, aside)

    @classmethod
    def in_memory(cls) -> RoomStore:
        """Return a store that keeps nothing beyond this run."""
        return cls(None)

    # --- the room, the draft --------------------------------------------------------------------

    def note(self, **values: str | bytes) -> None:
        """Change facts by name: log, name, topic, draft."""
        clean = {k: _clean(v) if isinstance(v, str) else v for k, v in values.items()}
        self._set_facts(replace(self.facts, **clean))

    def take_over(self, outbox: Iterable[Outgoing], draft: str) -> None:
        """Put into an empty store what was saved from another, and commit it."""
        with self._changing():
            for message in outbox:
                self.put_outgoing(message)
            self.note(draft=draft)
        self.commit()

    # --- the outbox -----------------------------------------------------------------------------

    def put_outgoing(self, message: Outgoing) -> None:
        """Keep a message at the end, or as it stands now in its old place."""
        with self._changing() as execute:
            failed = message.failure is not None
            values = (_clean(message.text), message.at, message.failure or "", failed, message.seq)
            execute(
                "INSERT INTO outbox (text, at, failure, failed, seq, cid) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (cid) DO UPDATE SET failure = excluded.failure,"
                " failed = excluded.failed, seq = excluded.seq",
                (*values, message.cid),
            )
        self.outbox[message.cid] = message

    def drop_outgoing(self, cid: bytes) -> None:
        """Forget a message that is in the replica now, or given up; harmless where unknown."""
        if self.outbox.pop(cid, None) is not None:
            with self._changing() as execute:
                execute("DELETE FROM outbox WHERE cid = ?", (cid,))

    # --- the replica ----------------------------------------------------------------------------

    def begin(self, at: int) -> None:
        """Keep messages from now on: all after `at`."""
        self._set_facts(replace(self.facts, kept=True, start=at, covered=at))

    def add(self, after: int, until: int, said: Iterable[Said]) -> None:
        """Keep `said`, which is all of `(after, until]`; what does not join up with the range is not."""
        facts = self.facts
        if not facts.kept:
            return
        if after <= facts.covered < until:
            self._insert(one for one in said if one.seq > facts.covered)
            self._set_facts(replace(facts, covered=until))
        elif after < facts.start <= until:
            self._insert(one for one in said if one.seq <= facts.start)
            self._set_facts(replace(facts, start=after))

    def add_single(self, said: Said) -> None:
        """Keep a message of the range that no page showed; one that is there already stays."""
        if self.facts.kept and self.facts.start < said.seq <= self.facts.covered:
            with self._changing() as execute:
                known = execute("SELECT 1 FROM said WHERE seq = ?", (said.seq,)).fetchone()
            if known is None:
                self._insert((said,))

    def add_gap(self, gap: Gap) -> None:
        """Note that messages are missing; a gap that goes on from another is one with it."""
        if not self.facts.kept:
            return
        with self._changing() as execute:
            execute(
                "UPDATE gaps SET until = ? WHERE until = ?", (gap.until, gap.after)
            ).rowcount or execute(
                "INSERT OR REPLACE INTO gaps (after, until, at) VALUES (?, ?, ?)",
                (gap.after, gap.until, gap.at),
            )

    def before(self, seq: int, limit: int = MAX_ROWS) -> tuple[Said, ...]:
        """Return the newest messages kept up to and with `seq`, in order."""
        return self._read("seq <= ? ORDER BY seq DESC LIMIT ?", (seq, limit))[::-1]

    def gaps(self, after: int, until: int) -> tuple[Gap, ...]:
        """Return the gaps that end in `(after, until]`, in order."""
        with self._reading() as execute:
            rows = execute(
                "SELECT after, until, at FROM gaps WHERE until > ? AND until <= ? ORDER BY after",
                (after, until),
            )
            return tuple(Gap(*msgspec.convert(row, tuple[int, int, int])) for row in rows)

    def between(self, after: int, until: int, match: str, limit: int) -> tuple[Said, ...]:
        """Return messages of `(after, until]` that hold all words of `match`, newest first."""
        words = ""
        values: tuple[object, ...] = (after, until)
        if match:
            words = "seq IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid > ?"
            words += " AND rowid <= ? ORDER BY rowid DESC LIMIT ?) AND"
            values = (match, after, until, limit, *values)
        where = f"{words} seq > ? AND seq <= ? ORDER BY seq DESC LIMIT ?"
        return self._read(where, (*values, limit))

    def start_anew(self) -> None:
        """Forget every message of the room, but neither outbox nor draft. Commits at once."""
        old = self.facts
        kept, self.outbox = self.outbox, {}
        with _translated():
            self._connection.close()
            if self.path is None:
                self._open_again(Facts(), kept, old)
                return
            # A new file takes the old one's place as a whole: at no moment is the outbox nowhere,
            # and a million messages go as fast as one.
            new = self.path.with_name(f".{self.path.name}.new")
            _delete(new)
            with closing(RoomStore(new)) as fresh:
                fresh.take_over(kept.values(), old.draft)
            _delete(self.path, _SUFFIXES[1:])
            new.replace(self.path)
            self._open_again(Facts(), {}, old)

    def _open_again(self, facts: Facts, outbox: dict[bytes, Outgoing], old: Facts) -> None:
        self.facts = facts
        self._connection = _connect(self.path)
        _prepare(self._connection)
        self._read_all()
        for message in outbox.values():
            self.put_outgoing(message)
        self.note(name=old.name, topic=old.topic, draft=old.draft)
        self.commit()

    # --- the file -------------------------------------------------------------------------------

    def commit(self) -> None:
        """Put all changes on the disk. Costs nothing where there are none."""
        if self._connection.in_transaction:
            with self._changing() as execute:
                execute("COMMIT")

    def tend(self) -> bool:
        """Do a few milliseconds' work on the index; return whether more is worth doing."""
        with self._changing() as execute:
            before = self._connection.total_changes
            execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (MERGE_PAGES,))
            # SQLite's own sign that a merge found something to do.
            worth = self._connection.total_changes - before >= 2
        self.commit()
        return worth

    def close(self) -> None:
        """Commit and close; closing again does nothing. What the disk refuses now is lost."""
        try:
            self.commit()
        except StoreFailed:
            pass
        finally:
            self._connection.close()

    def replace_damaged(self) -> Path | None:
        """Set the file aside, go on with a new one, and save outbox and draft into it."""
        kept, self.outbox = self.outbox, {}
        draft = self.facts.draft
        with _translated():
            self._connection.close()
            aside = _set_aside(self.path) if self.path is not None else None
            self._open_again(Facts(), kept, replace(Facts(), draft=draft))
        return aside

    def forget(self) -> None:
        """Close, and delete everything that was kept of the room."""
        with _translated():
            self._connection.rollback()
            self._connection.close()
            if self.path is not None:
                _delete(self.path)

    # --- parts ----------------------------------------------------------------------------------

    @contextmanager
    def _changing(self) -> Iterator[_Execute]:
        connection = self._connection
        with _translated():
            try:
                if not connection.in_transaction:
                    connection.execute("BEGIN IMMEDIATE")
                yield connection.execute
            except sqlite3.Error:
                # Half a change is none; what is remembered follows what the file holds.
                if connection.in_transaction:
                    connection.rollback()
                self._read_all()
                raise

    @contextmanager
    def _reading(self) -> Iterator[_Execute]:
        with _translated():
            yield self._connection.execute

    def _insert(self, said: Iterable[Said]) -> None:
        with self._changing() as execute:
            for one in said:
                at = max(-_MOST, min(one.at, _MOST))
                execute(
                    f"INSERT INTO said ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                    (one.seq, one.author, one.nick, one.device, at, one.cid, one.text),
                )
                words = " ".join(tokens(fold(one.text)))
                execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (one.seq, words))

    def _read(self, where: str, values: tuple[object, ...]) -> tuple[Said, ...]:
        with self._reading() as execute:
            rows = execute(f"SELECT {_COLUMNS} FROM said WHERE {where}", values)  # noqa: S608
            return tuple(_said(msgspec.convert(row, _Row)) for row in rows)

    def _set_facts(self, facts: Facts) -> None:
        if facts == self.facts:
            return
        with self._changing() as execute:
            execute(
                "UPDATE room SET log = ?, name = ?, topic = ?, draft = ?, kept = ?, start = ?,"
                " covered = ?",
                (
                    facts.log,
                    facts.name,
                    facts.topic,
                    facts.draft,
                    facts.kept,
                    facts.start,
                    facts.covered,
                ),
            )
        self.facts = facts

    def _read_all(self) -> None:
        """Read what is remembered, and what will be shown first: it must be sound."""
        execute = self._connection.execute
        row = execute("SELECT log, name, topic, draft, kept, start, covered FROM room").fetchone()
        self.facts = Facts(*msgspec.convert(row, tuple[bytes, str, str, str, bool, int, int], strict=False))
        self.outbox = {message.cid: message for message in _outgoing(self._connection)}
        self.before(self.facts.covered)
