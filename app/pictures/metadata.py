"""What a picture file says besides the picture: found, and taken out without touching the picture.

What stays is what is known to be needed to show it, not what is known to be harmless: a position is
also in a second picture behind the first, in what a maker writes for itself, in a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from app.pictures.containers import gif, jpeg, png, webp
from app.pictures.containers.exif import UPRIGHT, exif_of, orientation_in, says_where
from app.pictures.containers.pieces import Piece, What
from app.pictures.formats import Format

_READERS: dict[Format, Callable[[memoryview], Iterator[Piece]]] = {
    Format.PNG: png.pieces,
    Format.JPEG: jpeg.pieces,
    Format.GIF: gif.pieces,
    Format.WEBP: webp.pieces,
}
_XMP_PLACE = re.compile(rb"GPS|[Ll]ocation|photoshop:(City|State|Country)|[^A-Za-z](City|Country)")
_IPTC_PLACE = re.compile(rb"\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]")
"""IIM datasets 2:26, 27, 90, 92, 95, 100, 101: content location, city, sublocation, state, country."""


def has_location(data: memoryview, kind: Format) -> bool:
    """Tell whether a file says where the picture was made; raises BrokenPicture.

    Rather once too often: of XMP and IPTC only the names of fields are looked for.
    """
    return any(_tells(piece) for piece in _READERS[kind](data))


def _tells(piece: Piece) -> bool:
    if piece.what is What.EXIF:
        return says_where(piece.body)
    if piece.what is What.XMP:
        # Also in UTF-16.
        return _XMP_PLACE.search(piece.body.replace(b"\x00", b"")) is not None
    return piece.what is What.IPTC and _IPTC_PLACE.search(piece.body) is not None


def orientation(data: memoryview, kind: Format) -> int:
    """Return the Exif orientation, 1 to 8; raises BrokenPicture."""
    for piece in _READERS[kind](data):
        if piece.what is What.EXIF:
            return orientation_in(piece.body)
    return UPRIGHT


def without_metadata(data: memoryview, kind: Format) -> list[bytes | memoryview]:
    """Return the file as the parts to be written one after the other; raises BrokenPicture.

    The picture, byte for byte, how its colours are meant, and which way up it is; nothing else.
    """
    kept: list[bytes | memoryview] = []
    turned = UPRIGHT
    for piece in _READERS[kind](data):
        if piece.what is What.PICTURE:
            kept.append(piece.raw)
        elif piece.what is What.EXIF and turned == UPRIGHT:
            turned = orientation_in(piece.body)
    tiff = exif_of(turned) if turned != UPRIGHT else b""
    if kind is Format.WEBP:
        return webp.assembled(kept, tiff)
    if tiff and kind is Format.JPEG:
        # Behind a JFIF header, which must come first.
        place = 2 if len(kept) > 1 and bytes(kept[1][:2]) == b"\xff\xe0" else 1
        kept.insert(place, jpeg.exif_segment(tiff))
    elif tiff and kind is Format.PNG:
        kept.insert(2, png.chunk(b"eXIf", tiff))
    return kept
