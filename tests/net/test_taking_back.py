"""Whoever leaves at once has deleted what could still be undone: over real links."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.lobby import HostedRoom
from app.security.invite import Invite, parse_target
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from tests.net.conftest import MakeLobby, own_session


def _deleted(session: RoomSession) -> list[bool]:
    return [entry.deleted for entry in session.timeline if isinstance(entry, MessageEntry)]


def _joined(hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot) -> RoomSession:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    session = make_lobby().join(invite, "Tom")
    qtbot.waitUntil(lambda: session.is_online)
    return session


def _say(session: RoomSession, qtbot: QtBot) -> int:
    with qtbot.waitSignal(session.acknowledged) as acked:
        session.send("something that one regrets")
    assert acked.args is not None
    return int(acked.args[1])


def test_leaving_deletes(hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot) -> None:
    tom = _joined(hosted, make_lobby, qtbot)
    host = own_session(hosted)
    tom.taking_back.hold(_say(tom, qtbot))
    assert _deleted(host) == [False]
    tom.leave()
    qtbot.waitUntil(lambda: _deleted(host) == [True])


def test_closing_the_room_deletes(hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot) -> None:
    tom = _joined(hosted, make_lobby, qtbot)
    host = own_session(hosted)
    host.taking_back.hold(_say(host, qtbot))
    qtbot.waitUntil(lambda: _deleted(tom) == [False])
    hosted.stop()
    qtbot.waitUntil(lambda: _deleted(tom) == [True])
