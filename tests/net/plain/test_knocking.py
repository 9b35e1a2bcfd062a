"""Who knocks, by the first bytes: TLS, HTTP in clear, plain text, or nobody who is let in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QObject, pyqtSlot
from PyQt6.QtNetwork import QHostAddress, QTcpServer
from pytestqt.qtbot import QtBot

from app.lobby import Lobby
from app.net import limits
from app.net.door import Knock, knock
from app.security.invite import Address, parse_target
from app.session.connection import Problem
from tests.helpers.plain import Netcat
from tests.net.conftest import MakeLobby, own_session
from tests.net.plain.conftest import Dial, MakeRoom


@pytest.mark.parametrize(
    ("said", "who"),
    [
        (b"", Knock.UNCLEAR),
        (b"\x16", Knock.TLS),
        (b"\x16\x03\x01", Knock.TLS),
        (b"GET / HTTP/1.1\r\n", Knock.HTTP),
        (b"OPTIONS * HTTP/1.1\r\n", Knock.HTTP),
        (b"DELETE /files/", Knock.HTTP),
        (b"P", Knock.UNCLEAR),
        (b"OPTIONS", Knock.UNCLEAR),
        (b"GETULIO", Knock.TEXT),
        (b"get / HTTP/1.1", Knock.TEXT),
        (b"\xff\xfb\x18", Knock.TEXT),
        (b"\n", Knock.TEXT),
    ],
)
def test_first_bytes_tell_who_knocks(said: bytes, who: Knock) -> None:
    assert knock(said) is who


@given(st.binary(min_size=1, max_size=20), st.integers(0, 20))
def test_more_bytes_never_change_what_was_clear(said: bytes, at: int) -> None:
    before = knock(said[:at])
    assert before is Knock.UNCLEAR or knock(said) is before


@pytest.mark.parametrize("text_guests", [False, True])
def test_browser_is_told_that_none_is_let_in(
    open_room: MakeRoom, qtbot: QtBot, text_guests: bool
) -> None:
    room = open_room(text_guests=text_guests)
    browser = Netcat(room.host.port, room)
    browser.say(b"GET / HTTP/1.1\r\nHost: 192.168.1.2:9090\r\n\r\n")
    qtbot.waitUntil(lambda: browser.is_over)
    assert browser.heard.startswith(b"HTTP/1.1 403 ")
    assert b"lets no browsers in" in browser.heard
    assert len(room.host.room.members) == 1


def test_request_that_comes_in_pieces_is_one(open_room: MakeRoom, qtbot: QtBot) -> None:
    room = open_room(text_guests=False)
    browser = Netcat(room.host.port, room)
    for piece in (b"G", b"E", b"T / HTTP/1.1\r\nHo", b"st: x\r\n\r\n"):
        browser.say(piece)
        qtbot.waitUntil(lambda: not browser.socket.bytesToWrite())
    qtbot.waitUntil(lambda: browser.is_over)
    assert browser.heard.startswith(b"HTTP/1.1 403 ")


def test_nickname_that_begins_like_a_request_is_one(open_room: MakeRoom, qtbot: QtBot) -> None:
    room = open_room()
    caller = Netcat(room.host.port, room)
    caller.say(b"GE")
    qtbot.waitUntil(lambda: "GE conectou ao servidor!" in caller.text)


def test_silent_connections_of_a_room_for_text_keep_nobody_out(
    open_room: MakeRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    room = open_room(unlimited=False)
    crowd = [Netcat(room.host.port, room) for _ in range(300)]
    qtbot.waitUntil(lambda: any(caller.heard == b"NICK" for caller in crowd))
    tom = make_lobby().join(parse_target(room.sharing.invite), "Tom")
    with qtbot.waitSignal(tom.joined, timeout=3000):
        pass
    assert room.host.half_open <= limits.HALF_OPEN


def test_guests_who_come_and_go_are_kept_waiting_from_their_address(
    open_room: MakeRoom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate, burst, visits = 4.0, 6, 12
    monkeypatch.setattr(limits, "LINKS_PER_ADDRESS", burst)
    monkeypatch.setattr(limits, "VISITS_RATE", rate)
    room = open_room(unlimited=False)
    began = time.monotonic()
    for number in range(visits):
        caller = Netcat(room.host.port, room)
        caller.say(f"bia {number}\nquit\n")
        qtbot.waitUntil(lambda caller=caller: caller.is_over)  # type: ignore[misc]
        assert "Conectado ao Servidor" in caller.text
    assert time.monotonic() - began >= (visits - burst) / rate - 0.1


def test_crowd_of_silent_connections_does_not_push_out_who_gives_the_password(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room(unlimited=False, password="tangerina")  # noqa: S106 - a room's of this test
    caller = dial(room)
    caller.say("bia\n")
    qtbot.waitUntil(lambda: "password" in caller.text)
    crowd = [Netcat(room.host.port, room) for _ in range(100)]
    qtbot.waitUntil(lambda: sum(each.is_over for each in crowd) > 80)
    caller.say("tangerina\n")
    qtbot.waitUntil(lambda: "Conectado ao Servidor\n" in caller.text)


@pytest.mark.parametrize(
    "late", [b"GET / HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n\r\n", b"\x16\x03\x01\x00\x05hello"]
)
def test_whoever_is_late_with_something_else_is_no_guest(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot, late: bytes
) -> None:
    room = open_room()
    caller = dial(room)
    caller.say(late)
    qtbot.waitUntil(lambda: caller.is_over)
    assert caller.heard == b"NICK"
    assert len(room.host.room.members) == 1


def test_guest_who_says_no_nickname_is_shown_out(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TEXT_DEADLINE", 0.1)
    room = open_room()
    caller = dial(room)
    qtbot.waitUntil(lambda: caller.is_over and room.host.half_open == 0)


def test_reader_that_takes_nothing_is_left_out_and_slows_nobody(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller, other = dial(room, "bia"), dial(room, "leo")
    caller.socket.setReadBufferSize(1)
    host = own_session(room)
    text = "á" * 4_900

    def slow() -> set[str]:
        return {member.nick for member in room.host.room.members if member.slow}

    for number in range(600):
        host.send(text)
        if number % 50 == 49:
            seq = number + 1
            qtbot.waitUntil(lambda seq=seq: room.host.room.log.last_seq >= seq)  # type: ignore[misc]
        if slow():
            break
    assert slow() == {"bia"}
    host.send("ainda aí?")
    qtbot.waitUntil(lambda: "Marina: ainda aí?\n" in other.text)
    caller.socket.setReadBufferSize(0)
    caller.read_on()
    qtbot.waitUntil(lambda: "left out here" in caller.text)
    host.send("de volta")
    qtbot.waitUntil(lambda: caller.text.endswith("Marina: de volta\n"))
    assert not slow()


class TakesForText(QObject):
    """A door that takes whoever comes for a guest by plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.came = 0
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._on_connection)
        assert self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
        self.port = self._server.serverPort()

    @pyqtSlot()
    def _on_connection(self) -> None:
        self.came += 1
        socket = self._server.nextPendingConnection()
        assert socket is not None
        socket.write(b"NICK")


def test_member_who_was_taken_for_a_guest_comes_again(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    door = TakesForText()
    lobby: Lobby = make_lobby()
    session = lobby.join(Address("127.0.0.1", door.port), "Tom", accept_new=True)
    qtbot.waitUntil(lambda: door.came > limits.FIRST_RETRIES)
    qtbot.waitUntil(lambda: session.connection.problem is not None)
    assert session.connection.problem == Problem.NOT_PAPO
