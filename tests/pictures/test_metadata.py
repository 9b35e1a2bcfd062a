"""Where a picture was made is found, and gone from its copy; the picture itself stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QByteArray
from PyQt6.QtGui import QImage, QImageReader

from app.pictures import metadata
from app.pictures.containers import jpeg
from app.pictures.containers.exif import UPRIGHT, exif_of, orientation_in, says_where
from app.pictures.containers.pieces import BrokenPicture
from app.pictures.formats import Format, format_of
from tests.pictures.making import (
    IPTC,
    PLACE,
    XMP,
    exif,
    gif,
    gif_with,
    jpeg_with,
    picture,
    png_with,
    saved,
    segment,
    webp_with,
)

Make = Callable[[int], bytes]

MAKERS: dict[Format, Make] = {
    Format.JPEG: jpeg_with,
    Format.PNG: png_with,
    Format.WEBP: webp_with,
    Format.GIF: lambda _orientation: gif_with(),
}
TRACES = (PLACE, b"GPS", b"Camera Works", b"adobe:ns", b"Paris", b"8BIM", exif()[60:90])


def _clean(data: bytes, kind: Format) -> bytes:
    return b"".join(metadata.without_metadata(memoryview(data), kind))


def _pixels(path: Path) -> list[QImage]:
    reader = QImageReader(str(path))
    reader.setFormat(QByteArray((format_of(path.read_bytes()) or "").encode()))
    images = [reader.read() for _ in range(max(1, reader.imageCount()))]
    assert not images[0].isNull()
    return images


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("kind", MAKERS)
def test_nothing_but_the_picture_stays(kind: Format, orientation: int, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_bytes(MAKERS[kind](orientation))
    data = _clean(before.read_bytes(), kind)
    after.write_bytes(data)
    assert [trace for trace in TRACES if trace in data] == []
    assert metadata.has_location(memoryview(before.read_bytes()), kind)
    assert not metadata.has_location(memoryview(data), kind)
    assert _pixels(before) == _pixels(after)
    turned = UPRIGHT if kind is Format.GIF else orientation
    assert metadata.orientation(memoryview(data), kind) == turned
    assert _clean(data, kind) == data


@pytest.mark.parametrize("kind", [Format.JPEG, Format.PNG, Format.WEBP])
def test_another_reader_of_metadata_agrees(kind: Format) -> None:
    exiv2: Any = pytest.importorskip("exiv2")

    def tags(data: bytes) -> dict[str, str]:
        image = exiv2.ImageFactory.open(data)
        image.readMetadata()
        found = [*image.exifData(), *image.iptcData(), *image.xmpData()]
        return {tag.key(): str(tag.value()) for tag in found}

    before = tags(MAKERS[kind](6))
    assert {"Exif.GPSInfo.GPSLatitude", "Xmp.exif.GPSLatitude"} <= before.keys()
    assert tags(_clean(MAKERS[kind](6), kind)) == {"Exif.Image.Orientation": "6"}


@pytest.mark.parametrize(
    ("tiff", "where"),
    [
        (exif(), True),
        (exif(order=">"), True),
        (exif(located=False), False),
        (exif_of(6), False),
        (b"", False),
        (b"II*\x00\xff\xff\xff\xff", False),
        (b"MM\x00*\x00\x00\x00\x08\xff\xff", False),
        (exif()[:40], False),
    ],
)
def test_exif_says_where_or_does_not(tiff: bytes, where: bool) -> None:
    assert says_where(tiff) is where


@pytest.mark.parametrize("orientation", [*range(1, 9), 0, 9, 65_535])
@pytest.mark.parametrize("order", ["<", ">"])
def test_orientation_is_one_of_eight(orientation: int, order: str) -> None:
    expected = orientation if 1 <= orientation <= 8 else UPRIGHT
    assert orientation_in(exif(orientation, order=order)) == expected
    assert orientation_in(exif_of(expected)) == expected


@pytest.mark.parametrize(
    "body",
    [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + XMP),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP.decode().encode("utf-16-le")),
        segment(0xED, IPTC),
        jpeg.exif_segment(exif()),
    ],
)
def test_each_way_to_say_where_is_found(body: bytes) -> None:
    plain = saved(picture(8, 8), "jpeg")
    assert not metadata.has_location(memoryview(plain), Format.JPEG)
    assert metadata.has_location(memoryview(plain[:2] + body + plain[2:]), Format.JPEG)


def test_orientation_is_behind_the_jfif_header() -> None:
    data = _clean(jpeg_with(3), Format.JPEG)
    assert data[2:4] == b"\xff\xe0"
    after = 4 + int.from_bytes(data[4:6], "big")
    assert data[after : after + 2] == b"\xff\xe1"
    assert data.endswith(b"\xff\xd9")


def test_colours_stay() -> None:
    profile = segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + bytes(40))
    second = segment(0xE2, b"MPF\x00" + bytes(40))
    plain = saved(picture(8, 8), "jpeg")
    data = _clean(plain[:2] + profile + second + plain[2:], Format.JPEG)
    assert profile in data
    assert second not in data


def test_animation_stays() -> None:
    assert _clean(gif(5), Format.GIF) == gif(5)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe1\x00\x00",
        b"\xff\xd8\xff\xd8garbage",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"GIF89a" + bytes(7) + b"\x3b",
        b"GIF89a" + bytes(50),
        b"RIFF\x04\x00\x00\x00WEBP",
        b"RIFF\xff\xff\xff\xffWEBPEXIF\xff\xff\xff\xff",
    ],
)
def test_what_holds_no_picture_is_broken(data: bytes) -> None:
    kind = format_of(data)
    assert kind is not None
    with pytest.raises(BrokenPicture):
        _clean(data, kind)


WHOLE = {kind: make(6) for kind, make in MAKERS.items()}


@given(
    st.sampled_from(list(MAKERS)),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=6)), max_size=5),
    st.integers(0, 5000),
)
def test_spoilt_pictures_are_read_or_refused(
    kind: Format, spoils: list[tuple[int, bytes]], length: int
) -> None:
    data = bytearray(WHOLE[kind])
    for place, spoil in spoils:
        data[12 + place % len(data) : 12 + place % len(data) + len(spoil)] = spoil
    cut = bytes(data[: max(12, len(data) - length % len(data))])
    try:
        clean = _clean(cut, kind)
        metadata.has_location(memoryview(cut), kind)
    except BrokenPicture:
        return
    # Nothing grows but by the orientation.
    assert len(clean) <= len(cut) + 64
    assert format_of(clean) is kind
