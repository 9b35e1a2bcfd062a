"""What one may do with somebody in the room. Only this is offered: the host would refuse the rest."""

from __future__ import annotations

from enum import Enum

from app.protocol.messages import Member
from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.ui.texts import tr
from app.ui.theme.icons import Icon


class Deed(Enum):
    """One thing to do with somebody."""

    WRITE = "write"
    MENTION = "mention"
    RENAME = "rename"
    MODERATOR = "moderator"
    MEMBER = "member"
    MUTE = "mute"
    UNMUTE = "unmute"
    REMOVE = "remove"
    BAN = "ban"


TALK = frozenset({Deed.MENTION, Deed.WRITE})
"""What is between oneself and them; the rest keeps order."""

ICONS = {
    Deed.WRITE: Icon.LOCK,
    Deed.MENTION: Icon.REPLY,
    Deed.RENAME: Icon.EDIT,
    Deed.MODERATOR: Icon.SHIELD,
    Deed.MEMBER: Icon.SHIELD,
    Deed.MUTE: Icon.MUTE,
    Deed.UNMUTE: Icon.MUTE,
    Deed.REMOVE: Icon.REMOVE_PERSON,
    Deed.BAN: Icon.REMOVE_PERSON,
}


def is_moderating(session: RoomSession) -> bool:
    """Tell whether one may do what moderators do, here and now."""
    return session.is_online and session.info.role in {"host", "moderator"}


def may_write_privately(session: RoomSession, device: bytes) -> bool:
    """Tell whether one may write to that device alone."""
    stopped = session.connection.phase is Phase.STOPPED
    if not device or device == session.device or session.roster.guest_of(device):
        return False
    return not stopped and session.may_write is None


def may_mention(session: RoomSession) -> bool:
    """Tell whether one may write to everybody, and so to somebody by name."""
    return session.connection.phase is not Phase.STOPPED and session.may_write is None


def is_here(session: RoomSession, member: Member) -> bool:
    """Tell whether somebody, perhaps the author of an old message, is in the room now."""
    return session.roster.get(member.number) is not None


def deeds_for(session: RoomSession, member: Member) -> list[Deed]:
    """Return what one may do with `member`, as it is offered from top to bottom."""
    if member.number == session.member_number:
        return [Deed.RENAME] if session.is_online else []
    found = []
    if may_write_privately(session, member.device):
        found.append(Deed.WRITE)
    if not is_here(session, member):
        return found
    if member.device != session.device and may_mention(session):
        found.append(Deed.MENTION)
    if not session.is_online or member.role == "host" or member.device == session.device:
        return found
    hosts = session.info.role == "host"
    if hosts and not member.guest:
        found.append(Deed.MEMBER if member.role == "moderator" else Deed.MODERATOR)
    if hosts or (session.info.role == "moderator" and member.role == "member"):
        found.append(Deed.UNMUTE if member.muted else Deed.MUTE)
        found += [Deed.REMOVE, Deed.BAN]
    return found


def deed_text(deed: Deed) -> str:
    """Return what a deed is called in a menu or on a button."""
    return {
        Deed.MENTION: tr("Mention"),
        Deed.WRITE: tr("Message privately…"),
        Deed.RENAME: tr("Change nickname…"),
        Deed.MODERATOR: tr("Make moderator"),
        Deed.MEMBER: tr("Take back moderator"),
        Deed.MUTE: tr("Mute"),
        Deed.UNMUTE: tr("Let write again"),
        Deed.REMOVE: tr("Remove from room…"),
        Deed.BAN: tr("Ban…"),
    }[deed]


def deed_hint(deed: Deed) -> str:
    """Return what a deed does, where its name does not say all of it."""
    return {
        Deed.MENTION: tr("Puts the name into what you write, so that they are told."),
        Deed.MODERATOR: tr("Moderators mute, remove and ban members, and delete messages."),
        Deed.MUTE: tr("Whoever is muted reads on, and cannot write."),
    }.get(deed, "")
