"""Sizes of files as people write them."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.support.sizes import MOST, parse_size
from app.ui.files.sizes import human_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("1234", 1234),
        ("512 bytes", 512),
        ("500M", 500 * 1024**2),
        (" 4g ", 4 * 1024**3),
        ("4 GiB", 4 * 1024**3),
        ("1.5 GB", 3 * 512 * 1024**2),
        ("1,5gb", 3 * 512 * 1024**2),
        ("2 TB", 2 * 1024**4),
        ("7k", 7 * 1024),
    ],
)
def test_a_size_is_understood_as_people_write_it(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text",
    [
        "",
        "M",
        "-1",
        "1e9",
        "1.2.3",
        "4 GX",
        "four",
        "1 000",
        "1,000 MB",
        "1.000 MB",
        "9999999 TB",
        "４G",
    ],
)
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text.strip()) or "^$"):
        parse_size(text)


def test_a_number_alone_is_not_clear_where_a_unit_is_needed() -> None:
    assert parse_size("0", needs_unit=True) == 0
    assert parse_size("5 MB", needs_unit=True) == 5 * 1024**2
    with pytest.raises(ValueError, match="5"):
        parse_size("5", needs_unit=True)


@given(st.integers(0, 999 * 1024**4))
def test_what_is_shown_is_understood(size: int) -> None:
    read = parse_size(human_size(size), needs_unit=True)
    assert abs(read - size) <= size * 0.051


@given(st.text(max_size=12))
def test_no_text_does_anything_else(text: str) -> None:
    with suppress(ValueError):
        assert 0 <= parse_size(text) <= MOST
