"""Parts of a file: what is asked for is in it, or nothing is; what is sent says where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.http.ranges import BadContentRange, Span, Unsatisfiable, asked_span, sent_span

sizes = st.integers(0, 2**42)


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}", fullmatch=True), sizes)
def test_any_range_is_within_the_file_or_refused_or_passed_over(header: str, size: int) -> None:
    try:
        span = asked_span(header, size)
    except Unsatisfiable:
        return
    if span is not None:
        assert 0 <= span.first < span.end <= size == span.total


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 500))
def test_range_is_what_slicing_gives(first: int, last: int, size: int) -> None:
    data = bytes(n % 256 for n in range(size))
    try:
        span = asked_span(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
        return
    if last < first:
        assert span is None
        return
    assert span is not None
    assert data[span.first : span.end] == data[first : last + 1]


@pytest.mark.parametrize(
    ("header", "size", "span"),
    [
        (None, 10, None),
        ("bytes=0-0", 10, Span(0, 1, 10)),
        ("bytes=5-", 10, Span(5, 10, 10)),
        ("bytes=9-", 10, Span(9, 10, 10)),
        ("bytes=-3", 10, Span(7, 10, 10)),
        ("bytes=-30", 10, Span(0, 10, 10)),
        ("bytes=2-99", 10, Span(2, 10, 10)),
        ("BYTES= 2-3 ", 10, Span(2, 4, 10)),
        ("bytes=4-2", 10, None),
        ("bytes=0-1,4-5", 10, None),
        ("bytes=-", 10, None),
        ("items=0-1", 10, None),
        ("bytes=0-0x5", 10, None),
        ("bytes=٣-٤", 10, None),
    ],
)
def test_ranges_of_rfc_9110(header: str | None, size: int, span: Span | None) -> None:
    assert asked_span(header, size) == span


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_range_with_nothing_in_it_is_said_to_be_so(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        asked_span(header, size)


@given(st.integers(0, 2**42), st.integers(1, 2**20), st.integers(0, 2**20))
def test_part_that_is_sent_is_read_back(first: int, length: int, more: int) -> None:
    span = Span(first, first + length, first + length + more)
    assert sent_span(span.as_text()) == span


def test_upload_that_only_wants_to_be_finished_sends_nothing() -> None:
    assert sent_span("bytes */77") == Span(77, 77, 77)


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes 0-9", "bytes 0-9/*", "bytes 9-0/10", "bytes 0-10/10", "bytes -1-5/10",
     "items 0-1/2", "bytes 0-1/2, 3-4/5", "bytes " + "9" * 40 + "-1/2"],
)  # fmt: skip
def test_part_that_contradicts_itself_is_refused(header: str) -> None:
    with pytest.raises(BadContentRange):
        sent_span(header)


@given(st.text(max_size=60))
def test_any_text_is_a_part_or_a_refusal(header: str) -> None:
    try:
        span = sent_span(header)
    except BadContentRange:
        return
    assert 0 <= span.first <= span.end <= span.total
