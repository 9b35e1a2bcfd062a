"""Fetching a file: GET and HEAD, with a range (RFC 9110, 13 to 15)."""

from __future__ import annotations

from typing import BinaryIO

from app.net import limits
from app.net.http.ranges import Span, Unsatisfiable, asked_span
from app.net.http.requests import Answer, Headers, Target, disposition
from app.protocol.file_names import clean_file_name
from app.room.files.room_files import Readable, RoomFiles
from app.room.files.store import StoredFile


class Fetching:
    """A file, or a part of it, on its way out. Owns the open file.

    `waits`: its reader has to take something first.
    """

    def __init__(self, found: Readable, source: BinaryIO, span: Span | None, name: str) -> None:
        self.file: StoredFile = found.file
        self.status = 200 if span is None else 206
        self.waits = False
        whole = span or Span(0, found.file.size, found.file.size)
        self._source = source
        self._left = len(whole)
        source.seek(whole.first)
        self.headers = [
            ("Content-Type", found.kind.media),
            ("Content-Length", str(self._left)),
            ("Content-Disposition", disposition(name)),
            ("ETag", _etag(found.file)),
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
        return Answer(404, "There is no such file, or none that you may see.")
    etag = _etag(found.file)
    known = headers.get("if-none-match")
    if known is not None and (known.strip() == "*" or etag in _etags(known)):
        return Answer(304, "", (("ETag", etag),))
    only_if = headers.get("if-range")
    asked = headers.get("range") if only_if is None or only_if.strip() == etag else None
    try:
        span = asked_span(asked, found.file.size)
    except Unsatisfiable:
        size = (("Content-Range", f"bytes */{found.file.size}"), ("ETag", etag))
        return Answer(416, f"The file has {found.file.size} bytes.", size)
    try:
        source = files.store.read(target.key)
    except OSError:
        return Answer(503, "The file cannot be read at the moment.", (("Retry-After", "5"),))
    return Fetching(found, source, span, name or found.file.name)


def _etag(file: StoredFile) -> str:
    return f'"{file.hash.hex()}"'


def _etags(header: str) -> set[str]:
    return {one.strip().removeprefix("W/") for one in header.split(",")}
