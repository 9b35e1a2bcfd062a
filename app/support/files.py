"""Put bytes on the disk so that a crash, a second look or a stranger finds nothing half done."""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_ORDINARY_FILE = 0o666  # narrowed by the umask, as for any file


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What was read from the disk, or made anew.

    `set_aside` is where a damaged file was kept, None if there was none: the person must be told,
    since what it held (an identity, a list of known rooms) is not in `value`.
    """

    value: T
    set_aside: Path | None = None


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace the file at `path`: afterwards it holds all of `data` or what it held before.

    A private file has mode 0600 from its creation on. The folder must exist.

    Raises:
        OSError: The environment's fault (disk full, no such folder); `path` is untouched.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    # O_BINARY exists on Windows alone, where line ends would be rewritten without it.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, _PRIVATE_FILE if private else _ORDINARY_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def first_line(path: Path, limit: int) -> tuple[bytes, bool]:
    """Return the first line of a file without its end, and whether others can read the file.

    At most `limit` bytes are read. On Windows, where modes say nothing, nobody else can.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        line = file.readline(limit)
        mode = os.fstat(file.fileno()).st_mode
    others_can_read = os.name != "nt" and stat.S_ISREG(mode) and bool(mode & 0o044)
    return line.removesuffix(b"\n").removesuffix(b"\r"), others_can_read


def set_aside(path: Path) -> Path:
    """Rename a damaged file to `<name>.broken-<n>`, the first n that is free, and return that.

    Raises:
        OSError: The file is not there, or the folder cannot be written.
    """
    path.stat()  # A missing file must not leave an empty `.broken-<n>` behind.
    number = 1
    while True:
        target = path.with_name(f"{path.name}.broken-{number}")
        try:
            # Taking the name first, exclusively, means that no earlier file can be overwritten.
            target.touch(mode=_PRIVATE_FILE, exist_ok=False)
        except FileExistsError:
            number += 1
        else:
            return path.replace(target)


def make_private_folder(path: Path) -> None:
    """Make a folder and its missing parents, each with mode 0700.

    A folder that is there already keeps its mode: it may be shared (`--data /tmp`), and each
    secret file is private by itself.

    Raises:
        OSError: It cannot be made, or something that is no folder has its name.
    """
    if not path.parent.exists():
        make_private_folder(path.parent)
    # No `parents=True`: it would give the parents the umask's mode.
    path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Take from an existing file all permissions beyond 0600. Owner's permissions stay.

    Raises:
        OSError: The file is missing or is somebody else's.
    """
    mode = path.stat().st_mode
    if mode & 0o177:
        path.chmod(mode & _PRIVATE_FILE)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows can neither open nor sync a folder, and needs neither."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
