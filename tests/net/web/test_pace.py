"""Whoever sends a WebSocket more than is of use to anybody keeps nobody else waiting."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net import limits
from app.net.clear import ClearChannel
from app.net.link import HandOver
from app.net.stream import Stream
from app.net.web.link import WebLink
from app.protocol import messages as m
from app.protocol.state import Phase
from tests.helpers.http_place import FakeStream
from tests.helpers.links import COST, Told, WorkingClock
from tests.net.web.test_wire import HELLO, chunked, frame


class EndedChannel(ClearChannel):
    """A channel whose other end has said, after all that it sent, that it sends no more."""

    def receive(self, data: bytes) -> bytes:
        self.ended = True
        return data


def _link(
    said: bytes = b"", channel: ClearChannel | None = None
) -> tuple[WebLink, FakeStream, WorkingClock, Told]:
    stream, clock, told = FakeStream(), WorkingClock(), Told()
    handed = HandOver(cast(Stream, stream), channel or ClearChannel(), said)
    link = WebLink(handed, clock, told)
    link.start()
    return link, stream, clock, told


def _turns(clock: WorkingClock, told: Told) -> int:
    """Go on until somebody is heard; return how many turns of the event loop that took."""
    turns = 0
    while not told.heard and clock.turn():
        turns += 1
    return turns


@pytest.mark.parametrize(
    "nothing",
    [frame(b"", 9), frame(b"x" * 20, 10), frame(b"", 0, fin=False)],
    ids=["pings", "pongs", "empty fragments"],
)
def test_frames_without_a_message_are_read_a_little_in_each_turn(nothing: bytes) -> None:
    link, stream, clock, told = _link()
    begun, end = frame(HELLO.encode()[:9], fin=False), frame(HELLO.encode()[9:], 0)
    count = limits.READ_BUFFER // len(nothing) - 20
    stream.incoming = begun + nothing * count + end
    before = clock.monotonic()
    link.on_readable()
    assert clock.monotonic() - before < limits.WEB_BUDGET + 4 * COST
    assert not stream.reading
    assert not told.heard
    stream.incoming += b"more"
    assert _turns(clock, told) > 20
    assert told.heard == [m.ClientHello(min_version=1, max_version=1)]
    assert stream.incoming == b"more", "nothing is taken before what came was read"
    assert stream.reading


def test_what_came_with_the_request_is_read_a_little_at_a_time_as_well() -> None:
    _, stream, clock, told = _link(frame(b"", 9) * 4_000 + frame(HELLO.encode()))
    assert not stream.reading
    assert _turns(clock, told) > 2
    assert told.heard


def test_all_that_came_is_read_though_the_other_end_sends_no_more() -> None:
    pings = frame(b"", 9) * 4_000
    link, stream, clock, told = _link(channel=EndedChannel())
    stream.incoming = pings + frame(HELLO.encode())
    link.on_readable()
    assert not link.is_over
    _turns(clock, told)
    assert told.heard
    assert link.is_over


def test_link_that_was_hung_up_on_reads_no_more() -> None:
    link, stream, clock, told = _link()
    stream.incoming = frame(b"", 9) * 4_000 + frame(HELLO.encode())
    link.on_readable()
    link.abort()
    _turns(clock, told)
    assert not told.heard
    assert told.end is not None


class Holding(Told):
    """Who lets the other end wait for a moment, now and then, as for a writer that is too fast."""

    def __init__(self, clock: WorkingClock, every: int) -> None:
        super().__init__()
        self.link: WebLink | None = None
        self._clock = clock
        self._every = every
        self.holds = False
        self.pressed = False
        """Whether something was heard of somebody who is to wait."""

    def on_received(self, message: m.AnyMessage) -> None:
        super().on_received(message)
        self.pressed |= self.holds
        if self.link is not None and len(self.heard) % self._every == 0:
            self.holds = True
            self.link.pause()
            self._clock.call_later(0.5, self._let_go)

    def _let_go(self) -> None:
        assert self.link is not None
        self.holds = False
        self.link.resume()


_NOTHING = st.sampled_from([frame(b"", 9), frame(b"ping", 9), frame(b"", 10)]).flatmap(
    lambda one: st.integers(1, 400).map(lambda count: one * count)
)


def _edit(seq: int) -> bytes:
    cid = "A" * 22 + "=="
    return frame(f'{{"t":"edit","cid":"{cid}","seq":{seq},"text":"x"}}'.encode())


@given(
    st.lists(_NOTHING | st.none(), max_size=30),
    st.lists(st.integers(0, 100_000), max_size=6),
    st.integers(1, 5),
)
def test_every_message_is_heard_once_in_its_order_however_often_it_waits(
    parts: list[bytes | None], cuts: list[int], every: int
) -> None:
    stream, clock = FakeStream(), WorkingClock()
    told = Holding(clock, every)
    link = WebLink(HandOver(cast(Stream, stream), ClearChannel(), b""), clock, told)
    told.link = link
    link.wire.phase = Phase.JOINED
    link.start()
    said = parts.count(None)
    numbers = iter(range(1, said + 1))
    data = b"".join(_edit(next(numbers)) if part is None else part for part in parts)
    for piece in chunked(data, cuts):
        stream.incoming += piece
        while stream.incoming or clock.waiting:
            if stream.reading and stream.incoming:
                link.on_readable()
            elif not clock.turn():
                break
    while clock.turn():
        pass
    assert not link.is_over
    assert not told.pressed
    assert [message.seq for message in told.heard if isinstance(message, m.Edit)] == list(
        range(1, said + 1)
    )
