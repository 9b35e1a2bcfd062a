"""Wrong passwords: a few are free, then each costs time, however many addresses and links there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.room.guesses import (
    FIRST_WAIT,
    FORGIVEN_AFTER,
    FREE,
    FREE_IN_ALL,
    LONGEST_WAIT,
    Guesses,
)

ANA, TOM = "192.168.1.20", "192.168.1.21"
NOW = 1_000.0
DAY = 86_400.0


def guessed(times: int, address: str = ANA, now: float = NOW) -> Guesses:
    guesses = Guesses()
    for _ in range(times):
        guesses.wrong(address, now)
    return guesses


def test_the_first_few_are_free() -> None:
    assert guessed(FREE - 1).wait(ANA, NOW) == 0


def test_after_those_there_is_a_wait_for_that_address_alone() -> None:
    guesses = guessed(FREE)
    assert guesses.wait(ANA, NOW) == FIRST_WAIT
    assert guesses.wait(ANA, NOW + FIRST_WAIT - 1) == 1
    assert guesses.wait(ANA, NOW + FIRST_WAIT) == 0
    assert guesses.wait(TOM, NOW) == 0


def test_each_further_one_doubles_the_wait_up_to_an_hour() -> None:
    guesses, now, waits = guessed(FREE), NOW, []
    for _ in range(9):
        wait = guesses.wait(ANA, now)
        waits.append(wait)
        now += wait
        guesses.wrong(ANA, now)
    assert waits[:7] == [FIRST_WAIT * 2**n for n in range(7)]
    assert waits[-1] == LONGEST_WAIT


def test_a_right_one_clears_its_address_and_what_that_cost_the_others() -> None:
    guesses = guessed(FREE)
    guesses.right(ANA, NOW + FIRST_WAIT)
    for _ in range(FREE - 1):
        guesses.wrong(ANA, NOW + FIRST_WAIT)
    assert guesses.wait(ANA, NOW + FIRST_WAIT) == 0
    for host in range(FREE_IN_ALL - FREE):
        guesses.wrong(f"10.0.0.{host}", NOW + FIRST_WAIT)
    assert guesses.wait(TOM, NOW + FIRST_WAIT) == 0


def test_a_right_one_clears_no_other_address() -> None:
    guesses = guessed(FREE)
    guesses.right(TOM, NOW)
    assert guesses.wait(ANA, NOW) == FIRST_WAIT


def test_a_class_that_slips_once_each_and_then_gets_it_right_waits_for_nothing() -> None:
    guesses = Guesses()
    for pupil in range(200):
        address = f"192.168.{pupil // 100}.{pupil % 100}"
        assert guesses.wait(address, NOW + pupil) == 0
        guesses.wrong(address, NOW + pupil)
        guesses.right(address, NOW + pupil)


def test_many_addresses_have_no_more_free_ones_than_are_free_in_all() -> None:
    guesses = Guesses()
    for host in range(FREE_IN_ALL):
        assert guesses.wait(f"10.0.0.{host}", NOW) == 0
        guesses.wrong(f"10.0.0.{host}", NOW)
    assert guesses.wait("10.0.0.99", NOW) == FIRST_WAIT


def test_one_wrong_guess_an_hour_is_forgiven() -> None:
    guesses = guessed(FREE)
    later = NOW + FORGIVEN_AFTER
    guesses.wrong(ANA, later)
    assert guesses.wait(ANA, later) == FIRST_WAIT
    later += FORGIVEN_AFTER * (FREE - 1)
    for _ in range(FREE - 2):
        guesses.wrong(ANA, later)
    assert guesses.wait(ANA, later) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.168.1.20", "192.168.1.21", False),
        ("::ffff:192.168.1.20", "192.168.1.20", True),
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("::1", "127.0.0.1", False),
        ("no address", "no address", True),
        ("no address", "another", False),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool) -> None:
    assert (guessed(FREE, one).wait(other, NOW) > 0) is same


ADDRESSES = [f"10.0.{n // 200}.{n % 200}" for n in range(400)] + [
    f"2001:db8:0:{n:x}::1" for n in range(50)
]


@given(
    st.lists(st.tuples(st.sampled_from(ADDRESSES), st.floats(0, 2 * FORGIVEN_AFTER)), max_size=300)
)
def test_whoever_waits_as_told_is_never_faster_than_promised(
    steps: list[tuple[str, float]],
) -> None:
    guesses, now, made = Guesses(), NOW, 0
    by_address: dict[str, list[float]] = {}
    for address, pause in steps:
        now += pause
        if guesses.wait(address, now):
            continue
        guesses.wrong(address, now)
        made += 1
        times = by_address.setdefault(address, [])
        times.append(now)
        hours = (now - NOW) / FORGIVEN_AFTER + 1
        # Beyond the free ones, eight doublings lead to the longest wait, then one an hour.
        assert made <= FREE_IN_ALL + 8 + hours
        assert len(times) <= FREE + 8 + (now - times[0]) / FORGIVEN_AFTER + 1
        assert len(guesses) <= FREE_IN_ALL + 8


@given(st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=40))
def test_no_attacker_makes_his_address_forgotten_by_the_use_of_others(others: list[str]) -> None:
    guesses = guessed(FREE, "203.0.113.1")
    for other in others:
        if not guesses.wait(other, NOW):
            guesses.wrong(other, NOW)
    assert guesses.wait("203.0.113.1", NOW) >= FIRST_WAIT


def test_a_patient_attacker_has_a_guess_an_hour() -> None:
    guesses, now, made = Guesses(), NOW, 0
    while now < NOW + 30 * DAY:
        wait = guesses.wait(ANA, now)
        if wait:
            now += wait
        else:
            guesses.wrong(ANA, now)
            made += 1
    assert made <= FREE + 8 + 30 * 24
