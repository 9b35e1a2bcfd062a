"""`Source`: the file of an upload, which has to stay what it was when it was chosen."""

from __future__ import annotations

import hashlib
import os
import stat

from app.session.files.transfer import FileFailure, Transfer

LOOK = 256 * 1024
"""Bytes that one step of hashing takes: a millisecond or less."""

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Not to wait where, since it was chosen, a pipe has taken the file's name."""


class Unsendable(Exception):
    """The file cannot be sent, not as what was chosen."""

    def __init__(self, failure: FileFailure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Source:
    """One file, opened to be read. Owns its descriptor. Everything raises Unsendable."""

    def __init__(self, transfer: Transfer) -> None:
        self._path = transfer.path
        self._size = transfer.size
        self._modified = transfer.modified
        self._descriptor = -1
        self._hash = hashlib.sha256()
        self.hashed = 0
        """Bytes that were read for the hash."""

    def open(self) -> None:
        """Open it, if it is still the same."""
        try:
            self._descriptor = os.open(self._path, _FLAGS)
        except FileNotFoundError as error:
            raise Unsendable(FileFailure.GONE) from error
        except (OSError, ValueError) as error:
            raise Unsendable(FileFailure.UNREADABLE) from error
        self._check()

    def look(self) -> bool:
        """Read some of it for the hash; return whether there is more."""
        data = self._read(self.hashed, min(LOOK, self._size - self.hashed))
        self._hash.update(data)
        self.hashed += len(data)
        if self.hashed < self._size:
            return True
        self._check()
        return False

    @property
    def digest(self) -> str:
        """SHA-256 of what was read, in hexadecimal."""
        return self._hash.hexdigest()

    def read(self, offset: int, size: int) -> bytes:
        """Return `size` bytes from `offset` on, at least one and never beyond the end."""
        self._check()
        return self._read(offset, size)

    def close(self) -> None:
        """Let go of it."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _read(self, offset: int, size: int) -> bytes:
        if not size:
            return b""
        try:
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            data = os.read(self._descriptor, size)
        except OSError as error:
            raise Unsendable(FileFailure.UNREADABLE) from error
        if not data:
            raise Unsendable(FileFailure.CHANGED)
        return data

    def _check(self) -> None:
        try:
            status = os.fstat(self._descriptor)
        except OSError as error:
            raise Unsendable(FileFailure.UNREADABLE) from error
        same = (status.st_size, status.st_mtime_ns) == (self._size, self._modified)
        if not stat.S_ISREG(status.st_mode) or not same:
            raise Unsendable(FileFailure.CHANGED)
