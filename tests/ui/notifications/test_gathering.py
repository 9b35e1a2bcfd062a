"""A burst is one announcement a room, and no room calls more often than every two seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.notifications.gathering import AT_FIRST, EVERY, Batch, Gathering
from tests.helpers.clock import ManualClock
from tests.ui.notifications.messages import entry

if TYPE_CHECKING:
    from collections.abc import Hashable


@dataclass
class Listener:
    clock: ManualClock
    told: list[tuple[float, Hashable, int, bool]] = field(default_factory=list)
    batch: Batch | None = None

    def tell(self, room: Hashable, batch: Batch, sound: bool) -> None:
        self.batch = batch
        self.told.append((self.clock.monotonic(), room, batch.count, sound))

    @property
    def counts(self) -> list[int]:
        return [count for _, _, count, _ in self.told]

    @property
    def sounds(self) -> list[bool]:
        return [sound for _, _, _, sound in self.told]


@pytest.fixture
def listener() -> Listener:
    return Listener(ManualClock())


@pytest.fixture
def gathering(listener: Listener) -> Gathering:
    return Gathering(listener.clock, listener.tell)


def test_a_burst_is_one_announcement_with_everybody_in_it(
    gathering: Gathering, listener: Listener
) -> None:
    for number in range(12):
        nick = ("Ana", "Leo", "Eva", "Tom")[number % 4]
        gathering.add("lab", entry(nick, str(number)), to_me=number == 5, sound=True)
    listener.clock.advance(60)
    assert listener.counts == [12]
    batch = listener.batch
    assert batch is not None
    assert list(batch.authors.values()) == ["Ana", "Leo", "Eva", "Tom"]
    assert batch.newest is not None
    assert batch.newest.text == "11"
    assert batch.newest_to_me is not None
    assert batch.newest_to_me.text == "5"


def test_later_ones_wait_and_count_on(gathering: Gathering, listener: Listener) -> None:
    gathering.add("lab", entry(), to_me=False, sound=True)
    listener.clock.advance(AT_FIRST)
    gathering.add("lab", entry(), to_me=False, sound=True)
    listener.clock.advance(EVERY - 0.01)
    assert listener.counts == [1]
    listener.clock.advance(0.02)
    assert listener.counts == [1, 2]


def test_it_rings_once_and_again_only_for_me(gathering: Gathering, listener: Listener) -> None:
    for to_me in (False, False, True, False):
        gathering.add("lab", entry(), to_me=to_me, sound=True)
        listener.clock.advance(10)
    assert listener.sounds == [True, False, True, False]


def test_what_was_read_is_not_announced_and_the_next_begins_anew(
    gathering: Gathering, listener: Listener
) -> None:
    gathering.add("lab", entry(), to_me=False, sound=True)
    gathering.begin_anew("lab")
    listener.clock.advance(10)
    assert listener.told == []
    gathering.add("lab", entry(), to_me=False, sound=True)
    listener.clock.advance(10)
    assert listener.counts == [1]
    assert listener.sounds == [True]


def test_reading_does_not_let_a_room_call_sooner(gathering: Gathering, listener: Listener) -> None:
    gathering.add("lab", entry(), to_me=False, sound=True)
    listener.clock.advance(AT_FIRST)
    gathering.begin_anew("lab")
    gathering.add("lab", entry(), to_me=False, sound=True)
    listener.clock.advance(EVERY - 0.01)
    assert len(listener.told) == 1


def test_a_closed_room_says_nothing_more(gathering: Gathering, listener: Listener) -> None:
    gathering.add("lab", entry(), to_me=False, sound=True)
    gathering.forget("lab")
    gathering.tell_due("lab")
    listener.clock.advance(10)
    assert listener.told == []
    assert listener.clock.waiting == 0


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.floats(0, 3), st.sampled_from(["say", "say", "read"])),
        max_size=40,
    )
)
def test_no_room_calls_more_often_than_it_may(steps: list[tuple[str, float, str]]) -> None:
    listener = Listener(ManualClock())
    gathering = Gathering(listener.clock, listener.tell)
    said = dict.fromkeys("ab", 0)
    for room, pause, what in steps:
        if what == "say":
            said[room] += 1
            gathering.add(room, entry(), to_me=False, sound=True)
        else:
            said[room] = 0
            gathering.begin_anew(room)
        listener.clock.advance(pause)
    listener.clock.advance(60)
    for room in "ab":
        moments = [at for at, one, _, _ in listener.told if one == room]
        assert all(b - a >= EVERY - 1e-6 for a, b in pairwise(moments))
        # All that is unread was told of in the end.
        if said[room]:
            assert [count for _, one, count, _ in listener.told if one == room][-1] == said[room]
