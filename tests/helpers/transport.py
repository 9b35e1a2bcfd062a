"""A transport that keeps what a session wishes, and a session that stands on it."""

from __future__ import annotations

from typing import TypeVar

from app.protocol import messages as m
from app.session.connection import Connection, Phase
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock

M = TypeVar("M", bound=m.Message)

ME, TOM = b"m" * 32, b"t" * 32
MY_NUMBER, TOMS_NUMBER = 1, 2


class RecordingTransport:
    """A `Transport` that carries nothing. `events` holds everything in order."""

    def __init__(self) -> None:
        self.events: list[m.AnyMessage | str] = []

    def send(self, message: m.AnyMessage) -> None:
        self.events.append(message)

    def join(self, message: m.Join) -> None:
        self.events.append(message)

    def try_now(self) -> None:
        self.events.append("try_now")

    def accept_host(self) -> None:
        self.events.append("accept_host")

    def give_password(self, text: str) -> None:
        self.events.append(f"give_password {text}")

    def set_room_password(self, text: str) -> None:
        self.events.append(f"set_room_password {text}")

    def stop(self) -> None:
        self.events.append("stop")

    def take(self, kind: type[M]) -> list[M]:
        """Return, and forget, the wishes of one kind."""
        found: list[M] = [event for event in self.events if isinstance(event, kind)]
        self.events = [event for event in self.events if not isinstance(event, kind)]
        return found


def session_with_transport(
    *, whole_history: bool = False
) -> tuple[RoomSession, RecordingTransport]:
    """Return a session that has not joined yet."""
    session = RoomSession("ana", ManualClock(), whole_history=whole_history)
    session.device = ME
    transport = RecordingTransport()
    session.attach(transport)
    return session, transport


def let_in(
    session: RoomSession,
    last_seq: int = 0,
    *,
    number: int = MY_NUMBER,
    topic: str = "",
    history: m.HistoryName = "all",
    log: bytes = b"",
) -> None:
    """Tell the session that it is in the room."""
    session.receive(
        m.Joined(
            member=number,
            room="Room",
            topic=topic,
            role="member",
            history=history,
            last_seq=last_seq,
            log=log,
            members=2,
        )
    )


def lose(session: RoomSession) -> None:
    """Tell the session that its connection is gone."""
    session.set_connection(Connection(Phase.WAITING, retry_at=1.0))


def said(
    seq: int, text: str | None = None, *, cid: bytes | None = None, mine: bool = False
) -> m.Said:
    """Return a line of the log, by Tom or by oneself."""
    return m.Said(
        seq=seq,
        author=MY_NUMBER if mine else TOMS_NUMBER,
        nick="ana" if mine else "tom",
        device=ME if mine else TOM,
        at=seq * 1000,
        cid=cid or seq.to_bytes(16, "big"),
        text=text or f"message {seq}",
    )


def run(first: int, last: int) -> tuple[m.Said, ...]:
    """Return the lines of the log from `first` to `last`."""
    return tuple(said(seq) for seq in range(first, last + 1))


def live(*lines: m.Said) -> m.Live:
    """Return lines of the log as they come while one is in the room."""
    return m.Live(said=lines)
