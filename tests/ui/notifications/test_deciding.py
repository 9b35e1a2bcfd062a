"""What is announced, heard and counted."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.notifications.deciding import Verdict, counted, decide, is_quiet

if TYPE_CHECKING:
    from app.support.settings import NotifyLevel

LEVELS: tuple[NotifyLevel, ...] = ("all", "mentions", "none")
ANNOUNCED = {("all", True), ("all", False), ("mentions", True)}


@pytest.mark.parametrize(
    ("level", "to_me", "quiet", "seen", "sound"),
    list(product(LEVELS, *[(False, True)] * 4)),
)
def test_every_case(level: NotifyLevel, to_me: bool, quiet: bool, seen: bool, sound: bool) -> None:
    verdict = decide(level, to_me=to_me, quiet=quiet, seen=seen, sound=sound)
    if quiet or seen or (level, to_me) not in ANNOUNCED:
        assert verdict is Verdict.NOTHING
    else:
        assert verdict is (Verdict.SHOW_AND_SOUND if sound else Verdict.SHOW)


@pytest.mark.parametrize(
    ("level", "quiet", "expected"),
    [
        ("all", False, 7),
        ("all", True, 2),
        ("mentions", False, 2),
        ("mentions", True, 2),
        ("none", False, 0),
        ("none", True, 0),
    ],
)
def test_badge_obeys(level: NotifyLevel, quiet: bool, expected: int) -> None:
    assert counted(level, unread=7, to_me=2, quiet=quiet) == expected


@given(st.sampled_from(LEVELS), st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_badge_never_counts_more_than_is_unread(
    level: NotifyLevel, unread: int, to_me: int, quiet: bool
) -> None:
    count = counted(level, unread=unread, to_me=to_me, quiet=quiet)
    assert 0 <= count <= unread
    assert counted(level, unread=unread, to_me=to_me, quiet=True) <= count


@given(st.floats(0, 4e9), st.floats(0, 4e9))
def test_quiet_ends_when_it_should(until: float, now: float) -> None:
    assert is_quiet(until, now) is (now < until)
    assert is_quiet(-1.0, now)
