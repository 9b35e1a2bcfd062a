"""Rooms with much to read: made of the same few kinds of message, always the same for one size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PyQt6.QtCore import QObject

from app.net.qt_clock import QtClock
from app.protocol.messages import Joined, Live, Member, Roster, Said
from app.session.room_session import RoomSession
from app.session.store import RoomStore

PAGE = 200
NOON = 1_772_800_000_000
"""Unix milliseconds of the first message."""

_AUTHORS = ("Marina", "Leo", "Ana", "Yusuf", "Zoë", "Okan", "Mai Lin", "Şule")
_TEXTS = (
    "ok",
    "Who has the torque sensor? I left it on the bench next to the window yesterday.",
    "The second run is done, numbers are in the sheet. They look **much** better than before.",
    "I can be there at three; if not, start without me and tell me what you found out. " * 3,
    "👍",
    "see https://example.org/docs/motors/limits#torque for the limits",
    "@Leo could you look at `drive.py` again?",
    "```python\ndef torque(current: float) -> float:\n    return current * 0.21\n```",
    "- batteries\n- cables\n- the *small* screwdriver",
    "بكرة الساعة تسعة في المختبر",
)


def device(nick: str) -> bytes:
    """Return the device of a nickname."""
    return nick.encode().ljust(32, b".")[:32]


def said(seq: int) -> Said:
    """Return the message of that number."""
    number = seq * 7 // 5 % len(_AUTHORS)
    nick = _AUTHORS[number]
    return Said(
        seq=seq,
        author=number + 1,
        nick=nick,
        device=device(nick),
        at=NOON + seq * 20_000,
        cid=seq.to_bytes(16, "big"),
        text=f"{_TEXTS[seq % len(_TEXTS)]}" if seq % 3 else f"{seq}: {_TEXTS[seq % len(_TEXTS)]}",
    )


def pages(messages: int) -> Iterator[tuple[int, int, list[Said]]]:
    """Yield `(after, until, messages of it)` up to the number `messages`."""
    for after in range(0, messages, PAGE):
        until = min(after + PAGE, messages)
        yield after, until, [said(seq) for seq in range(after + 1, until + 1)]


def fill(path: Path, messages: int) -> None:
    """Make the replica of a room in which so many messages were said."""
    store = RoomStore(path)
    store.note(log=b"bench", name="Robotics Lab")
    store.begin(0)
    for number, (after, until, run) in enumerate(pages(messages)):
        store.add(after, until, run)
        if number % 50 == 49:
            store.commit()
    store.commit()
    while store.tend():
        pass
    store.close()


class _Nobody:
    """A transport to nowhere."""

    def __getattr__(self, _name: str) -> object:
        return lambda *_values: None


def session(parent: QObject) -> RoomSession:
    """Return a session that never hears of anybody."""
    made = RoomSession("Leo", QtClock(parent), room_name="Robotics Lab", parent=parent)
    made.attach(_Nobody())  # type: ignore[arg-type]  # Takes every call.
    made.device = device("Leo")
    return made


def joined(parent: QObject, last_seq: int = 0) -> RoomSession:
    """Return a session that is in the room, whose log went up to `last_seq` then."""
    made = session(parent)
    everyone = tuple(
        Member(number=n + 1, nick=nick, device=device(nick)) for n, nick in enumerate(_AUTHORS)
    )
    made.receive(
        Joined(
            member=2,
            room="Robotics Lab",
            topic="",
            role="member",
            history="all",
            last_seq=last_seq,
            members=len(everyone),
        )
    )
    made.receive(Roster(members=everyone))
    return made


def say(room: RoomSession, first: int, count: int) -> None:
    """Let the host tell the messages from number `first` on, as pages of live ones."""
    for start in range(first, first + count, PAGE):
        until = min(start + PAGE, first + count)
        room.receive(Live(said=tuple(said(seq) for seq in range(start, until))))
