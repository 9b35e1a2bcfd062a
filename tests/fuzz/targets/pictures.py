"""What a picture file says besides the picture: any bytes behind the beginning of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st

from app.pictures import metadata
from app.pictures.containers.exif import orientation_in, says_where
from app.pictures.containers.pieces import BrokenPicture
from app.pictures.formats import format_of
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case
from tests.pictures.making import exif, gif_with, jpeg_with, png_with, webp_with

_ORIENTATION = 64
"""Bytes that saying the orientation may add."""


@contextmanager
def _open() -> Iterator[Run]:
    yield _run


def _run(case: Case) -> None:
    whole, *edits = case
    data = bytearray(whole)
    for edit in edits:
        place = int.from_bytes(edit[:2], "big") % (len(data) or 1)
        data[place : place + len(edit) - 2] = edit[2:]
    orientation_in(bytes(data))
    says_where(bytes(data))
    kind = format_of(bytes(data))
    if kind is None:
        return
    view = memoryview(bytes(data))
    try:
        metadata.has_location(view, kind)
        metadata.orientation(view, kind)
        clean = b"".join(metadata.without_metadata(view, kind))
    except BrokenPicture:
        return
    assert len(clean) <= len(data) + _ORIENTATION
    assert format_of(clean) is kind
    assert not metadata.has_location(memoryview(clean), kind)


def _cases() -> st.SearchStrategy[Case]:
    wholes = st.sampled_from([jpeg_with(6), png_with(6), webp_with(6), gif_with(), exif()])
    edit = st.binary(min_size=3, max_size=12)
    return st.tuples(wholes, edit) | st.builds(
        lambda whole, edits: (whole, *edits), wholes, st.lists(edit, max_size=6)
    )


TARGETS = (Target("picture-metadata", st.deferred(_cases), _open, 150),)
