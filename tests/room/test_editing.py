"""Edits and answers: who may, exactly once, the last one counts, and nothing of the earlier is left."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.effects import Effect, Send
from app.room.log import Log
from app.room.schema import _V1, _V2
from tests.room.test_deleting import assert_sound, delete, index_everything
from tests.room.test_moderation import Order
from tests.room.test_room import ANA, NOW, Guests, codes, said, texts

CID = b"e" * 16
WORDS = "xylophone quicksand"


def edit(guests: Guests, link: int, seq: int, text: str, cid: bytes | None = None) -> list[Effect]:
    wish = m.Edit(cid=cid or guests.cid(), seq=seq, text=text)
    return [*guests.room.handle(link, wish, NOW), *guests.room.settle(NOW)]


def answer(guests: Guests, link: int, seq: int, text: str = "yes") -> list[Effect]:
    wish = m.Say(cid=guests.cid(), text=text, reply_to=seq)
    return [*guests.room.handle(link, wish, NOW), *guests.room.settle(NOW)]


def test_edit_is_a_line_and_gives_the_other_its_text() -> None:
    order = Order()
    order.say(order.tom, "zero")
    answer(order, order.ana, 1, "one")
    effects = edit(order, order.ana, 2, "uno", CID)
    assert effects[0] == Send(order.ana, m.Acked(cid=CID, seq=3))
    assert said(effects) == [(3, "uno")]
    _, message, line = order.fetch(order.tom, 0, 9).said
    # It still answers what it answered, and says so in its place.
    assert (message.seq, message.kind, message.text, message.about) == (2, "edited", "uno", 1)
    assert (line.seq, line.kind, line.text, line.about, line.nick) == (3, "edit", "uno", 2, "ana")


def test_earlier_edit_has_no_text_any_more_and_a_deleted_message_has_none_at_all() -> None:
    order = Order()
    order.say(order.ana, "one")
    edit(order, order.ana, 1, "two")
    edit(order, order.ana, 1, "three")
    assert texts(order.fetch(order.tom, 0, 9)) == ["three", "", "three"]
    delete(order, order.ana, 1)
    assert texts(order.fetch(order.tom, 0, 9)) == ["", "", "", ""]
    assert codes(edit(order, order.ana, 1, "four")) == [Refusal.NO_SUCH_MESSAGE]


@pytest.mark.parametrize("history", ["all", "none"])
def test_only_the_author_may_by_device_not_by_nickname_or_role(history: str) -> None:
    order = Order(history)
    second = order.join(ANA, "ana 2")
    order.say(order.ana, "one")
    for link in (order.host, order.tom):
        assert codes(edit(order, link, 1, "two")) == [Refusal.NOT_PERMITTED]
    assert codes(edit(order, second, 1, "two")) == []


@pytest.mark.parametrize("history", ["all", "none"])
def test_what_is_no_message_cannot_be_edited(history: str) -> None:
    order = Order(history)
    order.say(order.ana, "one")
    edit(order, order.ana, 1, "two")
    for seq in (0, 2, 3, 2**53 - 1):
        assert codes(edit(order, order.ana, seq, "x")) == [Refusal.NO_SUCH_MESSAGE]
    # Deleted in this very turn it is as gone as ever.
    order.room.handle(order.ana, m.Delete(cid=CID, seq=1), NOW)
    assert codes(edit(order, order.ana, 1, "x")) == [Refusal.NO_SUCH_MESSAGE]


def test_what_somebody_cannot_see_is_not_there_for_it() -> None:
    order = Order()
    order.say(order.ana, "one")
    order.do(order.host, m.SetHistory(history="none"))
    order.room.drop(order.ana, NOW)
    ana = order.join(ANA, "ana")
    assert codes(edit(order, ana, 1, "two")) == [Refusal.NO_SUCH_MESSAGE]


def test_whoever_may_not_write_may_not_edit_but_has_its_answer() -> None:
    order = Order()
    order.say(order.ana, "one")
    edit(order, order.ana, 1, "two", CID)
    order.do(order.host, m.Mute(member=2))
    assert codes(edit(order, order.ana, 1, "three")) == [Refusal.MUTED]
    assert edit(order, order.ana, 1, "two", CID) == [Send(order.ana, m.Acked(cid=CID, seq=2))]
    order.do(order.host, m.Mute(member=2, muted=False))
    order.do(order.host, m.SetRules(hosts_only=True, locked=False))
    assert codes(edit(order, order.ana, 1, "three")) == [Refusal.HOSTS_ONLY]


def test_edited_text_is_looked_at_as_a_new_one() -> None:
    order = Order()
    order.say(order.ana, "one")
    assert codes(edit(order, order.ana, 1, " \n")) == [Refusal.TEXT_EMPTY]
    long = "x" * (limits.MAX_TEXT + 1)
    assert codes(edit(order, order.ana, 1, long)) == [Refusal.TEXT_TOO_LONG]
    assert texts(order.fetch(order.ana, 0, 9)) == ["one"]


@pytest.mark.parametrize("history", ["all", "none"])
def test_one_wish_is_one_line_however_often_it_comes(history: str) -> None:
    order = Order(history)
    order.say(order.ana)
    wish = m.Edit(cid=CID, seq=1, text="two")
    assert [e for _ in range(2) for e in order.room.handle(order.ana, wish, NOW)] == []
    effects = order.room.settle(NOW)
    acks = [e for e in effects if isinstance(e, Send)]
    assert acks == [Send(order.ana, m.Acked(cid=CID, seq=2))] * 2
    assert said(effects) == [(2, "two")]
    assert edit(order, order.ana, 1, "two", CID) == [Send(order.ana, m.Acked(cid=CID, seq=2))]
    assert order.room.log.last_seq == 2


def test_edit_that_the_disk_refuses_is_refused_and_nothing_is_changed() -> None:
    order = Order()
    order.say(order.ana, "one")
    order.room.tick(NOW)
    order.room.log._db.execute("PRAGMA query_only = 1")
    assert codes(edit(order, order.ana, 1, "two")) == [Refusal.NOT_SAVED]
    order.room.log._db.execute("PRAGMA query_only = 0")
    assert texts(order.fetch(order.ana, 0, 9)) == ["one"]


def test_two_edits_and_a_deletion_in_one_turn_count_in_their_order() -> None:
    order = Order()
    order.say(order.ana, "one")
    order.say(order.ana, "other")
    for seq, text in ((1, "two"), (1, "three"), (2, "four")):
        order.room.handle(order.ana, m.Edit(cid=order.cid(), seq=seq, text=text), NOW)
    order.room.handle(order.ana, m.Delete(cid=order.cid(), seq=2), NOW)
    assert said(order.room.settle(NOW)) == [(3, "two"), (4, "three"), (5, "four"), (6, "")]
    assert texts(order.fetch(order.ana, 0, 9)) == ["three", "", "", "three", "", ""]


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("history", ["all", "none"])
def test_answer_says_to_what_and_to_nothing_where_there_is_none(history: str) -> None:
    order = Order(history)
    order.say(order.ana, "one")
    delete(order, order.ana, 1)
    for seq, about in ((1, 1), (2, 0), (99, 0)):
        (live,) = [
            line
            for effect in answer(order, order.tom, seq)
            for line in getattr(getattr(effect, "message", None), "said", ())
        ]
        assert (live.kind, live.about) == ("text", about)
    if history == "all":
        assert [one.about for one in order.fetch(order.ana, 2, 9).said] == [1, 0, 0]
        assert order.search(order.ana, "yes").said[-1].about == 1


# --- searching, and the file --------------------------------------------------------------------


@given(
    st.lists(
        st.one_of(
            st.text(alphabet="ab éß\u0301日本", max_size=8),
            st.tuples(st.integers(1, 12), st.text(alphabet="ab é日", max_size=8)),
            st.integers(1, 12),
            st.booleans(),
        ),
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_search_finds_the_last_text_alone_whenever_it_was_indexed(
    steps: list[str | tuple[int, str] | int | bool],
) -> None:
    """A text is said, a pair edits, a number is deleted, a truth is indexing one line."""
    order = Order()
    left: dict[int, str] = {}
    for step in steps:
        if isinstance(step, bool):
            order.room.log.index(1)
        elif isinstance(step, int):
            delete(order, order.host, step)
            left.pop(step, None)
        elif isinstance(step, tuple):
            seq, text = step
            edit(order, order.host, seq, f"word {text}")
            if seq in left:
                left[seq] = f"word {text}"
        elif step.strip():
            order.say(order.host, f"word {step}")
            left[order.room.log.last_seq] = f"word {step}"
    found = order.search(order.host, "word")
    assert {one.seq: one.text for one in found.said} == left
    for one in order.fetch(order.host, 0, 200).said:
        assert one.text in {left.get(one.seq, ""), left.get(one.about, "")}
    assert_sound(order.room.log)


def test_edited_text_is_found_and_the_one_before_is_not() -> None:
    order = Order()
    order.say(order.ana, "the quicksand")
    index_everything(order.room.log)
    edit(order, order.ana, 1, "the xylophone")
    assert order.search(order.tom, "quicksand").said == ()
    (found,) = order.search(order.tom, "xylo").said
    assert (found.seq, found.kind, found.text) == (1, "edited", "the xylophone")


@pytest.mark.parametrize("deleted", [True, False])
def test_nothing_of_a_text_that_was_replaced_is_left_in_the_file(
    tmp_path: Path, deleted: bool
) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    for number in range(20):
        order.say(order.ana, f"number {number}")
    order.say(order.ana, "first")
    edit(order, order.ana, 21, WORDS)
    index_everything(order.room.log)
    edit(order, order.ana, 21, f"{WORDS} " * 200)
    index_everything(order.room.log)
    if deleted:
        delete(order, order.ana, 21)
    else:
        edit(order, order.ana, 21, "last")
    index_everything(order.room.log)
    order.room.log.close()
    everything = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"number 7" in everything
    for word in WORDS.encode().split():
        assert word not in everything
        assert word[2:] not in everything


def test_text_said_while_messages_were_kept_is_edited_where_none_are(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    order.say(order.ana, "one")
    edit(order, order.ana, 1, "two")
    order.choose(order.host, "none")
    assert said(edit(order, order.ana, 1, "three")) == [(3, "three")]
    order.room.log.close()
    log = Log.open(path).value
    # The line of the edit is not kept; those who read what is kept read the last text all the same.
    lines = [(line.kind, line.text) for line in log.between(0, 9, 9, newest=False)]
    assert lines == [("edited", "three"), ("edit", "three")]
    assert_sound(log)


def test_log_of_before_there_was_editing_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    database = sqlite3.connect(path)
    database.executescript(_V1 + _V2 + "PRAGMA user_version = 2;")
    database.execute("INSERT INTO meta VALUES ('id', ?)", (b"i" * 16,))
    database.execute("INSERT INTO devices VALUES (1, ?)", (ANA,))
    rows = [(1, b"1" * 16, "", 1, 2), (2, b"2" * 16, "", 2, 1), (3, b"3" * 16, "three", 0, 0)]
    database.executemany("INSERT INTO messages VALUES (?, 2, 1, 'ana', 0, ?, ?, ?, ?)", rows)
    database.commit()
    database.close()
    order = Order(log=Log.open(path).value)
    assert codes(edit(order, order.ana, 3, "four")) == []
    lines = [(one.kind, one.text, one.about) for one in order.fetch(order.tom, 0, 9).said]
    assert lines == [
        ("deleted", "", 0),
        ("delete", "", 1),
        ("edited", "four", 0),
        ("edit", "four", 3),
    ]


def test_looking_for_what_was_done_to_a_message_reads_no_other_lines(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.sqlite").value
    asked = "SELECT seq FROM messages WHERE about = 1 AND kind > 3 AND device = 1"
    plan = log.read(f"EXPLAIN QUERY PLAN {asked}")
    assert "INDEX abouts" in plan[0][3]
