"""Reactions: one of each emoji a device and message, and a line only where something changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.effects import Effect, Send
from app.room.log import Log
from tests.room.test_deleting import delete
from tests.room.test_moderation import Order
from tests.room.test_room import ANA, NOW, Guests, codes

THUMB, PARTY = "👍", "🎉"
CID = b"r" * 16
MANY = [chr(0x1F600 + number) for number in range(limits.MAX_REACTIONS + 1)]


def react(
    guests: Guests, link: int, seq: int, emoji: str = THUMB, *, on: bool = True, cid: bytes = b""
) -> list[Effect]:
    wish = m.React(cid=cid or guests.cid(), seq=seq, emoji=emoji, on=on)
    return [*guests.room.handle(link, wish, NOW), *guests.room.settle(NOW)]


def lines(effects: list[Effect]) -> list[tuple[int, str, str, int]]:
    return [
        (one.seq, one.kind, one.text, one.about)
        for effect in effects
        for one in getattr(getattr(effect, "message", None), "said", ())
    ]


def acked(effects: list[Effect]) -> list[int]:
    sent = [effect.message for effect in effects if isinstance(effect, Send)]
    return [message.seq for message in sent if isinstance(message, m.Acked)]


@pytest.mark.parametrize("history", ["all", "none"])
def test_reaction_is_a_line_once_and_taking_it_back_another(history: str) -> None:
    order = Order(history)
    second = order.join(ANA, "ana 2")
    order.say(order.tom, "one")
    assert lines(react(order, order.ana, 1, cid=CID)) == [(2, "react", THUMB, 1)]
    # The same wish, the same by another wish, and the same device under another nickname.
    for link, cid in ((order.ana, CID), (order.ana, b""), (second, b"")):
        effects = react(order, link, 1, cid=cid)
        assert (lines(effects), acked(effects)) == ([], [2])
    assert lines(react(order, order.tom, 1)) == [(3, "react", THUMB, 1)]
    assert lines(react(order, order.ana, 1, PARTY)) == [(4, "react", PARTY, 1)]
    assert lines(react(order, second, 1, on=False)) == [(5, "unreact", THUMB, 1)]
    assert acked(react(order, order.ana, 1, on=False)) == [5]
    assert acked(react(order, order.host, 1, on=False)) == [1]
    assert order.room.log.last_seq == 5


def test_reactions_of_one_turn_know_each_other() -> None:
    order = Order()
    order.say(order.tom, "one")
    for on in (True, True, False, False, True):
        order.room.handle(order.ana, m.React(cid=order.cid(), seq=1, emoji=THUMB, on=on), NOW)
    effects = order.room.settle(NOW)
    assert [kind for _, kind, _, _ in lines(effects)] == ["react", "unreact", "react"]
    assert sorted(acked(effects)) == [2, 2, 3, 3, 4]


@pytest.mark.parametrize("text", ["", "a", "thumb", "👍👍", "👍" * 17, "<b>", "\u202e"])
def test_only_an_emoji_is_one(text: str) -> None:
    order = Order()
    order.say(order.ana, "one")
    assert codes(react(order, order.ana, 1, text)) == [Refusal.NOT_AN_EMOJI]


@pytest.mark.parametrize("history", ["all", "none"])
def test_nothing_but_a_message_that_is_there_takes_any(history: str) -> None:
    order = Order(history)
    order.say(order.ana, "one")
    react(order, order.tom, 1)
    for seq in (0, 2, 3, 2**53 - 1):
        assert codes(react(order, order.tom, seq)) == [Refusal.NO_SUCH_MESSAGE]
    delete(order, order.ana, 1)
    for on in (True, False):
        assert codes(react(order, order.tom, 1, PARTY, on=on)) == [Refusal.NO_SUCH_MESSAGE]
    order.say(order.ana, "two")
    late = order.join(b"n" * 32, "new")
    expected = [Refusal.NO_SUCH_MESSAGE] if history == "none" else []
    assert codes(react(order, late, 4)) == expected


def test_whoever_may_not_write_may_not_react() -> None:
    order = Order()
    order.say(order.tom, "one")
    order.do(order.host, m.Mute(member=2))
    assert codes(react(order, order.ana, 1)) == [Refusal.MUTED]
    order.do(order.host, m.SetRules(hosts_only=True, locked=False))
    assert codes(react(order, order.tom, 1)) == [Refusal.HOSTS_ONLY]
    assert codes(react(order, order.host, 1)) == []


@pytest.mark.parametrize("history", ["all", "none"])
def test_different_emoji_at_a_message_have_an_end(history: str) -> None:
    order = Order(history)
    order.say(order.ana, "one")
    for emoji in MANY[:-1]:
        assert codes(react(order, order.ana, 1, emoji)) == []
    assert codes(react(order, order.tom, 1, MANY[-1])) == [Refusal.TOO_MANY_EMOJI]
    assert codes(react(order, order.tom, 1, MANY[0])) == []
    # It goes with the last one who takes it back.
    react(order, order.ana, 1, MANY[0], on=False)
    assert codes(react(order, order.tom, 1, MANY[-1])) == [Refusal.TOO_MANY_EMOJI]
    react(order, order.tom, 1, MANY[0], on=False)
    assert codes(react(order, order.tom, 1, MANY[-1])) == []


def test_reaction_that_the_disk_refuses_is_none_and_may_be_wished_again() -> None:
    order = Order()
    order.say(order.ana, "one")
    order.room.tick(NOW)
    order.room.log._db.execute("PRAGMA query_only = 1")
    assert codes(react(order, order.ana, 1)) == [Refusal.NOT_SAVED]
    order.room.log._db.execute("PRAGMA query_only = 0")
    assert lines(react(order, order.ana, 1)) == [(2, "react", THUMB, 1)]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from([THUMB, PARTY, "1\ufe0f\u20e3"]), st.booleans()
        ),
        max_size=25,
    ),
    st.sets(st.integers(0, 24)),
)
@settings(max_examples=60, deadline=None)
def test_log_tells_who_reacted_however_often_it_is_read_anew(
    wishes: list[tuple[int, str, bool]], forgetting: set[int]
) -> None:
    order = Order()
    order.say(order.ana, "one")
    links = [order.host, order.ana, order.tom]
    standing: dict[tuple[int, str], bool] = {}
    count = 1
    for number, (who, emoji, on) in enumerate(wishes):
        if number in forgetting:
            order.room.log.reactions.forget()
        count += standing.get((who, emoji), False) != on
        standing[who, emoji] = on
        react(order, links[who], 1, emoji, on=on)
        assert order.room.log.last_seq == count
    told: dict[tuple[int, str], bool] = {}
    for one in order.fetch(order.tom, 1, 99).said:
        told[one.author - 1, one.text] = one.kind == "react"
    assert {name for name, on in told.items() if on} == {n for n, on in standing.items() if on}


def test_log_opened_again_knows_the_reactions(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    order.say(order.ana, "one")
    react(order, order.ana, 1)
    react(order, order.ana, 1, PARTY)
    react(order, order.ana, 1, PARTY, on=False)
    order.room.log.close()
    again = Order(log=Log.open(path).value)
    assert acked(react(again, again.ana, 1, cid=b"x" * 16)) == [2]
    assert acked(react(again, again.ana, 1, PARTY, on=False, cid=b"y" * 16)) == [4]
