"""Messages to bytes and back: MessagePack on Papo's own links, JSON for the same messages as text."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from app.protocol.errors import MalformedMessage
from app.protocol.messages import AnyMessage, FromHost, FromMember

T = TypeVar("T")

_encoder = msgspec.msgpack.Encoder()
_json_encoder = msgspec.json.Encoder()
_from_member: msgspec.msgpack.Decoder[FromMember] = msgspec.msgpack.Decoder(FromMember)
_from_host: msgspec.msgpack.Decoder[FromHost] = msgspec.msgpack.Decoder(FromHost)


def encode(message: AnyMessage) -> bytes:
    """Return the message as MessagePack: a frame's body."""
    return _encoder.encode(message)


def encode_json(message: AnyMessage) -> bytes:
    """Return the message as JSON in UTF-8; bytes within it are base64."""
    return _json_encoder.encode(message)


def decode_from_member(body: bytes) -> FromMember:
    """Read what a member sent; raises MalformedMessage for anything else."""
    return _decode(_from_member, body)


def decode_from_host(body: bytes) -> FromHost:
    """Read what a host sent; raises MalformedMessage for anything else."""
    return _decode(_from_host, body)


def _decode(decoder: msgspec.msgpack.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    # Nested far enough, msgspec raises RecursionError; bad UTF-8 is a ValueError of its own.
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedMessage(str(error)) from error
