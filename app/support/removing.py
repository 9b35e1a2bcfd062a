"""Files are removed, large ones a piece at a time: to remove 2 GiB at once takes half a second."""

from __future__ import annotations

import os
import stat
from collections import deque
from contextlib import suppress
from pathlib import Path

from app.support.clock import Clock, Timer

AT_ONCE = 4 << 20
"""Bytes of a file that is removed at once: a millisecond, on ext4."""

PIECE = 32 << 20
"""Bytes that one turn of the event loop gives back: some 10 ms."""

_FLAGS = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Remover:
    """Removes files of ours, in the background. Whatever refuses, stays; nothing is raised."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._going: deque[Path] = deque()
        self._turn: Timer | None = None

    def remove(self, path: Path) -> None:
        """Remove a file that nobody needs any more; harmless where there is none.

        A large one is still there for a moment, shorter and shorter.
        """
        if path in self._going:
            return
        if _frees(path) <= AT_ONCE:
            _unlink(path)
            return
        self._going.append(path)
        self._go_on_later()

    def hurry(self, path: Path) -> None:
        """Have a file's name free now, if it is on its way out."""
        if path in self._going:
            self._going.remove(path)
            _unlink(path)

    def finish(self) -> None:
        """Remove at once what is on its way out: there may be no later."""
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None
        while self._going:
            _unlink(self._going.popleft())

    def _go_on_later(self) -> None:
        if self._turn is None and self._going:
            self._turn = self._clock.call_later(0, self._go_on)

    def _go_on(self) -> None:
        self._turn = None
        if not self._going:
            return
        path = self._going.popleft()
        rest = _frees(path) - PIECE
        if rest > AT_ONCE and _cut(path, rest):
            self._going.append(path)
        else:
            _unlink(path)
        self._go_on_later()


def _frees(path: Path) -> int:
    """Return how many bytes are free once a file is removed; none where it has another name too."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) and found.st_nlink == 1 else 0


def _cut(path: Path, size: int) -> bool:
    """Cut a file that has no other name; return whether it was."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return False
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
            return False
        os.ftruncate(descriptor, size)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)


def _unlink(path: Path) -> None:
    with suppress(OSError, ValueError):
        path.unlink(missing_ok=True)
