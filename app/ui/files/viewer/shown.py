"""A picture as the full view knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.protocol.attachments import FileRef


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of a room: the file, the number of its message, who sent it and when (Unix ms)."""

    ref: FileRef
    seq: int
    nick: str
    at: int

    @property
    def key(self) -> tuple[int, str]:
        """What it is known by while others come and go."""
        return self.seq, self.ref.hash
