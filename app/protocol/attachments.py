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
from app.protocol.messages.files import FileRef, MediaType

__all__ = ["Attached", "FileRef", "MediaType", "clean_ref", "pack", "unpack", "words_in"]


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
    files = tuple(map(clean_ref, attached.files))
    return attached if files == attached.files else msgspec.structs.replace(attached, files=files)


def clean_ref(ref: FileRef) -> FileRef:
    """Return the file with a clean name, which another host may not have seen to."""
    name = clean_file_name(ref.name)
    return ref if name == ref.name else msgspec.structs.replace(ref, name=name)
