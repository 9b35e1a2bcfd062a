"""Split a byte stream into frames, refusing any frame over the limit.

A frame is a 4-byte big-endian length and that many bytes of body. Owns no socket and no clock; the
length is checked before a byte of the body is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.protocol.errors import FrameTooLarge, InvalidState
from app.protocol.limits import MAX_FRAME

HEADER = 4
"""Bytes of the length in front of each body."""


def encode_frame(body: bytes) -> bytes:
    """Return `body` as a frame; raises InvalidState for one that no peer would take."""
    if len(body) > MAX_FRAME:
        raise InvalidState(f"a body of {len(body)} bytes fits no frame")
    return len(body).to_bytes(HEADER, "big") + body


class FrameDecoder:
    """Bodies out of bytes, however they were cut.

    `limit` may be changed between frames; it holds for every length read from then on.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Take bytes as they came; `frames()` gives what is whole.

        The caller drains `frames()` after each call, so that no more than one frame and one
        read of the socket is ever held.
        """
        self._buffer += data

    def frames(self) -> Iterator[bytes]:
        """Yield the bodies that are whole, in order; raises FrameTooLarge at a length over `limit`."""
        start = 0
        try:
            while len(self._buffer) - start >= HEADER:
                length = int.from_bytes(self._buffer[start : start + HEADER], "big")
                if length > self.limit:
                    raise FrameTooLarge(f"a frame of {length} bytes, where {self.limit} may be")
                end = start + HEADER + length
                if len(self._buffer) < end:
                    break
                body = bytes(self._buffer[start + HEADER : end])
                start = end
                yield body
        finally:
            del self._buffer[:start]

    @property
    def held(self) -> int:
        """Bytes of an unfinished frame."""
        return len(self._buffer)
