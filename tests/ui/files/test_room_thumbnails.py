"""Small pictures come from a host who may be anybody: only what they may be is decoded."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QObject, QSize
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.session.files.previews import Previews
from app.ui.files import room_thumbnails
from app.ui.files.room_thumbnails import MOST_BYTES, RoomThumbnails, decoded
from tests.ui.files.pictures import digest_of, drawn, encoded, thumbnail

ONE = digest_of("one")
SIZE = QSize(320, 240)


def png_header(width: int, height: int) -> bytes:
    """Return a png that says it is so large, and has hardly a byte of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_thumbnail_is_decoded_as_large_as_it_is_shown(kind: str) -> None:
    image = decoded(thumbnail(drawn(1600, 1200), kind), SIZE)
    assert image is not None
    assert image.size() == SIZE


def test_it_covers_the_place_that_it_is_shown_in() -> None:
    image = decoded(thumbnail(drawn(1600, 400)), QSize(100, 100))
    assert image is not None
    assert (image.width(), image.height()) == (400, 100)


def test_a_small_one_is_not_made_larger() -> None:
    image = decoded(encoded(drawn(20, 10)), SIZE)
    assert image is not None
    assert (image.width(), image.height()) == (20, 10)


BROKEN = pytest.mark.qt_log_ignore(".")
"""Decoders say much of what is no picture."""


@BROKEN
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        encoded(drawn(10, 10), "bmp"),
        encoded(drawn(641, 10)),
        encoded(drawn(10, 641)),
        png_header(50_000, 50_000),
        png_header(0, 10),
        b"\x89PNG\r\n\x1a\n" + b"garbage" * 50,
        b"\xff\xd8\xff" + b"garbage" * 50,
        encoded(drawn(300, 300)).ljust(MOST_BYTES + 1, b"\0"),
    ],
)
def test_anything_else_is_not_decoded(data: bytes) -> None:
    assert decoded(data, SIZE) is None


@BROKEN
@given(st.binary(max_size=400), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]))
def test_any_bytes_end_in_a_picture_or_none(data: bytes, magic: bytes) -> None:
    image = decoded(magic + data, SIZE)
    assert image is None or not image.isNull()


@pytest.fixture
def previews(qapp: QObject) -> Previews:
    return Previews(qapp)


def test_it_is_there_when_it_has_come_and_is_decoded(qtbot: QtBot, previews: Previews) -> None:
    thumbnails = RoomThumbnails(previews, previews)
    with qtbot.waitSignal(previews.wanted):
        assert thumbnails.pixmap(ONE, SIZE) is None
    with qtbot.waitSignal(thumbnails.ready) as heard:
        previews.note(ONE, thumbnail(drawn(800, 600)))
    assert heard.args == [ONE]
    with qtbot.waitSignal(thumbnails.ready):
        thumbnails.pixmap(ONE, SIZE)
    pixmap = thumbnails.pixmap(ONE, SIZE)
    assert pixmap is not None
    assert pixmap.size() == SIZE
    # At another size the one that is there serves meanwhile.
    assert thumbnails.pixmap(ONE, QSize(100, 75)) is not None


@BROKEN
def test_what_is_broken_is_tried_once(
    qtbot: QtBot, previews: Previews, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def look(data: bytes, size: QSize) -> QImage | None:
        tried.append(len(data))
        return decoded(data, size)

    monkeypatch.setattr(room_thumbnails, "decoded", look)
    thumbnails = RoomThumbnails(previews, previews)
    previews.note(ONE, b"\xff\xd8\xff no picture")
    for _ in range(3):
        assert thumbnails.pixmap(ONE, SIZE) is None
        qtbot.waitUntil(lambda: not thumbnails.is_busy)
    assert tried == [len(b"\xff\xd8\xff no picture")]


def test_what_is_kept_has_an_end(
    qtbot: QtBot, previews: Previews, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_thumbnails, "KEPT_BYTES", 3 * 320 * 240 * 4)
    thumbnails = RoomThumbnails(previews, previews)
    many = [digest_of(str(n)) for n in range(8)]
    for digest in many:
        previews.note(digest, thumbnail(drawn(640, 480)))
        with qtbot.waitSignal(thumbnails.ready):
            thumbnails.pixmap(digest, SIZE)
    assert thumbnails.kept_bytes <= 3 * 320 * 240 * 4
    assert thumbnails.pixmap(many[0], SIZE) is None
    assert thumbnails.pixmap(many[-1], SIZE) is not None
