"""Members who write too fast, or read too slowly: nobody else notices, and nothing is lost."""

from __future__ import annotations

import socket
from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net import limits
from app.net.client import Client
from app.net.link import Link
from app.net.visit import Visit
from app.room.flood import BURST, RATE
from app.security.invite import Address, Invite, parse_target
from app.session.connection import Phase
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock
from tests.helpers.sessions import phase, texts
from tests.net.conftest import MakeLobby, own_session


def _here(hosted: HostedRoom) -> Invite:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    return replace(invite, addresses=(Address("127.0.0.1", hosted.host.port),))


def _join(hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, nick: str) -> RoomSession:
    session = make_lobby().join(_here(hosted), nick)
    with qtbot.waitSignals([session.joined, session.caught_up]):
        pass
    return session


def _link(session: RoomSession) -> Link:
    client = session.findChild(Client)
    assert client is not None
    assert client._link is not None
    return client._link


def _visits(hosted: HostedRoom) -> list[Visit]:
    return list(hosted.host._visits.values())


def _has_texts(session: RoomSession, count: int) -> bool:
    return len(texts(session)) == count


def _all_sent(session: RoomSession) -> bool:
    return not session.timeline.pending


def _is_slow(watcher: RoomSession, number: int, slow: bool) -> bool:
    member = watcher.roster.get(number)
    return member is not None and member.slow == slow


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def slow_room(make_lobby: MakeLobby, qtbot: QtBot, clock: ManualClock) -> HostedRoom:
    """A room whose host's time stands still, so that no token comes by itself."""
    room = make_lobby(clock).host(HostOptions(name="Lab", nickname="Marina", port=0))
    with qtbot.waitSignal(own_session(room).joined):
        pass
    return room


def test_writer_who_rests_while_the_room_gathers_is_read_again(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = _join(hosted, make_lobby, qtbot, "Tom")
    host, own = hosted.host, own_session(hosted)
    (visit,) = _visits(hosted)
    # As after a batch that took long.
    host._not_before = host.clock.monotonic() + 0.3
    tom.send("one")
    qtbot.waitUntil(lambda: visit.number in host._resting)
    tom.send("two")
    qtbot.waitUntil(partial(_has_texts, own, 2))
    assert not host._resting
    tom.send("three")
    qtbot.waitUntil(partial(_has_texts, own, 3))
    assert texts(own) == ["one", "two", "three"]


def test_too_fast_writer_is_kept_waiting_and_told_and_loses_nothing(
    slow_room: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, clock: ManualClock
) -> None:
    tom = _join(slow_room, make_lobby, qtbot, "Tom")
    host = own_session(slow_room)
    lines = [f"line {number}" for number in range(BURST + 5)]
    with qtbot.waitSignal(tom.slowed):
        for line in lines:
            tom.send(line)
    qtbot.waitUntil(partial(_has_texts, host, BURST))
    assert phase(tom) is Phase.ONLINE
    # Nobody else is kept waiting.
    ana = _join(slow_room, make_lobby, qtbot, "Ana")
    with qtbot.waitSignal(ana.acknowledged):
        ana.send("and me")
        clock.advance(0.02)
    for done in range(1, 6):
        clock.advance(1 / RATE + 0.02)
        qtbot.waitUntil(partial(_has_texts, host, BURST + 1 + done))
    assert [text for text in texts(host) if text != "and me"] == lines


def test_writer_that_is_kept_waiting_is_not_taken_for_dead(
    slow_room: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = _join(slow_room, make_lobby, qtbot, "Tom")
    with qtbot.waitSignal(tom.slowed):
        for number in range(BURST + 1):
            tom.send(str(number))
    (visit,) = _visits(slow_room)
    assert visit.is_held
    visit.link.last_heard -= limits.DEAD_AFTER
    slow_room.host._sweep()
    assert _visits(slow_room) == [visit]


def test_slow_reader_is_left_out_marked_and_catches_up(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    slow = _join(hosted, make_lobby, qtbot, "Slow")
    (visit,) = _visits(hosted)
    # Left to itself, the system would hold megabytes for the reader.
    _link(slow)._stream._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    _link(slow).pause()
    text = "x" * 5000
    sent = 0
    while not visit.behind:
        for _ in range(20):
            host.send(text)
        sent += 20
        qtbot.waitUntil(partial(_all_sent, host), timeout=10_000)
        assert visit.link.waiting <= limits.WRITE_CAP + 300_000
        assert sent < 2000, "the slow reader was never left out"
    held = visit.link.waiting
    for _ in range(100):
        host.send(text)
    sent += 100
    qtbot.waitUntil(partial(_all_sent, host), timeout=10_000)
    assert visit.link.waiting <= held
    qtbot.waitUntil(partial(_is_slow, host, 2, True))
    _link(slow).resume()
    qtbot.waitUntil(partial(_has_texts, slow, sent), timeout=20_000)
    qtbot.waitUntil(partial(_is_slow, host, 2, False))
    assert _visits(hosted) == [visit]
    with qtbot.waitSignal(slow.message_added):
        host.send("live again")
    assert texts(slow)[-1] == "live again"
