"""Why a file was not taken."""

from __future__ import annotations

from enum import StrEnum


class FileProblem(StrEnum):
    """Why a file was not taken."""

    NO_FILES = "no-files"
    """The room takes none; the value of the refusal."""
    TOO_LARGE = "too-large"
    ROOM_FULL = "room-full"
    """With it, the room's files would be more than they may be."""
    NO_SPACE = "no-space"
    """The host's disk is full, or nearly."""
    TOO_MANY = "too-many"
    """That device has enough unfinished uploads, or files that are in no message."""
    ANOTHER = "another"
    """Under that id, something else is being sent."""
    HASH_WRONG = "hash-wrong"
    """What came is not what was announced; it was thrown away."""
    DISK = "disk"
    """The host's disk refuses."""


class FileRefused(Exception):
    """A file was not taken."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
