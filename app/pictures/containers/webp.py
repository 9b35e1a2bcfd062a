"""The chunks of a webp (RFC 9649)."""

from __future__ import annotations

from collections.abc import Iterator

from app.pictures.containers.pieces import BrokenPicture, Piece, What

HEADER = 12
EXTENDED = b"VP8X"
EXIF_FLAG, XMP_FLAG = 0x08, 0x04
_DRAWN = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_KEPT = _DRAWN | {EXTENDED, b"ALPH", b"ANIM", b"ICCP"}


def pieces(data: memoryview) -> Iterator[Piece]:
    """Yield the parts of a file behind its header; raises BrokenPicture."""
    if bytes(data[:4]) != b"RIFF" or bytes(data[8:HEADER]) != b"WEBP":
        raise BrokenPicture("no webp")
    size = 8 + int.from_bytes(data[4:8], "little")
    inside, behind = data[:size], data[size:]
    at, drawn = HEADER, False
    while at + 8 <= len(inside):
        name = bytes(inside[at : at + 4])
        length = int.from_bytes(inside[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        raw, body = inside[at:end], inside[at + 8 : at + 8 + length]
        drawn = drawn or name in _DRAWN
        yield _chunk(name, raw, body)
        at = end
    if not drawn:
        raise BrokenPicture("a webp without a picture")
    if behind:
        yield Piece(What.OTHER, behind)


def _chunk(name: bytes, raw: memoryview, body: memoryview) -> Piece:
    if name in _KEPT:
        return Piece(What.PICTURE, raw)
    if name == b"EXIF":
        return Piece(What.EXIF, raw, bytes(body).removeprefix(b"Exif\x00\x00"))
    return Piece(What.XMP, raw, bytes(body)) if name == b"XMP " else Piece(What.OTHER, raw)


def assembled(kept: list[bytes | memoryview], tiff: bytes) -> list[bytes | memoryview]:
    """Return a file of these parts, with an Exif block where `tiff` is any and can be said."""
    extended = bool(kept) and bytes(kept[0][:4]) == EXTENDED and len(kept[0]) > 8
    if extended:
        first = bytearray(kept[0])
        first[8] &= ~(EXIF_FLAG | XMP_FLAG)
        if tiff:
            first[8] |= EXIF_FLAG
        kept = [bytes(first), *kept[1:]]
        if tiff:
            kept.append(b"EXIF" + len(tiff).to_bytes(4, "little") + tiff + bytes(len(tiff) % 2))
    size = 4 + sum(len(part) for part in kept)
    return [b"RIFF" + size.to_bytes(4, "little") + b"WEBP", *kept]
