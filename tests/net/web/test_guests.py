"""Guests by browser as the host sees them: let in, paced, left out, shown out, as anybody."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtNetwork import QTcpSocket
from pytestqt.qtbot import QtBot
from wsproto.events import Ping

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net import limits
from app.net.web.visit import BrowserVisit
from app.protocol.limits import MAX_TEXT
from app.room.flood import BURST
from tests.helpers.web_peer import WebPeer
from tests.net.conftest import MakeLobby, own_session

MakePeer = Callable[[HostedRoom], WebPeer]


def _host(make_lobby: MakeLobby, qtbot: QtBot, **given: object) -> HostedRoom:
    options = HostOptions(name="Lab", nickname="Marina", port=0, browser_guests=True, **given)  # type: ignore[arg-type]
    hosted = make_lobby().host(options)
    with qtbot.waitSignal(own_session(hosted).joined):
        pass
    return hosted


@pytest.fixture
def hosted(make_lobby: MakeLobby, qtbot: QtBot) -> HostedRoom:
    return _host(make_lobby, qtbot)


@pytest.fixture
def peer(qtbot: QtBot) -> Iterator[MakePeer]:
    made: list[WebPeer] = []

    def make(hosted: HostedRoom) -> WebPeer:
        one = WebPeer(hosted.host.port)
        made.append(one)
        qtbot.waitUntil(lambda: one.is_open or one.code is not None)
        return one

    yield make
    for one in made:
        one.socket.disconnected.disconnect()
        one.socket.abort()
        one.deleteLater()


def _visit(hosted: HostedRoom) -> BrowserVisit:
    (visit,) = (v for v in hosted.host._visits.values() if isinstance(v, BrowserVisit))
    return visit


def _join(qtbot: QtBot, peer: WebPeer, nick: str = "Cida") -> None:
    peer.join(nick)
    qtbot.waitUntil(lambda: bool(peer.named("roster")))


def test_guest_is_marked_for_everybody(hosted: HostedRoom, peer: MakePeer, qtbot: QtBot) -> None:
    guest = peer(hosted)
    _join(qtbot, guest)
    (joined,) = guest.named("joined")
    assert joined["browser_guests"]
    roster = own_session(hosted).roster
    qtbot.waitUntil(lambda: len(roster) == 2)
    assert {member.nick: member.guest for member in roster} == {"Marina": "", "Cida": "browser"}


def test_guest_comes_back_as_the_same_by_its_secret_alone(
    hosted: HostedRoom, peer: MakePeer, qtbot: QtBot
) -> None:
    first = peer(hosted)
    _join(qtbot, first)
    again = peer(hosted)
    _join(qtbot, again)
    qtbot.waitUntil(lambda: first.code is not None)
    assert first.named("closed")[0]["code"] == "replaced"
    assert first.named("joined")[0]["member"] == again.named("joined")[0]["member"]
    other = peer(hosted)
    other.join("Cida", secret="A" * 43 + "=")
    qtbot.waitUntil(lambda: bool(other.named("rejected")))
    assert other.named("rejected")[0]["code"] == "nickname-taken"


def test_guest_who_writes_too_fast_is_not_read_for_a_moment(
    hosted: HostedRoom, peer: MakePeer, qtbot: QtBot
) -> None:
    guest = peer(hosted)
    _join(qtbot, guest)
    for number in range(BURST + 1):
        guest.say(t="say", cid=base64.b64encode(bytes([number] * 16)).decode(), text=f"{number}")
    qtbot.waitUntil(lambda: bool(guest.named("slowed")))
    assert _visit(hosted).is_held
    qtbot.waitUntil(lambda: len(guest.named("acked")) == BURST + 1, timeout=10_000)
    assert guest.texts() == [str(number) for number in range(BURST + 1)]


def test_guest_who_takes_nothing_is_left_out_and_comes_back(
    make_lobby: MakeLobby, peer: MakePeer, qtbot: QtBot
) -> None:
    hosted = _host(make_lobby, qtbot, unlimited=True)
    host = own_session(hosted)
    guest = peer(hosted)
    _join(qtbot, guest)
    visit = _visit(hosted)
    guest.pause()
    said = 0
    while not visit.behind and said < 2_000:
        host.send("x" * MAX_TEXT)
        said += 1
        qtbot.waitUntil(lambda: not host.timeline.pending)
    assert visit.behind
    assert visit.link.waiting <= limits.WRITE_CAP
    member = next(one for one in host.roster if one.nick == "Cida")
    qtbot.waitUntil(lambda: host.roster.get(member.number).slow)  # type: ignore[union-attr]
    guest.resume()
    qtbot.waitUntil(lambda: bool(guest.named("skipped")), timeout=10_000)
    assert guest.named("skipped")[0]["last_seq"] == said
    host.send("live again")
    qtbot.waitUntil(lambda: "live again" in guest.texts())


def test_guest_who_asks_for_answers_and_takes_none_costs_no_more_than_the_cap(
    hosted: HostedRoom, peer: MakePeer, qtbot: QtBot
) -> None:
    guest = peer(hosted)
    _join(qtbot, guest)
    guest.pause()
    for _ in range(200):
        for _ in range(100):
            guest.send(Ping(payload=b"x" * 125))
        qtbot.waitUntil(lambda: not guest.socket.bytesToWrite())
    assert _visit(hosted).link.waiting <= limits.WRITE_CAP + 1024


def test_heartbeat_of_the_host_is_answered(
    hosted: HostedRoom, peer: MakePeer, qtbot: QtBot
) -> None:
    guest = peer(hosted)
    _join(qtbot, guest)
    link = _visit(hosted).link
    heard = link.last_heard
    link.ask_whether_there()
    qtbot.waitUntil(lambda: link.last_heard > heard)
    assert guest.pings == 1


def test_guests_are_shown_out_where_the_host_takes_the_tick_away(
    hosted: HostedRoom, peer: MakePeer, qtbot: QtBot
) -> None:
    guest = peer(hosted)
    _join(qtbot, guest)
    own_session(hosted).moderation.set_guests(browser=False, text=False)
    qtbot.waitUntil(lambda: guest.code is not None)
    assert guest.named("closed")[0]["code"] == "no-guests"
    late = peer(hosted)
    assert late.code == 403


def test_password_is_weighed_and_wrong_ones_are_counted(
    make_lobby: MakeLobby, peer: MakePeer, qtbot: QtBot
) -> None:
    hosted = _host(make_lobby, qtbot, password="leite quente")  # noqa: S106

    def tried(password: str) -> str:
        guest = peer(hosted)
        guest.join("Cida", password)
        qtbot.waitUntil(lambda: bool(guest.named("closed") or guest.named("joined")))
        return str(guest.heard[1].get("code", "in"))

    # Nothing at all is no guess: a page that was loaded again asks so whether it is known still.
    assert [tried("") for _ in range(7)] == ["wrong-password"] * 7
    assert tried("leite frio") == "wrong-password"
    assert tried("leite quente") == "in"
    assert tried("") == "in"
    assert [tried(f"guess {n}") for n in range(6)] == ["in"] * 6, "known by its secret"


def test_room_closes_with_a_last_word(make_lobby: MakeLobby, peer: MakePeer, qtbot: QtBot) -> None:
    hosted = _host(make_lobby, qtbot)
    guest = peer(hosted)
    _join(qtbot, guest)
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    qtbot.waitUntil(lambda: guest.code is not None)
    assert guest.named("closed")[0]["code"] == "room-closed"
    assert guest.code == 1001


def test_connections_that_load_the_page_do_not_push_each_other_out(
    hosted: HostedRoom, qtbot: QtBot
) -> None:
    sockets = []
    for _ in range(2 * limits.HALF_OPEN_PER_ADDRESS):
        socket = QTcpSocket()
        socket.connectToHost("127.0.0.1", hosted.host.port)
        socket.write(b"GET /app.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        sockets.append(socket)
        qtbot.waitUntil(lambda: sockets[-1].bytesAvailable() > 0)
    assert hosted.host.half_open == 0
    connected = QTcpSocket.SocketState.ConnectedState
    assert all(socket.state() is connected for socket in sockets)
    for socket in sockets:
        socket.abort()
