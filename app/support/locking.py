"""A lock that one process has at a time, and that goes with it, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class Lock:
    """A lock by the system on a file of ours, which is made where there is none and stays.

    `is_held`: this process has it, until the lock is let go of or garbage.
    """

    def __init__(self, path: Path) -> None:
        """Try to get it; never waits, and never raises: what cannot be locked is not held."""
        self._descriptor = -1
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
        else:
            self._descriptor = descriptor

    @property
    def is_held(self) -> bool:
        """Whether this process has it."""
        return self._descriptor >= 0

    def release(self) -> None:
        """Let go of it; harmless where it is not held."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def __del__(self) -> None:
        self.release()


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - Unix alone has it

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
