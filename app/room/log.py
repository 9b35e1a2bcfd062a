"""The log: all messages of a room, in order, on the host's disk.

SQLite in WAL mode with `synchronous=FULL`: what `commit()` wrote survives a power cut. All that one
turn of the event loop brings is one transaction, so that its cost is shared (group commit).
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from app.protocol.messages import MESSAGES, FileLine, ListFiles, Said, SaidKind
from app.room.files.lines import row_text
from app.room.forgotten import Forgotten
from app.room.log_blanking import changing, is_purge_due, purging
from app.room.log_file import StorageError, connect, open_database
from app.room.log_listing import files
from app.room.log_reading import (
    EDIT,
    FILES,
    NUMBERS,
    RECENT,
    between,
    fts_query,
    is_unspaced,
    line,
    reactions,
    search,
)
from app.room.reactions import Reactions
from app.support.files import Loaded


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
        self._bound: list[tuple[str, tuple[object, ...]]] = []
        self._forgotten = Forgotten()
        self._deleting: dict[int, int] = {}
        self.reactions = Reactions(lambda seq: reactions(self._db, seq))
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
        if said.kind == "delete":
            self._deleting[said.about] = said.seq
        elif said.kind in {"react", "unreact"}:
            on = said.kind == "react"
            self.reactions.note(said.seq, said.about, device, said.text, on=on)

    def seq_of(self, device: bytes, cid: bytes) -> int | None:
        """Return the number that this message got already, or None.

        Where messages are kept, one of an earlier turn is not looked for: nearly every message is
        new, and `commit()` learns from the unique index of those that are not.
        """
        fresh = self._fresh_seqs.get((device, cid)) or self._forgotten.seq_of(device, cid)
        return fresh if fresh is not None or self.keeps else self.committed_seq_of(device, cid)

    def committed_seq_of(self, device: bytes, cid: bytes) -> int | None:
        """Return the number that this message has on the disk, or None."""
        if device not in self._devices:
            return None
        row = self._db.execute(
            "SELECT seq FROM messages WHERE cid = ? AND device = ?", (cid, self._devices[device])
        ).fetchone()
        return row[0] if row else None

    def line(self, seq: int) -> tuple[bytes, SaidKind] | None:
        """Return whose device said the committed line of that number, and what it is, or None."""
        return line(self._db, seq) or self._forgotten.line(seq)

    def message(self, seq: int, floor: int) -> tuple[bytes, SaidKind] | None:
        """Return the same of a line after `floor` that is a message, deleted or not; else None."""
        found = self.line(seq) if max(floor, 0) < seq <= self.last_seq else None
        return found if found is not None and found[1] in MESSAGES else None

    def shows_file(self, digest: bytes, floor: int) -> bool:
        """Tell whether a committed line after `floor` that is not deleted has a file of that hash."""
        if self._forgotten.shows_file(digest, floor):
            return True
        row = self._db.execute(
            "SELECT 1 FROM attached WHERE hash = ? AND seq > ? LIMIT 1",
            (digest, max(floor, self.start)),
        ).fetchone()
        return row is not None

    def has_file(self, digest: bytes) -> bool:
        """Tell whether any line at all has it, so that it must be kept."""
        row = self._db.execute("SELECT 1 FROM attached WHERE hash = ? LIMIT 1", (digest,))
        return row.fetchone() is not None or self._forgotten.shows_file(digest, 0)

    def deletion_of(self, seq: int) -> int:
        """Return the number of the line that deletes, or in this turn will delete, another; or 0."""
        known = self._deleting.get(seq) or self._forgotten.deletion_of(seq)
        if known:
            return known
        row = self._db.execute(
            "SELECT about FROM messages WHERE seq = ? AND kind = 1", (seq,)
        ).fetchone()
        return row[0] if row else 0

    @property
    def is_dirty(self) -> bool:
        """Whether anything was said that `commit()` has to write before it may be known.

        What a room notes besides is in no hurry: it goes along, or with the next `tick`.
        """
        return bool(self._fresh or self._bound)

    @property
    def has_notes(self) -> bool:
        """Whether `commit()` has anything to write at all."""
        return bool(self._fresh or self._bound or self._notes)

    def commit(self) -> list[int]:
        """Write the turn's transaction; returns once it is on the disk.

        Returns the number of each message of the turn, as it was appended: an old one for what the
        log had already, and so, after that, others than they were appended with. Raises StorageError
        where the disk refuses: then no message of it was kept, and none has a number. What was
        noted besides is written with the next transaction that can be.
        """
        fresh, self._fresh = self._fresh, []
        self._fresh_seqs.clear()
        self._deleting.clear()
        seqs = [said.seq for _, said in fresh]
        notes = self._late + self._notes
        bound, self._bound = self._bound, []
        self._notes, self._late = [], []
        if not self.keeps:
            # These need no disk, so no disk can refuse them.
            self._forget(fresh)
            notes += bound
            # What is deleted or edited may have been said while messages were kept.
            for _, said in fresh:
                if said.kind not in {"text", "files"}:
                    notes += changing(said)
            fresh = []
            bound = []
        if not fresh and not notes and not bound:
            return seqs
        try:
            try:
                self._write(fresh, notes, bound)
            except sqlite3.IntegrityError:
                self._roll_back()
                fresh, seqs = self._without_known(fresh)
                self._write(fresh, notes, bound)
        except sqlite3.Error as error:
            self._roll_back()
            self._late = notes
            if not self.keeps:
                return seqs
            self.reactions.forget()
            raise StorageError(str(error)) from error
        if fresh:
            self.last_seq += len(fresh)
            self._stored = self.last_seq
        return seqs

    def _write(
        self,
        fresh: list[tuple[bytes, Said]],
        notes: list[tuple[str, tuple[object, ...]]],
        bound: list[tuple[str, tuple[object, ...]]],
    ) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        for statement, values in notes:
            self._db.execute(statement, values)
        if fresh:
            self._db.executemany(
                "INSERT INTO messages (seq, member, device, nick, at, cid, text, kind, about)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [self._row(device, said) for device, said in fresh],
            )
            for _, said in fresh:
                if said.kind != "text":
                    for statement, values in changing(said):
                        self._db.execute(statement, values)
        for statement, values in bound:
            self._db.execute(statement, values)
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
        self.reactions.forget()
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
        kind = NUMBERS[said.kind]
        # An edit's text is in the row of its message, and nowhere else.
        text = "" if kind == EDIT else said.text
        if kind == FILES:
            text = row_text(said)
        row = (said.seq, said.author, number, said.nick, said.at, said.cid)
        return (*row, text, kind, said.about)

    def _forget(self, fresh: list[tuple[bytes, Said]]) -> None:
        self.last_seq += len(fresh)
        for device, said in fresh:
            self._forgotten.add(device, said)

    # --- reading ----------------------------------------------------------------------------------

    @property
    def start(self) -> int:
        """The log holds nothing at or before this number."""
        return 0 if self.keeps else self.last_seq

    def between(self, after: int, until: int, limit: int, *, newest: bool) -> list[Said]:
        """Return up to `limit` committed messages of `(after, until]`, in order.

        The oldest of the range, or its newest where `newest` is set.
        """
        return between(self._db, after, until, limit, newest=newest)

    def search(self, query: str, after: int, before: int, limit: int) -> list[Said]:
        """Return up to `limit` messages of `(after, before)` with all words of `query`.

        Newest first. The last word may be the beginning of one. In scripts without spaces the text
        itself is looked through, in the newest messages alone: the answer stays bounded.
        """
        match = fts_query(query)
        if not is_unspaced(query):
            if not match:
                return []
            self.index(RECENT // 20)
        return search(self._db, query, after, before, limit, last=self._stored)

    def files(self, wish: ListFiles, after: int) -> tuple[list[FileLine], bool]:
        """Return the files of lines after `after` that answer `wish`, and whether there are more."""
        return files(self._db, wish, after)

    def index(self, limit: int) -> bool:
        """Put up to `limit` messages into the word index; return whether more is to do.

        Indexing is left for quiet moments: at full speed it would double the cost of a message.
        """
        if self._indexed >= self._stored:
            return self._purge()
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
        return upto < self._stored or is_purge_due(self._db)

    def _purge(self) -> bool:
        """Rewrite a part of the word index, where a text was deleted; return whether more is to do.

        A word that was taken out of it is still in the file until then.
        """
        try:
            return purging(self._db)
        except sqlite3.Error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            return False

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

    def read(self, select: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of one of the tables beside the messages."""
        return self._db.execute(select, values).fetchall()

    def note(self, statement: str, values: tuple[object, ...] = ()) -> None:
        """Change one of those tables with this turn's transaction."""
        self._notes.append((statement, values))

    def bind(self, statement: str, values: tuple[object, ...]) -> None:
        """The same, but only if what was appended in this turn is saved, and after it."""
        self._bound.append((statement, values))

    @property
    def is_late(self) -> bool:
        """Whether the disk refused what was noted, so that it is still to be written."""
        return bool(self._late)

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
