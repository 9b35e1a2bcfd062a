"""Bytes to lines: whatever they are, and however they are split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.plain.reading import MAX_LINE, Line, LineReader

HOSTILE = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.sampled_from([b"\n", b"\r", b"\r\n", b"\xff", b"\xfa", b"\xf0", b"\xfd\x01", b"\b", b"\x00"]),
        st.text(max_size=6).map(str.encode),
    ),
    max_size=30,
).map(b"".join)  # fmt: skip


def lines_of(*pieces: bytes) -> list[Line]:
    reader = LineReader()
    lines = []
    for piece in pieces:
        reader.feed(piece)
        while (line := reader.take()) is not None:
            lines.append(line)
    reader.end_line()
    while (line := reader.take()) is not None:
        lines.append(line)
    assert not reader.has_part
    # Two line ends in a row are one, unless a network came between them.
    return [line for line in lines if line != Line()]


def texts_of(*pieces: bytes) -> list[str]:
    return [line.text for line in lines_of(*pieces)]


@given(HOSTILE, st.data())
def test_any_split_gives_the_same_lines(data: bytes, draw: st.DataObject) -> None:
    places = sorted(draw.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    pieces = [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]
    assert lines_of(*pieces) == lines_of(data)


@given(HOSTILE)
def test_no_line_commands_a_terminal_or_has_an_end_in_it(data: bytes) -> None:
    for line in lines_of(data):
        assert not any((ord(c) < 32 and c != "\t") or 127 <= ord(c) < 160 for c in line.text)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)))
def test_text_comes_as_it_was_sent(texts: list[str]) -> None:
    assert texts_of(*(f"{text}\r\n".encode() for text in texts)) == texts


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (b"\xff\xfb\x18\xff\xfd\x01oi\r\n", ["oi"]),
        (b"\xff\xfa\x18\x00xterm\xff\xf0oi\r\0tchau\r\0", ["oi", "tchau"]),
        (b"a\xff\xf4b\xff\xffc\n", ["ab\ufffdc"]),
        (b"\xff\xfa" + b"x" * 2_000 + b"\noi\n", ["x" * 1_745, "oi"]),
        (b"olb\b\xc3\xa1\n", ["olá"]),
        (b"\b\b\x7foi\n", ["oi"]),
    ],
)
def test_telnet_is_understood(sent: bytes, meant: list[str]) -> None:
    assert texts_of(sent) == meant


def test_telnet_options_are_declined_and_answers_are_not_answered() -> None:
    reader = LineReader()
    reader.feed(b"\xff\xfd\x06\xff\xfb\x18\xff\xfe\x01\xff\xfc\x01")
    assert reader.answers() == b"\xff\xfc\x06\xff\xfe\x18"
    assert reader.answers() == b""


def test_longest_line_is_kept_and_a_longer_one_is_told_of() -> None:
    assert texts_of(b"x" * MAX_LINE + b"\n") == ["x" * MAX_LINE]
    assert lines_of(b"x" * (MAX_LINE + 1) + b"\noi\n") == [Line(too_long=True), Line("oi")]
    assert lines_of(*[b"x" * 1000] * 100, b"\noi") == [Line(too_long=True), Line("oi")]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1), st.data())
def test_only_a_cut_character_is_not_whole(text: str, draw: st.DataObject) -> None:
    data = text.encode()
    at = draw.draw(st.integers(0, len(data)))
    reader = LineReader()
    reader.feed(data[:at])
    assert reader.is_within_character == (at < len(data) and data[at] & 0xC0 == 0x80)


@pytest.mark.parametrize(
    "tail", [b"\x80", b"\xc3\xa1\x80", b"\xc0", b"\xf8", b"a\xfe", b"\xe1\x80\x80"]
)
def test_what_is_no_character_awaits_no_rest(tail: bytes) -> None:
    reader = LineReader()
    reader.feed(tail)
    assert not reader.is_within_character


def test_heap_of_empty_lines_is_taken_one_by_one() -> None:
    reader = LineReader()
    reader.feed(b"\0\n" * 100 + b"oi\n")
    assert [reader.take() for _ in range(102)] == [*[Line()] * 100, Line("oi"), None]
