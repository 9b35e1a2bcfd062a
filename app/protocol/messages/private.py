"""Messages between two members, which the host carries and cannot read (`security/sealed.py`)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.protocol import limits
from app.protocol.messages.base import Cid, DeviceId, Message, Nick, Seq

Sealed = Annotated[bytes, msgspec.Meta(max_length=limits.MAX_SEALED)]


class AskKey(Message, frozen=True, kw_only=True, tag="ask-key"):
    """Ask for the public key of a device that is, or was, in the room."""

    device: DeviceId


class Key(Message, frozen=True, kw_only=True, tag="key"):
    """The public key of a device: 65 bytes whose SHA-256 is the device id, or none.

    Whoever asked checks that: a host cannot pass off another key for that device.
    """

    device: DeviceId
    key: Annotated[bytes, msgspec.Meta(max_length=65)] = b""


class Whisper(Message, frozen=True, kw_only=True, tag="whisper"):
    """A private message to one device. Sent again with the same `cid` it is still one."""

    cid: Cid
    to: DeviceId
    sealed: Sealed
    """For the recipient."""
    copy: Sealed
    """The same text sealed to one's own device, for oneself on another day."""


class Whispered(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A private message to or from your device, in `Whispers`."""

    number: Seq
    """Its number among the private messages of the room; yours have holes."""
    author: DeviceId
    nick: Nick
    """The author's nickname at that time."""
    to: DeviceId
    to_nick: Nick
    at: int
    after: Seq
    """The room's newest message at that time: it stands below that one."""
    cid: Cid
    sealed: Sealed
    """Sealed to you: the copy, where you are the author."""


class Whispers(Message, frozen=True, kw_only=True, tag="whispers"):
    """Private messages to or from your device, in order: just now, or all of `(after, until]`."""

    whispers: tuple[Whispered, ...]
    after: Seq = 0
    until: Seq = 0
    """0 where they came just now, and answer nothing."""


class FetchWhispers(Message, frozen=True, kw_only=True, tag="fetch-whispers"):
    """Ask for the private messages to or from your device in `(after, until]`, oldest first."""

    after: Seq
    until: Seq
