"""`Disk`: all that is done to files, step by step: a test can break off between any two."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from app.support.files import make_private_folder


class Disk:
    """The steps of which keeping a file consists. Everything raises OSError where the disk refuses."""

    def make_folder(self, folder: Path) -> None:
        """Make a folder that is its owner's alone."""
        make_private_folder(folder)

    def create(self, path: Path) -> BinaryIO:
        """Open a new file, 0600, to write and read; nobody's link leads elsewhere."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)

    def reopen(self, path: Path) -> BinaryIO:
        """Open a file that is there, to write and read; nobody's link leads elsewhere."""
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        return os.fdopen(os.open(path, flags), "r+b", buffering=0)

    def write(self, file: BinaryIO, data: bytes | memoryview) -> int:
        """Write at the file's place; return how many bytes it took."""
        return file.write(data)

    def truncate(self, file: BinaryIO, size: int) -> None:
        """Cut a file to `size` bytes."""
        file.truncate(size)

    def sync(self, file: BinaryIO) -> None:
        """Return once all of the file is on the disk."""
        os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of whatever has it, so that it stays so."""
        old.replace(new)
        if os.name != "nt":
            folder = os.open(new.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def move(self, old: Path, new: Path) -> None:
        """Give a file a name that nothing has; after a power cut it may have the old one again."""
        old.rename(new)

    def remove(self, path: Path) -> None:
        """Remove a file; harmless where there is none."""
        path.unlink(missing_ok=True)

    def free(self, folder: Path) -> int:
        """Return how many bytes are free where the folder is."""
        return shutil.disk_usage(folder).free
