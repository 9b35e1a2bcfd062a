"""Exif (CIPA DC-008), as much of it as is needed: which way up, and whether it says where."""

from __future__ import annotations

import struct
from collections.abc import Iterator

UPRIGHT = 1
"""The orientation of a picture that is stored as it is to be seen."""

_ORIENTATION = 0x0112
_GPS = 0x8825
_GPS_VERSION = 0
_SHORT = 3
_LONG = 4
_MOST_ENTRIES = 512


def orientation_in(tiff: bytes) -> int:
    """Return the orientation, 1 to 8; UPRIGHT where it is not said, or not understood."""
    for tag, kind, value in _entries(tiff, _first(tiff)):
        if tag == _ORIENTATION:
            said = _number(tiff, kind, value)
            return said if 1 <= said <= 8 else UPRIGHT
    return UPRIGHT


def says_where(tiff: bytes) -> bool:
    """Tell whether there is any position, or anything else about one, in it."""
    for tag, kind, value in _entries(tiff, _first(tiff)):
        if tag == _GPS:
            there = _entries(tiff, _number(tiff, kind, value))
            return any(inner != _GPS_VERSION for inner, _, _ in there)
    return False


def exif_of(orientation: int) -> bytes:
    """Return an Exif block that says nothing but the orientation."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return b"MM\x00\x2a\x00\x00\x00\x08" + struct.pack(">H", 1) + entry + bytes(4)


def _order(tiff: bytes) -> str:
    return ">" if tiff[:2] == b"MM" else "<"


def _first(tiff: bytes) -> int:
    """Return where the first directory is; 0 where it is no Exif."""
    if len(tiff) < 8 or tiff[:4] not in {b"MM\x00\x2a", b"II\x2a\x00"}:
        return 0
    (offset,) = struct.unpack_from(f"{_order(tiff)}I", tiff, 4)
    return int(offset)


def _entries(tiff: bytes, offset: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield tag, type and value field of a directory's entries, as many as there are."""
    if not 8 <= offset <= len(tiff) - 2:
        return
    (count,) = struct.unpack_from(f"{_order(tiff)}H", tiff, offset)
    for place in range(offset + 2, offset + 2 + 12 * min(count, _MOST_ENTRIES), 12):
        if place + 12 > len(tiff):
            return
        tag, kind = struct.unpack_from(f"{_order(tiff)}HH", tiff, place)
        yield tag, kind, tiff[place + 8 : place + 12]


def _number(tiff: bytes, kind: int, value: bytes) -> int:
    if kind == _SHORT:
        return int(struct.unpack_from(f"{_order(tiff)}H", value)[0])
    return int(struct.unpack_from(f"{_order(tiff)}I", value)[0]) if kind == _LONG else 0
