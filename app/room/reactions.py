"""`Reactions`: which emoji stand at a message now, by whom, and which line of the log made it so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

KEPT = 50_000
"""Wishes that are remembered in all: those of the messages that were not asked about for longest go."""


@dataclass
class _Standing:
    lines: dict[tuple[bytes, str], tuple[int, bool]] = field(default_factory=dict)
    """The latest line by device and emoji, and whether it put it there."""
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, line: int, device: bytes, emoji: str, *, on: bool) -> None:
        _, was = self.lines.get((device, emoji), (0, False))
        self.lines[device, emoji] = line, on
        left = self.counts.get(emoji, 0) + on - was
        if left:
            self.counts[emoji] = left
        else:
            self.counts.pop(emoji, None)


class Reactions:
    """Reads a message's lines once, when somebody first reacts to it, and follows from then on."""

    def __init__(self, read: Callable[[int], list[tuple[int, bytes, str, bool]]]) -> None:
        """`read` returns what the log has of it: line, device, emoji, whether it was put there."""
        self._read = read
        self._known: dict[int, _Standing] = {}
        self._size = 0

    def line_of(self, about: int, device: bytes, emoji: str) -> tuple[int, bool]:
        """Return whether the emoji is there by that device, and the line that made it so, or 0."""
        return self._at(about).lines.get((device, emoji), (0, False))

    def emoji_at(self, about: int) -> frozenset[str]:
        """Return the different emoji that stand at a message."""
        return frozenset(self._at(about).counts)

    def note(self, line: int, about: int, device: bytes, emoji: str, *, on: bool) -> None:
        """Follow what is said in this turn."""
        standing = self._at(about)
        self._size -= len(standing.lines)
        standing.note(line, device, emoji, on=on)
        self._size += len(standing.lines)

    def forget(self) -> None:
        """Read everything anew: what was said in this turn was not saved as it was noted."""
        self._known.clear()
        self._size = 0

    def _at(self, about: int) -> _Standing:
        standing = self._known.pop(about, None)
        if standing is None:
            standing = _Standing()
            for line, device, emoji, on in self._read(about):
                standing.note(line, device, emoji, on=on)
            self._size += len(standing.lines)
            while self._size > KEPT and self._known:
                self._size -= len(self._known.pop(next(iter(self._known))).lines)
        # The newest at the end: the one that goes first is the one that was not asked for longest.
        self._known[about] = standing
        return standing
