"""Frames come out whole however the bytes were cut, and no peer makes us hold more than one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.errors import FrameTooLarge, InvalidState
from app.protocol.framing import HEADER, FrameDecoder, encode_frame
from app.protocol.limits import MAX_FRAME

LIMIT = 64
bodies = st.lists(st.binary(max_size=LIMIT), max_size=8)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted({place % (len(data) + 1) for place in places}), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@given(bodies, st.lists(st.integers(0, 10_000), max_size=20))
def test_any_chunking_gives_what_one_chunk_gives(sent: list[bytes], places: list[int]) -> None:
    decoder = FrameDecoder(LIMIT)
    got = []
    for chunk in cut(b"".join(map(encode_frame, sent)), places):
        decoder.feed(chunk)
        got += list(decoder.frames())
    assert got == sent
    assert decoder.held == 0


@given(st.lists(st.binary(max_size=200), max_size=30), st.integers(0, LIMIT))
def test_random_bytes_raise_only_frame_too_large_and_are_never_hoarded(
    chunks: list[bytes], limit: int
) -> None:
    decoder = FrameDecoder(limit)
    for chunk in chunks:
        decoder.feed(chunk)
        assert decoder.held <= limit + HEADER + len(chunk)
        try:
            for body in decoder.frames():
                assert len(body) <= limit
        except FrameTooLarge:
            return
        assert decoder.held < limit + HEADER


def test_length_over_the_limit_is_refused_before_a_byte_of_the_body_came() -> None:
    decoder = FrameDecoder(LIMIT)
    decoder.feed((LIMIT + 1).to_bytes(HEADER, "big"))
    with pytest.raises(FrameTooLarge):
        list(decoder.frames())


def test_length_at_the_limit_is_taken() -> None:
    decoder = FrameDecoder(LIMIT)
    decoder.feed(encode_frame(bytes(LIMIT)))
    assert list(decoder.frames()) == [bytes(LIMIT)]


def test_frames_before_a_bad_one_still_come() -> None:
    decoder = FrameDecoder(LIMIT)
    decoder.feed(encode_frame(b"good") + b"\xff\xff\xff\xff")
    frames = decoder.frames()
    assert next(frames) == b"good"
    with pytest.raises(FrameTooLarge):
        next(frames)


def test_incomplete_length_is_waited_for() -> None:
    decoder = FrameDecoder(LIMIT)
    decoder.feed(b"\x00\x00\x00")
    assert list(decoder.frames()) == []
    assert decoder.held == 3
    decoder.feed(b"\x01x")
    assert list(decoder.frames()) == [b"x"]


def test_empty_body_is_a_frame() -> None:
    decoder = FrameDecoder(LIMIT)
    decoder.feed(bytes(HEADER))
    assert list(decoder.frames()) == [b""]


def test_limit_may_be_raised_between_two_frames_of_one_chunk() -> None:
    decoder = FrameDecoder(1)
    decoder.feed(encode_frame(b"a") + encode_frame(b"bcd"))
    frames = decoder.frames()
    assert next(frames) == b"a"
    decoder.limit = LIMIT
    assert next(frames) == b"bcd"


def test_reader_who_stops_early_finds_the_rest_later() -> None:
    decoder = FrameDecoder(LIMIT)
    decoder.feed(encode_frame(b"a") + encode_frame(b"b"))
    for body in decoder.frames():
        assert body == b"a"
        break
    assert list(decoder.frames()) == [b"b"]


def test_body_that_no_peer_would_take_is_a_bug_of_ours() -> None:
    assert len(encode_frame(bytes(MAX_FRAME))) == MAX_FRAME + HEADER
    with pytest.raises(InvalidState):
        encode_frame(bytes(MAX_FRAME + 1))
