"""What the window asks the application to do; the application alone does it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.security.invite import Address, Invite


@dataclass(frozen=True)
class HostRequest:
    """Host a room here. `history` is all, joined, none, or a number of messages as text."""

    room: str
    nickname: str
    port: int
    history: str = "all"
    password: str = field(default="", repr=False)
    listed: bool = True
    """Whether others nearby see the room."""


@dataclass(frozen=True)
class JoinRequest:
    """Join the room at `target`; `text` is what the person typed, for the recent rooms."""

    target: Address | Invite
    nickname: str
    text: str
    password: str = field(default="", repr=False)
    expected: bytes = b""
    """The fingerprint of the known room that it is said to be, where something said so."""
    also: tuple[Address, ...] = ()
    """Further addresses where the room is said to be."""
