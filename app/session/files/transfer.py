"""One file on its way: what it is, how far it is, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.protocol.attachments import FileRef
from app.protocol.file_names import clean_file_name


class Stage(StrEnum):
    """Where a transfer stands. It has exactly one."""

    CHECKING = "checking"
    """Its bytes are read, for the hash; `done` counts these."""
    WAITING = "waiting"
    """Others are before it, or the room is not reached; it goes on by itself."""
    MOVING = "moving"
    PAUSED = "paused"
    """By the person; it goes on when the person says so."""
    DONE = "done"
    FAILED = "failed"
    """`failure` says why."""


class FileFailure(StrEnum):
    """Why a transfer failed. To be said to the person; another try may succeed with some."""

    GONE = "file-gone"
    """The file on this computer is not there any more."""
    CHANGED = "file-changed"
    """The file on this computer is not what it was when it was chosen."""
    UNREADABLE = "file-unreadable"
    """This computer refuses to read it."""
    NOT_A_FILE = "not-a-file"
    TOO_LARGE = "file-too-large"
    """The room takes no file of that size."""
    ROOM_FULL = "files-full"
    """The files of the room take as much as they may."""
    HOST_FULL = "host-full"
    """The host's disk is full, or refuses."""
    TOO_MANY = "too-many-uploads"
    NOT_ALLOWED = "files-not-allowed"
    """Whoever may not write may not send files."""
    NOT_THERE = "no-such-file"
    """The host has it no more, or it may not be seen by this member."""
    HASH_WRONG = "hash-wrong"
    """What came is not the file; it was thrown away."""
    NO_SPACE = "no-space-here"
    """This computer's disk is full, or nearly."""
    UNWRITABLE = "folder-unwritable"
    """This computer refuses to write there."""
    NO_FILES = "no-files"
    """The room takes no files."""
    BROKEN = "transfer-broken"
    """The host said something that is no answer."""


class Purpose(StrEnum):
    """What a transfer is for."""

    SEND = "send"
    SAVE = "save"
    """Fetched for the person, into a folder of theirs."""
    VIEW = "view"
    """Fetched to be shown in the window, into a folder of ours that is emptied."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to be sent. With `temporary` it was made for that and is deleted afterwards."""

    path: Path
    name: str = ""
    """Under which it is sent; empty: its own."""
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    """A file on its way up or down, as it stands now. Sizes in bytes."""

    id: bytes
    """16 random bytes; with them an upload is known to the host."""
    purpose: Purpose
    name: str
    """Clean."""
    size: int
    path: Path
    """What is read; or what will have been written, once it is done."""
    stage: Stage = Stage.WAITING
    failure: str = ""
    """The value of a `FileFailure` where `stage` is FAILED."""
    done: int = 0
    rate: float = 0.0
    """Bytes a second, of late; 0 where that is not known."""
    hash: str = ""
    """SHA-256 in hexadecimal; empty while it is not known."""
    cid: bytes = b""
    """The message that an upload goes with."""
    place: int = 0
    """Among the files of its message."""
    modified: int = 0
    """When the file that is sent was changed last, in nanoseconds as the system tells it."""
    temporary: bool = False
    at: int = 0
    """When it was begun, in Unix milliseconds."""

    @property
    def is_upload(self) -> bool:
        """Whether it goes to the host."""
        return self.purpose is Purpose.SEND

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.stage in {Stage.DONE, Stage.FAILED}

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at the speed of late; None where that cannot be said."""
        if self.stage is not Stage.MOVING or self.rate <= 0:
            return None
        return max(self.size - self.done, 0) / self.rate

    @property
    def ref(self) -> FileRef:
        """The file as a message has it; its hash may not be known yet."""
        media = "application/octet-stream"
        return FileRef(hash=self.hash, name=clean_file_name(self.name), size=self.size, media=media)


def failed(transfer: Transfer, failure: FileFailure) -> Transfer:
    """Return it as one that failed."""
    # A file that changed, should it be sent all the same, has another hash.
    unknown = transfer.is_upload and failure is FileFailure.CHANGED
    return replace(
        transfer,
        stage=Stage.FAILED,
        failure=failure.value,
        rate=0.0,
        hash="" if unknown else transfer.hash,
    )
