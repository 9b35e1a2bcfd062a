"""`Clearing`: files that have to go, the large ones a piece at a time.

To remove 4 GiB at once takes a file system most of a second, in which the room would stand still.
"""

from __future__ import annotations

import secrets
import stat
from collections import deque
from pathlib import Path

from app.room.files.disk import Disk

GONE = ".gone"
"""What the name of a file ends with that is on its way out."""

AT_ONCE = 1 << 20
"""Bytes of a file that is small enough to be removed at once: a fraction of a millisecond."""

PIECE = 32 << 20
"""Bytes that one step gives back: some 10 ms, on ext4."""


class Clearing:
    """What is on its way out of a folder. Owns these files; after a crash they are given to it anew."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._going: deque[Path] = deque()

    def remove(self, path: Path) -> None:
        """Let a file be gone from its place, now, and from the disk, in time.

        Harmless where there is none. Raises OSError: then it is where it was.
        """
        if path in self._going:
            return
        if _frees(path) <= AT_ONCE:
            self._disk.remove(path)
            return
        if path.suffix != GONE:
            # Its old name may be needed again before it is gone.
            going = path.with_name(secrets.token_hex(16) + GONE)
            self._disk.move(path, going)
            path = going
        self._going.append(path)

    @property
    def is_busy(self) -> bool:
        """Whether anything is on its way out still."""
        return bool(self._going)

    def step(self) -> None:
        """Give back some of the space."""
        left = PIECE
        while self._going and left > 0:
            path = self._going.popleft()
            try:
                size = _frees(path)
                rest = max(0, size - left)
                if rest:
                    with self._disk.reopen(path) as file:
                        self._disk.truncate(file, rest)
                    self._going.appendleft(path)
                else:
                    self._disk.remove(path)
            except OSError:
                # Somebody else has it, or it is gone: it is looked for again when the room is opened.
                continue
            left -= size - rest


def _frees(path: Path) -> int:
    """Return how many bytes are free once a file is removed. Raises OSError.

    Where it has another name too there are none: whoever gave it that one keeps it whole.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) and found.st_nlink == 1 else 0
