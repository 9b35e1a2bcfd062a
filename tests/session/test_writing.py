"""Who writes, and how often it is told."""

from __future__ import annotations

from app.protocol import messages as m
from app.session.writing import STALE_AFTER, TELL_EVERY, Writing
from tests.helpers.clock import ManualClock


class Desk:
    """A `Writing`, what it wished, and what it told."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.wishes: list[m.AnyMessage] = []
        self.told: list[tuple[int, ...]] = []
        self.writing = Writing(self.clock, self.wishes.append, self.on_changed)

    def on_changed(self) -> None:
        self.told.append(self.writing.members)


def test_writing_is_told_at_most_every_few_seconds_and_its_end_once() -> None:
    desk = Desk()
    for _ in range(10):
        desk.writing.set_active(True)
        desk.clock.advance(TELL_EVERY / 5)
    assert desk.wishes == [m.Typing()] * 2
    desk.writing.set_active(False)
    desk.writing.set_active(False)
    assert desk.wishes[2:] == [m.Typing(active=False)]
    desk.writing.set_active(True)
    assert desk.wishes[3:] == [m.Typing()]


def test_end_without_a_beginning_is_not_told() -> None:
    desk = Desk()
    desk.writing.set_active(False)
    assert desk.wishes == []


def test_oneself_is_left_out_and_the_same_is_not_told_again() -> None:
    desk = Desk()
    desk.writing.hear((1, 2, 2, 3), 1)
    desk.writing.hear((2, 3, 1), 1)
    assert desk.told == [(2, 3)]
    desk.writing.leave_out({3, 9})
    assert desk.told[1:] == [(2,)]


def test_nobody_writes_of_whom_nothing_is_heard() -> None:
    desk = Desk()
    desk.writing.hear((2,), 1)
    desk.clock.advance(STALE_AFTER / 2)
    desk.writing.hear((2,), 1)
    desk.clock.advance(STALE_AFTER - 0.1)
    assert desk.writing.members == (2,)
    desk.clock.advance(0.1)
    assert desk.told == [(2,), ()]
    assert desk.clock.waiting == 0


def test_nobody_writes_once_the_link_is_gone() -> None:
    desk = Desk()
    desk.writing.hear((2,), 1)
    desk.writing.set_active(True)
    desk.writing.cut()
    assert desk.told[-1] == ()
    desk.writing.set_active(False)
    assert desk.wishes == [m.Typing()]
    desk.writing.set_active(True)
    assert desk.wishes == [m.Typing()] * 2
