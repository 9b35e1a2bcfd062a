"""Sending a file: PUT under an id that the sender chose, in one go or resumed with `Content-Range`.

How far an upload is, is told in `Upload-Offset`, and how long it will be in `Upload-Length`, as in
draft-ietf-httpbis-resumable-upload.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from app.net.http.ranges import BadContentRange, Span, sent_span
from app.net.http.requests import Answer, Headers, Target, digest_of
from app.net.http.saying import PROBLEM
from app.protocol.errors import Refusal
from app.room.files.part import Part
from app.room.files.problems import FileProblem, FileRefused
from app.room.files.room_files import RoomFiles
from app.room.files.store import FileStore, StoredFile

_REFUSED: dict[FileProblem, tuple[int, str]] = {
    FileProblem.NO_FILES: (403, "This room takes no files."),
    FileProblem.TOO_LARGE: (413, "The file is larger than this room takes."),
    FileProblem.ROOM_FULL: (507, "The files of this room take as much as they may."),
    FileProblem.NO_SPACE: (507, "The host's disk is full, or nearly."),
    FileProblem.TOO_MANY: (
        429,
        "You have too many uploads that are not finished, or in no message.",
    ),
    FileProblem.ANOTHER: (409, "Under this id something else is being sent."),
    FileProblem.HASH_WRONG: (422, "What came is not what was announced. It was thrown away."),
    FileProblem.DISK: (507, "The host could not save it. What came is kept: try again later."),
}
_SILENT: dict[Refusal, str] = {
    Refusal.MUTED: "You may not write in this room, so you may not send files.",
    Refusal.HOSTS_ONLY: "Only the host and moderators may send at the moment.",
}


@dataclass(frozen=True)
class Spared:
    """The host has the file: nothing of it need be sent."""

    answer: Answer
    file: StoredFile


class Sending:
    """A file on its way in: the body of one PUT, which is all of it or a part. Owns its open part."""

    def __init__(self, store: FileStore, part: Part, span: Span) -> None:
        self.part = part
        self.stored: StoredFile | None = None
        """The file, once it is whole."""
        self._store = store
        self._left = len(span)
        self._restart = span.first == 0 and bool(part.offset)

    def open(self) -> bool | Answer:
        """Make it ready, a step at a time; return whether more is to do, or what is answered."""
        try:
            if self._restart:
                self._restart = False
                self._store.restart(self.part)
            return self._store.open(self.part)
        except FileRefused as refused:
            return refusal(refused)

    def take(self, data: bytes | bytearray) -> Answer | None:
        """Take some of the body; return what is answered where it is not taken."""
        if len(data) > self._left:
            return Answer(400, "The body is longer than it was said to be.")
        if not self.part.is_open:
            return Answer(409, "This upload was given up meanwhile.")
        try:
            self._store.write(self.part, data)
        except FileRefused as refused:
            return refusal(refused, self.part)
        self._left -= len(data)
        return None

    def finish(self, now: int) -> Answer:
        """Take the end of the body, at `now` in Unix milliseconds; return what is answered."""
        if self._left:
            return Answer(400, "The body is shorter than it was said to be.", _offset(self.part))
        if not self.part.is_open:
            return Answer(409, "This upload was given up meanwhile.")
        if not self.part.is_complete:
            return Answer(202, "So far, so good. More is to come.", _offset(self.part))
        try:
            self.stored = self._store.finish(self.part, now)
        except FileRefused as refused:
            return refusal(refused)
        return _done(self.stored, 201)

    def close(self) -> None:
        """Let go of the part; what came is kept."""
        self.part.close()


def receive(
    files: RoomFiles, link: int, target: Target, headers: Headers, now: int
) -> Sending | Spared | Answer:
    """Return the upload that a PUT begins or goes on with, or what is answered instead."""
    silent = files.why_not_send(link)
    if silent is not None:
        words = _SILENT.get(silent, "You may not send files.")
        return Answer(403, words, ((PROBLEM, silent.value),))
    try:
        span = _span(headers)
    except BadContentRange:
        return Answer(400, "Content-Range is not understood. It reads: bytes FIRST-LAST/SIZE.")
    if span is None:
        return Answer(411, "How long is it? Content-Length is needed, or Content-Range.")
    digest = digest_of(headers)
    known = files.known(link, digest, span.total) if digest else None
    if known is not None:
        files.note_sent_again(link, known, now)
        return Spared(_done(known, 200), known)
    try:
        part = files.begin(
            link, target.key, name=target.name, size=span.total, digest=digest, now=now
        )
    except FileRefused as refused:
        return refusal(refused)
    return _from(part, span, files.store)


def _from(part: Part, span: Span, store: FileStore) -> Sending | Answer:
    """Return the upload where it begins at the beginning, or where it was left off."""
    if span.first not in {0, part.offset}:
        words = f"Go on with byte {part.offset}, not with {span.first}."
        return Answer(409, words, _offset(part))
    return Sending(store, part, span)


def upload_state(files: RoomFiles, link: int, target: Target) -> Answer:
    """Return how far an upload is, as its answer."""
    part = files.part(link, target.key)
    if part is None:
        return Answer(404, "There is no such upload. Perhaps it is finished.")
    return Answer(200, f"{part.offset} of {part.upload.size} bytes are here.", _offset(part))


def refusal(refused: FileRefused, part: Part | None = None) -> Answer:
    """Return what is answered where a file was not taken."""
    status, words = _REFUSED[refused.problem]
    problem = ((PROBLEM, refused.problem.value),)
    return Answer(status, words, (*problem, *_offset(part)) if part is not None else problem)


def _span(headers: Headers) -> Span | None:
    """Return which part of a file the body is; None where that is not said. Raises BadContentRange."""
    ranged, length = headers.get("content-range"), headers.get("content-length")
    if ranged is None:
        return None if length is None else Span(0, int(length), int(length))
    span = sent_span(ranged)
    if length is not None and int(length) != len(span):
        raise BadContentRange(ranged)
    return span


def _offset(part: Part) -> tuple[tuple[str, str], ...]:
    return ("Upload-Offset", str(part.offset)), ("Upload-Length", str(part.upload.size))


def _done(file: StoredFile, status: int) -> Answer:
    told = {"hash": file.hash.hex(), "size": file.size}
    headers = (("Location", f"/files/{file.hash.hex()}"), ("ETag", f'"{file.hash.hex()}"'))
    return Answer(status, msgspec.json.encode(told).decode(), headers, "application/json")
