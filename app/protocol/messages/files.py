"""Files in messages, and the token with which they are sent and fetched (over HTTP)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.protocol import limits
from app.protocol.messages.base import Message

FileHash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""SHA-256 of a file's bytes: a file is known by it alone."""

FileName = Annotated[str, msgspec.Meta(max_length=4096)]
FileSize = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
PictureSide = Annotated[int, msgspec.Meta(ge=0, le=limits.MAX_PICTURE_SIDE)]
"""Pixels."""


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
