"""What the host's answers mean for a transfer. Pure."""

from __future__ import annotations

from app.net.http.requests import Headers
from app.net.http.saying import PROBLEM
from app.protocol.errors import Refusal
from app.room.files.problems import FileProblem
from app.session.files.transfer import FileFailure

_PROBLEMS: dict[str, FileFailure] = {
    FileProblem.TOO_LARGE: FileFailure.TOO_LARGE,
    FileProblem.ROOM_FULL: FileFailure.ROOM_FULL,
    FileProblem.NO_SPACE: FileFailure.HOST_FULL,
    FileProblem.DISK: FileFailure.HOST_FULL,
    FileProblem.TOO_MANY: FileFailure.TOO_MANY,
    FileProblem.ANOTHER: FileFailure.BROKEN,
    # The hash that was announced is that of the file when it was read the first time.
    FileProblem.HASH_WRONG: FileFailure.CHANGED,
    Refusal.MUTED: FileFailure.NOT_ALLOWED,
    Refusal.HOSTS_ONLY: FileFailure.NOT_ALLOWED,
    Refusal.NOT_PERMITTED: FileFailure.NOT_ALLOWED,
    Refusal.NO_SUCH_FILE: FileFailure.NOT_THERE,
    Refusal.NO_FILES: FileFailure.NO_FILES,
}
_STATUSES = {
    403: FileFailure.NOT_ALLOWED,
    404: FileFailure.NOT_THERE,
    410: FileFailure.NOT_THERE,
    413: FileFailure.TOO_LARGE,
    422: FileFailure.CHANGED,
    507: FileFailure.HOST_FULL,
}
_LATER = frozenset({202, 408, 409, 425, 429, 500, 502, 503, 504})
"""After these it is tried again: nothing is wrong with what was asked for."""


def failure_of(status: int, headers: Headers) -> FileFailure | None:
    """Return why the host did not do what was asked for; None where it may, before long."""
    told = _PROBLEMS.get(headers.get(PROBLEM) or "")
    if told is not None:
        return told
    if status in _LATER:
        return None
    return _STATUSES.get(status, FileFailure.BROKEN)


def number_of(header: str | None, most: int) -> int | None:
    """Return a header's value where it is a number from 0 to `most`, else None."""
    text = (header or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    return int(text) if int(text) <= most else None
