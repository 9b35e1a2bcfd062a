"""One link's messages are taken a little at a time, whatever the other side sends at once."""

from __future__ import annotations

from typing import cast

import pytest

from app.net import limits
from app.net.clear import ClearChannel
from app.net.link import Ending, Link, LinkEnd
from app.net.stream import Stream
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.framing import encode_frame
from app.protocol.state import Phase
from app.protocol.wire import Side
from tests.helpers.http_place import FakeStream
from tests.helpers.links import COST, Told, WorkingClock

PING = encode_frame(encode(m.Ping()))
TOPIC = encode_frame(encode(m.SetTopic(topic="the last word")))
COUNT = limits.READ_BUFFER // len(PING) - 20

Made = tuple[Link, FakeStream, WorkingClock, Told]


@pytest.fixture
def made() -> Made:
    stream, clock, told = FakeStream(), WorkingClock(), Told()
    link = Link(cast("Stream", stream), ClearChannel(), Side.HOST, clock, told)
    link.start()
    link.wire.phase = Phase.JOINED
    return link, stream, clock, told


def _turns(clock: WorkingClock) -> int:
    turns = 0
    while clock.turn():
        turns += 1
    return turns


def test_a_heap_is_taken_over_many_turns_and_nothing_more_meanwhile(made: Made) -> None:
    link, stream, clock, told = made
    stream.incoming = PING * COUNT + TOPIC
    before = clock.monotonic()
    link.on_readable()
    assert clock.monotonic() - before < limits.LINK_BUDGET + 4 * COST
    assert not stream.reading
    assert not told.heard
    stream.incoming += TOPIC
    link.on_readable()
    link.wake()
    assert stream.incoming == TOPIC, "nothing is taken before what came was"
    assert _turns(clock) > 20
    assert told.heard == [m.SetTopic(topic="the last word")] * 2
    assert stream.reading


def test_all_that_came_is_taken_though_the_other_side_is_gone(made: Made) -> None:
    link, stream, clock, told = made
    stream.incoming = PING * COUNT + TOPIC
    stream.ended = True
    link.on_readable()
    _turns(clock)
    assert told.heard == [m.SetTopic(topic="the last word")]
    assert told.end == LinkEnd(Ending.LOST)


def test_who_is_paused_meanwhile_stays_so_until_resumed(made: Made) -> None:
    link, stream, clock, told = made
    stream.incoming = PING * COUNT + TOPIC
    link.on_readable()
    link.pause()
    _turns(clock)
    assert not told.heard
    assert not stream.reading
    link.resume()
    _turns(clock)
    assert told.heard == [m.SetTopic(topic="the last word")]
    assert stream.reading


def test_who_is_hung_up_on_meanwhile_is_heard_no_more(made: Made) -> None:
    link, stream, clock, told = made
    stream.incoming = PING * COUNT + TOPIC
    link.on_readable()
    link.abort()
    _turns(clock)
    assert not told.heard
