"""Code is coloured where its language is named and known, at a bounded price."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_all_lexers

from app.protocol.limits import MAX_TEXT
from app.ui.formatting.highlighting import (
    LANGUAGES,
    MAX_COLOURED,
    TokenKind,
    highlight,
    highlight_until,
)


def never() -> bool:
    return False


def read(code: str, language: str) -> list[tuple[str, TokenKind]]:
    units = code.encode("utf-16-le")
    return [
        (units[2 * start : 2 * (start + length)].decode("utf-16-le"), kind)
        for start, length, kind in highlight_until(code, language, never)
    ]


@pytest.mark.parametrize("language", ["python", "py", "Python"])
def test_parts_are_told_apart(language: str) -> None:
    code = 'def f(): # 😀 no\n    return "x" + 12'
    assert read(code, language) == [
        ("def", TokenKind.KEYWORD),
        ("f", TokenKind.NAME),
        ("# 😀 no", TokenKind.COMMENT),
        ("return", TokenKind.KEYWORD),
        ('"x"', TokenKind.STRING),
        ("+", TokenKind.OPERATOR),
        ("12", TokenKind.NUMBER),
    ]


def test_diff_shows_what_came_and_went() -> None:
    assert read("-a\n+b\n", "diff") == [("-a", TokenKind.DELETED), ("+b", TokenKind.INSERTED)]


@pytest.mark.parametrize("language", ["", "text", "no such language", "../x", "pythön", "html+php"])
def test_what_is_not_known_stays_plain(language: str) -> None:
    assert highlight("def f(): pass", language) == ()


def test_code_longer_than_a_message_stays_plain() -> None:
    assert highlight("x = 1\n" * MAX_TEXT, "python") == ()


def test_what_takes_too_long_is_coloured_as_far_as_it_came() -> None:
    code = "x = 1\n" * 500
    asked = 0

    def expired() -> bool:
        nonlocal asked
        asked += 1
        return asked > 50

    whole = highlight_until(code, "python", never)
    part = highlight_until(code, "python", expired)
    assert 0 < len(part) < len(whole)
    assert part == whole[: len(part)]
    assert asked == 51


def test_same_code_is_read_once() -> None:
    assert highlight("x = 1", "python") is highlight("x = 1", "python")
    assert highlight("x = 1", "python") == highlight_until("x = 1", "python", never)


def test_every_language_has_a_lexer_without_plugins() -> None:
    known = {alias for lexer in get_all_lexers(plugins=False) for alias in lexer[1]}
    assert known >= LANGUAGES


def test_ranges_are_no_more_than_a_window_can_show() -> None:
    assert len(highlight_until("1+" * (MAX_TEXT // 2), "c", never)) == MAX_COLOURED


@given(st.sampled_from(sorted(LANGUAGES)), st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_code_gives_ranges_in_order_and_within_it(language: str, code: str) -> None:
    at = 0
    for start, length, _ in highlight_until(code, language, never):
        assert start >= at
        assert length > 0
        at = start + length
    assert at <= len(code.encode("utf-16-le", "surrogatepass")) // 2
