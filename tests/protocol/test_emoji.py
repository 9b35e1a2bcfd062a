"""What is an emoji, and what only looks like one."""

from __future__ import annotations

import unicodedata

import emoji
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.emoji import is_emoji
from app.protocol.limits import MAX_EMOJI


def test_every_emoji_of_unicode_is_one() -> None:
    assert [one for one in emoji.EMOJI_DATA if not is_emoji(one)] == []


OTHER = ["", " ", "a", "1", "#", "^", "<", "é", "日", "\u200d", "\ufe0f", "\u20e3", "\n", "\u202e"]
OTHER += ["👍👍", "👍 ", "👍a", "👍\u202e", "👍\u200d", "👍\u200d1", "\u200d👍", "🇦", "🇦🇧🇨"]
OTHER += ["11\u20e3", "a\u20e3", "\U000e0041", "👍\u200d" * 8 + "👍", "\ud83d"]


@pytest.mark.parametrize("text", OTHER)
def test_other_text_is_none(text: str) -> None:
    assert not is_emoji(text)


@given(st.text(max_size=MAX_EMOJI + 4))
def test_no_text_passes_for_one(text: str) -> None:
    if is_emoji(text):
        assert len(text) <= MAX_EMOJI
        letters = [one for one in text if unicodedata.category(one)[0] in "LZ"]
        assert all(one == "\u2139" for one in letters)
