"""The log: all messages of a room, in order, on the host's disk.

SQLite in WAL mode with `synchronous=FULL`: what `commit()` wrote survives a power cut. All that one
turn of the event loop brings is one transaction, so that its cost is shared (group commit).
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from app.protocol.messages import Said
from app.room.log_file import StorageError, connect, open_database
from app.support.files import Loaded

RECENT = 20_000
"""Messages that are looked through where the word index cannot help: scripts without spaces."""

FORGETFUL = 10_000
"""Messages whose cid is remembered where nothing is kept, so that a repeated one is known."""

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


class Log:
    """The messages of one room. Owns its database; nobody else writes to it.

    Sequence numbers start at 1 and have no holes. `last_seq` is the newest committed one.
    `keeps` False: messages are numbered and forgotten, as the history policy "none" asks.
    """

    def __init__(self, database: sqlite3.Connection, *, keeps: bool = True) -> None:
        self._db = database
        self.keeps = keeps
        (stored,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM messages").fetchone()
        self.last_seq: int = stored
        self._stored: int = stored
        # A log that forgets begins anew at each opening, and says so.
        self.id = self._read_id() if keeps else secrets.token_bytes(16)
        self._devices: dict[bytes, int] = dict(
            self._db.execute("SELECT device, id FROM devices").fetchall()
        )
        self._fresh: list[tuple[bytes, Said]] = []
        self._fresh_seqs: dict[tuple[bytes, bytes], int] = {}
        self._notes: list[tuple[str, tuple[object, ...]]] = []
        self._late: list[tuple[str, tuple[object, ...]]] = []
        self._forgotten: dict[tuple[bytes, bytes], int] = {}
        (indexed,) = self._db.execute("SELECT value FROM meta WHERE key = 'indexed'").fetchone()
        self._indexed: int = indexed

    @classmethod
    def open(cls, path: Path | None, *, keeps: bool = True) -> Loaded[Log]:
        """Open the log at `path`, or one in memory; a damaged file is set aside, a new one begun.

        Raises StorageError where the disk refuses, LogInUse where another process was first.
        """
        if path is None:
            return Loaded(cls(connect(":memory:"), keeps=keeps), None)
        opened = open_database(path)
        return Loaded(cls(opened.value, keeps=keeps), opened.set_aside)

    def close(self) -> None:
        """Commit what is left and close, so that the next opening is quick."""
        try:
            self.commit()
            self._db.execute("UPDATE meta SET value = 1 WHERE key = 'closed'")
        except (StorageError, sqlite3.Error):
            pass
        self._db.close()

    # --- writing ----------------------------------------------------------------------------------

    @property
    def next_seq(self) -> int:
        """The number that the next message gets."""
        return self.last_seq + len(self._fresh) + 1

    def append(self, device: bytes, said: Said) -> None:
        """Add what `device` says to this turn's transaction; its `seq` is `next_seq`."""
        assert said.seq == self.next_seq
        self._fresh.append((device, said))
        self._fresh_seqs[device, said.cid] = said.seq

    def seq_of(self, device: bytes, cid: bytes) -> int | None:
        """Return the number that this message got already, or None.

        Where messages are kept, one of an earlier turn is not looked for: nearly every message is
        new, and `commit()` learns from the unique index of those that are not.
        """
        name = (device, cid)
        fresh = self._fresh_seqs.get(name) or self._forgotten.get(name)
        return fresh if fresh is not None or self.keeps else self.committed_seq_of(device, cid)

    def committed_seq_of(self, device: bytes, cid: bytes) -> int | None:
        """Return the number that this message has on the disk, or None."""
        if device not in self._devices:
            return None
        row = self._db.execute(
            "SELECT seq FROM messages WHERE cid = ? AND device = ?", (cid, self._devices[device])
        ).fetchone()
        return row[0] if row else None

    @property
    def is_dirty(self) -> bool:
        """Whether anything was said that `commit()` has to write before it may be known.

        What a room notes besides is in no hurry: it goes along, or with the next `tick`.
        """
        return bool(self._fresh)

    @property
    def has_notes(self) -> bool:
        """Whether `commit()` has anything to write at all."""
        return bool(self._fresh or self._notes)

    def commit(self) -> list[int]:
        """Write the turn's transaction; returns once it is on the disk.

        Returns the number of each message of the turn, as it was appended: an old one for what the
        log had already, and so, after that, others than they were appended with. Raises StorageError
        where the disk refuses: then no message of it was kept, and none has a number. What was
        noted besides is written with the next transaction that can be.
        """
        fresh, self._fresh = self._fresh, []
        self._fresh_seqs.clear()
        seqs = [said.seq for _, said in fresh]
        notes = self._late + self._notes
        self._notes, self._late = [], []
        if not self.keeps:
            # These need no disk, so no disk can refuse them.
            self._forget(fresh)
            fresh = []
        if not fresh and not notes:
            return seqs
        try:
            try:
                self._write(fresh, notes)
            except sqlite3.IntegrityError:
                self._roll_back()
                fresh, seqs = self._without_known(fresh)
                self._write(fresh, notes)
        except sqlite3.Error as error:
            self._roll_back()
            self._late = notes
            if not self.keeps:
                return seqs
            raise StorageError(str(error)) from error
        if fresh:
            self.last_seq += len(fresh)
            self._stored = self.last_seq
        return seqs

    def _write(
        self, fresh: list[tuple[bytes, Said]], notes: list[tuple[str, tuple[object, ...]]]
    ) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        for statement, values in notes:
            self._db.execute(statement, values)
        if fresh:
            self._db.executemany(
                "INSERT INTO messages (seq, member, device, nick, at, cid, text)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [self._row(device, said) for device, said in fresh],
            )
        self._db.execute("COMMIT")

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._devices = dict(self._db.execute("SELECT device, id FROM devices").fetchall())

    def _without_known(
        self, fresh: list[tuple[bytes, Said]]
    ) -> tuple[list[tuple[bytes, Said]], list[int]]:
        """Leave out what the log has, and number the others anew; return all numbers as well."""
        unknown: list[tuple[bytes, Said]] = []
        seqs = []
        for device, said in fresh:
            seq = self.committed_seq_of(device, said.cid)
            if seq is None:
                seq = self.last_seq + len(unknown) + 1
                unknown.append((device, msgspec.structs.replace(said, seq=seq)))
            seqs.append(seq)
        return unknown, seqs

    def choose(self, *, keeps: bool) -> None:
        """Keep what is said from now on, or forget it."""
        if self.keeps and not keeps:
            # The numbers of what is forgotten are given again after the next opening: from then on
            # it is another log.
            statement = "UPDATE meta SET value = ? WHERE key = 'id'"
            self._notes.append((statement, (secrets.token_bytes(16),)))
        self.keeps = keeps

    def _row(self, device: bytes, said: Said) -> tuple[object, ...]:
        number = self._devices.get(device)
        if number is None:
            number = len(self._devices) + 1
            self._db.execute("INSERT INTO devices (id, device) VALUES (?, ?)", (number, device))
            self._devices[device] = number
        return (said.seq, said.author, number, said.nick, said.at, said.cid, said.text)

    def _forget(self, fresh: list[tuple[bytes, Said]]) -> None:
        self.last_seq += len(fresh)
        for device, said in fresh:
            self._forgotten[device, said.cid] = said.seq
        while len(self._forgotten) > FORGETFUL:
            del self._forgotten[next(iter(self._forgotten))]

    # --- reading ----------------------------------------------------------------------------------

    @property
    def start(self) -> int:
        """The log holds nothing at or before this number."""
        return 0 if self.keeps else self.last_seq

    def between(self, after: int, until: int, limit: int, *, newest: bool) -> list[Said]:
        """Return up to `limit` committed messages of `(after, until]`, in order.

        The oldest of the range, or its newest where `newest` is set.
        """
        order = "DESC" if newest else "ASC"
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM messages JOIN devices ON devices.id = messages.device"  # noqa: S608
            f" WHERE seq > ? AND seq <= ? ORDER BY seq {order} LIMIT ?",
            (after, until, limit),
        ).fetchall()
        said = [_said(row) for row in rows]
        return said[::-1] if newest else said

    def search(self, query: str, after: int, before: int, limit: int) -> list[Said]:
        """Return up to `limit` messages of `(after, before)` with all words of `query`.

        Newest first. The last word may be the beginning of one. In scripts without spaces the text
        itself is looked through, in the newest messages alone: the answer stays bounded.
        """
        if _WITHOUT_SPACES.search(query):
            where, terms = "instr(text, ?) AND seq > ?", (query.strip(), self._stored - RECENT)
        else:
            match = fts_query(query)
            if not match:
                return []
            self.index(RECENT // 20)
            where = _IN_WORDS
            terms = (match, before)
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM messages JOIN devices ON devices.id = messages.device"  # noqa: S608
            f" WHERE seq > ? AND seq < ? AND {where} ORDER BY seq DESC LIMIT ?",
            (after, before, *terms, limit),
        ).fetchall()
        return [_said(row) for row in rows]

    def index(self, limit: int) -> bool:
        """Put up to `limit` messages into the word index; return whether any are left.

        Indexing is left for quiet moments: at full speed it would double the cost of a message.
        """
        if self._indexed >= self._stored:
            return False
        upto = min(self._indexed + limit, self._stored)
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO words (rowid, text)"
                " SELECT seq, text FROM messages WHERE seq > ? AND seq <= ?",
                (self._indexed, upto),
            )
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'indexed'", (upto,))
            self._db.execute("COMMIT")
        except sqlite3.Error:
            # No room for the index today; the messages themselves are safe.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            return False
        self._indexed = upto
        return upto < self._stored

    # --- what a room remembers besides -----------------------------------------------------------

    def members(self) -> Iterable[tuple[bytes, str, int]]:
        """Return device, nickname key and number of everyone who was ever here."""
        return self._db.execute("SELECT device, key, number FROM members").fetchall()

    def floors(self) -> dict[bytes, int]:
        """Return after which number each device may read."""
        return dict(self._db.execute("SELECT device, floor FROM floors").fetchall())

    def topic(self) -> str:
        """Return the topic of the last time."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'topic'").fetchone()
        return str(row[0]) if row else ""

    def note_member(self, device: bytes, key: str, number: int) -> None:
        """Remember, with this turn's transaction, whose number this is."""
        statement = "INSERT OR IGNORE INTO members (device, key, number) VALUES (?, ?, ?)"
        self._notes.append((statement, (device, key, number)))

    def note_floor(self, device: bytes, floor: int) -> None:
        """Remember, with this turn's transaction, after which number this device may read."""
        statement = "INSERT OR REPLACE INTO floors (device, floor) VALUES (?, ?)"
        self._notes.append((statement, (device, floor)))

    def note_topic(self, topic: str) -> None:
        """Remember the topic, with this turn's transaction."""
        statement = "INSERT OR REPLACE INTO meta (key, value) VALUES ('topic', ?)"
        self._notes.append((statement, (topic,)))

    def _read_id(self) -> bytes:
        (value,) = self._db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()
        return bytes(value)


_IN_WORDS = """seq IN (
    SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT 1000
)"""
_COLUMNS = "seq, member, nick, devices.device, at, cid, text"


def fts_query(text: str) -> str:
    """Return `text` as an FTS5 query for all of its words; empty where it has none.

    Each word stands in quotes, so nothing that a person types is FTS syntax.
    """
    words = re.findall(r"\w+", text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    # The index holds prefixes of two and three letters; of one, too much would begin with it.
    return " ".join([*quoted[:-1], quoted[-1] + ("*" if len(words[-1]) > 1 else "")])


def _said(row: tuple[int, int, str, bytes, int, bytes, str]) -> Said:
    seq, author, nick, device, at, cid, text = row
    return Said(seq=seq, author=author, nick=nick, device=device, at=at, cid=cid, text=text)
