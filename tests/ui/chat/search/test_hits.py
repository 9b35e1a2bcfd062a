"""Where a text holds what was looked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.words import Query
from app.ui.chat.search.hits import SHOWN, excerpt, hits, utf16


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Hello world, HELLO", "hello", ["Hello", "HELLO"]),
        ("Othello hello", "hello", ["hello"]),
        ("Café é bom", "cafe", ["Café"]),
        ("cafe\u0301 x", "café", ["cafe\u0301"]),
        ("battery and batteries", "batt", ["batt", "batt"]),
        ("left motor, right motor", "motor left", ["left", "motor", "motor"]),
        ("in C++ code", "c++", ["C++"]),
        ("日本語の本", "本", ["本", "本"]),
        ("🙂🙂 motor", "motor", ["motor"]),
        ("nothing", "motor", []),
        ("anything", "", []),
    ],
)
def test_words_are_marked_as_the_search_takes_them(text: str, query: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, query)] == found


def test_a_long_line_is_shown_around_its_first_hit() -> None:
    line, found = excerpt("word " * 200 + "needle in " + "hay " * 200, "needle")
    assert line.startswith("…word")
    assert line.endswith("…")
    assert len(line) <= SHOWN + 2
    assert [line[start:end] for start, end in found] == ["needle"]


def test_lines_and_direction_controls_do_not_survive() -> None:
    line, found = excerpt("one\n\u202etwo\n<b>three", "three")
    assert line == "one two <b>three"
    assert [line[start:end] for start, end in found] == ["three"]


def test_qt_counts_in_utf16() -> None:
    assert utf16("🙂a", 1) == 2
    assert utf16("abc", 2) == 2


@given(st.text(max_size=400), st.text(max_size=20))
def test_any_text_can_be_marked(text: str, query: str) -> None:
    line, found = excerpt(text, query)
    assert all(0 <= start < end <= len(line) for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    if Query.parse(query).is_empty:
        assert found == []
