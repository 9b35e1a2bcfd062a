"""What a room says of itself, written and read; and what strangers write instead."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.net.discovery.notice import MAX_MEMBERS, Notice, read_notice
from app.protocol.limits import MAX_ROOM_NAME, MAX_ROOM_NAME_BYTES


def strings(*texts: bytes) -> bytes:
    return b"".join(bytes([len(text)]) + text for text in texts)


@given(
    members=st.integers(0, MAX_MEMBERS),
    locked=st.booleans(),
    mark=st.binary(min_size=8, max_size=8),
)
def test_what_is_announced_is_what_is_read(members: int, locked: bool, mark: bytes) -> None:
    notice = Notice("Sala 2.0 — é", "Zé 🎈", "lab-desk", members, locked, mark)
    assert read_notice(notice.txt()) == notice


def test_the_longest_name_is_told_as_far_as_it_fits() -> None:
    name = "é" * (MAX_ROOM_NAME_BYTES // 2)
    assert max(_lengths(Notice(name).txt())) <= 255
    long = "日" * MAX_ROOM_NAME
    read = read_notice(Notice(long).txt())
    assert read is not None
    assert read.name == long


def test_a_version_that_is_not_known_is_not_guessed_at() -> None:
    assert read_notice(strings(b"v=1", b"name=Lab")) == Notice("Lab")
    assert read_notice(strings(b"v=2", b"name=Lab")) is None
    assert read_notice(strings(b"name=Lab")) is None


def test_what_makes_no_sense_is_left_out() -> None:
    txt = strings(
        b"v=1",
        b"NAME=Lab",
        b"name=Other",
        b"members=-3",
        b"lock=yes",
        b"id=zz",
        b"host=\xff",
        b"=x",
    )
    assert read_notice(txt) == Notice("Lab")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_clean_notice_or_none(garbage: bytes) -> None:
    for txt in (garbage, strings(b"v=1", b"name=" + garbage[:200], b"host=" + garbage[200:])):
        notice = read_notice(txt)
        for text in () if notice is None else (notice.name, notice.host, notice.computer):
            assert len(text) <= MAX_ROOM_NAME
            assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in text)


def _lengths(txt: bytes) -> list[int]:
    lengths, at = [], 0
    while at < len(txt):
        lengths.append(txt[at])
        at += 1 + txt[at]
    return lengths
