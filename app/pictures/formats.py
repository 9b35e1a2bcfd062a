"""Which pictures there are, by their first bytes alone: no other ever reaches a decoder."""

from __future__ import annotations

from enum import StrEnum

HEAD = 12
"""Bytes of a file that tell."""


class Format(StrEnum):
    """A kind of picture. The value is Qt's name for its decoder."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"

    @property
    def media(self) -> str:
        """The media type."""
        return f"image/{self.value}"


def format_of(head: bytes) -> Format | None:
    """Return what a file is that begins like this, or None where it is none of them."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Format.GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    return None
