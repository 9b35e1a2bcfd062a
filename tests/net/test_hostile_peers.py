"""Whatever comes to the door: it ends in a clean refusal, and the room goes on."""

from __future__ import annotations

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.lobby import HostedRoom
from app.net import limits
from app.protocol import limits as protocol_limits
from app.protocol.codec import encode
from app.protocol.framing import encode_frame
from app.protocol.messages import ClientHello, Closed, Join, Say
from tests.helpers.raw_peer import RawPeer
from tests.net.conftest import own_session

HELLO = encode_frame(encode(ClientHello(min_version=1, max_version=1)))


def _still_works(hosted: HostedRoom, qtbot: QtBot) -> None:
    host = own_session(hosted)
    with qtbot.waitSignal(host.acknowledged):
        host.send("still here")


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00",
        b"GET / HTTP/1.1\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"\x16\x03\x01\x00\x05hello",
        b"\x16" * 5000,
        b"\x16\x03\x01\xff\xff" + b"\x00" * 4096,
        bytes(range(256)) * 64,
    ],
)
def test_garbage_on_the_port_is_shown_out(hosted: HostedRoom, qtbot: QtBot, garbage: bytes) -> None:
    peer = RawPeer(hosted.host.port, tls=False)
    with qtbot.waitSignal(peer.ready):
        pass
    with qtbot.waitSignal(peer.gone, timeout=int(limits.TLS_DEADLINE + 3) * 1000):
        peer.send(garbage)
    _still_works(hosted, qtbot)


def test_connection_that_closes_without_a_word_leaves_nothing_behind(
    hosted: HostedRoom, qtbot: QtBot
) -> None:
    peer = RawPeer(hosted.host.port, tls=False)
    with qtbot.waitSignal(peer.ready):
        pass
    qtbot.waitUntil(lambda: hosted.host.half_open == 1)
    peer.socket.abort()
    qtbot.waitUntil(lambda: hosted.host.half_open == 0)
    _still_works(hosted, qtbot)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (encode_frame(b"\xc1garbage"), "malformed"),
        (encode_frame(b""), "malformed"),
        (encode_frame(msgspec.msgpack.encode({"t": "no-such-message"})), "malformed"),
        (encode_frame(encode(Join(nick="Tom"))), "unexpected"),
        (encode_frame(encode(Say(cid=bytes(16), text="hi"))), "unexpected"),
        (HELLO + HELLO, "unexpected"),
        (HELLO + encode_frame(encode(Join(nick="Tom"))), "unexpected"),
        ((protocol_limits.MAX_FRAME_BEFORE_JOIN + 1).to_bytes(4, "big"), "frame-too-large"),
        (b"\xff\xff\xff\xff", "frame-too-large"),
        (encode_frame(encode(ClientHello(min_version=7, max_version=9))), "peer-too-new"),
        (encode_frame(encode(ClientHello(min_version=0, max_version=0))), "peer-too-old"),
    ],
)
def test_nonsense_inside_tls_gets_a_last_word(
    hosted: HostedRoom, qtbot: QtBot, said: bytes, code: str
) -> None:
    peer = RawPeer(hosted.host.port, tls=True)
    with qtbot.waitSignal(peer.ready):
        pass
    with qtbot.waitSignal(peer.gone):
        peer.send(said)
    closed = msgspec.msgpack.decode(peer.bodies[-1], type=Closed)
    assert closed.code == code
    _still_works(hosted, qtbot)


def test_peer_that_shakes_hands_and_falls_silent_is_told_that_it_took_too_long(
    hosted: HostedRoom, qtbot: QtBot
) -> None:
    peer = RawPeer(hosted.host.port, tls=True)
    with qtbot.waitSignal(peer.ready):
        pass
    with qtbot.waitSignal(peer.gone, timeout=int(limits.JOIN_DEADLINE + 3) * 1000):
        pass
    closed = msgspec.msgpack.decode(peer.bodies[-1], type=Closed)
    assert closed.code == "timed-out"
