"""A deleted message: who may, exactly once, and nothing of it left to read or to find."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.effects import Effect, Send
from app.room.log import Log
from app.room.schema import _V1
from tests.room.test_moderation import Order
from tests.room.test_room import ANA, NOW, Guests, codes, said, texts

CID = b"d" * 16
WORDS = "xylophone quicksand"


def delete(guests: Guests, link: int, seq: int, cid: bytes | None = None) -> list[Effect]:
    wish = m.Delete(cid=cid or guests.cid(), seq=seq)
    return [*guests.room.handle(link, wish, NOW), *guests.room.settle(NOW)]


def index_everything(log: Log) -> None:
    while log.index(300):
        pass


def assert_sound(log: Log) -> None:
    index_everything(log)
    log._db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    assert log._db.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_deletion_is_a_line_and_takes_the_text_out_of_the_other() -> None:
    order = Order()
    order.say(order.ana, "one")
    effects = delete(order, order.ana, 1, CID)
    assert effects[0] == Send(order.ana, m.Acked(cid=CID, seq=2))
    assert said(effects) == [(2, "")]
    gone, line = order.fetch(order.tom, 0, 9).said
    assert (gone.seq, gone.kind, gone.text, gone.about, gone.device) == (1, "deleted", "", 0, ANA)
    assert (line.seq, line.kind, line.text, line.about, line.nick) == (2, "delete", "", 1, "ana")


@pytest.mark.parametrize("history", ["all", "none"])
def test_author_may_and_others_may_not_whatever_number_they_name(history: str) -> None:
    order = Order(history)
    second = order.join(ANA, "ana 2")
    order.say(order.ana, "one")
    assert codes(delete(order, order.tom, 1)) == [Refusal.NOT_PERMITTED]
    order.say(second, "two")
    assert codes(delete(order, order.ana, 2)) == []
    assert codes(delete(order, order.ana, 1)) == []


@pytest.mark.parametrize("history", ["all", "none"])
def test_host_may_delete_anything_and_a_moderator_all_but_the_hosts(history: str) -> None:
    order = Order(history)
    for link in (order.host, order.ana, order.tom):
        order.say(link)
    order.promote(2)
    order.promote(3)
    assert codes(delete(order, order.ana, 1)) == [Refusal.NOT_PERMITTED]
    assert codes(delete(order, order.ana, 3)) == []
    assert codes(delete(order, order.host, 2)) == []


@pytest.mark.parametrize("history", ["all", "none"])
def test_what_is_not_there_cannot_be_deleted(history: str) -> None:
    order = Order(history)
    order.say(order.ana)
    delete(order, order.ana, 1)
    for seq in (0, 2, 3, 2**53 - 1):
        assert codes(delete(order, order.host, seq)) == [Refusal.NO_SUCH_MESSAGE]
    late = order.join(b"n" * 32, "new")
    if history == "none":
        assert codes(delete(order, late, 1)) == [Refusal.NO_SUCH_MESSAGE]


def test_what_somebody_cannot_see_is_not_there_for_it_even_as_a_moderator() -> None:
    order = Order("joined")
    order.say(order.ana)
    late = order.join(b"n" * 32, "new")
    member = order.room.member_on(late)
    assert member is not None
    order.promote(member.number)
    assert codes(delete(order, late, 1)) == [Refusal.NO_SUCH_MESSAGE]
    assert texts(order.fetch(order.ana, 0, 9)) == ["hi"]


@pytest.mark.parametrize("history", ["all", "none"])
def test_one_wish_is_one_line_however_often_it_comes(history: str) -> None:
    order = Order(history)
    order.say(order.ana)
    # Twice in one turn, by another wish as well, and again later.
    wishes = [m.Delete(cid=CID, seq=1), m.Delete(cid=CID, seq=1), m.Delete(cid=b"o" * 16, seq=1)]
    effects = [e for wish in wishes for e in order.room.handle(order.ana, wish, NOW)]
    assert effects == []
    effects = order.room.settle(NOW)
    acks = [e for e in effects if isinstance(e, Send)]
    assert acks == [Send(order.ana, m.Acked(cid=wish.cid, seq=2)) for wish in wishes]
    assert said(effects) == [(2, "")]
    for cid in (CID, b"p" * 16):
        assert delete(order, order.ana, 1, cid) == [Send(order.ana, m.Acked(cid=cid, seq=2))]
    assert order.room.log.last_seq == 2
    # Whoever lost the right meanwhile has its answer all the same.
    order.do(order.host, m.Mute(member=2))
    assert delete(order, order.ana, 1, CID) == [Send(order.ana, m.Acked(cid=CID, seq=2))]


def test_deletion_that_the_disk_refuses_is_refused_and_nothing_is_deleted() -> None:
    order = Order()
    order.say(order.ana, "one")
    order.room.tick(NOW)
    order.room.log._db.execute("PRAGMA query_only = 1")
    assert codes(delete(order, order.host, 1)) == [Refusal.NOT_SAVED]
    order.room.log._db.execute("PRAGMA query_only = 0")
    assert texts(order.fetch(order.ana, 0, 9)) == ["one"]
    assert order.acts().acts == ()
    order.say(order.ana, "two")
    assert order.acts().acts == ()
    assert codes(delete(order, order.host, 1)) == []
    assert [act.about for act in order.acts().acts] == [1]


def test_deletion_counts_from_its_commit_beside_messages_that_are_known_already() -> None:
    order = Order()
    order.say(order.ana, "one", b"1" * 16)
    # A repeated message takes its number from none: those after it are numbered anew.
    order.begin_to_say(order.ana, "one", b"1" * 16)
    order.room.handle(order.ana, m.Delete(cid=CID, seq=1), NOW)
    effects = order.room.settle(NOW)
    assert [e.message for e in effects if isinstance(e, Send)] == [
        m.Acked(cid=b"1" * 16, seq=1),
        m.Acked(cid=CID, seq=2),
    ]
    assert delete(order, order.ana, 1, b"x" * 16) == [
        Send(order.ana, m.Acked(cid=b"x" * 16, seq=2))
    ]


@pytest.mark.parametrize("indexed", [True, False])
def test_deleted_text_is_found_no_more_and_the_index_stays_sound(indexed: bool) -> None:
    order = Order()
    order.say(order.ana, f"the {WORDS}")
    order.say(order.ana, "the other 日本語 one")
    if indexed:
        index_everything(order.room.log)
    delete(order, order.ana, 1)
    delete(order, order.ana, 2)
    for query in ("quicksand", "the", "xy", "日本"):
        assert order.search(order.tom, query).said == ()
    assert_sound(order.room.log)
    vocabulary = "CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'row')"
    order.room.log._db.execute(vocabulary)
    assert order.room.log._db.execute("SELECT term FROM terms").fetchall() == []


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="ab éß\u0301日本", max_size=8), st.integers(1, 12), st.booleans()
        ),
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_search_finds_what_was_said_and_not_deleted_whenever_it_was_indexed(
    steps: list[str | int | bool],
) -> None:
    """A text is said, a number deleted, a truth is indexing one line."""
    order = Order()
    left: dict[int, str] = {}
    for step in steps:
        if isinstance(step, bool):
            order.room.log.index(1)
        elif isinstance(step, int):
            delete(order, order.host, step)
            left.pop(step, None)
        elif step.strip():
            order.say(order.host, f"word {step}")
            left[order.room.log.last_seq] = f"word {step}"
    found = order.search(order.host, "word")
    assert {said.seq: said.text for said in found.said} == left
    assert_sound(order.room.log)


def test_nothing_of_a_deleted_text_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    # A long one has pages of its own; a short one has a page with others.
    for number in range(20):
        order.say(order.ana, f"number {number}")
    order.say(order.ana, WORDS)
    order.say(order.ana, f"{WORDS} " * 200)
    index_everything(order.room.log)
    delete(order, order.ana, 21)
    delete(order, order.ana, 22)
    index_everything(order.room.log)
    order.room.log.close()
    everything = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"number 7" in everything
    for word in WORDS.encode().split():
        assert word not in everything
        # The index keeps what two words share, and the rest of each.
        assert word[2:] not in everything


def test_text_said_while_messages_were_kept_is_deleted_where_none_are(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    order.say(order.ana, "one")
    index_everything(order.room.log)
    order.choose(order.host, "none")
    assert codes(delete(order, order.ana, 1, CID)) == []
    assert delete(order, order.ana, 1) == [Send(order.ana, m.Acked(cid=order_cid(order), seq=2))]
    order.room.log.close()
    log = Log.open(path).value
    assert [(line.kind, line.text) for line in log.between(0, 9, 9, newest=False)] == [
        ("deleted", "")
    ]
    assert_sound(log)


def order_cid(order: Order) -> bytes:
    """Return the cid that was made last."""
    return (int.from_bytes(order.cid(), "big") - 1).to_bytes(16, "big")


def test_log_of_before_there_was_deleting_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    database = sqlite3.connect(path)
    database.executescript(_V1 + "PRAGMA user_version = 1;")
    database.execute("INSERT INTO meta VALUES ('id', ?)", (b"i" * 16,))
    database.execute("INSERT INTO devices VALUES (1, ?)", (ANA,))
    database.execute("INSERT INTO messages VALUES (1, 2, 1, 'ana', 0, ?, 'one')", (b"1" * 16,))
    database.commit()
    database.close()
    order = Order(log=Log.open(path).value)
    assert texts(order.fetch(order.tom, 0, 9)) == ["one"]
    assert codes(delete(order, order.ana, 1)) == []
    assert [line.kind for line in order.fetch(order.tom, 0, 9).said] == ["deleted", "delete"]
