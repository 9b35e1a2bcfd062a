"""Files in messages, which there are, and the token to send and fetch them with (over HTTP)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from app.protocol import limits
from app.protocol.messages.base import DeviceId, Message, Nick, Seq

FileHash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""SHA-256 of a file's bytes: a file is known by it alone."""

FileName = Annotated[str, msgspec.Meta(max_length=4096)]
FileSize = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
PictureSide = Annotated[int, msgspec.Meta(ge=0, le=limits.MAX_PICTURE_SIDE)]
"""Pixels."""
MediaType = Annotated[str, msgspec.Meta(pattern=r"^[a-z]+/[a-z0-9.+-]{1,100}\Z")]


class FileRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file as a message carries it: `hash` is its SHA-256 in hexadecimal."""

    hash: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    name: FileName
    """Clean, also where another host did not see to that."""
    size: FileSize
    media: MediaType
    """What the host takes it for, by the file's first bytes and its name."""
    width: PictureSide = 0
    """Of the upright picture, where there is a thumbnail of it; else 0."""
    height: PictureSide = 0


class Attach(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file to go with a message, which the host has already."""

    hash: FileHash
    name: FileName = ""


class AskToken(Message, frozen=True, kw_only=True, tag="ask-token"):
    """Ask for a token to send and fetch files with; the one before is worthless from then on."""


class Token(Message, frozen=True, kw_only=True, tag="token"):
    """Your token, for as long as this link is in the room."""

    token: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    max_file: FileSize = limits.MAX_FILE
    """The most bytes of a file that this room takes."""


FileSort = Literal["all", "pictures", "files"]
"""Which files one looks for; files: those that are no pictures."""


class ListFiles(Message, frozen=True, kw_only=True, tag="list-files"):
    """Ask for the newest files in messages before `before` (0: all), and of one sort alone.

    With a `query`, those whose name and sender's nickname hold all of its words.
    """

    query: Annotated[str, msgspec.Meta(max_length=limits.MAX_QUERY)] = ""
    sort: FileSort = "all"
    before: Seq = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_LISTED)] = limits.MAX_LISTED


class FileLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Those files of one message that were asked for, in the order in which it has them."""

    seq: Seq
    at: int
    """Unix milliseconds by the host's clock."""
    nick: Nick
    device: DeviceId
    files: Annotated[
        tuple[FileRef, ...], msgspec.Meta(min_length=1, max_length=limits.MAX_ATTACHED)
    ]


class Files(Message, frozen=True, kw_only=True, tag="files"):
    """The answer to a `ListFiles`, newest message first. `more`: there are older ones as well."""

    query: str = ""
    sort: FileSort = "all"
    before: Seq = 0
    lines: tuple[FileLine, ...] = ()
    more: bool = False
