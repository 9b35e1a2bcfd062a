"""Who is here, and how they stand."""

from __future__ import annotations

import msgspec

from app.protocol.messages.base import Colour, LeaveReason, MemberNumber, Message, Nick, RoleName
from app.protocol.messages.joining import Member


class Came(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="came"):
    """One member who came, in a `Presence`. `at`: Unix milliseconds by the host's clock."""

    member: Member
    at: int


class Went(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="went", omit_defaults=True
):
    """One member who went, in a `Presence`."""

    number: MemberNumber
    nick: Nick
    at: int
    reason: LeaveReason = "left"


class Changed(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="changed", omit_defaults=True
):
    """One member who is here and stands otherwise now, in a `Presence`."""

    number: MemberNumber
    away: bool = False
    slow: bool = False
    muted: bool = False
    role: RoleName = "member"
    colour: Colour = -1


class Renamed(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="renamed", omit_defaults=True
):
    """One member who goes by another nickname now, in a `Presence`."""

    number: MemberNumber
    nick: Nick
    before: Nick
    at: int


class Presence(Message, frozen=True, kw_only=True, tag="presence"):
    """Who came, went or stands otherwise since the last one, merged, each in its order."""

    changes: tuple[Came | Went | Changed | Renamed, ...]


class Located(Message, frozen=True, kw_only=True, tag="located"):
    """To the host alone: from which address members are connected."""

    addresses: dict[MemberNumber, str]


class Rename(Message, frozen=True, kw_only=True, tag="rename"):
    """The wish to go by another nickname. Refused as a `Join` would be."""

    nick: Nick


class Typing(Message, frozen=True, kw_only=True, tag="typing"):
    """The member is writing, or not any more. Worth saying at most every few seconds."""

    active: bool = True


class TypingNow(Message, frozen=True, kw_only=True, tag="typing-now"):
    """Who is writing at this moment, at most a handful; the others are not."""

    members: tuple[MemberNumber, ...]


class SetAway(Message, frozen=True, kw_only=True, tag="set-away"):
    """The member is away from the computer, or back."""

    away: bool


class SetColour(Message, frozen=True, kw_only=True, tag="set-colour"):
    """The member chooses the colour that stands for it, or with -1 the one of its device."""

    colour: Colour = -1
