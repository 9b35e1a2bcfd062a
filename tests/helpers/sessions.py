"""Short ways to look at sessions."""

from __future__ import annotations

from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry


def messages(session: RoomSession) -> list[MessageEntry]:
    entries = [session.timeline[row] for row in range(len(session.timeline))]
    return [entry for entry in entries if isinstance(entry, MessageEntry)]


def texts(session: RoomSession) -> list[str]:
    return [entry.text for entry in messages(session)]


def nicknames(session: RoomSession) -> set[str]:
    return {member.nick for member in session.roster}


def phase(session: RoomSession) -> Phase:
    return session.connection.phase
