"""A disk that breaks off, fills up, or is gone, at any step."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import BinaryIO

from app.room.files.disk import Disk

PLENTY = 10**12


class Killed(BaseException):
    """The program ended here, as by `kill -9`."""


class FrailDisk(Disk):
    """A disk that is killed at the n-th step from now, takes so many bytes more, or no more at all."""

    def __init__(self) -> None:
        self.steps_left: int | None = None
        self.room: int | None = None
        self.free_bytes = PLENTY
        self.broken = False

    def _step(self) -> None:
        if self.broken:
            raise OSError(errno.EIO, "broken")
        if self.steps_left is not None:
            if self.steps_left <= 0:
                raise Killed
            self.steps_left -= 1

    def create(self, path: Path) -> BinaryIO:
        self._step()
        return super().create(path)

    def reopen(self, path: Path) -> BinaryIO:
        self._step()
        return super().reopen(path)

    def write(self, file: BinaryIO, data: bytes | memoryview) -> int:
        self._step()
        if self.room is not None:
            if not self.room:
                raise OSError(errno.ENOSPC, "full")
            data = data[: self.room]
            self.room -= len(data)
        return super().write(file, data)

    def truncate(self, file: BinaryIO, size: int) -> None:
        self._step()
        super().truncate(file, size)

    def sync(self, file: BinaryIO) -> None:
        self._step()
        super().sync(file)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)
        self._step()

    def move(self, old: Path, new: Path) -> None:
        self._step()
        super().move(old, new)
        self._step()

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)

    def free(self, _folder: Path) -> int:
        return self.free_bytes
