"""When the word index is brought up to date."""

from __future__ import annotations

import pytest

from app.net.indexing import EVERY, HELPING, LATE, QUIET, Indexing
from tests.helpers.clock import ManualClock


class Log:
    """So many messages that are in no index yet."""

    def __init__(self, behind: int) -> None:
        self.behind = behind

    def index(self, most: int) -> bool:
        self.behind = max(0, self.behind - most)
        return self.behind > 0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def test_it_begins_when_it_is_quiet_and_goes_on_in_helpings(clock: ManualClock) -> None:
    log = Log(3 * HELPING)
    indexing = Indexing(clock, log.index)
    indexing.put_off()
    clock.advance(QUIET - 0.1)
    indexing.put_off()
    clock.advance(QUIET - 0.2)
    assert log.behind == 3 * HELPING
    clock.advance(0.2)
    assert log.behind == 2 * HELPING
    clock.advance(2 * EVERY)
    assert log.behind == 0
    assert clock.waiting == 0


def test_a_room_that_is_never_quiet_is_indexed_all_the_same(clock: ManualClock) -> None:
    log = Log(1)
    indexing = Indexing(clock, log.index)
    for _ in range(int(LATE + QUIET) + 1):
        assert log.behind or clock.monotonic() >= 1_000 + LATE
        indexing.put_off()
        clock.advance(1.0)
    assert log.behind == 0


def test_a_stopped_one_touches_the_log_no_more(clock: ManualClock) -> None:
    log = Log(1)
    indexing = Indexing(clock, log.index)
    indexing.put_off()
    indexing.stop()
    clock.advance(2 * LATE)
    assert log.behind == 1
