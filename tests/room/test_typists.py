"""Who is writing is told together, once, and ends by itself."""

from __future__ import annotations

from app.protocol.limits import MAX_TYPING
from app.room.typists import LASTS, Typists

EVERYBODY = range(100)


def test_nothing_is_news_while_nobody_writes() -> None:
    assert Typists().news(0, EVERYBODY) is None


def test_news_are_told_once_and_in_order() -> None:
    typists = Typists()
    for number in (3, 1, 2):
        typists.note(number, 0, active=True)
    assert typists.news(0, EVERYBODY) == (1, 2, 3)
    assert typists.news(0, EVERYBODY) is None


def test_each_has_a_time_of_their_own() -> None:
    typists = Typists()
    typists.note(1, 0, active=True)
    typists.note(2, 1_000, active=True)
    assert typists.news(1_000, EVERYBODY) == (1, 2)
    assert typists.news(LASTS, EVERYBODY) == (2,)
    assert typists.news(LASTS + 999, EVERYBODY) is None
    assert typists.news(LASTS + 1_000, EVERYBODY) == ()


def test_whoever_began_and_stopped_between_two_looks_is_no_news() -> None:
    typists = Typists()
    typists.note(1, 0, active=True)
    typists.note(1, 0, active=False)
    typists.note(2, 0, active=False)
    assert typists.news(0, EVERYBODY) is None


def test_only_those_who_are_here_are_writing() -> None:
    typists = Typists()
    typists.note(1, 0, active=True)
    typists.note(2, 0, active=True)
    assert typists.news(0, {2}) == (2,)
    # Whoever went is forgotten, and does not write by coming back.
    assert typists.news(0, {1, 2}) is None


def test_one_too_many_is_told_when_there_is_room() -> None:
    typists = Typists()
    for number in range(MAX_TYPING + 1):
        typists.note(number, 0, active=True)
    assert typists.news(0, EVERYBODY) == tuple(range(MAX_TYPING))
    typists.note(MAX_TYPING + 5, 0, active=True)
    assert typists.news(0, EVERYBODY) is None
    typists.note(0, 0, active=False)
    assert typists.news(0, EVERYBODY) == tuple(range(1, MAX_TYPING + 1))
