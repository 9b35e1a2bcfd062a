"""Say who is writing, in one short sentence."""

from __future__ import annotations

from app.session.room_session import RoomSession
from app.ui.chat.names import isolated
from app.ui.texts import tr


def typing_text(session: RoomSession) -> str:
    """Return who is writing in the room, oneself left out; empty where nobody is."""
    others = (number for number in session.typing if number != session.member_number)
    members = (session.roster.get(number) for number in others)
    names = [isolated(member.nick) for member in members if member is not None]
    if not names:
        return ""
    if len(names) == 1:
        return tr("{name} is typing…", name=names[0])
    if len(names) == 2:
        return tr("{first} and {second} are typing…", first=names[0], second=names[1])
    return tr("Several people are typing…")
