"""Who is meant by an @: the longest nickname, however it is written, at the price of the text alone."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.limits import MAX_TEXT
from app.ui.formatting.blocks import CodeBlock, ListBlock, Paragraph, Quote
from app.ui.formatting.markdown import parse
from app.ui.formatting.mentions import Mention, Nicknames, mentions, with_mentions

NICKS = ["Ana", "Ana Maria", "João", "C-3PO", "李小龍", "🦊 Fox", "bob_2", "Юлия"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ana", ["@Ana>Ana"]),
        ("oi @ana, tudo?", ["@ana>Ana"]),
        ("@ANA!", ["@ANA>Ana"]),
        ("@Ana Maria chegou", ["@Ana Maria>Ana Maria"]),
        ("@Ana Mariana", ["@Ana>Ana"]),
        ("@Anabela", []),
        ("@joão e @João.", ["@joão>João", "@João>João"]),
        ("@Joa\u0303o", ["@Joa\u0303o>João"]),
        ("(@C-3PO)", ["@C-3PO>C-3PO"]),
        ("@李小龍，你好", ["@李小龍>李小龍"]),
        ("@🦊 Fox!", ["@🦊 Fox>🦊 Fox"]),
        ("@bob_2 @bob", ["@bob_2>bob_2"]),
        ("@ЮЛИЯ", ["@ЮЛИЯ>Юлия"]),
        ("ana@Ana.com", []),
        ("@ Ana", []),
        ("@Ana\nMaria", ["@Ana>Ana"]),
        ("@nobody", []),
        ("@", []),
        ("@\ud800", []),
        ("", []),
    ],
)
def test_nicknames_are_found(text: str, found: list[str]) -> None:
    units = text.encode("utf-16-le", "surrogatepass")
    assert [
        f"{units[2 * one.start : 2 * (one.start + one.length)].decode('utf-16-le')}>{one.nick}"
        for one in mentions(text, NICKS)
    ] == found


def test_places_count_utf16_units() -> None:
    assert mentions("😀 @Ana", ["Ana"]) == (Mention(3, 4, "Ana"),)


def test_who_left_is_not_mentioned() -> None:
    nicknames = Nicknames(["Ana", "Ana Maria"])
    nicknames.remove("ana maria")
    assert [one.nick for one in nicknames.find("@Ana Maria")] == ["Ana"]
    nicknames.remove("Ana")
    nicknames.remove("Ana")
    assert nicknames.find("@Ana Maria") == ()


def test_mentions_are_marked_but_not_in_code_or_links() -> None:
    formatted = parse("**oi @Ana** `@Ana`\n\n> @Ana\n\n- @Ana\n\n```\n@Ana\n```\nhttp://a.com/@Ana")
    marked = with_mentions(formatted, Nicknames(["Ana"]))
    first, quote, items, code, last = marked.blocks
    assert isinstance(first, Paragraph)
    assert [(s.start, s.length, s.mention) for s in first.spans if s.mention] == [(3, 4, "Ana")]
    assert isinstance(quote, Quote)
    assert isinstance(items, ListBlock)
    for (inner,) in (quote.blocks, items.items[0].blocks):
        assert isinstance(inner, Paragraph)
        assert [span.mention for span in inner.spans] == ["Ana"]
    assert isinstance(code, CodeBlock)
    assert isinstance(last, Paragraph)
    assert [span.mention for span in last.spans] == [""]


def test_message_without_mentions_is_the_same_message() -> None:
    formatted = parse("**oi**")
    assert with_mentions(formatted, Nicknames(["oi"])) is formatted


@given(st.text(st.sampled_from("@Ana Mri\n.😀é"), max_size=60))
def test_mentions_are_in_order_and_read_as_their_nickname(text: str) -> None:
    at = 0
    units = text.encode("utf-16-le")
    for one in mentions(text, NICKS):
        assert one.start >= at
        at = one.start + one.length
        assert (
            units[2 * one.start : 2 * at].decode("utf-16-le").casefold()
            == f"@{one.nick}".casefold()
        )


def calls_to_find(nicknames: Nicknames, text: str) -> int:
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        nicknames.find(text)
    finally:
        sys.setprofile(None)
    return calls


def test_large_room_costs_no_more_than_a_small_one() -> None:
    few = Nicknames(f"nick{number}" for number in range(5))
    many = Nicknames(f"nick{number}" for number in range(5_000))
    text = "@nick3 and @nick4999, " * 40
    for nicknames in (few, many):
        nicknames.find(text)
    assert calls_to_find(many, text) < 2 * calls_to_find(few, text)


@pytest.mark.parametrize("unit", ["@", "@a ", "@a.b.c.d", "@é", "@Ana "])
def test_work_is_bounded_by_the_text(unit: str) -> None:
    nicknames = Nicknames(["Ana", "a b c d e f g"])
    text = (unit * MAX_TEXT)[:MAX_TEXT]
    nicknames.find(text)
    assert calls_to_find(nicknames, text) < 100 * MAX_TEXT
