"""What is known of a picture, or was made of it. Checked as the worker tells it, and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from app.pictures import limits
from app.pictures.formats import Format
from app.protocol.limits import MAX_PICTURE_SIDE

Side = Annotated[int, msgspec.Meta(ge=1, le=MAX_PICTURE_SIDE)]
Bytes = Annotated[int, msgspec.Meta(ge=0, le=2**32)]
Media = Literal["image/png", "image/jpeg", "image/gif", "image/webp"]


@dataclass(frozen=True)
class Look:
    """What a picture is. Width and height are those of the upright picture."""

    format: Format
    width: Side
    height: Side
    animated: bool
    has_location: bool
    """It says where it was made, or that cannot be told."""


@dataclass(frozen=True)
class Thumbnail:
    """What was made of a picture of that size (upright); `size` is the thumbnail's, in bytes."""

    width: Side
    height: Side
    media: Literal["image/png", "image/jpeg"]
    size: Bytes


@dataclass(frozen=True)
class Resized:
    """The picture that was made. A still gif becomes a png, all others stay what they are."""

    media: Media
    width: Side
    height: Side
    size: Bytes


@dataclass(frozen=True)
class Cleaned:
    """The copy that was made."""

    media: Media
    size: Bytes


@dataclass(frozen=True)
class Frames:
    """Pixels of frames in a file, ARGB32, premultiplied; for how many milliseconds each is shown."""

    width: Side
    height: Side
    delays: Annotated[
        tuple[Annotated[int, msgspec.Meta(ge=1, le=limits.LONGEST_FRAME)], ...],
        msgspec.Meta(min_length=1, max_length=limits.MAX_FRAMES),
    ]


@dataclass(frozen=True)
class Pixels:
    """Pixels in a file, 4 bytes each: ARGB32, premultiplied, or RGB32 where `alpha` is false."""

    width: Side
    height: Side
    alpha: bool
