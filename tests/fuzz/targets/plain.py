"""A guest by plain text: any bytes, in any pieces, at any pace, in a room where others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import cast

from hypothesis import strategies as st

from app.net import limits
from app.net.door import Caller
from app.net.plain.serving import Hall, Keeper
from app.net.plain.showing import Showing
from app.net.plain.visit import PlainVisit
from app.net.visit import Numbered
from app.plain_words import plain_words
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.effects import Broadcast, Close, Effect, Send
from app.room.flood import TokenBucket
from app.room.room import Room
from app.room.settings import RoomSettings
from app.security.password import password_key
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case
from tests.helpers.clock import ManualClock

_PAUSE = b"@PAUSE@"
"""Stands for a second in which nothing comes."""

_ENDS = b"@END@"

_TELNET = re.compile(b"\xff[\xfc\xfe].", re.DOTALL)
"""What a telnet is answered."""

_FINGERPRINT = bytes(32)
_PASSWORD = "tulip rain 7"  # noqa: S105 - of a room that lives for seconds
_GUEST = 2


class _Stream:
    """What the visit writes is taken at once."""

    def __init__(self) -> None:
        self.listener: object = None
        self.ended = self.gone = False
        self.waiting = 0
        self.incoming = b""
        self.out = bytearray()

    def read(self, _most: int) -> bytes:
        data, self.incoming = self.incoming, b""
        return data

    def write(self, data: bytes) -> None:
        self.out += data

    def keep_alive(self, _seconds: int) -> None:
        return

    def set_reading(self, reading: bool) -> None:
        self.reading = reading

    def finish(self) -> None:
        self.gone = True

    def abort(self) -> None:
        self.gone = True


class Place:
    """A room with its host in it, and the guest at its door."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.unlimited = False
        self.key = SimpleNamespace(fingerprint=_FINGERPRINT)
        self.showing = Showing(plain_words)
        self.room = Room(RoomSettings("Lab", text_guests=True))
        self.room.entrance.key = password_key(_PASSWORD, _FINGERPRINT)
        self.room.admit(1, b"h" * 32, "", local=True)
        self.room.handle(1, m.Join(nick="Marina"), 0)
        self.stream = _Stream()
        caller = SimpleNamespace(stream=self.stream, address="192.168.1.9", said=b"")
        self.visit = PlainVisit(cast("Caller", caller), cast("Hall", self), cast("Keeper", self))
        self.visit.number = _GUEST

    def take(self, _number: int, message: m.AnyMessage) -> None:
        self._carry_out(self.room.handle(_GUEST, message, 0))

    def remove_guest(self, number: int, reason: m.LeaveReason = "lost") -> None:
        self.room.drop(number, 0, reason)

    def fell_behind(self, _visit: Numbered) -> None:
        raise AssertionError

    caught_up = fell_behind

    def pace_of(self, _address: str) -> TokenBucket:
        return TokenBucket()

    def joined(self, _visit: PlainVisit) -> None:
        return

    forget = joined

    def turn(self) -> None:
        """Do what a turn of the event loop does."""
        messages = self._carry_out(self.room.settle(0))
        self.visit.deliver(messages, b"")

    def _carry_out(self, effects: list[Effect]) -> list[m.AnyMessage]:
        for effect in effects:
            if isinstance(effect, Send) and effect.link == _GUEST:
                self.visit.queue(effect.message)
            elif isinstance(effect, Close):
                self.visit.end(effect.refusal)
        return [effect.message for effect in effects if isinstance(effect, Broadcast)]


@contextmanager
def _open() -> Iterator[Run]:
    yield _run


def _run(case: Case) -> None:
    place = Place()
    visit, stream = place.visit, place.stream
    visit.start()
    for part in case:
        if part == _PAUSE:
            place.clock.advance(3.0)
        else:
            stream.ended = stream.ended or part == _ENDS
            stream.incoming = b"" if stream.ended else part
            visit.on_readable()
        place.turn()
    told = _TELNET.sub(b"", stream.out).decode()
    assert told.startswith("NICK")
    assert not any(ord(each) < 32 and each not in "\n\t" for each in told)
    for member in place.room.members:
        assert member.nick == "Marina" or member.guest == "text"
        assert member.role in {"host", "member"}
    place.room.log.commit()
    for said in place.room.log.between(0, place.room.log.last_seq, 1_000, newest=False):
        assert said.text.strip()
    visit.end(Refusal.ROOM_CLOSED)
    place.clock.advance(limits.LAST_WORD + 5)
    assert stream.gone
    assert place.room.member_on(_GUEST) is None


_WORDS = st.sampled_from(
    [b"ana", b"ana: ", b"Marina", b"\n", b"\r\n", b"\r\0", b"\xff\xfd\x01", b"\xff\xfa", b"\xff\xf0",
     b"\xff", b"quit\n", b"/quit", b"NICK", b"GET / HTTP/1.1\r\n", b"\b", b"\x1b[2J", b"\xc3",
     b"x" * 6_000,
     "á".encode() * 3_000, b"\xf0\x9f\x8c\xb7", f"{_PASSWORD}\n".encode(), b" ", b"\xe2\x80\xa8"]
)  # fmt: skip
_PART = st.sampled_from([_PAUSE, _ENDS]) | st.lists(
    _WORDS | st.binary(max_size=12), max_size=10
).map(b"".join)
_LEADS = st.sampled_from([(), (b"ana\n",), (b"ana\n", f"{_PASSWORD}\n".encode())])
_CASES = st.tuples(_LEADS, st.lists(_PART, max_size=8)).map(lambda both: (*both[0], *both[1]))

TARGETS = (Target("plain", _CASES, _open, 150),)
