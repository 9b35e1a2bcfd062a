"""`Thumbnails`: the small pictures of a room's pictures, each beside its file, gone with it.

They are made elsewhere, into `.thumb-new`, and put into their place as files are: in its place before
its row is written, so that a crash leaves one too many, which is swept up.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.protocol.limits import MAX_PICTURE_SIDE, MAX_THUMBNAIL
from app.room.files.disk import Disk
from app.room.log import Log

THUMBNAIL = ".thumb"
UNFINISHED = ".thumb-new"

_INSERT = """INSERT OR REPLACE INTO thumbnails (hash, width, height, size, media)
    VALUES (?, ?, ?, ?, ?)"""
_MEDIA = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True)
class Thumbnail:
    """What a thumbnail is. `width` and `height` are those of the upright picture that it is of."""

    width: int
    height: int
    size: int
    media: str


class Thumbnails:
    """The thumbnails of a store, which owns this, and calls it in its order of steps."""

    def __init__(self, folder: Path, log: Log, disk: Disk) -> None:
        self._folder = folder
        self._log = log
        self._disk = disk
        self._made: dict[bytes, Thumbnail] = {}
        self._making: set[bytes] = set()

    def load(self, files: Iterable[bytes]) -> int:
        """Find those of `files`; return how many bytes they take."""
        wanted = set(files)
        rows = self._log.read("SELECT hash, width, height, size, media FROM thumbnails")
        for digest, *values in rows:
            there = _size(self._path(digest)) if digest in wanted else None
            if there is not None:
                self._made[digest] = Thumbnail(values[0], values[1], there, values[3])
        return sum(one.size for one in self._made.values())

    def known(self, suffix: str) -> Container[bytes]:
        """Return the hashes of which there are files with this ending."""
        return {THUMBNAIL: self._made, UNFINISHED: self._making}.get(suffix, ())

    def get(self, digest: bytes) -> Thumbnail | None:
        """Return what is known of a file's thumbnail, or None where there is none."""
        return self._made.get(digest)

    def open(self, digest: bytes) -> BinaryIO:
        """Open a thumbnail to read it; the caller closes it. Raises OSError."""
        if digest not in self._made:
            raise FileNotFoundError(digest.hex())
        return self._path(digest).open("rb", buffering=0)

    def begin(self, digest: bytes) -> Path | None:
        """Return where one is to be made; None where there is one, or one is being made."""
        if digest in self._made or digest in self._making:
            return None
        place = self._place(digest)
        try:
            self._disk.remove(place)
        except OSError:
            return None
        self._making.add(digest)
        return place

    def give_up(self, digest: bytes) -> None:
        """Remove what was made, or will not be."""
        self._making.discard(digest)
        with suppress(OSError):
            # It is in nobody's way; another opening of the store sweeps it up.
            self._disk.remove(self._place(digest))

    def size_of_new(self, digest: bytes) -> int:
        """Return the bytes of what was made; 0 where nothing was that can be kept."""
        size = _size(self._place(digest)) if digest in self._making else None
        return size if size is not None and size <= MAX_THUMBNAIL else 0

    def keep(self, digest: bytes, width: int, height: int, media: str) -> None:
        """Put what was made into its place. Raises OSError, ValueError: then it is not there."""
        if not (0 < width <= MAX_PICTURE_SIDE and 0 < height <= MAX_PICTURE_SIDE):
            raise ValueError("no picture has such a size")
        if media not in _MEDIA:
            raise ValueError("no thumbnail is that")
        size = self.size_of_new(digest)
        place = self._place(digest)
        with self._disk.reopen(place) as file:
            self._disk.sync(file)
        self._disk.rename(place, self._path(digest))
        self._making.discard(digest)
        self._made[digest] = Thumbnail(width, height, size, media)
        self._log.note(_INSERT, (digest, width, height, size, media))

    def remove(self, digest: bytes) -> int:
        """Remove a file's thumbnail; return how many bytes are free by it. Raises OSError."""
        if digest in self._making:
            self.give_up(digest)
        self._disk.remove(self._path(digest))
        gone = self._made.pop(digest, None)
        self._log.note("DELETE FROM thumbnails WHERE hash = ?", (digest,))
        return gone.size if gone is not None else 0

    def _path(self, digest: bytes) -> Path:
        return self._folder / f"{digest.hex()}{THUMBNAIL}"

    def _place(self, digest: bytes) -> Path:
        return self._folder / f"{digest.hex()}{UNFINISHED}"


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
