"""A guest by plain text who sends as much as the line takes: a little at a time is looked at."""

from __future__ import annotations

import pytest

from app.net import limits
from tests.fuzz.targets.plain import Place


@pytest.mark.parametrize("heap", [b"\xff\xfb\x01" * 500, b"\0\n" * 600, b" \n" * 600, b"x" * 2_000])
@pytest.mark.parametrize("first", [b"", b"bia\ntulip rain 7\n"])
def test_whoever_sends_a_heap_is_not_read_for_a_moment(first: bytes, heap: bytes) -> None:
    place = Place()
    place.visit.start()
    for _ in range(3):
        place.stream.incoming = first + heap
        place.visit.on_readable()
        assert not place.stream.reading
        place.clock.advance(limits.LINES_REST * 20)
        assert place.stream.reading


def test_whoever_types_is_read_all_the_time() -> None:
    place = Place()
    place.visit.start()
    for line in (b"bia\n", b"tulip rain 7\n", b"oi\n", b"a" * 500 + b"\n"):
        place.stream.incoming = line
        place.visit.on_readable()
        assert place.stream.reading
    assert {member.nick for member in place.room.members} == {"Marina", "bia"}
