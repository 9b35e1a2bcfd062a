"""The blocks of a gif (GIF89a; XMP part 3 for what hides in an application's)."""

from __future__ import annotations

from collections.abc import Iterator

from app.pictures.containers.pieces import BrokenPicture, Piece, What

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""How often it is played, and its colours."""


def pieces(data: memoryview) -> Iterator[Piece]:
    """Yield the parts of a file; raises BrokenPicture."""
    if data[:6] not in {b"GIF87a", b"GIF89a"} or len(data) < 13:
        raise BrokenPicture("no gif")
    at = 13 + _colours(data[10])
    yield Piece(What.PICTURE, data[:at])
    drawn = False
    while at < len(data):
        kind, begin = data[at], at
        if kind == _TRAILER:
            yield Piece(What.PICTURE, data[at : at + 1])
            if at + 1 < len(data):
                yield Piece(What.OTHER, data[at + 1 :])
            break
        if kind == _IMAGE:
            drawn = True
            packed = data[at + 9] if at + 9 < len(data) else 0
            at = _behind(data, at + 11 + _colours(packed))
            yield Piece(What.PICTURE, data[begin:at])
        elif kind == _EXTENSION:
            at = _behind(data, at + 2)
            yield _extension(data[begin:at])
        else:
            raise BrokenPicture("no block where one must be")
    if not drawn:
        raise BrokenPicture("a gif without a picture")


def _colours(packed: int) -> int:
    """Return the bytes of the table of colours that a block says to have."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _behind(data: memoryview, at: int) -> int:
    """Return the place behind the sub-blocks that begin here."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return min(at + 1, len(data))


def _extension(raw: memoryview) -> Piece:
    label = raw[1] if len(raw) > 1 else _COMMENT
    if label == _APPLICATION:
        name = bytes(raw[3:14])
        if name == b"XMP DataXMP":
            return Piece(What.XMP, raw, bytes(raw[14:]))
        return Piece(What.PICTURE if name in _KEPT else What.OTHER, raw)
    return Piece(What.OTHER if label == _COMMENT else What.PICTURE, raw)
