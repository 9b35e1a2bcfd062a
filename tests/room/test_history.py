"""The host's choice of history: what it reads, and where it lets a newcomer begin."""

from __future__ import annotations

import re

import pytest

from app.room.history import EVERYTHING, MAX_LAST, History


@pytest.mark.parametrize("text", ["all", "joined", "none", "1", "50", str(MAX_LAST)])
def test_policy_reads_back_what_it_writes(text: str) -> None:
    assert History.parse(text).as_text() == text


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.5", "ALL", " all", "last", str(MAX_LAST + 1), "٣", "²"]
)
def test_anything_else_is_no_policy(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        History.parse(text)


@pytest.mark.parametrize(
    ("policy", "floor"),
    [("all", 0), ("joined", 80), ("none", 80), ("30", 50), ("80", 0), ("200", 0)],
)
def test_newcomer_sees_the_log_after_the_floor(policy: str, floor: int) -> None:
    assert History.parse(policy).floor(80) == floor


def test_everything_is_the_default() -> None:
    assert History() == EVERYTHING
    assert History.parse("all") == EVERYTHING
