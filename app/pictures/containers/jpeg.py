"""The segments of a jpeg (ITU-T T.81, annex B; Exif, XMP part 3 for what is in them)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.pictures.containers.pieces import BrokenPicture, Piece, What

_START, _SCAN, _END, _COMMENT = 0xD8, 0xDA, 0xD9, 0xFE
_EXIF = b"Exif\x00\x00"
_XMP = (b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00")
_IPTC = b"Photoshop 3.0\x00"
_KEPT = ((0xE0, b"JFIF\x00"), (0xE2, b"ICC_PROFILE\x00"), (0xEE, b"Adobe"))
"""How it is to be shown: density, colours."""

_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_NEXT = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker behind compressed data, where FF 00 and the restarts belong to them."""


def pieces(data: memoryview) -> Iterator[Piece]:
    """Yield the parts of a file; raises BrokenPicture."""
    if bytes(data[:2]) != b"\xff\xd8":
        raise BrokenPicture("no jpeg")
    yield Piece(What.PICTURE, data[:2])
    at, scanned = 2, False
    while at < len(data):
        marker, at = _marker(data, at)
        if marker == _END:
            yield Piece(What.PICTURE, data[at - 2 : at])
            if at < len(data):
                # Further pictures (CIPA DC-007), films: each with what its camera knew.
                yield Piece(What.OTHER, data[at:])
            break
        if marker in _BARE:
            yield Piece(What.PICTURE, data[at - 2 : at])
            continue
        if at + 2 > len(data):
            break
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end < at + 2:
            raise BrokenPicture("a segment of no length")
        if marker == _SCAN:
            found = _NEXT.search(data, min(end, len(data)))
            end = found.start() if found else len(data)
            scanned = True
        yield _segment(marker, data[at - 2 : end], data[at + 2 : end])
        at = end
    if not scanned:
        raise BrokenPicture("a jpeg without a picture")


def _marker(data: memoryview, at: int) -> tuple[int, int]:
    """Return the marker at a place, fill bytes passed over, and the place behind it."""
    if data[at] != 0xFF:
        raise BrokenPicture("no marker where one must be")
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at == len(data):
        return _END, at
    return data[at], at + 1


def _segment(marker: int, raw: memoryview, body: memoryview) -> Piece:
    if marker == 0xE1 and body[: len(_EXIF)] == _EXIF:
        return Piece(What.EXIF, raw, bytes(body[len(_EXIF) :]))
    if marker == 0xE1 and any(body[: len(name)] == name for name in _XMP):
        return Piece(What.XMP, raw, bytes(body))
    if marker == 0xED and body[: len(_IPTC)] == _IPTC:
        return Piece(What.IPTC, raw, bytes(body))
    if 0xE0 <= marker <= 0xEF:
        kept = any(marker == one and body[: len(name)] == name for one, name in _KEPT)
        return Piece(What.PICTURE if kept else What.OTHER, raw)
    return Piece(What.OTHER if marker == _COMMENT else What.PICTURE, raw)


def exif_segment(tiff: bytes) -> bytes:
    """Return the segment that holds an Exif block."""
    return b"\xff\xe1" + (len(tiff) + 8).to_bytes(2, "big") + _EXIF + tiff
