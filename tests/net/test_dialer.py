"""Several addresses, of which some are dead: the first that answers is taken, and soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from pytestqt.qtbot import QtBot

from app.net import limits
from app.net.dialer import HEAD_START, MOST_TRIED, Answer, Dialer
from app.security.invite import Address
from app.session.connection import Problem
from tests.helpers.clock import ManualClock
from tests.helpers.doors import free_port

SILENT = "192.0.2.1"


@pytest.fixture
def server() -> Iterator[QTcpServer]:
    server = QTcpServer()
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    yield server
    server.close()
    server.deleteLater()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was tried; computers of a network that is for examples (RFC 5737) never answer."""
    tried: list[str] = []
    connect = QTcpSocket.connectToHost

    def connect_to_host(socket: QTcpSocket, host: str, port: int) -> None:
        tried.append(host)
        if not host.startswith("192.0.2."):
            connect(socket, host, port)

    monkeypatch.setattr(QTcpSocket, "connectToHost", connect_to_host)
    return tried


def here(server: QTcpServer, host: str = "127.0.0.1") -> Address:
    return Address(host, server.serverPort())


def test_a_silent_address_holds_up_the_next_for_a_moment_only(
    server: QTcpServer, tried: list[str], qtbot: QtBot
) -> None:
    clock = ManualClock()
    dialer = Dialer([Address(SILENT, 9090), here(server), Address("192.0.2.2", 9090)], clock)
    dialer.start()
    assert tried == [SILENT]
    with qtbot.waitSignal(dialer.connected) as connected:
        clock.advance(HEAD_START)
    answer = connected.args[0]
    assert isinstance(answer, Answer)
    assert answer.address == here(server)
    answer.stream.abort()
    clock.advance(60)
    assert tried == [SILENT, "127.0.0.1"]


def test_a_refusal_holds_up_nobody(server: QTcpServer, qtbot: QtBot) -> None:
    clock = ManualClock()
    dialer = Dialer([Address("127.0.0.1", free_port()), here(server)], clock)
    with qtbot.waitSignal(dialer.connected) as connected:
        dialer.start()
    assert connected.args[0].address == here(server)
    connected.args[0].stream.abort()


def test_where_none_answers_the_most_telling_word_is_told(tried: list[str], qtbot: QtBot) -> None:
    clock = ManualClock()
    gone = Address("127.0.0.1", free_port())
    dialer = Dialer([gone, Address(SILENT, 9090)], clock)
    dialer.start()
    qtbot.waitUntil(lambda: len(tried) == 2)
    with qtbot.waitSignal(dialer.failed) as failed:
        clock.advance(limits.CONNECT_DEADLINE)
    assert failed.args == [Problem.REFUSED]


def test_all_of_it_has_an_end(tried: list[str], qtbot: QtBot) -> None:
    clock = ManualClock()
    dialer = Dialer([Address(f"192.0.2.{number}", 9090) for number in range(100)], clock)
    dialer.start()
    with qtbot.waitSignal(dialer.failed) as failed:
        clock.advance(MOST_TRIED * HEAD_START + limits.CONNECT_DEADLINE)
    assert failed.args == [Problem.NO_ANSWER]
    assert len(tried) == MOST_TRIED


def test_each_address_of_a_name_is_tried(server: QTcpServer, qtbot: QtBot) -> None:
    # `localhost` is ::1, too, where nobody listens.
    clock = ManualClock()
    dialer = Dialer([here(server, "localhost")], clock)
    with qtbot.waitSignal(dialer.connected) as connected:
        dialer.start()
    assert connected.args[0].address == here(server, "localhost")
    connected.args[0].stream.abort()


def test_a_name_that_nobody_knows_is_called_so(qtbot: QtBot) -> None:
    dialer = Dialer([Address("no-such-host.invalid", 9090)], ManualClock())
    with qtbot.waitSignal(dialer.failed) as failed:
        dialer.start()
    assert failed.args == [Problem.NO_SUCH_HOST]


def test_stopped_it_tells_nothing(server: QTcpServer, qtbot: QtBot) -> None:
    clock = ManualClock()
    dialer = Dialer([Address(SILENT, 9090), here(server)], clock)
    with qtbot.assertNotEmitted(dialer.connected), qtbot.assertNotEmitted(dialer.failed):
        dialer.start()
        dialer.stop()
        clock.advance(60)
