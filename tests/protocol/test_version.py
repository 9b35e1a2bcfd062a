"""Two sides speak the highest version that both know; without one, each is told who is behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.errors import NoCommonVersion, Refusal
from app.protocol.version import ALPN, NEWEST, OLDEST, negotiate

versions = st.integers(0, 65_535)


@pytest.mark.parametrize(
    ("theirs", "ours", "chosen"),
    [((1, 1), (1, 1), 1), ((1, 9), (1, 3), 3), ((2, 3), (1, 9), 3), ((3, 3), (1, 3), 3)],
)
def test_highest_common_version_is_chosen(
    theirs: tuple[int, int], ours: tuple[int, int], chosen: int
) -> None:
    assert negotiate(*theirs, oldest=ours[0], newest=ours[1]) == chosen


def refusal_for(theirs: tuple[int, int], ours: tuple[int, int]) -> Refusal:
    with pytest.raises(NoCommonVersion) as raised:
        negotiate(*theirs, oldest=ours[0], newest=ours[1])
    return raised.value.refusal


def test_peer_that_knows_only_older_versions_is_too_old() -> None:
    assert refusal_for((1, 2), (3, 4)) is Refusal.PEER_TOO_OLD


def test_peer_that_knows_only_newer_versions_is_too_new() -> None:
    assert refusal_for((5, 6), (3, 4)) is Refusal.PEER_TOO_NEW


def test_range_that_is_upside_down_is_refused() -> None:
    assert refusal_for((4, 3), (3, 4)) is Refusal.PEER_TOO_OLD


@given(versions, versions, versions, versions)
def test_a_version_is_chosen_exactly_where_both_share_one(
    low: int, high: int, oldest: int, newest: int
) -> None:
    oldest, newest = sorted((oldest, newest))
    if max(low, oldest) <= min(high, newest):
        assert negotiate(low, high, oldest=oldest, newest=newest) == min(high, newest)
    else:
        refusal = refusal_for((low, high), (oldest, newest))
        assert refusal in {Refusal.PEER_TOO_OLD, Refusal.PEER_TOO_NEW}


def test_we_speak_what_we_say() -> None:
    assert negotiate(OLDEST, NEWEST) == NEWEST
    assert ALPN == "papo/1"
