"""Private messages on the member's disk; and files from before there were any."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.session.store_file import Facts, Outgoing, StoreFailed, rescued
from app.session.store_schema import MIGRATIONS
from app.session.whisper_store import PrivateLine
from tests.session.stores import loaded

A, B = b"a" * 16, b"b" * 16
TOM = b"t" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms" / "room.sqlite"


def line(number: int, text: str | None = "secret") -> PrivateLine:
    return PrivateLine(
        number=number,
        device=TOM,
        with_nick="tom",
        nick="ana",
        mine=True,
        at=number * 1000,
        after=number // 2,
        cid=number.to_bytes(16, "big"),
        text=text,
    )


def test_lines_and_mark_are_there_again_after_closing(path: Path) -> None:
    lines = (line(1), line(2, None), line(9, ""))
    with closing(loaded(path)) as store:
        store.begin(0)
        for one in lines[::-1]:
            store.add_private(one)
        store.add_private(line(9, "another of that number"))
        store.note_private(12)
    with closing(loaded(path)) as store:
        assert store.privates() == lines
        assert store.facts.private == 12


def test_nothing_is_kept_where_no_message_is(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.add_private(line(1))
        store.note_private(1)
        assert store.privates() == ()
        assert store.facts == Facts()


def test_beginning_anew_forgets_them_but_not_what_is_on_its_way(path: Path) -> None:
    outgoing = Outgoing(A, "to Tom", 1, to=TOM, to_nick="tom")
    with closing(loaded(path)) as store:
        store.begin(0)
        store.add_private(line(1, "unmistakable"))
        store.note_private(1)
        store.put_outgoing(outgoing)
        store.start_anew()
        assert store.privates() == ()
        assert store.facts.private == 0
    with closing(loaded(path)) as store:
        assert store.outbox == {A: outgoing}
    assert b"unmistakable" not in path.read_bytes()


def test_row_that_makes_no_sense_is_damage(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.begin(0)
        store.add_private(line(1))
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE whispers SET cid = 5")
        file.commit()
    with closing(loaded(path)) as store, pytest.raises(StoreFailed):
        store.privates()


def _first_version(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as file:
        for statement in MIGRATIONS[0]:
            file.execute(statement)
        file.execute("UPDATE room SET kept = 1, covered = 3, draft = 'I was'")
        file.execute("INSERT INTO outbox (cid, text, at) VALUES (?, 'first', 1)", (A,))
        file.execute("PRAGMA user_version = 1")
        file.commit()


def test_file_of_the_first_version_is_brought_up_to_date(path: Path) -> None:
    _first_version(path)
    with closing(loaded(path)) as store:
        assert store.outbox == {A: Outgoing(A, "first", 1)}
        assert (store.facts.covered, store.facts.draft) == (3, "I was")
        store.add_private(line(1))
        assert store.privates() == (line(1),)


def test_outbox_is_rescued_from_a_damaged_file_of_the_first_version_too(path: Path) -> None:
    _first_version(path)
    outbox, _, facts = rescued(path)
    assert outbox == [Outgoing(A, "first", 1)]
    assert facts.draft == "I was"
