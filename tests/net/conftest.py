"""Rooms on loopback, with as many lobbies as there are people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.qt_clock import QtClock
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.support.folder import DataFolder

MakeLobby = Callable[..., Lobby]


@pytest.fixture
def make_lobby(tmp_path: Path, qtbot: QtBot) -> Iterator[MakeLobby]:
    lobbies: list[Lobby] = []
    clock = QtClock()

    def make(clock: Clock = clock) -> Lobby:
        lobby = Lobby(DataFolder(tmp_path / f"person-{len(lobbies)}"), clock)
        lobbies.append(lobby)
        return lobby

    yield make
    for lobby in lobbies:
        for session in lobby.joined:
            session.leave()
            lobby.forget(session)
    for lobby in lobbies:
        for hosted in lobby.hosted:
            with qtbot.waitSignal(hosted.stopped, timeout=5000):
                hosted.stop()
        lobby.deleteLater()
    clock.deleteLater()


@pytest.fixture
def hosted(make_lobby: MakeLobby, qtbot: QtBot) -> HostedRoom:
    room = make_lobby().host(HostOptions(name="Robotics Lab", nickname="Marina", port=0))
    assert room.session is not None
    with qtbot.waitSignal(room.session.joined):
        pass
    return room


def own_session(hosted: HostedRoom) -> RoomSession:
    assert hosted.session is not None
    return hosted.session
