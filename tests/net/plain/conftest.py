"""A room that lets guests by plain text in, and those guests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net import limits
from tests.helpers.plain import Netcat, TutorialClient
from tests.net.conftest import MakeLobby

MakeRoom = Callable[..., HostedRoom]
Dial = Callable[..., Netcat]
RunTutorial = Callable[[HostedRoom, str], TutorialClient]


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait a second for the question."""
    monkeypatch.setattr(limits, "TEXT_SILENCE", 0.02)


@pytest.fixture
def open_room(make_lobby: MakeLobby, qtbot: QtBot) -> MakeRoom:
    def open_it(**options: object) -> HostedRoom:
        wanted: dict[str, object] = {"text_guests": True, "unlimited": True, **options}
        room = make_lobby().host(HostOptions(name="Lab", nickname="Marina", port=0, **wanted))  # type: ignore[arg-type]
        assert room.session is not None
        with qtbot.waitSignal(room.session.joined):
            pass
        return room

    return open_it


@pytest.fixture
def dial(qtbot: QtBot) -> Iterator[Dial]:
    made: list[Netcat] = []

    def call(room: HostedRoom, nick: str = "") -> Netcat:
        """Connect; with `nick`, come in under it."""
        caller = Netcat(room.host.port)
        made.append(caller)
        qtbot.waitUntil(lambda: caller.heard == b"NICK" or caller.is_over)
        if nick:
            caller.say(f"{nick}\n")
            qtbot.waitUntil(lambda: "Conectado ao Servidor\n" in caller.text)
        return caller

    yield call
    for caller in made:
        caller.socket.abort()
        caller.deleteLater()


@pytest.fixture
def run_tutorial() -> Iterator[RunTutorial]:
    made: list[TutorialClient] = []

    def run(room: HostedRoom, nick: str) -> TutorialClient:
        client = TutorialClient(nick, room.host.port)
        made.append(client)
        return client

    yield run
    for client in made:
        client.close()
