"""Rooms that are open, and what is said there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.protocol.messages import Joined, Live, Said
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from tests.helpers.clock import ManualClock
from tests.ui.still_clock import NOON

if TYPE_CHECKING:
    from PyQt6.QtCore import QObject


def a_room(parent: QObject, name: str, *, hosted: bool = False, known: bool = True) -> RoomSession:
    """Return the session of a room in which one is Leo; one that is `known` has its key."""
    session = RoomSession("Leo", ManualClock(), room_name=name, parent=parent)
    session.hosted_here = hosted
    session.receive(
        Joined(member=1, room=name, topic="", role="member", history="all", last_seq=0, members=2)
    )
    if known:
        learn(session)
    return session


def learn(session: RoomSession) -> None:
    """Let it be known which room it is."""
    fingerprint = session.info.name.encode().ljust(32, b".")[:32]
    session.sharing = replace(session.sharing, fingerprint=fingerprint, invite="papo://invite")
    session.info_changed.emit()


def say(session: RoomSession, *texts: str) -> None:
    """Let somebody else say something to everyone."""
    for text in texts:
        session.receive(Live(said=(_line(session, text),)))


def delete(session: RoomSession, seq: int) -> None:
    """Let the message of that number be deleted."""
    line = _line(session, "")
    gone = Said(
        seq=line.seq,
        author=2,
        nick="Ines",
        device=b"d" * 32,
        at=line.at,
        cid=line.cid,
        text="",
        kind="delete",
        about=seq,
    )
    session.receive(Live(said=(gone,)))


def whisper(session: RoomSession, number: int = 1) -> None:
    """Let somebody write to one alone."""
    session.note_news(
        MessageEntry(
            cid=number.to_bytes(16, "big"),
            seq=0,
            author=-1,
            nick="Ines",
            device=b"d" * 32,
            at=int(NOON * 1000),
            text="for you alone",
            mine=False,
            private_with=b"d" * 32,
            private_nick="Ines",
            number=number,
        )
    )


_SEQ = "said so far"


def _line(session: RoomSession, text: str) -> Said:
    seq = int(session.property(_SEQ) or 0) + 1
    session.setProperty(_SEQ, seq)
    return Said(
        seq=seq,
        author=2,
        nick="Ines",
        device=b"d" * 32,
        at=int(NOON * 1000),
        cid=seq.to_bytes(16, "big"),
        text=text,
    )
