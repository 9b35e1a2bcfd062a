"""A session with a transport that only remembers, and a clock that is turned by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from app.protocol.messages import (
    AnyMessage,
    HistoryName,
    Join,
    Joined,
    Live,
    Member,
    RoleName,
    Roster,
    Said,
)
from app.session.connection import Phase
from tests.ui.chat.recording import RecordingSession

NOON = 1_772_800_000
"""Unix seconds at which the tests' clocks start."""


@dataclass
class ManualTimer:
    """A call that comes when the clock is advanced far enough."""

    at: float
    call: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class ManualClock:
    """Stands still until `advance`."""

    seconds: float = 0.0
    timers: list[ManualTimer] = field(default_factory=list)

    def now(self) -> float:
        return NOON + self.seconds

    def monotonic(self) -> float:
        return self.seconds

    def call_later(self, delay: float, call: Callable[[], None]) -> ManualTimer:
        timer = ManualTimer(self.seconds + delay, call)
        self.timers.append(timer)
        return timer

    def advance(self, seconds: float) -> None:
        end = self.seconds + seconds
        while due := [t for t in self.timers if not t.cancelled and t.at <= end]:
            timer = min(due, key=lambda t: t.at)
            self.timers.remove(timer)
            self.seconds = max(self.seconds, timer.at)
            timer.call()
        self.seconds = end


@dataclass
class RecordingTransport:
    """Remembers what a session wishes."""

    sent: list[AnyMessage] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def send(self, message: AnyMessage) -> None:
        self.sent.append(message)

    def join(self, message: Join) -> None:
        self.sent.append(message)

    def try_now(self) -> None:
        self.calls.append("try_now")

    def accept_host(self) -> None:
        self.calls.append("accept_host")

    def give_password(self, text: str) -> None:
        self.calls.append(f"give_password {text}")

    def set_room_password(self, text: str) -> None:
        self.calls.append(f"set_room_password {text}")

    def stop(self) -> None:
        self.calls.append("stop")


def device(name: str) -> bytes:
    return name.encode().ljust(32, b".")[:32]


def member(number: int, nick: str, role: RoleName = "member") -> Member:
    return Member(number=number, nick=nick, device=device(nick), role=role)


@dataclass
class Room:
    """One session as a member sees it, and the words of the host to it."""

    session: RecordingSession
    transport: RecordingTransport
    clock: ManualClock
    last_seq: int = 0

    def join(
        self,
        *members: Member,
        topic: str = "",
        name: str = "Robotics Lab",
        role: RoleName = "member",
        last_seq: int = 0,
        history: HistoryName = "all",
        history_count: int = 0,
    ) -> None:
        everyone = members or (member(1, "Marina", "host"), member(2, "Leo"))
        self.last_seq = last_seq
        self.session.device = device(self.session.nickname)
        self.session.receive(
            Joined(
                member=2,
                room=name,
                topic=topic,
                role=role,
                history=history,
                history_count=history_count,
                last_seq=last_seq,
                members=len(everyone),
            )
        )
        self.session.receive(Roster(members=everyone))
        assert self.session.connection.phase is Phase.ONLINE

    def said(
        self, nick: str, text: str, *, number: int = 3, at: float | None = None, cid: bytes = b""
    ) -> Said:
        self.last_seq += 1
        moment = self.clock.now() if at is None else NOON + at
        return Said(
            seq=self.last_seq,
            author=number,
            nick=nick,
            device=device(nick),
            at=int(moment * 1000),
            cid=cid or self.last_seq.to_bytes(16, "big"),
            text=text,
        )

    def say(self, nick: str, text: str, *, number: int = 3, at: float | None = None) -> None:
        self.session.receive(Live(said=(self.said(nick, text, number=number, at=at),)))

    def forget(self, seq: int, *, by: str) -> None:
        """Let `by` delete the message of that number, in no line of the log."""
        line = msgspec.structs.replace(self.said(by, ""), kind="delete", about=seq)
        self.last_seq -= 1
        self.session.timeline.take_acts((line,))

    def change(self, nick: str, seq: int, text: str) -> None:
        """Let `nick` give the message of that number another text."""
        line = msgspec.structs.replace(self.said(nick, text), kind="edit", about=seq)
        self.session.receive(Live(said=(line,)))

    def delete(self, seq: int, *, by: str) -> None:
        """Let `by` delete the message of that number."""
        line = msgspec.structs.replace(self.said(by, ""), kind="delete", about=seq)
        self.session.receive(Live(said=(line,)))
