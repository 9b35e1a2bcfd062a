"""The files that the worker reads and writes: opened so that a name can be no trap."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from app.pictures import limits
from app.pictures.formats import HEAD, Format, format_of

_BINARY = getattr(os, "O_BINARY", 0)
_FOLLOW_NOT = getattr(os, "O_NOFOLLOW", 0)
_WAIT_NOT = getattr(os, "O_NONBLOCK", 0)


class NotAPicture(Exception):
    """The file is none that is decoded here, or none at all."""


@dataclass(frozen=True)
class Source:
    """An open picture file. `descriptor` is at its first byte."""

    descriptor: int
    format: Format
    size: int


@contextmanager
def opened(path: str) -> Iterator[Source]:
    """Open a picture to read it; raises NotAPicture, OSError."""
    # A pipe that nobody writes to must not hold up the worker.
    descriptor = os.open(path, os.O_RDONLY | _BINARY | _WAIT_NOT)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > limits.MAX_SOURCE:
            raise NotAPicture
        kind = format_of(os.read(descriptor, HEAD))
        if kind is None:
            raise NotAPicture
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield Source(descriptor, kind, found.st_size)
    finally:
        os.close(descriptor)


def write_new(path: str, parts: Iterable[bytes | memoryview]) -> int:
    """Write a file that is not there yet, 0600; return its size. Raises OSError: then there is none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _FOLLOW_NOT
    descriptor = os.open(path, flags, 0o600)
    written = 0
    try:
        for part in parts:
            view = memoryview(part)
            while view:
                taken = os.write(descriptor, view)
                written += taken
                view = view[taken:]
    except BaseException:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - the path may be no text that pathlib could take
        raise
    os.close(descriptor)
    return written
