"""`Arriving`: a file on its way to this computer, as much of it as there is.

It comes into a hidden part beside its place, which gets its name once all of it is there and is what it
should be. Nothing that has that name is ever overwritten.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.protocol.limits import MAX_FILE_NAME_BYTES
from app.room.files.disk import Disk
from app.room.files.part import LOOK, SYNC_EVERY
from app.session.files.transfer import FileFailure, Purpose, Transfer
from app.support.files import make_private_folder

LEFT_FREE = 1 << 20
"""Bytes of this computer's disk that stay free: it needs some to say that it is full."""

MOST_NAMES = 10_000
"""Names that are tried, from `name (2)` on."""

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}
)
"""What a file system says that has no hard links."""


class NotWritten(Exception):
    """This computer does not take the file."""

    def __init__(self, failure: FileFailure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def part_of(transfer: Transfer) -> Path:
    """Return where the bytes of a download lie until it is whole."""
    ending = f".{transfer.id.hex()[:8]}.part"
    name = _shortened(f".{transfer.path.name}", MAX_FILE_NAME_BYTES - len(ending))
    return transfer.path.with_name(f"{name}{ending}")


class Arriving:
    """The bytes of a download that came so far. Owns its part while it is open.

    `offset` is how many there are. First it is opened, and what is there from earlier is read again,
    for the hash goes over all of it: `step` until it returns False. All but `close` raise NotWritten.
    """

    def __init__(self, transfer: Transfer, disk: Disk | None = None) -> None:
        self.offset = 0
        self.part = part_of(transfer)
        self._transfer = transfer
        self._disk = disk or Disk()
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self._hashed = 0
        self._unsynced = 0

    @property
    def is_complete(self) -> bool:
        """Whether all bytes are there."""
        return self.offset == self._transfer.size

    @property
    def is_right(self) -> bool:
        """Whether what is there is the file."""
        return self._hash.hexdigest() == self._transfer.hash

    def step(self) -> bool:
        """Open it, or read on what it has; return whether more is to do."""
        try:
            return self._step()
        except OSError as error:
            raise self._failed(error) from error

    def _step(self) -> bool:
        if self._file is None:
            self._make_folder()
            try:
                self._file = self._disk.create(self.part)
            except FileExistsError:
                self._file = self._reopened()
            return self._hashed < self.offset
        self._file.seek(self._hashed)
        data = self._file.read(min(LOOK, self.offset - self._hashed))
        if not data:
            self.offset = self._hashed
        self._hash.update(data)
        self._hashed += len(data)
        return self._hashed < self.offset

    def _make_folder(self) -> None:
        if self._transfer.purpose is Purpose.VIEW:
            make_private_folder(self.part.parent)
        else:
            self.part.parent.mkdir(parents=True, exist_ok=True)

    def _reopened(self) -> BinaryIO:
        """Return the part of an earlier time; one that cannot be ours is replaced by a new one."""
        status = self.part.lstat()
        ours = stat.S_ISREG(status.st_mode) and status.st_nlink <= 2
        if hasattr(os, "getuid"):
            ours = ours and status.st_uid == os.getuid()
        if not ours or status.st_size > self._transfer.size:
            self._disk.remove(self.part)
            return self._disk.create(self.part)
        file = self._disk.reopen(self.part)
        self.offset = status.st_size
        return file

    def need_space(self) -> None:
        """Raise NotWritten where there is no room for the rest."""
        try:
            free = self._disk.free(self.part.parent)
        except OSError as error:
            raise self._failed(error) from error
        if free - (self._transfer.size - self.offset) < LEFT_FREE:
            raise NotWritten(FileFailure.NO_SPACE)

    def restart(self) -> None:
        """Begin again with the first byte."""
        assert self._file is not None
        try:
            self._disk.truncate(self._file, 0)
        except OSError as error:
            raise self._failed(error) from error
        self.offset = self._hashed = self._unsynced = 0
        self._hash = hashlib.sha256()

    def write(self, data: bytes | bytearray) -> None:
        """Add to the end; what the disk took counts, and nothing behind it."""
        assert self._file is not None
        assert self.offset + len(data) <= self._transfer.size
        view = memoryview(data)
        try:
            self._file.seek(self.offset)
            while view:
                taken = self._disk.write(self._file, view)
                self._hash.update(view[:taken])
                self.offset += taken
                self._hashed += taken
                self._unsynced += taken
                view = view[taken:]
            if self._unsynced >= SYNC_EVERY:
                # Often, so that none of these waits is long.
                self._unsynced = 0
                self._disk.sync(self._file)
        except OSError as error:
            raise self._failed(error) from error

    def settle(self) -> Path:
        """Put all of it on the disk, give it its name, and return that."""
        assert self._file is not None
        try:
            if self._transfer.purpose is Purpose.SAVE and os.name != "nt":
                os.fchmod(self._file.fileno(), _ordinary_mode())
            self._disk.sync(self._file)
            self.close()
            return self._named()
        except OSError as error:
            raise self._failed(error) from error

    def _named(self) -> Path:
        for number in range(1, MOST_NAMES):
            path = _numbered(self._transfer.path, number)
            if self._take_name(path):
                _sync_folder(path.parent)
                return path
        raise NotWritten(FileFailure.UNWRITABLE)

    def _take_name(self, path: Path) -> bool:
        """Give the part a name, unless something else has it."""
        try:
            os.link(self.part, path, follow_symlinks=False)
        except FileExistsError:
            # It was given that name already where the program ended in between.
            if not _is_same(self.part, path):
                return False
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_LINKS:
                raise
            return self._take_name_without_links(path)
        self._disk.remove(self.part)
        return True

    def _take_name_without_links(self, path: Path) -> bool:
        # Taking the name first, exclusively: what is replaced is our own, and empty.
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            return False
        try:
            self.part.replace(path)
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise
        return True

    def close(self) -> None:
        """Let go of the part; what is in it stays."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()

    def _failed(self, error: OSError) -> NotWritten:
        return NotWritten(FileFailure.NO_SPACE if error.errno in _FULL else FileFailure.UNWRITABLE)


def _numbered(path: Path, number: int) -> Path:
    """Return `name (2).ext` and so on, never longer than a name may be."""
    if number == 1:
        return path
    ending = f" ({number}){path.suffix}"
    stem = _shortened(path.stem, MAX_FILE_NAME_BYTES - len(ending.encode()))
    return path.with_name(f"{stem}{ending}")


def _shortened(name: str, most: int) -> str:
    return os.fsencode(name)[: max(most, 1)].decode("utf-8", "ignore")


def _is_same(one: Path, other: Path) -> bool:
    try:
        first, second = one.lstat(), other.lstat()
    except OSError:
        return False
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino) and first.st_ino != 0


def _ordinary_mode() -> int:
    """Return the mode that any new file of this person gets."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make a name durable, where the system lets one."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
