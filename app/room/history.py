"""Which part of the log newcomers see: the host's choice, shown to whoever joins."""

from __future__ import annotations

from dataclasses import dataclass

from app.protocol.limits import MAX_HISTORY
from app.protocol.messages import HistoryName

MAX_LAST = MAX_HISTORY


@dataclass(frozen=True)
class History:
    """One of four policies; `count` counts with "last" alone."""

    name: HistoryName = "all"
    count: int = 0

    @classmethod
    def parse(cls, text: str) -> History:
        """Read `all`, `joined`, `none` or a number; raises ValueError for anything else."""
        if text == "all":
            return cls("all")
        if text == "joined":
            return cls("joined")
        if text == "none":
            return cls("none")
        if text.isascii() and text.isdigit() and 0 < int(text) <= MAX_LAST:
            return cls("last", int(text))
        raise ValueError(text)

    def as_text(self) -> str:
        """Return what `parse` reads."""
        return str(self.count) if self.name == "last" else self.name

    def floor(self, last_seq: int) -> int:
        """Return the number after which somebody sees the log who comes at `last_seq`."""
        if self.name == "all":
            return 0
        if self.name == "last":
            return max(0, last_seq - self.count)
        return last_seq


EVERYTHING = History("all")
