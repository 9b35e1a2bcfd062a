"""From a file that was chosen to a transfer that may begin."""

from __future__ import annotations

import secrets
import stat
from pathlib import Path

from app.protocol.file_names import clean_file_name
from app.session.files.transfer import FileFailure, LocalFile, Purpose, Transfer


class CannotSend(Exception):
    """A file that was chosen cannot be sent; nothing was."""

    def __init__(self, failure: FileFailure, path: Path) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.path = path


def planned_upload(file: LocalFile, cid: bytes, place: int, *, at: int, most: int) -> Transfer:
    """Return the upload of a file, with the message `cid`; raises CannotSend.

    `most`: bytes of the largest file that may be sent, 0 where that is not known.
    """
    try:
        status = file.path.stat()
    except FileNotFoundError as error:
        raise CannotSend(FileFailure.GONE, file.path) from error
    except (OSError, ValueError) as error:
        raise CannotSend(FileFailure.UNREADABLE, file.path) from error
    if not stat.S_ISREG(status.st_mode):
        raise CannotSend(FileFailure.NOT_A_FILE, file.path)
    if most and status.st_size > most:
        raise CannotSend(FileFailure.TOO_LARGE, file.path)
    return Transfer(
        id=secrets.token_bytes(16),
        purpose=Purpose.SEND,
        name=clean_file_name(file.name or file.path.name),
        size=status.st_size,
        path=file.path,
        cid=cid,
        place=place,
        modified=status.st_mtime_ns,
        temporary=file.temporary,
        at=at,
    )
