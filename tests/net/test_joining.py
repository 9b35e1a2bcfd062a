"""Joining over loopback: every way in, and every way to stay out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import pyqtSlot
from PyQt6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net import client as client_module
from app.net import limits
from app.protocol.errors import Refusal
from app.security.invite import Address, Invite, parse_target
from app.security.trust import How
from app.session.connection import Phase, Problem, Verified
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock
from tests.helpers.raw_peer import RawPeer
from tests.helpers.sessions import nicknames, texts
from tests.net.conftest import MakeLobby, own_session


class Greeter(QTcpServer):
    """A server of another kind: it speaks first, and not Papo."""

    def __init__(self, greeting: bytes) -> None:
        super().__init__()
        self._greeting = greeting
        self.newConnection.connect(self._greet)
        self.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))

    @pyqtSlot()
    def _greet(self) -> None:
        visitor = self.nextPendingConnection()
        assert visitor is not None
        visitor.write(self._greeting)


def _address(hosted: HostedRoom) -> Address:
    return Address("127.0.0.1", hosted.host.port)


def _invite(hosted: HostedRoom) -> Invite:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    return replace(invite, addresses=(_address(hosted),))


def _wait_for(qtbot: QtBot, session: RoomSession, phase: Phase) -> None:
    if session.connection.phase is not phase:
        qtbot.waitUntil(lambda: session.connection.phase is phase, timeout=10_000)


def test_member_joins_by_invite_and_both_talk(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    tom = make_lobby().join(_invite(hosted), "Tom")
    with qtbot.waitSignals([tom.joined, tom.caught_up]):
        pass
    assert tom.verified is Verified.INVITE
    assert tom.info.name == "Robotics Lab"
    with qtbot.waitSignal(host.confirmed):
        tom.send("hello from Tom")
    with qtbot.waitSignal(tom.message_added):
        host.send("hello from the host")
    qtbot.waitUntil(lambda: len(texts(tom)) == 2 and len(texts(host)) == 2)
    assert texts(tom) == texts(host) == ["hello from Tom", "hello from the host"]
    assert nicknames(tom) == nicknames(host) == {"Marina", "Tom"}


def test_host_alone_sees_from_where_members_are_connected(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    with qtbot.waitSignal(host.roster.came):
        tom = make_lobby().join(_invite(hosted), "Tom")
    qtbot.waitUntil(lambda: host.roster.address_of(2) == "127.0.0.1")
    assert tom.roster.address_of(1) == ""


def test_first_contact_asks_before_anything_is_sent(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = make_lobby().join(_address(hosted), "Tom")
    _wait_for(qtbot, tom, Phase.ASKING)
    assert tom.connection.fingerprint == hosted.sharing.fingerprint
    with qtbot.waitSignal(tom.joined):
        tom.accept_host()
    assert tom.verified is Verified.FIRST_USE


def test_known_room_is_joined_without_asking(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    tom = lobby.join(_address(hosted), "Tom", accept_new=True)
    with qtbot.waitSignal(tom.joined):
        pass
    tom.leave()
    again = lobby.join(_address(hosted), "Tom")
    with qtbot.waitSignal(again.joined):
        pass
    assert again.verified is Verified.SEEN_BEFORE


def test_first_contact_that_nobody_can_accept_is_refused(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = make_lobby().join(_address(hosted), "Tom", can_ask=False)
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.UNKNOWN_HOST


def test_invite_with_another_fingerprint_is_a_hard_stop(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    invite = replace(_invite(hosted), fingerprint=b"\x01" * 32)
    tom = make_lobby().join(invite, "Tom")
    _wait_for(qtbot, tom, Phase.CHANGED)
    assert tom.connection.expected == b"\x01" * 32
    assert nicknames(own_session(hosted)) == {"Marina"}


def test_another_room_at_a_known_address_is_a_hard_stop(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    tom = lobby.join(_address(hosted), "Tom", accept_new=True)
    with qtbot.waitSignal(tom.joined):
        pass
    tom.leave()
    port = hosted.host.port
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    other = make_lobby().host(HostOptions(name="Robotics Lab", nickname="Mallory", port=port))
    assert other.host.port == port
    again = lobby.join(Address("127.0.0.1", port), "Tom", accept_new=True)
    _wait_for(qtbot, again, Phase.CHANGED)
    assert len(other.host.room.members) <= 1


def test_taken_nickname_is_asked_for_again_on_the_same_link(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = make_lobby().join(_invite(hosted), "marina")
    _wait_for(qtbot, tom, Phase.NICKNAME)
    assert tom.connection.problem == Refusal.NICKNAME_TAKEN
    with qtbot.waitSignal(tom.joined):
        tom.ask_nickname("Tom")
    assert nicknames(tom) == {"Marina", "Tom"}


def test_nobody_listens_on_the_port(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    lobby = make_lobby()
    hosted = lobby.host(HostOptions(name="Gone", port=0))
    port = hosted.host.port
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    tom = make_lobby().join(Address("127.0.0.1", port), "Tom")
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.REFUSED


def test_no_such_host(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    tom = make_lobby().join(Address("no-such-host.invalid", 9090), "Tom")
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.NO_SUCH_HOST


def test_no_answer_is_said_after_a_while(
    make_lobby: MakeLobby, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A computer that drops what comes: there is no word, not even a refusal.
    monkeypatch.setattr(QTcpSocket, "connectToHost", lambda *_arguments: None)
    clock = ManualClock()
    tom = make_lobby(clock).join(Address("192.0.2.1", 9090), "Tom")
    clock.advance(limits.CONNECT_DEADLINE + 0.1)
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.NO_ANSWER


def test_server_that_says_nothing_is_no_papo(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    clock = ManualClock()
    server = QTcpServer()
    server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    with qtbot.waitSignal(server.newConnection):
        tom = make_lobby(clock).join(Address("127.0.0.1", server.serverPort()), "Tom")
    clock.advance(limits.CONNECT_DEADLINE + 0.1)
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.NOT_PAPO


@pytest.mark.parametrize("greeting", [b"NICK", b"SSH-2.0-x\r\n", b"HTTP/1.1 400 Bad Request\r\n"])
def test_server_of_another_kind_is_no_papo(
    make_lobby: MakeLobby, qtbot: QtBot, greeting: bytes
) -> None:
    server = Greeter(greeting)
    tom = make_lobby().join(Address("127.0.0.1", server.serverPort()), "Tom")
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.NOT_PAPO


def test_second_address_of_an_invite_is_tried_when_the_first_refuses(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    closed = lobby.host(HostOptions(name="Gone", port=0))
    dead = Address("127.0.0.1", closed.host.port)
    with qtbot.waitSignal(closed.stopped):
        closed.stop()
    invite = replace(_invite(hosted), addresses=(dead, _address(hosted)))
    tom = lobby.join(invite, "Tom")
    with qtbot.waitSignal(tom.joined):
        pass


def test_a_silent_address_does_not_hold_up_the_good_one(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = QTcpSocket.connectToHost

    def connect_to_host(socket: QTcpSocket, host: str, port: int) -> None:
        if not host.startswith("192.0.2."):
            connect(socket, host, port)

    monkeypatch.setattr(QTcpSocket, "connectToHost", connect_to_host)
    silent = Address("192.0.2.1", 9090)
    tom = make_lobby().join(silent, "Tom", accept_new=True, also=(_address(hosted),))
    with qtbot.waitSignal(tom.joined, timeout=int(limits.CONNECT_DEADLINE * 500)):
        pass
    assert tom.address == str(_address(hosted))
    invite = parse_target(tom.sharing.invite)
    assert isinstance(invite, Invite)
    assert invite.addresses == (_address(hosted), silent)


def test_another_host_at_one_address_of_an_invite_does_not_hide_the_right_one(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    other = make_lobby().host(HostOptions(name="Other", nickname="Eve", port=0))
    invite = replace(_invite(hosted), addresses=(_address(other), _address(hosted)))
    tom = make_lobby().join(invite, "Tom")
    with qtbot.waitSignal(tom.joined):
        pass
    assert tom.verified is Verified.INVITE
    assert [member.nick for member in other.host.room.members] == ["Eve"]


def test_another_host_is_a_hard_stop_where_the_right_one_is_nowhere(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    closed = lobby.host(HostOptions(name="Gone", port=0))
    dead = Address("127.0.0.1", closed.host.port)
    with qtbot.waitSignal(closed.stopped):
        closed.stop()
    invite = replace(_invite(hosted), addresses=(_address(hosted), dead), fingerprint=b"x" * 32)
    tom = lobby.join(invite, "Tom")
    _wait_for(qtbot, tom, Phase.CHANGED)
    assert tom.connection.problem == Problem.WRONG_HOST
    assert tom.connection.fingerprint == hosted.host.key.fingerprint
    assert tom.connection.expected == b"x" * 32


def test_a_changed_host_is_not_got_around_by_further_addresses(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    other = make_lobby().host(HostOptions(name="Other", nickname="Eve", port=0))
    lobby.identity.known_rooms.remember(_address(hosted), b"k" * 32, "Lab", How.FIRST_USE, 0.0)
    tom = lobby.join(_address(hosted), "Tom", also=(_address(other),))
    _wait_for(qtbot, tom, Phase.CHANGED)
    assert tom.connection.expected == b"k" * 32


@pytest.mark.parametrize(
    ("oldest", "newest", "refusal"),
    [(2, 3, Refusal.PEER_TOO_NEW), (0, 0, Refusal.PEER_TOO_OLD)],
)
def test_peer_of_another_age_is_told_so(
    hosted: HostedRoom,
    make_lobby: MakeLobby,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    oldest: int,
    newest: int,
    refusal: Refusal,
) -> None:
    monkeypatch.setattr(client_module, "OLDEST", oldest)
    monkeypatch.setattr(client_module, "NEWEST", newest)
    tom = make_lobby().join(_invite(hosted), "Tom")
    _wait_for(qtbot, tom, Phase.STOPPED)
    assert tom.connection.problem == refusal


def test_full_room_says_so(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    hosted = make_lobby().host(HostOptions(name="Small", nickname="Marina", port=0, max_members=1))
    with qtbot.waitSignal(own_session(hosted).joined):
        pass
    tom = make_lobby().join(_invite(hosted), "Tom")
    _wait_for(qtbot, tom, Phase.NICKNAME)
    assert tom.connection.problem == Refusal.ROOM_FULL


def test_port_taken_means_the_next_one_and_is_said(
    hosted: HostedRoom, make_lobby: MakeLobby
) -> None:
    other = make_lobby().host(HostOptions(name="Other", nickname="Ana", port=hosted.host.port))
    assert other.host.port != hosted.host.port
    assert str(other.host.port) in other.sharing.invite
    notice = own_session(other).timeline[0]
    assert str(other.host.port) in repr(notice)


def test_five_hundred_silent_connections_keep_nobody_out(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    crowd = [RawPeer(hosted.host.port, tls=False) for _ in range(500)]
    tom = make_lobby().join(_invite(hosted), "Tom")
    with qtbot.waitSignal(tom.joined, timeout=1000):
        pass
    assert hosted.host.half_open <= limits.HALF_OPEN
    for peer in crowd:
        peer.socket.abort()
