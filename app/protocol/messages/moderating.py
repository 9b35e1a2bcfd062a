"""Who may do what: roles, the door, and the list of what was done.

Whether a wish is allowed is decided at the host, by who the link belongs to.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from app.protocol import limits
from app.protocol.messages.base import DeviceId, GuestKind, MemberNumber, Message, Nick, Seq


class SetRole(Message, frozen=True, kw_only=True, tag="set-role"):
    """The host's wish to make a member a moderator, or a plain member again."""

    member: MemberNumber
    role: Literal["moderator", "member"]


class Remove(Message, frozen=True, kw_only=True, tag="remove"):
    """The wish to show a member out; with `ban` its device stays out, with `address` that too."""

    member: MemberNumber
    ban: bool = False
    address: bool = False


class Mute(Message, frozen=True, kw_only=True, tag="mute"):
    """The wish that a member may only read, or write again."""

    member: MemberNumber
    muted: bool = True


class SetRules(Message, frozen=True, kw_only=True, tag="set-rules"):
    """The wish to lock the room to newcomers, or to let only the host and moderators write."""

    locked: bool = False
    hosts_only: bool = False


class SetGuests(Message, frozen=True, kw_only=True, tag="set-guests"):
    """The host's wish which guests are let in; those of the other kind are shown out."""

    browser: bool = False
    text: bool = False


class RulesChanged(Message, frozen=True, kw_only=True, tag="rules-changed"):
    """Who may come and write is another now."""

    locked: bool = False
    hosts_only: bool = False
    by: Nick = ""
    browser_guests: bool = False
    text_guests: bool = False


class Ban(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ban that holds. `at`: Unix milliseconds by the host's clock."""

    number: Seq
    nick: Nick
    """What the member was called."""
    device: DeviceId
    at: int
    by: Nick
    address: Annotated[str, msgspec.Meta(max_length=64)] = ""
    """The address that is banned with it; empty where none is."""
    guest: GuestKind = ""
    """Set: of that address, guests of that kind alone are banned."""


class FetchBans(Message, frozen=True, kw_only=True, tag="fetch-bans"):
    """A moderator asks which bans hold."""


class Bans(Message, frozen=True, kw_only=True, tag="bans"):
    """The bans that hold, the newest first; at most MAX_BANS of them."""

    bans: tuple[Ban, ...]


class Unban(Message, frozen=True, kw_only=True, tag="unban"):
    """The wish to lift a ban. `Bans` follows."""

    ban: Seq


Deed = Literal[
    "removed", "banned", "unbanned", "muted", "unmuted", "made-moderator", "made-member",
    "locked", "unlocked", "hosts-only", "everyone", "deleted", "topic", "history",
    "browser-guests", "no-browser-guests", "text-guests", "no-text-guests",
]  # fmt: skip
"""What was done."""


class Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that the host or a moderator did. `at`: Unix milliseconds by the host's clock."""

    number: Seq
    at: int
    by: Nick
    deed: Deed
    nick: Nick = ""
    """To whom, where it was done to somebody."""
    about: Seq = 0
    """Which message was deleted."""


class FetchActs(Message, frozen=True, kw_only=True, tag="fetch-acts"):
    """A moderator asks what was done, before number `before` (0: the newest)."""

    before: Seq = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_ACTS)] = limits.MAX_ACTS


class Acts(Message, frozen=True, kw_only=True, tag="acts"):
    """What was done, the newest first. `more`: there are older ones as well."""

    acts: tuple[Act, ...]
    more: bool = False
