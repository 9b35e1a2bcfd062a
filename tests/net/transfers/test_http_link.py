"""A link as a client: what the other side may make it do at once."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QObject, QTimer, pyqtSlot
from pytestqt.qtbot import QtBot

from app.net import limits
from app.net.http.requests import Headers
from app.net.qt_clock import QtClock
from app.net.transfers.http_link import HttpLink, Loss, Place
from app.security.certificate import RoomKey
from app.security.channel import HTTP, member_context
from tests.helpers.doors import Say, ScriptedDoor

CHUNKS = 500


class _Reader(QObject):
    """Asks for something, and counts what it is told, in all and in one turn of the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.link: HttpLink | None = None
        self.data = b""
        self.told = self.most = 0
        self.is_whole = False
        self.loss: Loss | None = None

    def on_ready(self) -> None:
        assert self.link is not None
        self.link.request("GET", "/", [])

    def on_continue(self) -> None:
        """Nothing was announced."""

    def on_head(self, status: int, headers: Headers) -> None:
        del status, headers

    def on_body(self, data: bytes | bytearray) -> None:
        self.data += data
        self.told += 1
        self.most = max(self.most, self.told)
        QTimer.singleShot(0, self._on_turn)

    @pyqtSlot()
    def _on_turn(self) -> None:
        self.told = 0

    def on_end(self) -> None:
        self.is_whole = True

    def on_writable(self) -> None:
        """Nothing is sent."""

    def on_lost(self, loss: Loss) -> None:
        self.loss = loss


@pytest.mark.parametrize("ending", [b"0\r\n\r\n", b"", b"what?\r\n"])
def test_byte_at_a_time_does_not_hold_up_the_event_loop(
    key: RoomKey, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ending: bytes
) -> None:
    monkeypatch.setattr(limits, "TURN_BUDGET", 0.0)
    said = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * CHUNKS
    door = ScriptedDoor(key, lambda _heard: Say(said + ending, hang_up=True))
    clock, reader = QtClock(), _Reader()
    link = HttpLink(Place(door.address, key.fingerprint), member_context(HTTP), clock, reader)
    link.speaker, reader.link = reader, link
    link.start()
    qtbot.waitUntil(lambda: reader.loss is not None)
    assert reader.data == b"x" * CHUNKS
    assert reader.most < 10
    assert reader.is_whole is (ending == b"0\r\n\r\n")
    assert reader.loss is (Loss.NONSENSE if ending.startswith(b"what") else Loss.BROKEN_OFF)
    for one in (door, reader, clock):
        one.deleteLater()
