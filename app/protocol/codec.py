"""Messages to bytes and back: MessagePack on Papo's own links, JSON for the same messages as text."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from app.protocol.errors import MalformedMessage
from app.protocol.messages import AnyMessage, FromHost, FromMember, Roster

T = TypeVar("T")

_ROSTERS_KEPT = 64
"""Pages that are kept encoded: a room of ten thousand, and some that changed."""

_rosters: dict[int, tuple[Roster, bytes]] = {}
"""By the page's `id`; the page is kept, so that no other can have the same."""

_encoder = msgspec.msgpack.Encoder()
_json_encoder = msgspec.json.Encoder()
_from_member: msgspec.msgpack.Decoder[FromMember] = msgspec.msgpack.Decoder(FromMember)
_from_host: msgspec.msgpack.Decoder[FromHost] = msgspec.msgpack.Decoder(FromHost)


def encode(message: AnyMessage) -> bytes:
    """Return the message as MessagePack: a frame's body."""
    return _encode_roster(message) if type(message) is Roster else _encoder.encode(message)


def _encode_roster(page: Roster) -> bytes:
    """Encode a page of the roster once: in a storm of joins each newcomer is told the same ones."""
    known = _rosters.get(id(page))
    if known is not None and known[0] is page:
        return known[1]
    body = _encoder.encode(page)
    while len(_rosters) >= _ROSTERS_KEPT:
        del _rosters[next(iter(_rosters))]
    _rosters[id(page)] = page, body
    return body


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
