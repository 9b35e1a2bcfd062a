"""Bytes over a descriptor: what waits, what breaks, and what is left behind."""

from __future__ import annotations

import contextlib
import gc
import socket
from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QCoreApplication, QSocketNotifier
from pytestqt.qtbot import QtBot

from app.net.stream import Stream

Ends = tuple[Stream, socket.socket]


class Ear:
    """A listener that remembers."""

    def __init__(self, stream: Stream) -> None:
        self.heard = b""
        self.events: list[str] = []
        self._stream = stream
        stream.listener = self

    def on_readable(self) -> None:
        self.heard += self._stream.read()
        self.events.append("ended" if self._stream.ended else "readable")

    def on_written(self) -> None:
        self.events.append("written")

    def on_broken(self) -> None:
        self.events.append("broken")


@pytest.fixture
def ends(qapp: QCoreApplication) -> Iterator[Ends]:
    assert qapp is not None
    ours, theirs = socket.socketpair()
    stream = Stream(ours)
    yield stream, theirs
    stream.abort()
    theirs.close()


def test_bytes_come_and_go(ends: Ends, qtbot: QtBot) -> None:
    stream, peer = ends
    ear = Ear(stream)
    stream.write(b"hello")
    assert peer.recv(10) == b"hello"
    peer.send(b"back")
    qtbot.waitUntil(lambda: ear.heard == b"back")


def test_what_the_system_does_not_take_waits_and_goes_in_order(ends: Ends, qtbot: QtBot) -> None:
    stream, peer = ends
    ear = Ear(stream)
    data = bytes(range(256)) * 20_000
    stream.write(data)
    stream.write(b"the end")
    assert stream.waiting > 0
    peer.setblocking(False)
    got = bytearray()

    def drain() -> bool:
        with contextlib.suppress(BlockingIOError):
            got.extend(peer.recv(1 << 20))
        return len(got) == len(data) + 7

    qtbot.waitUntil(drain)
    assert bytes(got) == data + b"the end"
    assert stream.waiting == 0
    assert "written" in ear.events


def test_wide_stream_holds_more_in_the_system_than_others(ends: Ends) -> None:
    stream, _ = ends
    data = bytes(8 << 20)
    stream.write(data)
    usual = len(data) - stream.waiting
    ours, theirs = socket.socketpair()
    wide = Stream(ours)
    wide.widen()
    wide.write(data)
    # The system may allow no more than it gives everybody.
    assert usual <= len(data) - wide.waiting < len(data)
    wide.abort()
    theirs.close()
    wide.widen()
    assert not wide.is_open


def test_system_is_told_to_ask_whether_the_other_end_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname())
        looked = ours.dup()
        stream = Stream(ours)
        assert not looked.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        stream.keep_alive(28)
        assert looked.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            assert looked.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 28_000
        stream.abort()
        stream.keep_alive(28)
        looked.close()


def test_finishing_sends_what_waits_and_then_the_end(ends: Ends, qtbot: QtBot) -> None:
    stream, peer = ends
    ear = Ear(stream)
    stream.write(b"last")
    stream.finish()
    assert peer.recv(10) == b"last"
    assert peer.recv(10) == b""
    peer.close()
    qtbot.waitUntil(lambda: ear.events == ["ended"])


def test_paused_stream_leaves_bytes_with_the_sender(ends: Ends, qtbot: QtBot) -> None:
    stream, peer = ends
    ear = Ear(stream)
    stream.set_reading(False)
    peer.send(b"later")
    assert ear.heard == b""
    stream.set_reading(True)
    qtbot.waitUntil(lambda: ear.heard == b"later")


def test_writing_to_who_is_gone_breaks_after_the_call(ends: Ends, qtbot: QtBot) -> None:
    stream, peer = ends
    ear = Ear(stream)
    stream.set_reading(False)
    peer.close()
    stream.write(b"x")
    assert ear.events == []
    qtbot.waitUntil(lambda: ear.events == ["broken"])
    assert not stream.is_open


def test_stream_that_is_let_go_of_leaves_no_notifier_on_its_descriptor(
    qapp: QCoreApplication,
) -> None:
    ours, theirs = socket.socketpair()
    stream = Stream(ours)
    assert [n.isEnabled() for n in qapp.findChildren(QSocketNotifier)].count(True) >= 1
    before = sum(n.isEnabled() for n in qapp.findChildren(QSocketNotifier))
    del stream
    gc.collect()
    assert sum(n.isEnabled() for n in qapp.findChildren(QSocketNotifier)) == before - 1
    assert theirs.recv(1) == b""
    theirs.close()
