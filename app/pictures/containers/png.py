"""The chunks of a png (W3C PNG, third edition; ExifTool's and ImageMagick's habits for raw profiles)."""

from __future__ import annotations

import binascii
import zlib
from collections.abc import Iterator

from app.pictures.containers.pieces import BrokenPicture, Piece, What

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
_MOST_UNPACKED = 1024 * 1024
_RAW_PROFILE = "Raw profile type "


def pieces(data: memoryview) -> Iterator[Piece]:
    """Yield the parts of a file; raises BrokenPicture."""
    if data[:8] != _SIGNATURE:
        raise BrokenPicture("no png")
    yield Piece(What.PICTURE, data[:8])
    at, drawn = 8, False
    while at + 12 <= len(data):
        # Where it is cut off, as much of the picture as there is can be shown.
        end = min(at + 12 + int.from_bytes(data[at : at + 4], "big"), len(data))
        name = bytes(data[at + 4 : at + 8])
        drawn = drawn or name == b"IDAT"
        yield _chunk(name, data[at:end])
        at = end
        if name == b"IEND":
            break
    if not drawn:
        raise BrokenPicture("a png without a picture")
    if at < len(data):
        yield Piece(What.OTHER, data[at:])


def _chunk(name: bytes, raw: memoryview) -> Piece:
    if name in _KEPT:
        return Piece(What.PICTURE, raw)
    body = bytes(raw[8 : 8 + min(len(raw) - 12, _MOST_UNPACKED)])
    if name == b"eXIf":
        return Piece(What.EXIF, raw, body)
    if name in {b"tEXt", b"zTXt", b"iTXt"}:
        return _text(name, raw, body)
    return Piece(What.OTHER, raw)


def _text(name: bytes, raw: memoryview, body: bytes) -> Piece:
    keyword, _, rest = body.partition(b"\x00")
    packed = False
    if name == b"zTXt":
        packed, rest = True, rest[1:]
    elif name == b"iTXt":
        packed = rest[:1] == b"\x01"
        rest = rest[2:].split(b"\x00", 2)[-1]
    if packed:
        rest = _unpacked(rest)
    key = keyword.decode("latin-1")
    if key == "XML:com.adobe.xmp":
        return Piece(What.XMP, raw, rest)
    if key.startswith(_RAW_PROFILE):
        return _raw_profile(key.removeprefix(_RAW_PROFILE).strip().lower(), raw, rest)
    return Piece(What.OTHER, raw)


def _raw_profile(kind: str, raw: memoryview, text: bytes) -> Piece:
    """Return a profile that was written as text: its name, its length, its bytes in hexadecimal."""
    try:
        body = binascii.unhexlify(b"".join(text.split()[2:]))
    except binascii.Error:
        body = b""
    if kind in {"exif", "app1"}:
        if body.startswith(b"Exif\x00\x00"):
            return Piece(What.EXIF, raw, body[6:])
        return Piece(What.XMP, raw, body)
    what = {"xmp": What.XMP, "iptc": What.IPTC, "8bim": What.IPTC}.get(kind, What.OTHER)
    return Piece(what, raw, body)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return b""


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk."""
    sum_ = zlib.crc32(name + body)
    return len(body).to_bytes(4, "big") + name + body + sum_.to_bytes(4, "big")
