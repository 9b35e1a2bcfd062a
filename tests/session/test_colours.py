"""Which colours stand for whom, as a member's session knows it."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import messages as m
from app.protocol.codec import encode
from app.session import roster as roster_module
from app.session.roster import Roster
from tests.helpers.transport import let_in, lose, session_with_transport

ANA, TOM = b"a" * 32, b"t" * 32


def member(number: int, device: bytes, colour: int = -1) -> m.Member:
    return m.Member(number=number, nick=f"n{number}", device=device, colour=colour)


def test_colour_is_asked_for_on_joining_and_again_when_it_is_another() -> None:
    session, transport = session_with_transport()
    session.set_colour(4)
    assert session.join_wish == m.Join(nick=session.nickname, colour=4)
    let_in(session)
    assert transport.take(m.SetColour) == []
    session.set_colour(6)
    session.set_colour(6)
    assert transport.take(m.SetColour) == [m.SetColour(colour=6)]
    session.set_colour(-1)
    assert transport.take(m.SetColour) == [m.SetColour()]


def test_colour_chosen_between_the_wish_to_join_and_the_answer_is_not_lost() -> None:
    session, transport = session_with_transport()
    assert session.join_wish.colour == -1
    session.set_colour(2)
    assert transport.take(m.SetColour) == []
    let_in(session)
    assert transport.take(m.SetColour) == [m.SetColour(colour=2)]
    lose(session)
    session.set_colour(3)
    assert session.join_wish.colour == 3
    let_in(session)
    assert transport.take(m.SetColour) == []


def test_own_colour_shows_at_once() -> None:
    session, _ = session_with_transport()
    session.device = ANA
    seen: list[int] = []
    session.colours_changed.connect(lambda: seen.append(session.colour_of(ANA)))
    session.set_colour(1)
    session.set_colour(1)
    assert seen == [1]
    assert session.colour_of(b"") == -1


def test_colour_stays_with_whoever_went() -> None:
    roster = Roster()
    told: list[int] = []
    roster.recoloured.connect(lambda: told.append(roster.colour_of(TOM)))
    roster.fill([member(1, ANA), member(2, TOM, 5)])
    roster.apply([m.Went(number=2, nick="n2", at=0)])
    assert (roster.colour_of(ANA), roster.colour_of(TOM)) == (-1, 5)
    roster.fill([member(1, ANA)])
    assert roster.colour_of(TOM) == 5
    roster.apply([m.Came(member=member(2, TOM, 7), at=0)])
    roster.apply([m.Changed(number=2, away=True, colour=7)])
    roster.apply([m.Changed(number=2)])
    assert told == [5, 7, -1]


def test_who_came_and_went_in_one_message_is_remembered_too() -> None:
    roster = Roster()
    roster.apply([m.Came(member=member(2, TOM, 5), at=0), m.Went(number=2, nick="n2", at=0)])
    assert roster.colour_of(TOM) == 5


def test_what_is_remembered_has_an_end() -> None:
    roster = Roster()
    many = roster_module.MAX_COLOURS + 10
    roster.fill(member(n, n.to_bytes(32, "big"), 1) for n in range(many))
    assert len(roster._colours) == roster_module.MAX_COLOURS
    assert roster.colour_of((many - 1).to_bytes(32, "big")) == 1


def test_came_at_is_known_of_those_who_came_in_sight() -> None:
    roster = Roster()
    roster.fill([member(1, ANA)])
    roster.apply([m.Came(member=member(2, TOM), at=77), m.Came(member=member(1, ANA), at=78)])
    assert (roster.came_at(1), roster.came_at(2)) == (0, 77)
    roster.apply([m.Went(number=2, nick="n2", at=80)])
    assert roster.came_at(2) == 0


@given(st.integers(-1, 63))
def test_no_choice_costs_nothing_on_the_wire(colour: int) -> None:
    plain = encode(m.Join(nick="ana"))
    wished = encode(m.Join(nick="ana", colour=colour))
    assert (wished == plain) == (colour == -1)
    assert msgspec.msgpack.decode(wished, type=m.Join).colour == colour


@given(st.lists(st.tuples(st.sampled_from("cwk"), st.integers(1, 4), st.integers(-1, 63))))
def test_last_word_counts(steps: list[tuple[str, int, int]]) -> None:
    roster = Roster()
    told: list[None] = []
    roster.recoloured.connect(lambda: told.append(None))
    expected: dict[bytes, int] = {}
    here: set[int] = set()
    for step, number, colour in steps:
        device = bytes([number]) * 32
        before = expected.get(device, -1), len(told)
        if step == "c":
            roster.apply([m.Came(member=member(number, device, colour), at=0)])
            here.add(number)
            expected[device] = colour
        elif step == "w":
            roster.apply([m.Went(number=number, nick="", at=0)])
            here.discard(number)
        elif number in here:
            roster.apply([m.Changed(number=number, colour=colour)])
            expected[device] = colour
        assert roster.colour_of(device) == expected.get(device, -1)
        assert len(told) - before[1] == (before[0] != expected.get(device, -1))
