"""The text of a line of the log that carries files: its caption and the files, as JSON.

So a line without files costs nobody a byte, and one with files needs no field of its own. JSON, and
not MessagePack, because `Said.text` is text, and a browser reads it without a library.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.protocol import limits
from app.protocol.errors import MalformedMessage
from app.protocol.file_names import clean_file_name
from app.protocol.messages.base import Text
from app.protocol.messages.files import FileName, FileSize, PictureSide

MediaType = Annotated[str, msgspec.Meta(pattern=r"^[a-z]+/[a-z0-9.+-]{1,100}$")]


class FileRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file as a message carries it: `hash` is its SHA-256 in hexadecimal."""

    hash: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    name: FileName
    """Clean, also where another host did not see to that."""
    size: FileSize
    media: MediaType
    """What the host takes it for, by the file's first bytes and its name."""
    width: PictureSide = 0
    """Of the upright picture, where there is a thumbnail of it; else 0."""
    height: PictureSide = 0


class Attached(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a message with files says."""

    files: Annotated[
        tuple[FileRef, ...], msgspec.Meta(min_length=1, max_length=limits.MAX_ATTACHED)
    ]
    caption: Text = ""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Attached)


def pack(attached: Attached) -> str:
    """Return what `unpack` reads."""
    return _encoder.encode(attached).decode()


def words_in(text: str) -> str:
    """Return what a person would look for in the text of a line with files: caption and names.

    A text that is none of those stays as it is.
    """
    try:
        attached = unpack(text)
    except MalformedMessage:
        return text
    return "\n".join(filter(None, [attached.caption, *(ref.name for ref in attached.files)]))


def unpack(text: str) -> Attached:
    """Read the text of a line whose kind is "files"; raises MalformedMessage for any other."""
    try:
        attached = _decoder.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedMessage(str(error)) from error
    if all(file.name == clean_file_name(file.name) for file in attached.files):
        return attached
    files = tuple(
        msgspec.structs.replace(file, name=clean_file_name(file.name)) for file in attached.files
    )
    return msgspec.structs.replace(attached, files=files)
