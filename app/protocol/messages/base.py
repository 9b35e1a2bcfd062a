"""What all messages are made of: their base, and the types of their fields."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from app.protocol import limits

Cid = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
"""A message's client id: 128 random bits, made once by its author."""

DeviceId = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""SHA-256 of a device's public key."""

Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A message's number in the room's log, from 1. 0 stands before the first."""

MemberNumber = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Colour = Annotated[int, msgspec.Meta(ge=-1, le=63)]
Version = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Agent = Annotated[str, msgspec.Meta(max_length=limits.MAX_AGENT)]


# A name or text that is too long is refused by the room, in words; the bounds here only keep a
# sane message sane, so they leave room for the room to answer.
Nick = Annotated[str, msgspec.Meta(max_length=512)]
Text = Annotated[str, msgspec.Meta(max_length=32 * 1024)]
RoomName = Annotated[str, msgspec.Meta(max_length=limits.MAX_ROOM_NAME)]

Share = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Confirmation = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]

PublicKey = Annotated[bytes, msgspec.Meta(min_length=65, max_length=65)]
"""A P-256 point, uncompressed."""

RoleName = Literal["host", "moderator", "member"]
HistoryName = Literal["all", "joined", "last", "none"]
LeaveReason = Literal["left", "lost", "removed"]

GuestKind = Literal["", "browser", "text"]
"""How somebody without a device key came in; empty for whoever has one."""


class Message(msgspec.Struct, frozen=True, tag_field="t", omit_defaults=True):
    """The base of all messages."""
