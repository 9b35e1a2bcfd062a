"""Sizes and times as a person says them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.files.sizes import duration, human_size
from app.ui.texts import set_language

KB, MB, GB, TB = 1 << 10, 1 << 20, 1 << 30, 1 << 40


@pytest.fixture(autouse=True)
def _back_to_english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1000, "1 KB"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (10 * KB + 300, "10 KB"),
        (600 * KB, "600 KB"),
        (1000 * KB, "1 MB"),
        (3 * MB + MB // 5, "3.2 MB"),
        (48 * MB + MB // 5, "48.2 MB"),
        (120 * MB + MB // 4, "120 MB"),
        (4 * GB, "4 GB"),
        (2 * TB, "2 TB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_fits(count: int, said: str) -> None:
    assert human_size(count) == said


def test_a_few_bytes_are_counted() -> None:
    assert human_size(0).startswith("0 ")
    assert human_size(512).startswith("512 ")


def test_the_decimal_mark_is_the_readers() -> None:
    set_language("pt_BR")
    assert human_size(3 * MB + MB // 5) == "3,2 MB"


@given(st.integers(min_value=1000, max_value=1 << 60))
def test_a_size_is_said_within_a_twentieth(count: int) -> None:
    number, unit = human_size(count).replace(",", "").split(" ")
    told = float(number) * 1024 ** (1 + ("KB", "MB", "GB", "TB").index(unit))
    assert abs(told - count) <= 0.06 * count


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-1, "1 s left"),
        (0, "1 s left"),
        (11.2, "12 s left"),
        (59.5, "1 min left"),
        (150, "3 min left"),
        (3600, "1 h left"),
        (4800, "1 h 20 min left"),
        (86_400, "more than a day left"),
        (float("inf"), "more than a day left"),
        (float("nan"), "more than a day left"),
    ],
)
def test_what_is_left_is_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said
