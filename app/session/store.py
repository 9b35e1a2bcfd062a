"""`RoomStore`: what a member's computer keeps of one room, in one SQLite file.

The replica (the log as this member knows it, one contiguous range), the outbox, the draft. Changes
gather in a transaction until `commit`; reads see them at once. One process has the file at a time.
Whatever the disk or the file does wrong comes out as `StoreFailed`, and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, replace
from pathlib import Path

import msgspec

from app.protocol.messages import Said
from app.session import store_acts, store_transfers, whisper_store
from app.session.files.transfer import Transfer
from app.session.store_file import (
    SUFFIXES,
    Facts,
    Gap,
    Outgoing,
    StoreFailed,
    StoreProblem,
    clean,
    connect,
    delete,
    essentials,
    keep_leftover,
    leftover,
    prepare,
    put_facts,
    put_outgoing,
    rescued,
    set_file_aside,
    shrink_leftover,
    translated,
)
from app.session.whisper_store import PrivateLine
from app.support.files import Loaded, make_private_folder

MERGE_PAGES = 8
"""Pages of the index that one `tend` merges at most: a few milliseconds."""

MAX_ROWS = 200
"""Rows that one read returns."""


_Row = tuple[int, int, str, bytes, int, bytes, str, int, int]
_COLUMNS = "seq, author, nick, device, at, cid, text, kind, about"
_MOST = 2**63 - 1


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
        self._purging = False
        self._open()

    @classmethod
    def load(cls, path: Path) -> Loaded[RoomStore]:
        """Open the room's file, or make it. Never fails: at worst the store is in memory.

        A damaged file, or one of a newer Papo, is set aside; the outbox and the draft are saved
        from a damaged one where they can be read.
        """
        try:
            make_private_folder(path.parent)
            return Loaded(cls(path))
        except OSError:
            return Loaded(cls(None, problem=StoreProblem.UNWRITABLE))
        except StoreFailed as failed:
            problem = failed.problem
        if problem not in {StoreProblem.DAMAGED, StoreProblem.NEWER}:
            return Loaded(cls(None, problem=problem))
        try:
            aside = set_file_aside(path)
            store = cls(path, problem=problem)
            if problem is StoreProblem.DAMAGED:
                store.take_over(*rescued(aside))
        except (OSError, StoreFailed):
            return Loaded(cls(None, problem=problem))
        return Loaded(store, aside)

    # --- the room, the draft --------------------------------------------------------------------

    def note(
        self,
        *,
        log: bytes | None = None,
        name: str | None = None,
        topic: str | None = None,
        draft: str | None = None,
    ) -> None:
        """Change what is given."""
        facts = self.facts
        self._set_facts(
            replace(
                facts,
                log=facts.log if log is None else log,
                name=facts.name if name is None else clean(name),
                topic=facts.topic if topic is None else clean(topic),
                draft=facts.draft if draft is None else clean(draft),
            )
        )

    def take_over(
        self, outbox: Iterable[Outgoing], transfers: Iterable[Transfer], facts: Facts
    ) -> None:
        """Put into an empty store what was saved from another: no message. Commits at once."""
        for transfer in transfers:
            self.put_transfer(transfer)
        for message in outbox:
            self.put_outgoing(message)
        self.note(name=facts.name, topic=facts.topic, draft=facts.draft)
        self.commit()

    # --- the outbox -----------------------------------------------------------------------------

    def put_outgoing(self, message: Outgoing) -> None:
        """Keep a message at the end, or as it stands now in its old place."""
        with self._changing() as execute:
            put_outgoing(execute, message)
        self.outbox[message.cid] = message

    def drop_outgoing(self, cid: bytes) -> None:
        """Forget a message that is in the replica now, or given up; harmless where unknown."""
        if self.outbox.pop(cid, None) is not None:
            with self._changing() as execute:
                execute("DELETE FROM outbox WHERE cid = ?", (cid,))

    def put_transfer(self, transfer: Transfer) -> None:
        """Keep a file on its way, as it stands now."""
        with self._changing() as execute:
            store_transfers.put(execute, transfer)

    def drop_transfer(self, number: bytes) -> None:
        """Forget a file that was on its way; harmless where it is not known."""
        with self._changing() as execute:
            store_transfers.drop(execute, number)

    def transfers(self) -> tuple[Transfer, ...]:
        """Return the files that are or were on their way, oldest first."""
        with self._changing() as execute:
            store_transfers.trim(execute)
            return tuple(store_transfers.read(self._connection))

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
            self._insert((one for one in said if one.seq > facts.covered), late=False)
            self._set_facts(replace(facts, covered=until))
        elif after < facts.start <= until:
            self._insert((one for one in said if one.seq <= facts.start), late=True)
            self._set_facts(replace(facts, start=after))

    def add_single(self, said: Said) -> None:
        """Keep a message of the range that no page showed; one that is there already stays."""
        in_range = self.facts.kept and self.facts.start < said.seq <= self.facts.covered
        if in_range and not self._read("seq = ?", (said.seq,)):
            self._insert((said,), late=True)

    def add_private(self, line: PrivateLine) -> None:
        """Keep a private message, where messages are kept at all."""
        if self.facts.kept:
            with self._changing() as execute:
                whisper_store.insert(execute, line)

    def note_private(self, until: int) -> None:
        """Take note that all private messages up to a number are here."""
        if self.facts.kept:
            self._set_facts(replace(self.facts, private=until))

    def privates(self) -> tuple[PrivateLine, ...]:
        """Return all private messages kept, in the order of their numbers."""
        with self._reading() as execute:
            return whisper_store.read(execute)

    def add_gap(self, gap: Gap) -> None:
        """Note that messages are missing; a gap that goes on from another is one with it."""
        if not self.facts.kept:
            return
        with self._changing() as execute:
            grow = "UPDATE gaps SET until = ? WHERE until = ?"
            if not execute(grow, (gap.until, gap.after)).rowcount:
                execute("INSERT OR REPLACE INTO gaps VALUES (?, ?, ?)", astuple(gap))

    def before(self, seq: int, limit: int = MAX_ROWS) -> tuple[Said, ...]:
        """Return the newest messages kept up to and with `seq`, in order."""
        return self._read("seq <= ? ORDER BY seq DESC LIMIT ?", (seq, limit))[::-1]

    def following(self, after: int, until: int, limit: int = MAX_ROWS) -> tuple[Said, ...]:
        """Return the oldest messages kept of `(after, until]`, in order."""
        return self._read("seq > ? AND seq <= ? ORDER BY seq LIMIT ?", (after, until, limit))

    def privates_after(self, number: int, limit: int = MAX_ROWS) -> tuple[PrivateLine, ...]:
        """Return the first private messages kept after that number, in order."""
        with self._reading() as execute:
            return whisper_store.read(execute, number, limit)

    def acts(self, after: int, until: int) -> tuple[Said, ...]:
        """Return what was done to the messages of `(after, until]`, in order."""
        return self._read(
            f"about > ? AND about <= ? AND {store_acts.ACTS} ORDER BY seq", (after, until)
        )

    def gaps(self, after: int, until: int) -> tuple[Gap, ...]:
        """Return the gaps that end in `(after, until]`, in order."""
        with self._reading() as execute:
            rows = execute(
                "SELECT after, until, at FROM gaps WHERE until > ? AND until <= ? ORDER BY after",
                (after, until),
            )
            return tuple(Gap(*msgspec.convert(row, tuple[int, int, int])) for row in rows)

    def between(
        self, after: int, until: int, match: str, limit: int, *, files: bool = False
    ) -> tuple[Said, ...]:
        """Return messages of `(after, until]` that hold all words of `match`, newest first.

        `files`: those with files alone, whatever their words.
        """
        if files or not match:
            kinds = "kind = 7" if files else "kind IN (0, 3, 7)"
            where = f"{kinds} AND seq > ? AND seq <= ? ORDER BY seq DESC LIMIT ?"
            return self._read(where, (after, until, limit))
        found = "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? AND rowid <= ?"
        found += " ORDER BY rowid DESC LIMIT ?"
        where = f"seq IN ({found}) AND kind IN (0, 3, 7) ORDER BY seq DESC"
        return self._read(where, (match, after, until, limit))

    def start_anew(self) -> None:
        """Forget every message of the room, but neither outbox nor draft. Commits at once."""
        outbox, facts = tuple(self.outbox.values()), self.facts
        transfers = self.transfers()
        with translated():
            self._shut()
            if self.path is None:
                self._open()
                self.take_over(outbox, transfers, facts)
                return
            # A new file takes the old one's place as a whole: at no moment is the outbox nowhere,
            # and a million messages go as fast as one.
            new = self.path.with_name(f".{self.path.name}.new")
            delete(new)
            with closing(RoomStore(new)) as fresh:
                fresh.take_over(outbox, transfers, facts)
            # A log left over from the old file would be taken for the new one's.
            delete(self.path, SUFFIXES[1:])
            keep_leftover(self.path)
            new.replace(self.path)
            self._open()

    def replace_damaged(self) -> Path | None:
        """Set the file aside and go on with a new one, which has the outbox and the draft."""
        outbox, facts = tuple(self.outbox.values()), self.facts
        try:
            transfers = self.transfers()
        except StoreFailed:
            # It is damaged: what cannot be read is not saved.
            transfers = ()
        with translated():
            self._shut()
            aside = set_file_aside(self.path) if self.path is not None else None
            self._open()
            self.take_over(outbox, transfers, facts)
        return aside

    def forget(self) -> None:
        """Close, and delete everything that was kept of the room."""
        with translated():
            self._shut()
            if self.path is not None:
                delete(self.path)
                delete(leftover(self.path), ("",))

    # --- the file -------------------------------------------------------------------------------

    def commit(self) -> None:
        """Put all changes on the disk. Costs nothing where there are none."""
        if self._connection.in_transaction:
            with self._changing() as execute:
                execute("COMMIT")

    def tend(self) -> bool:
        """Do a few milliseconds' work that can wait; return whether more is worth doing."""
        with self._changing() as execute:
            before = self._connection.total_changes
            # A word that was taken out is in the file until everything is merged: a negative number
            # of pages begins that.
            pages = -MERGE_PAGES if self._purging else MERGE_PAGES
            self._purging = False
            execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (pages,))
            # SQLite's own sign that a merge found something to do.
            worth = self._connection.total_changes - before >= 2
            if self.path is not None:
                worth |= shrink_leftover(self.path)
        self.commit()
        return worth

    def close(self) -> None:
        """Commit and close; closing again does nothing. What the disk refuses now is lost."""
        if self._is_open:
            with suppress(StoreFailed):
                self.commit()
            with suppress(StoreFailed), translated():
                self._shut()
                if self.path is not None:
                    delete(leftover(self.path), ("",))

    # --- parts ----------------------------------------------------------------------------------

    def _open(self) -> None:
        with translated():
            self._connection = connect(self.path)
            try:
                prepare(self._connection, self.path)
                self._read_all()
            except BaseException:
                self._connection.close()
                raise
        self._is_open = True

    def _shut(self) -> None:
        self._is_open = False
        self._connection.close()

    @contextmanager
    def _changing(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        connection = self._connection
        with translated():
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
    def _reading(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        with translated():
            yield self._connection.execute

    def _insert(self, said: Iterable[Said], *, late: bool) -> None:
        with self._changing() as execute:
            for one in said:
                at = max(-_MOST, min(one.at, _MOST))
                text, kind, about = store_acts.stored(execute, one, late=late)
                execute(
                    f"INSERT INTO said ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                    (one.seq, one.author, one.nick, one.device, at, one.cid, text, kind, about),
                )
                if kind in {store_acts.TEXT, store_acts.EDITED, store_acts.FILES}:
                    words = store_acts.words_of(text, kind)
                    execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (one.seq, words))
                elif kind != store_acts.DELETED:
                    self._purging |= store_acts.carry_out(execute, one, late=late)

    def _read(self, where: str, values: tuple[object, ...]) -> tuple[Said, ...]:
        with self._reading() as execute:
            rows = execute(f"SELECT {_COLUMNS} FROM said WHERE {where}", values)  # noqa: S608
            return tuple(_said(row) for row in rows)

    def _set_facts(self, facts: Facts) -> None:
        if facts == self.facts:
            return
        with self._changing() as execute:
            put_facts(execute, facts)
        self.facts = facts

    def _read_all(self) -> None:
        """Read what is remembered, and what will be shown first: it must be sound."""
        self.facts, outbox = essentials(self._connection)
        self.outbox = {message.cid: message for message in outbox}
        shown = self.before(self.facts.covered)
        if shown:
            self.acts(shown[0].seq - 1, self.facts.covered)


def _said(row: tuple[object, ...]) -> Said:
    seq, author, nick, device, at, cid, text, number, about = msgspec.convert(row, _Row)
    kind = store_acts.KINDS.get(number, "text")
    return Said(
        seq=seq,
        author=author,
        nick=nick,
        device=device,
        at=at,
        cid=cid,
        text=text,
        kind=kind,
        about=about,
    )
