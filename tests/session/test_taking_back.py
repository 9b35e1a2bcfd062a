"""What is deleted can be kept for a moment, and never stays by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QCoreApplication

from app.session.taking_back import GRACE, TakingBack
from tests.ui.chat.rooms import ManualClock


class Done:
    """What was carried out, in order."""

    def __init__(self) -> None:
        self.all: list[int | bytes] = []

    def delete(self, seq: int) -> None:
        self.all.append(seq)

    def discard(self, cid: bytes) -> None:
        self.all.append(cid)


def test_nothing_is_carried_out_before_its_time(qapp: QCoreApplication) -> None:
    clock, done = ManualClock(), Done()
    taking_back = TakingBack(clock, done.delete, done.discard, qapp)
    taking_back.hold(7)
    clock.advance(1)
    taking_back.hold(b"cid")
    taking_back.hold(7)
    assert taking_back.seconds_left(7) == pytest.approx(GRACE - 1)
    clock.advance(GRACE - 1)
    assert done.all == [7]
    assert taking_back.held == (b"cid",)
    assert not taking_back.undo(7), "too late"
    clock.advance(1)
    assert done.all == [7, b"cid"]


def test_another_log_forgets_its_numbers_and_nothing_else(qapp: QCoreApplication) -> None:
    clock, done = ManualClock(), Done()
    taking_back = TakingBack(clock, done.delete, done.discard, qapp)
    taking_back.hold(7)
    taking_back.hold(b"cid")
    taking_back.forget()
    taking_back.finish()
    assert done.all == [b"cid"]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "undo", "wait"]),
        st.one_of(st.integers(1, 3), st.sampled_from([b"a", b"b"])),
    )
)


@given(_STEPS)
def test_each_wish_is_carried_out_once_or_taken_back(
    steps: list[tuple[str, int | bytes]],
) -> None:
    clock, done = ManualClock(), Done()
    app = QCoreApplication.instance()
    assert app is not None
    taking_back = TakingBack(clock, done.delete, done.discard, app)
    wished = undone = 0
    for step, message in steps:
        if step == "hold":
            wished += message not in taking_back.held
            taking_back.hold(message)
        elif step == "undo":
            undone += taking_back.undo(message)
        else:
            clock.advance(GRACE / 2)
    taking_back.finish()
    assert taking_back.held == ()
    assert len(done.all) == wished - undone
    clock.advance(2 * GRACE)
    assert len(done.all) == wished - undone
