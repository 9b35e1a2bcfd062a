"""A folder as one zip archive: counted and packed in small steps, following no link.

Knows neither widgets nor the event loop: both jobs are iterators, and whoever runs them does other
things between two steps. What cannot go in is left out, and counted.
"""

from __future__ import annotations

import os
import stat
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.protocol.file_names import clean_file_name, extension_of

CHUNK = 128 * 1024
"""Bytes that one step reads: some 10 ms of packing on a slow computer."""

_LISTED_AT_ONCE = 64
_LEVEL = 1
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LAST_DAY = (2107, 12, 31, 23, 59, 58)
_PACKED = frozenset({
    "7z", "aac", "apk", "avi", "bz2", "docx", "flac", "gif", "gz", "heic", "jar", "jpeg", "jpg",
    "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "opus", "png", "pptx",
    "rar", "tgz", "webm", "webp", "xlsx", "xz", "zip", "zst",
})  # fmt: skip
"""Extensions of what would not get smaller."""


class TooLarge(Exception):
    """The archive would be larger than the room takes."""


class Unreadable(Exception):
    """The folder itself cannot be read, or is no folder any more."""


@dataclass
class Contents:
    """What is in a folder, and what of it is left out. `size`: bytes of its files."""

    files: int = 0
    size: int = 0
    links: int = 0
    special: int = 0
    """Pipes, sockets, devices."""
    unreadable: int = 0

    @property
    def left_out(self) -> int:
        """How many things do not go into the archive."""
        return self.links + self.special + self.unreadable


@dataclass(frozen=True)
class _Found:
    path: str
    name: str
    mode: int
    size: int = 0


def archive_name(folder: Path) -> str:
    """Return what the archive of a folder is called."""
    return clean_file_name(f"{_root_of(folder)}.zip")


def count(folder: Path, contents: Contents) -> Iterator[None]:
    """Count what is in a folder into `contents`; raises Unreadable."""
    for found in _walk(folder, contents, frozenset()):
        if found is None:
            yield
        elif stat.S_ISREG(found.mode):
            contents.files += 1
            contents.size += found.size


def pack(folder: Path, target: Path, contents: Contents, *, most: int = 0) -> Iterator[int]:
    """Write the archive as `target`, a new file, and count into `contents` what went in.

    Yields how many bytes of files are packed. With `most`, raises TooLarge for an archive of more
    bytes; raises Unreadable, and OSError where the disk refuses. Then, and where it is given up
    (`close`), nothing is left of it.
    """
    file = target.open("xb")
    try:
        own = os.fstat(file.fileno())
        whole = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)
        try:
            yield from _fill(whole, folder, contents, (own.st_dev, own.st_ino), most)
        finally:
            # It writes the directory, for which the disk may have no room either.
            whole.close()
        file.close()
    except BaseException:
        file.close()
        with suppress(OSError):
            target.unlink()
        raise


def _fill(
    whole: zipfile.ZipFile, folder: Path, contents: Contents, own: tuple[int, int], most: int
) -> Iterator[int]:
    taken: set[str] = set()
    for found in _walk(folder, contents, frozenset({own})):
        if found is None:
            yield contents.size
            continue
        name = _unused(found.name, taken)
        if stat.S_ISDIR(found.mode):
            with suppress(OSError):
                entry = _entry(f"{name}/", os.lstat(found.path))
                whole.writestr(entry, b"")
            continue
        source = _opened(found.path)
        if source is None:
            contents.unreadable += 1
            continue
        with source:
            yield from _copy(whole, source, name, contents)
        if most and whole.fp is not None and whole.fp.tell() > most:
            raise TooLarge
        yield contents.size


def _copy(whole: zipfile.ZipFile, source: BinaryIO, name: str, contents: Contents) -> Iterator[int]:
    status = os.fstat(source.fileno())
    entry = _entry(name, status)
    entry.file_size = left = status.st_size
    contents.files += 1
    with whole.open(entry, "w") as packed:
        # What is added to a file while it is read is none of ours: it may never end.
        while left > 0:
            try:
                data = source.read(min(CHUNK, left))
            except OSError:
                contents.unreadable += 1
                return
            if not data:
                return
            packed.write(data)
            left -= len(data)
            contents.size += len(data)
            yield contents.size


def _entry(name: str, status: os.stat_result) -> zipfile.ZipInfo:
    try:
        at = time.localtime(status.st_mtime)[:6]
    except (OverflowError, OSError, ValueError):
        at = _FIRST_DAY
    entry = zipfile.ZipInfo(name, min(max(at, _FIRST_DAY), _LAST_DAY))
    entry.external_attr = (status.st_mode & 0xFFFF) << 16
    if name.endswith("/"):
        entry.external_attr |= 0x10  # MS-DOS: a folder
    elif extension_of(name) not in _PACKED:
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001
    return entry


def _opened(path: str) -> BinaryIO | None:
    """Open a file as it was found: no link that took its place, no pipe that never answers."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    return os.fdopen(descriptor, "rb", buffering=0)


def _walk(
    folder: Path, contents: Contents, own: frozenset[tuple[int, int]]
) -> Iterator[_Found | None]:
    """Yield the folders and files, and None now and then; count what is left out.

    `own`: files, by device and number, that are not there: the archive may lie within.
    """
    root = _root_of(folder)
    waiting = [(str(folder), root)]
    seen = 0
    while waiting:
        path, name = waiting.pop()
        try:
            with os.scandir(path) as entries:
                yield _Found(path, name, stat.S_IFDIR)
                for entry in entries:
                    seen += 1
                    if seen % _LISTED_AT_ONCE == 0:
                        yield None
                    found = _looked_at(entry, f"{name}/{_text(entry.name)}", contents, own)
                    if found is not None and stat.S_ISDIR(found.mode):
                        waiting.append((found.path, found.name))
                    elif found is not None:
                        yield found
        except OSError as error:
            if name == root:
                raise Unreadable from error
            contents.unreadable += 1
        yield None


def _looked_at(
    entry: os.DirEntry[str], name: str, contents: Contents, own: frozenset[tuple[int, int]]
) -> _Found | None:
    try:
        status = entry.stat(follow_symlinks=False)
        junction = hasattr(entry, "is_junction") and entry.is_junction()
    except OSError:
        contents.unreadable += 1
        return None
    if stat.S_ISLNK(status.st_mode) or junction:
        contents.links += 1
    elif stat.S_ISDIR(status.st_mode):
        return _Found(entry.path, name, status.st_mode)
    elif not stat.S_ISREG(status.st_mode):
        contents.special += 1
    elif (status.st_dev, status.st_ino) not in own:
        return _Found(entry.path, name, status.st_mode, status.st_size)
    return None


def _root_of(folder: Path) -> str:
    return clean_file_name(folder.name or folder.drive)


def _text(name: str) -> str:
    """Return a name as text, where it is bytes that are none."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unused(name: str, taken: set[str]) -> str:
    """Return `name`, or one like it that no other in the archive has."""
    unused, number = name, 1
    while unused in taken:
        number += 1
        stem, dot, extension = name.rpartition(".")
        unused = f"{stem} ({number}).{extension}" if dot and stem else f"{name} ({number})"
    taken.add(unused)
    return unused
