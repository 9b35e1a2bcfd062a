"""What somebody is told who has just come in."""

from __future__ import annotations

from app.protocol import limits
from app.protocol.messages import Joined, Located, Member
from app.room.attendance import Attendance
from app.room.effects import Effect, Send
from app.room.log import Log
from app.room.settings import RoomSettings


def welcome(
    link: int,
    member: Member,
    settings: RoomSettings,
    log: Log,
    here: Attendance,
    *,
    last_private: int = 0,
) -> list[Effect]:
    """Return what `member` is told, on its link: the room, who is here, and to the host from where."""
    effects: list[Effect] = [
        Send(
            link,
            Joined(
                member=member.number,
                room=settings.name,
                topic=settings.topic,
                role=member.role,
                history=settings.history.name,
                history_count=settings.history.count,
                last_seq=log.last_seq,
                log=log.id,
                members=len(here.members),
                last_private=last_private,
                locked=settings.locked,
                hosts_only=settings.hosts_only,
                browser_guests=settings.browser_guests,
                text_guests=settings.text_guests,
            ),
        )
    ]
    effects += roster(link, here)
    if member.role == "host":
        effects += _addresses(link, here)
    return effects


def roster(link: int, here: Attendance) -> list[Effect]:
    """Return who is here, as told on one link."""
    return [Send(link, page) for page in here.pages.of(tuple(here.members.values()))]


def _addresses(link: int, here: Attendance) -> list[Effect]:
    known = [(m.number, here.links[at].address) for at, m in here.members.items()]
    size = limits.ROSTER_PAGE
    parts = [known[start : start + size] for start in range(0, len(known), size)]
    return [Send(link, Located(addresses=dict(part))) for part in parts]
