"""A few emoji alone are counted as a reader counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.formatting.big_emoji import MOST_BIG, only_emoji

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("😀", 1),
        (" 😀 \n", 1),
        ("😀😀😀", 3),
        ("😀 😀 😀", 3),
        ("😀😀😀😀", 0),
        (FAMILY, 1),
        (FAMILY * 3, 3),
        ("👍🏽", 1),
        ("👍🏽👍🏿", 2),
        ("👩🏽\u200d🚀", 1),
        ("🏳\ufe0f\u200d🌈", 1),
        ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 1),
        ("🇧🇷", 1),
        ("🇧🇷🇵🇹", 2),
        ("🇧", 0),
        ("1\ufe0f\u20e3", 1),
        ("#\u20e3", 1),
        ("❤\ufe0f", 1),
        ("❤", 1),
        ("☺", 1),
        ("❤\ufe0f\u200d🔥", 1),
        ("✓", 0),
        ("©", 0),
        ("©\ufe0f", 1),
        ("1", 0),
        ("", 0),
        ("   ", 0),
        ("a", 0),
        ("😀 a", 0),
        ("é", 0),
        ("😀\u200d", 0),
        ("\u200d", 0),
        ("\ufe0f", 0),
        ("😀" * 400, 0),
    ],
)
def test_emoji_are_counted(text: str, count: int) -> None:
    assert only_emoji(text) == count


@given(st.text(st.sampled_from("😀👍🏽❤1#\u20e3\ufe0f\u200d🇧 a🏴"), max_size=80))
def test_count_is_small_for_any_text(text: str) -> None:
    assert 0 <= only_emoji(text) <= MOST_BIG


@given(st.text(max_size=20), st.sampled_from("aé中ا"))
def test_text_with_a_letter_is_not_big(text: str, letter: str) -> None:
    assert only_emoji(text + letter) == 0
