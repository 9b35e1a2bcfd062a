"""Waits between attempts: longer each time, never the same for all."""

from __future__ import annotations

import random

from app.net.backoff import FIRST, JITTER, LONGEST, Backoff


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(random.Random(1))
    for expected in (1.0, 2.0, 4.0, 8.0, 16.0, LONGEST, LONGEST):
        assert abs(backoff.next_delay() / expected - 1) <= JITTER


def test_success_begins_anew() -> None:
    backoff = Backoff(random.Random(2))
    for _ in range(6):
        backoff.next_delay()
    backoff.reset()
    assert backoff.next_delay() <= FIRST * (1 + JITTER)


def test_two_members_do_not_wait_alike() -> None:
    assert Backoff(random.Random(3)).next_delay() != Backoff(random.Random(4)).next_delay()
