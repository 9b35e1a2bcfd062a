"""What a part of a picture file is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class What(Enum):
    """What a part holds."""

    PICTURE = auto()
    """The picture itself, and what is needed to show it: it stays."""
    EXIF = auto()
    XMP = auto()
    IPTC = auto()
    OTHER = auto()
    """Comments, makers' own things, what hangs on behind the end: nobody knows what is in it."""


@dataclass(frozen=True)
class Piece:
    """A part of a file. `raw` is all of it, `body` what it says, unpacked where it was packed."""

    what: What
    raw: memoryview
    body: bytes = b""


class BrokenPicture(ValueError):
    """The file is not made as its format asks."""
