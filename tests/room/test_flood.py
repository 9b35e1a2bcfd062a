"""A speaker's allowance: a burst, then a steady pace, and never more for having waited longer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.room.flood import BURST, RATE, TokenBucket


def emptied(now: float = 100.0) -> TokenBucket:
    bucket = TokenBucket()
    assert [bucket.take(now) for _ in range(BURST)] == [0.0] * BURST
    return bucket


def test_burst_is_free_and_then_there_is_a_wait() -> None:
    assert emptied().take(100.0) == pytest.approx(1 / RATE)


def test_asking_takes_no_token_where_there_is_none() -> None:
    bucket = emptied()
    for _ in range(5):
        bucket.take(100.0)
    assert bucket.take(100.25) == pytest.approx(0.25)
    assert bucket.take(100.5) == 0.0


def test_whoever_waits_as_long_as_told_may_speak() -> None:
    bucket, now = emptied(), 100.0
    for _ in range(50):
        wait = bucket.take(now)
        assert wait == pytest.approx(1 / RATE)
        now += wait
        assert bucket.take(now) == 0.0


def test_steady_pace_never_waits() -> None:
    bucket = emptied()
    assert [bucket.take(100.0 + n / RATE) for n in range(1, 50)] == [0.0] * 49


def test_long_silence_gives_one_burst_and_no_more() -> None:
    bucket = emptied()
    assert [bucket.take(10_000.0) for _ in range(BURST)] == [0.0] * BURST
    assert bucket.take(10_000.0) > 0


def test_pace_and_burst_are_a_choice() -> None:
    bucket = TokenBucket(rate=0.5, burst=1)
    assert bucket.take(0.0) == 0.0
    assert bucket.take(0.0) == pytest.approx(2.0)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=100))
def test_nobody_is_ever_faster_than_the_burst_and_the_pace(pauses: list[float]) -> None:
    bucket, now, taken = TokenBucket(), 0.0, 0
    for pause in pauses:
        now += pause
        wait = bucket.take(now)
        assert 0 <= wait <= 1 / RATE
        taken += not wait
        assert taken <= BURST + now * RATE + 1e-3
