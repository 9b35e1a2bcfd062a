"""`Part`: a file that is on its way in, as much of it as there is."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.room.files.disk import Disk

SYNC_EVERY = 4 << 20
"""Bytes after which they are put on the disk: so none of these waits is long.

How far an upload is, is what its file has: after a crash of the program that is all that was written,
after a power cut perhaps less. Should the file be longer than what survived of it, its hash will not
hold, and it is thrown away at its end.
"""

LOOK = 1 << 20
"""Bytes that one step of reading a part again takes: a few milliseconds."""


@dataclass(frozen=True)
class Upload:
    """What somebody wants to send. `hash` is empty where it was not declared."""

    id: bytes
    device: bytes
    nick: str
    name: str
    """Clean."""
    size: int
    hash: bytes
    at: int
    """Unix milliseconds of its beginning."""


class Part:
    """The bytes of an upload that came so far. Owns its file while it is open.

    `offset` is how many there are. Before `write` the part is opened, and where it has bytes already
    these are read again, for the hash goes over all of them: `step` until it returns False.
    """

    def __init__(self, upload: Upload, path: Path, disk: Disk, offset: int) -> None:
        self.upload = upload
        self.path = path
        self.offset = offset
        self._disk = disk
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self._hashed = 0
        self._unsynced = 0

    @property
    def is_open(self) -> bool:
        """Whether it can be written to."""
        return self._file is not None and self._hashed == self.offset

    @property
    def is_complete(self) -> bool:
        """Whether all bytes are there."""
        return self.offset == self.upload.size

    def step(self) -> bool:
        """Open it, or read on what it has; return whether more is to do. Raises OSError."""
        if self._file is None:
            self._file = self._disk.reopen(self.path) if self.offset else self._anew()
            self._disk.truncate(self._file, self.offset)
            self._hash = hashlib.sha256()
            self._hashed = 0
        if self._hashed < self.offset:
            self._file.seek(self._hashed)
            data = self._file.read(min(LOOK, self.offset - self._hashed))
            if not data:
                # It is shorter than it was said to be: what is there counts.
                self.offset = self._hashed
            self._hash.update(data)
            self._hashed += len(data)
        if self._hashed < self.offset:
            return True
        self._file.seek(self.offset)
        return False

    def restart(self) -> None:
        """Begin again with its first byte. Raises OSError."""
        self.close()
        self.offset = self._hashed = self._unsynced = 0
        self._file = self._anew()
        self._hash = hashlib.sha256()

    def write(self, data: bytes | bytearray) -> None:
        """Add to the end; the caller sees to it that it is not more than is missing.

        Raises OSError: then what the disk took counts, and nothing behind it.
        """
        assert self._file is not None
        assert self.is_open
        assert self.offset + len(data) <= self.upload.size
        view = memoryview(data)
        while view:
            taken = self._disk.write(self._file, view)
            self._hash.update(view[:taken])
            self.offset += taken
            self._hashed += taken
            self._unsynced += taken
            view = view[taken:]
        if self._unsynced >= SYNC_EVERY:
            self._unsynced = 0
            self._disk.sync(self._file)

    def digest(self) -> bytes:
        """Return the SHA-256 of all that there is; only of an open part."""
        assert self.is_open
        return self._hash.digest()

    def settle(self) -> None:
        """Put all of it on the disk and close it. Raises OSError."""
        assert self._file is not None
        self._disk.sync(self._file)
        self.close()

    def close(self) -> None:
        """Let go of the file; what is in it stays. It can be opened again."""
        file, self._file = self._file, None
        if file is not None:
            # What could not be written out is not in it; whoever opens it sees how much is.
            with suppress(OSError):
                file.close()

    def _anew(self) -> BinaryIO:
        self._disk.remove(self.path)
        return self._disk.create(self.path)
