"""What sentences and pages may tell of a session."""

from __future__ import annotations

from app.session.room_session import RoomSession
from app.ui.chat.names import isolated
from app.ui.texts import tr


def host_of(session: RoomSession) -> str:
    """Return the nickname of who hosts, as far as it is known."""
    return next((isolated(m.nick) for m in session.roster if m.role == "host"), "")


def about(session: RoomSession) -> dict[str, object]:
    """Return what sentences may tell of a session."""
    return {
        "address": isolated(session.address),
        "host": host_of(session),
        "nick": isolated(session.nickname),
        "own": session.hosted_here,
    }


def has_been_in(session: RoomSession) -> bool:
    """Tell whether there is a room to show: one was in it, in this run or an earlier one."""
    return session.member_number >= 0 or len(session.timeline) > 0


def others_in(session: RoomSession) -> int:
    """Return how many are in the room beside oneself."""
    me = session.member_number
    return len(session.roster) - (session.roster.get(me) is not None)


def history_sentence(session: RoomSession) -> str:
    """Return what somebody who joins the room sees of what was said before."""
    info = session.info
    if info.history == "none":
        return tr("This room keeps no history. You see what is said from now on.")
    if info.history == "joined":
        return tr("Newcomers see what is said from when they join.")
    if info.history == "last":
        return tr("Newcomers see the last %n message(s).", n=info.history_count)
    return tr("Newcomers see everything that was said.")
