"""Fetching a file: GET and HEAD, with a range (RFC 9110, 13 to 15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from app.net import limits
from app.net.http.ranges import Span, Unsatisfiable, asked_span
from app.net.http.requests import Answer, Headers, Target, disposition
from app.net.http.saying import PROBLEM
from app.protocol.errors import Refusal
from app.protocol.file_names import clean_file_name
from app.room.files.room_files import RoomFiles
from app.room.files.store import StoredFile


@dataclass(frozen=True)
class _Wanted:
    """What is fetched: a file, or its thumbnail. `file` is the one that must be readable."""

    file: StoredFile
    size: int
    media: str
    name: str
    etag: str


class Fetching:
    """A file, or a part of it, on its way out. Owns the open file.

    `waits`: its reader has to take something first.
    """

    def __init__(self, wanted: _Wanted, source: BinaryIO, span: Span | None) -> None:
        self.file = wanted.file
        self.status = 200 if span is None else 206
        self.waits = False
        whole = span or Span(0, wanted.size, wanted.size)
        self._source = source
        self._left = len(whole)
        source.seek(whole.first)
        self.headers = [
            ("Content-Type", wanted.media),
            ("Content-Length", str(self._left)),
            ("Content-Disposition", disposition(wanted.name)),
            ("ETag", wanted.etag),
            ("Accept-Ranges", "bytes"),
        ]
        if span is not None:
            self.headers.append(("Content-Range", span.as_text()))

    def read(self) -> bytes | None:
        """Return the next slice, nothing at the end, None where the disk has not what it should."""
        if not self._left:
            return b""
        try:
            data = self._source.read(min(limits.FILE_SLICE, self._left))
        except OSError:
            return None
        self._left -= len(data)
        return data or None

    def skip(self) -> None:
        """Be at the end: only the headers were asked for."""
        self._left = 0

    def close(self) -> None:
        """Close the file."""
        self._source.close()


def fetch(files: RoomFiles, link: int, target: Target, headers: Headers) -> Fetching | Answer:
    """Return the file that a member asks for, or what is answered instead."""
    name = clean_file_name(target.name) if target.name else ""
    found = files.readable(link, target.key, name)
    if found is None:
        words = "There is no such file, or none that you may see."
        return Answer(404, words, ((PROBLEM, Refusal.NO_SUCH_FILE.value),))
    file, etag = found.file, f'"{found.file.hash.hex()}"'
    wanted = _Wanted(file, file.size, found.kind.media, name or file.name, etag)
    return _sent(wanted, partial(files.store.read, file.hash), headers)


def fetch_thumbnail(
    files: RoomFiles, link: int, target: Target, headers: Headers
) -> Fetching | Answer:
    """Return the thumbnail of a file that a member may fetch, or what is answered instead."""
    found = files.readable(link, target.key, "")
    thumbnails = files.store.thumbnails
    small = thumbnails.get(target.key)
    if found is None or small is None:
        return Answer(404, "There is no such thumbnail, or none that you may see.")
    etag = f'"{target.key.hex()}-thumbnail"'
    name = f"thumbnail.{small.media.removeprefix('image/')}"
    wanted = _Wanted(found.file, small.size, small.media, name, etag)
    return _sent(wanted, partial(thumbnails.open, target.key), headers)


def _sent(wanted: _Wanted, read: Callable[[], BinaryIO], headers: Headers) -> Fetching | Answer:
    known = headers.get("if-none-match")
    etag = wanted.etag
    if known is not None and (known.strip() == "*" or etag in _etags(known)):
        return Answer(304, "", (("ETag", etag),))
    only_if = headers.get("if-range")
    asked = headers.get("range") if only_if is None or only_if.strip() == etag else None
    try:
        span = asked_span(asked, wanted.size)
    except Unsatisfiable:
        size = (("Content-Range", f"bytes */{wanted.size}"), ("ETag", etag))
        return Answer(416, f"The file has {wanted.size} bytes.", size)
    try:
        source = read()
    except OSError:
        return Answer(503, "The file cannot be read at the moment.", (("Retry-After", "5"),))
    return Fetching(wanted, source, span)


def _etags(header: str) -> set[str]:
    return {one.strip().removeprefix("W/") for one in header.split(",")}
