"""Whoever asks whether the host is there, and asks and asks: answered once, and never for a heap."""

from __future__ import annotations

from typing import cast

from app.net import limits
from app.net.clear import ClearChannel
from app.net.link import Link, LinkEnd, LinkListener
from app.net.stream import Stream
from app.protocol.codec import encode
from app.protocol.framing import encode_frame
from app.protocol.messages import AnyMessage, Ping, Pong, TypingNow
from app.protocol.state import Phase
from app.protocol.wire import Side
from tests.helpers.clock import ManualClock

PING = encode_frame(encode(Ping()))
PONG = encode_frame(encode(Pong()))


class Unread:
    """A stream whose other end asks, and takes no answer."""

    def __init__(self) -> None:
        self.listener: object = None
        self.ended = False
        self.incoming = b""
        self.written = bytearray()

    @property
    def waiting(self) -> int:
        return len(self.written)

    def read(self) -> bytes:
        data, self.incoming = self.incoming, b""
        return data

    def write(self, data: bytes) -> None:
        self.written += data

    def set_reading(self, _reading: bool) -> None:
        return


class Deaf(LinkListener):
    """Who is told nothing that matters here."""

    def on_secured(self) -> None:
        return

    def on_received(self, message: AnyMessage) -> None:
        raise AssertionError(message)

    def on_drained(self) -> None:
        return

    def on_closed(self, end: LinkEnd) -> None:
        raise AssertionError(end)


def joined() -> tuple[Link, Unread]:
    stream = Unread()
    link = Link(cast("Stream", stream), ClearChannel(), Side.HOST, ManualClock(), Deaf())
    link.start()
    link.wire.phase = Phase.JOINED
    return link, stream


def ask(link: Link, stream: Unread, pings: int) -> None:
    stream.incoming = PING * pings
    link.on_readable()


def test_each_who_asks_is_answered() -> None:
    link, stream = joined()
    for _ in range(3):
        ask(link, stream, 1)
    assert stream.written == PONG * 3


def test_many_at_once_are_answered_once() -> None:
    link, stream = joined()
    ask(link, stream, 1_000)
    assert stream.written == PONG


def test_whoever_takes_no_answer_gets_no_more_of_them() -> None:
    link, stream = joined()
    for _ in range(limits.WRITE_CAP // len(PONG) + 10_000):
        ask(link, stream, 1)
    assert link.waiting <= limits.WRITE_CAP + len(PONG)
    stream.written.clear()
    ask(link, stream, 1)
    assert stream.written == PONG


def test_question_that_stands_before_something_else_is_answered_all_the_same() -> None:
    link, stream = joined()
    link.queue(TypingNow(members=(1,)))
    ask(link, stream, 2)
    assert stream.written.endswith(PONG)
    assert stream.written.count(PONG) == 1
