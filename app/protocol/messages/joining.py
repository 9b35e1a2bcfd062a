"""Coming in, being there, going: the handshake, the roster, the last word."""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.protocol.messages.base import (
    Agent,
    Cid,
    Colour,
    Confirmation,
    Count,
    DeviceId,
    GuestKind,
    HistoryName,
    MemberNumber,
    Message,
    Nick,
    PublicKey,
    RoleName,
    RoomName,
    Seq,
    Share,
    Version,
)


class ClientHello(Message, frozen=True, kw_only=True, tag="hello"):
    """First from the member, once the host's certificate is accepted: which versions it speaks."""

    min_version: Version
    max_version: Version
    agent: Agent = ""


class HostHello(Message, frozen=True, kw_only=True, tag="host-hello"):
    """The host's answer: the version chosen, and a nonce for the proof."""

    version: Version
    nonce: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    room: RoomName
    agent: Agent = ""
    password: bool = False
    """The room asks for its password, once the device key is proved."""


class Prove(Message, frozen=True, kw_only=True, tag="prove"):
    """The member's device key, and its signature over the transcript (`security/proof.py`)."""

    device_key: PublicKey
    signature: Annotated[bytes, msgspec.Meta(max_length=128)]


class Trusted(Message, frozen=True, kw_only=True, tag="trusted"):
    """Where the room has a password: your device gave it before, and need not again."""


class Challenge(Message, frozen=True, kw_only=True, tag="challenge"):
    """Where the room has a password: the host's share of the exchange (`security/password.py`)."""

    share: Share


class Response(Message, frozen=True, kw_only=True, tag="response"):
    """The member's share, and what only somebody who knows the password can confirm with."""

    share: Share
    confirmation: Confirmation


class Confirmed(Message, frozen=True, kw_only=True, tag="confirmed"):
    """The host's own confirmation: it knows the password too, so it is the host."""

    confirmation: Confirmation


class Join(Message, frozen=True, kw_only=True, tag="join"):
    """The wish to be in the room under a nickname."""

    nick: Nick
    colour: Colour = -1
    """As a `Member`'s."""


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody in the room, as everyone sees them."""

    number: MemberNumber
    """The host's number for this device and nickname, the same whenever they come back."""
    nick: Nick
    device: DeviceId
    role: RoleName = "member"
    away: bool = False
    slow: bool = False
    """Fallen behind the live stream; it catches up from the log."""
    muted: bool = False
    """May read, and not write."""
    colour: Colour = -1
    """Which colour stands for them, counted round the palette of who shows it; -1: by the device."""
    guest: GuestKind = ""
    """A guest has no device key: its `device` is an id that the host made for it."""


class Joined(Message, frozen=True, kw_only=True, tag="joined"):
    """You are in. `Roster` follows, then all that happens."""

    member: MemberNumber
    room: RoomName
    topic: str
    role: RoleName
    history: HistoryName
    history_count: Count = 0
    """How many messages newcomers see where `history` is "last"."""
    last_seq: Seq
    """The newest message in the log at this moment."""
    log: bytes = b""
    """Names the log: another value than at an earlier visit means that the numbers began anew."""
    members: Count
    """How many are in the room, you included."""
    locked: bool = False
    """Nobody new gets in."""
    hosts_only: bool = False
    """Only the host and moderators may write."""
    last_private: Seq = 0
    """The newest private message to or from your device."""
    browser_guests: bool = False
    """Whoever comes by a browser, without a device key, is let in."""
    text_guests: bool = False
    """Whoever comes by plain text is let in: what they read and write travels in clear."""


class Roster(Message, frozen=True, kw_only=True, tag="roster"):
    """Who is in the room, in pages; `more` says that another page follows."""

    members: tuple[Member, ...]
    more: bool = False


class Skipped(Message, frozen=True, kw_only=True, tag="skipped"):
    """You fell so far behind that the live stream left you out; it goes on now.

    A `Roster` follows. What was said up to `last_seq` is to be fetched.
    """

    last_seq: Seq
    topic: str
    last_private: Seq = 0
    """The newest private message to or from your device; those up to it are to be fetched as well."""


class Leave(Message, frozen=True, kw_only=True, tag="leave"):
    """The member goes, on purpose."""


class Ping(Message, frozen=True, kw_only=True, tag="ping"):
    """Are you there? Either side may ask; the other answers with `Pong`."""


class Pong(Message, frozen=True, kw_only=True, tag="pong"):
    """I am here."""


class Rejected(Message, frozen=True, kw_only=True, tag="rejected"):
    """A wish was refused. `code` is a `Refusal`, or one that a newer peer knows."""

    code: Annotated[str, msgspec.Meta(max_length=64)]
    cid: Cid | None = None
    """Which message, where it was a `Say`, a `Delete` or a `Whisper`."""
    limit: Count | None = None
    """The limit that was exceeded, where there is one."""


class Closed(Message, frozen=True, kw_only=True, tag="closed"):
    """The last word on a link: why it is being closed."""

    code: Annotated[str, msgspec.Meta(max_length=64)]
    seconds: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 0.0
    """How long to wait before it is of use to come back, where that is known."""
