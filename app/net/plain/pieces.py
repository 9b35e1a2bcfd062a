"""`Pieces`: what is written to a guest, for the tutorial's client in pieces that it can take.

That client decodes whatever one `recv(1024)` brings, and ends on half a character. So what it gets in
a row is cut between characters, and the pieces come so far apart that it has read one before the next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.net import limits
from app.support.clock import Clock, Timer


class Written(Protocol):
    """What this needs of a stream."""

    @property
    def waiting(self) -> int:
        """Bytes that the system has not taken yet."""

    def write(self, data: bytes) -> None:
        """Send `data`."""


class Pieces:
    """The way out to one guest. Owns no stream; `on_written` is called after each later piece."""

    def __init__(self, stream: Written, clock: Clock, on_written: Callable[[], None]) -> None:
        self.is_cut = False
        """Whether what is written is cut into pieces, from the next `write` on."""
        self._stream = stream
        self._clock = clock
        self._on_written = on_written
        self._later = bytearray()
        self._timer: Timer | None = None

    @property
    def waiting(self) -> int:
        """Bytes that the guest has not taken from us yet."""
        return self._stream.waiting + len(self._later)

    def write(self, data: bytes) -> None:
        """Send `data`, which is whole characters of UTF-8."""
        if not self.is_cut:
            self._stream.write(data)
            return
        self._later += data
        if self._timer is None:
            self._send_piece()

    def finish(self) -> None:
        """Send at once what is left: there is no time for pieces."""
        rest = bytes(self._later)
        self.drop()
        if rest:
            self._stream.write(rest)

    def drop(self) -> None:
        """Send nothing of what is left."""
        self._later.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _send_piece(self) -> None:
        size = piece_size(self._later)
        piece = bytes(self._later[:size])
        del self._later[:size]
        self._timer = self._clock.call_later(limits.PIECE_GAP, self._on_gap)
        self._stream.write(piece)

    def _on_gap(self) -> None:
        self._timer = None
        if self._later:
            self._send_piece()
            self._on_written()


def piece_size(data: bytes | bytearray) -> int:
    """Return how many bytes of UTF-8 make the first piece: whole lines, or at least characters."""
    if len(data) <= limits.PIECE:
        return len(data)
    end = data.rfind(b"\n", 0, limits.PIECE) + 1 or limits.PIECE
    while data[end] & 0xC0 == 0x80:
        end -= 1
    return end
