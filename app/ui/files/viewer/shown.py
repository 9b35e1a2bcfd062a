"""A picture as the full view knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.chat import times
from app.ui.chat.names import isolated, one_line
from app.ui.files.sizes import human_size
from app.ui.texts import locale, tr

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
    def detail(self) -> str:
        """Who sent it and when, and how large it is, in words."""
        pixels = locale().toString
        size = tr(
            "{width} × {height}", width=pixels(self.ref.width), height=pixels(self.ref.height)
        )
        when = f"{times.long_day(self.at)}, {times.clock_time(self.at)}"
        parts = (isolated(self.nick), when, human_size(self.ref.size), size)
        return " · ".join(part for part in parts if part)

    @property
    def words(self) -> str:
        """What a screen reader says of it."""
        return tr(
            "Picture {name} from {author}", name=one_line(self.ref.name), author=one_line(self.nick)
        )

    @property
    def key(self) -> tuple[int, str]:
        """What it is known by while others come and go."""
        return self.seq, self.ref.hash
