"""Once in: links that break, hosts that vanish, readers that stop, rooms that end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net import limits
from app.net.link import Link
from app.net.visit import Visit
from app.protocol.errors import Refusal
from app.protocol.messages import Went
from app.security.invite import Address, Invite, parse_target
from app.session.connection import Phase, Problem
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock
from tests.helpers.sessions import nicknames, phase, texts
from tests.net.conftest import MakeLobby, own_session


def _here(hosted: HostedRoom) -> Invite:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    return replace(invite, addresses=(Address("127.0.0.1", hosted.host.port),))


def _is_went(change: object) -> bool:
    return isinstance(change, Went)


def _join(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, nick: str, clock: ManualClock
) -> RoomSession:
    session = make_lobby(clock).join(_here(hosted), nick)
    with qtbot.waitSignals([session.joined, session.caught_up]):
        pass
    return session


def _visit(hosted: HostedRoom) -> Visit:
    (visit,) = hosted.host._visits.values()
    return visit


def _deafen(visit: Visit) -> None:
    """Let the host hear nothing more of this link, as when its cable is pulled."""
    visit.link.pause()


def _was_heard_after(link: Link, moment: float) -> bool:
    return link.last_heard > moment


def test_broken_link_is_joined_again_and_nothing_is_missing_or_doubled(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    clock = ManualClock()
    host = own_session(hosted)
    tom = _join(hosted, make_lobby, qtbot, "Tom", clock)
    with qtbot.waitSignal(tom.acknowledged):
        tom.send("before")
    with qtbot.waitSignal(tom.connection_changed):
        _visit(hosted).link.abort()
    assert phase(tom) is Phase.WAITING
    assert tom.connection.problem == Problem.LOST
    tom.send("while away")
    with qtbot.waitSignal(host.acknowledged):
        host.send("missed by Tom")
    with qtbot.waitSignal(tom.acknowledged):
        clock.advance(2)
    everything = ["before", "missed by Tom", "while away"]
    qtbot.waitUntil(lambda: len(texts(tom)) == 3 and len(texts(host)) == 3)
    assert texts(tom) == texts(host) == everything


def test_waiting_can_be_cut_short(hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot) -> None:
    tom = _join(hosted, make_lobby, qtbot, "Tom", ManualClock())
    with qtbot.waitSignal(tom.connection_changed):
        _visit(hosted).link.abort()
    with qtbot.waitSignal(tom.joined):
        tom.try_now()


def test_vanished_host_is_noticed_within_thirty_seconds(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    clock = ManualClock()
    tom = _join(hosted, make_lobby, qtbot, "Tom", clock)
    # The cable is pulled: the host hears and says nothing, and no connection is closed.
    _deafen(_visit(hosted))
    clock.advance(limits.PING_AFTER + 0.1)
    assert phase(tom) is Phase.ONLINE
    clock.advance(limits.DEAD_AFTER - limits.PING_AFTER)
    assert phase(tom) is Phase.WAITING
    assert tom.connection.problem == Problem.LOST


def test_heartbeats_keep_a_quiet_room_joined(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    clock = ManualClock()
    tom = _join(hosted, make_lobby, qtbot, "Tom", clock)
    link = _visit(hosted).link
    for _ in range(5):
        heard = link.last_heard
        clock.advance(limits.PING_AFTER + 0.1)
        qtbot.waitUntil(partial(_was_heard_after, link, heard))
        # The answer is on its way back; a message behind it shows that it has come.
        with qtbot.waitSignal(tom.message_added):
            own_session(hosted).send("tick")
    assert phase(tom) is Phase.ONLINE


def test_vanished_member_is_dropped_and_said(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    host_clock = ManualClock()
    hosted = make_lobby(host_clock).host(HostOptions(name="Lab", nickname="Marina", port=0))
    host = own_session(hosted)
    with qtbot.waitSignal(host.joined):
        pass
    _join(hosted, make_lobby, qtbot, "Tom", ManualClock())
    host_clock.advance(1)
    qtbot.waitUntil(lambda: nicknames(host) == {"Marina", "Tom"})
    _deafen(_visit(hosted))
    with qtbot.waitSignal(host.roster.went):
        host_clock.advance(limits.DEAD_AFTER + 2)
    assert nicknames(host) == {"Marina"}


def test_closing_the_room_tells_everybody(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = _join(hosted, make_lobby, qtbot, "Tom", ManualClock())
    ana = _join(hosted, make_lobby, qtbot, "Ana", ManualClock())
    with qtbot.waitSignals([tom.connection_changed, ana.connection_changed, hosted.stopped]):
        hosted.stop()
    for session in (tom, ana):
        assert session.connection.phase is Phase.STOPPED
        assert session.connection.problem == Refusal.ROOM_CLOSED


def test_leaving_is_told_to_those_who_stay(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    tom = _join(hosted, make_lobby, qtbot, "Tom", ManualClock())
    ana = _join(hosted, make_lobby, qtbot, "Ana", ManualClock())
    with qtbot.waitSignal(ana.roster.went):
        tom.leave()
    assert nicknames(ana) == {"Marina", "Ana"}


def test_leaving_is_told_even_when_the_session_is_let_go_at_once(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    session = lobby.join(_here(hosted), "Tom")
    with qtbot.waitSignal(session.joined):
        pass
    with qtbot.waitSignal(hosted.host.announced, check_params_cb=_is_went) as told:
        session.leave()
        lobby.forget(session)
    assert told.args is not None
    assert told.args[0].reason == "left"


def test_same_device_and_nickname_again_replaces_the_older_link(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    clock = ManualClock()
    lobby = make_lobby(clock)
    first = lobby.join(_here(hosted), "Tom")
    with qtbot.waitSignal(first.joined):
        pass
    second = lobby.join(_here(hosted), "Tom")
    with qtbot.waitSignals([second.joined, first.connection_changed]):
        pass
    assert first.connection.problem == Refusal.REPLACED
    qtbot.waitUntil(lambda: nicknames(own_session(hosted)) == {"Marina", "Tom"})
