"""The WebSocket side of a browser guest's link: what a conformance suite asks, and any bytes at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsproto.connection import Connection, ConnectionType
from wsproto.events import CloseConnection, Message, Ping, Pong, TextMessage

from app.net.web.wire import WebWire, text_frame
from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import PeerError, Refusal
from app.protocol.state import Phase

HELLO = json.dumps({"t": "hello", "min_version": 1, "max_version": 1})
MASK = b"\x01\x02\x03\x04"


def frame(
    payload: bytes, opcode: int = 1, *, fin: bool = True, reserved: int = 0, masked: bool = True
) -> bytes:
    """Return a frame as the other side might send it, right or wrong (RFC 6455, 5.2)."""
    first = bytes(((0x80 if fin else 0) | reserved << 4 | opcode,))
    size = len(payload)
    mark = 0x80 if masked else 0
    if size < 126:
        length = bytes((mark | size,))
    elif size < 1 << 16:
        length = bytes((mark | 126,)) + size.to_bytes(2, "big")
    else:
        length = bytes((mark | 127,)) + size.to_bytes(8, "big")
    if not masked:
        return first + length + payload
    hidden = bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))
    return first + length + MASK + hidden


def joined() -> WebWire:
    """Return the wire of somebody who is in the room."""
    wire = WebWire()
    wire.phase = Phase.JOINED
    return wire


def heard(wire: WebWire, data: bytes) -> list[m.AnyMessage]:
    return list(wire.receive(data))


def said_by(data: bytes) -> tuple[list[str], CloseConnection | None, list[bytes]]:
    """Return the texts, the good-bye and the pongs in what the host sent."""
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(data)
    texts, end, pongs = [], None, []
    for event in client.events():
        if isinstance(event, TextMessage):
            texts.append(event.data)
        elif isinstance(event, CloseConnection):
            end = event
        elif isinstance(event, Pong):
            pongs.append(bytes(event.payload))
    return texts, end, pongs


def broken(wire: WebWire, data: bytes) -> tuple[str, int]:
    """Return the code of the last word, and the WebSocket's own, for bytes that break a rule."""
    with pytest.raises(PeerError) as caught:
        heard(wire, data)
    texts, end, _ = said_by(wire.send(m.Closed(code=caught.value.refusal)))
    assert end is not None
    return json.loads(texts[-1])["code"], end.code


def refused(wire: WebWire, *parts: bytes) -> bytes:
    """Return the last word to bytes that break a rule; nothing where they break none."""
    try:
        for part in parts:
            heard(wire, part)
    except PeerError as error:
        return wire.send(m.Closed(code=error.refusal))
    return b""


def chunked(data: bytes, cuts: Iterable[int]) -> list[bytes]:
    edges = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@given(st.lists(st.integers(0, 10_000), max_size=12), st.text(max_size=200))
def test_a_text_is_the_same_however_it_is_cut(cuts: list[int], text: str) -> None:
    wire = joined()
    body = json.dumps({"t": "say", "cid": "A" * 22 + "==", "text": text}).encode()
    data = frame(body[:7], fin=False) + frame(b"", 0, fin=False) + frame(body[7:], 0)
    got = [message for part in chunked(data, cuts) for message in heard(wire, part)]
    assert got == [m.Say(cid=bytes(16), text=text)]


@given(st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=6), st.booleans())
def test_any_bytes_end_in_a_clean_refusal(data: bytes, cuts: list[int], hello: bool) -> None:
    wire = WebWire()
    if hello:
        data = frame(HELLO.encode()) + data
    end = refused(wire, *chunked(data, cuts))
    assert not end or said_by(end)[1] is not None
    assert wire.phase is not Phase.JOINED


@given(
    st.binary(max_size=60),
    st.integers(0, 15),
    st.booleans(),
    st.integers(0, 7),
    st.booleans(),
)
def test_any_frame_is_a_message_or_a_clean_refusal(
    payload: bytes, opcode: int, fin: bool, reserved: int, masked: bool
) -> None:
    wire = joined()
    end = refused(wire, frame(payload, opcode, fin=fin, reserved=reserved, masked=masked))
    assert not end or said_by(end)[1] is not None
    assert end or (masked and not reserved)


def test_ping_amid_fragments_is_answered_and_breaks_nothing() -> None:
    wire = joined()
    body = b'{"t":"typing"}'
    assert heard(wire, frame(body[:4], fin=False) + frame(b"are you there", 9)) == []
    assert said_by(bytes(wire.replies))[2] == [b"are you there"]
    assert heard(wire, frame(body[4:], 0)) == [m.Typing()]


def test_of_many_pings_at_once_the_last_is_answered() -> None:
    wire = joined()
    heard(wire, b"".join(frame(bytes((at,)), 9) for at in range(50)))
    assert said_by(bytes(wire.replies))[2] == [bytes((49,))]


def test_heartbeat_is_a_ping_that_a_browser_answers_by_itself() -> None:
    wire = joined()
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(wire.ask())
    (asked,) = client.events()
    assert isinstance(asked, Ping)
    assert heard(wire, client.send(asked.response())) == []


@pytest.mark.parametrize(
    "data",
    [
        frame(b"\xff\xfe"),
        frame(b'{"t":"\xed\xa0\x80"}'),
        frame(b"\xce", fin=False) + frame(b"\x41", 0),
        frame(b"\xf0\x9f", fin=True),
    ],
    ids=["never", "surrogate", "across fragments", "unfinished"],
)
def test_what_is_no_utf_8_is_1007(data: bytes) -> None:
    assert broken(joined(), data) == (Refusal.MALFORMED, 1007)


@pytest.mark.parametrize(
    "data",
    [
        frame(b"{}", masked=False),
        frame(b"{}", reserved=4),
        frame(b"{}", reserved=1),
        frame(b"", 3),
        frame(b"", 11),
        frame(b"x" * 126, 9),
        frame(b"x" * 126, 8),
        frame(b"", 9, fin=False),
        frame(b"", 0),
        frame(b"{", fin=False) + frame(b"}", 1),
        frame(b"\x03", 8),
        frame((999).to_bytes(2, "big"), 8),
        frame((1005).to_bytes(2, "big"), 8),
        frame((1006).to_bytes(2, "big"), 8),
        frame((2999).to_bytes(2, "big"), 8),
        b"\x81\xfe\x00\x05" + MASK,
        b"\x81\xff" + (5).to_bytes(8, "big") + MASK,
        b"\x81\xff" + (1 << 63).to_bytes(8, "big") + MASK,
    ],
)
def test_what_breaks_the_rules_of_frames_is_1002(data: bytes) -> None:
    assert broken(joined(), data) == (Refusal.MALFORMED, 1002)


def test_bytes_are_1003() -> None:
    assert broken(joined(), frame(b"{}", 2)) == (Refusal.MALFORMED, 1003)


@pytest.mark.parametrize(
    ("wire", "most"),
    [(WebWire(), limits.MAX_FRAME_BEFORE_JOIN), (joined(), limits.MAX_FRAME)],
    ids=["before", "after"],
)
def test_too_much_is_1009_however_it_is_cut(wire: WebWire, most: int) -> None:
    piece = frame(b"x" * 100, 0, fin=False)
    data = frame(b"", fin=False) + piece * (most // 100) + frame(b"x" * (most % 100 + 1), 0)
    assert broken(wire, data) == (Refusal.FRAME_TOO_LARGE, 1009)


def test_a_frame_that_announces_too_much_is_refused_before_it_is_whole() -> None:
    huge = b"\x81\xff" + (1 << 40).to_bytes(8, "big") + MASK + b"y" * (limits.MAX_FRAME + 1)
    assert broken(joined(), huge) == (Refusal.FRAME_TOO_LARGE, 1009)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"t":"remove","member":1}', '{"t":"whisper"}', "[" * 900, '{"t":1}'],
)
def test_what_is_no_message_of_a_guest_is_1008(text: str) -> None:
    assert broken(joined(), frame(text.encode())) == (Refusal.MALFORMED, 1008)


@pytest.mark.parametrize("text", ['{"t":"typing"}', '{"t":"join","nick":"a"}', '{"t":"prove"}'])
def test_nothing_goes_before_the_hello(text: str) -> None:
    code, closed = broken(WebWire(), frame(text.encode()))
    assert code in {Refusal.UNEXPECTED, Refusal.MALFORMED}
    assert closed == 1008


def test_messages_come_in_their_phases() -> None:
    wire = WebWire()
    assert heard(wire, frame(HELLO.encode())) == [m.ClientHello(min_version=1, max_version=1)]
    wire.send(m.HostHello(version=1, nonce=bytes(32), room="Lab", password=True))
    secret = "A" * 43 + "="
    said = frame(json.dumps({"t": "identify", "secret": secret, "password": "x"}).encode())
    assert heard(wire, said) == [m.Identify(secret=bytes(32), password="x")]  # noqa: S106
    assert heard(wire, frame(b'{"t":"join","nick":"Cida"}')) == [m.Join(nick="Cida")]
    assert wire.phase is Phase.JOINING


@pytest.mark.parametrize("payload", [b"", (1000).to_bytes(2, "big") + b"bye", b"\x0f\xa0"])
def test_good_bye_is_answered_and_nothing_after_it_is_heard(payload: bytes) -> None:
    wire = joined()
    assert heard(wire, frame(payload, 8) + frame(b'{"t":"typing"}')) == []
    assert wire.peer_closed
    assert heard(wire, frame(b"rubbish")) == []
    end = said_by(bytes(wire.replies))[1]
    assert end is not None
    assert end.code == (int.from_bytes(payload[:2], "big") if payload else 1005)


@pytest.mark.parametrize(("code", "number"), [(Refusal.ROOM_CLOSED, 1001), (Refusal.REMOVED, 1008)])
def test_last_word_is_followed_by_a_good_bye_once(code: Refusal, number: int) -> None:
    wire = joined()
    texts, end, _ = said_by(wire.send(m.Closed(code=code)))
    assert json.loads(texts[0]) == {"t": "closed", "code": code.value}
    assert end is not None
    assert end.code == number
    assert wire.good_bye() == b""


@given(st.sampled_from([0, 1, 125, 126, 127, 65_535, 65_536, 70_000]))
def test_texts_of_every_length_are_read_by_another_implementation(size: int) -> None:
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(text_frame(b"a" * size))
    events = [event for event in client.events() if isinstance(event, Message)]
    assert "".join(str(event.data) for event in events) == "a" * size
    assert events[-1].message_finished
