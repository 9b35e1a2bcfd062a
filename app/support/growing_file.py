"""A file that is written bit by bit, and is in its place as a whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SYNC_EVERY = 1 << 20
"""Bytes after which they are put on the disk: so none of these waits, the last one neither, is long."""


class GrowingFile:
    """Writes beside `path` under another name; `finish` gives it that one.

    Raises OSError, from everything but `discard`, where the disk refuses; then `discard` it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # Not made of the name, which may be as long as a name can be.
        self._temporary = path.with_name(f".papo-{secrets.token_hex(8)}.tmp")
        # "x": it is ours, and nobody's link leads elsewhere.
        self._file = self._temporary.open("xb")
        self._unsynced = 0

    def write(self, data: bytes) -> None:
        """Add to the end."""
        self._file.write(data)
        self._unsynced += len(data)
        if self._unsynced >= SYNC_EVERY:
            self._sync()

    def finish(self, *, over: bool) -> None:
        """Put it into its place; `over`: in that of another file, if there is one.

        Raises FileExistsError where there is one and it is not to be replaced.
        """
        self._sync()
        self._file.close()
        if not over:
            # Taking the name first, exclusively, means that no file can be overwritten.
            self._path.touch(exist_ok=False)
        try:
            self._temporary.replace(self._path)
        except OSError:
            if not over:
                self._path.unlink(missing_ok=True)
            raise

    def discard(self) -> None:
        """Leave nothing behind; harmless after all else, and again."""
        # What could not be written is not wanted any more. The descriptor is closed all the same.
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def _sync(self) -> None:
        self._unsynced = 0
        self._file.flush()
        os.fsync(self._file.fileno())
