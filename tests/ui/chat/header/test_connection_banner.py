"""The bar that tells how the connection stands."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.protocol.errors import Refusal
from app.session.connection import Connection, Phase, Problem
from app.ui.chat.header.connection_banner import ConnectionBanner
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click
from tests.ui.chat.rooms import Room


@pytest.fixture
def banner(qtbot: QtBot, room: Room, theme: Theme) -> ConnectionBanner:
    banner = ConnectionBanner(room.session, theme, room.clock)
    qtbot.addWidget(banner)
    room.join()
    return banner


def wait(room: Room, seconds: float) -> None:
    room.session.set_connection(
        Connection(Phase.WAITING, problem=Problem.LOST, retry_at=room.clock.monotonic() + seconds)
    )


def test_it_counts_down(room: Room, banner: ConnectionBanner) -> None:
    assert banner.text == ""
    wait(room, 8)
    assert banner.text == (
        "No connection to Marina’s computer. Trying again in 8 s. "
        "Keep writing, your messages go out in order."
    )
    room.clock.advance(1)
    assert "in 7 s." in banner.text
    room.clock.advance(5.5)
    assert "in 2 s." in banner.text
    room.clock.advance(5)
    assert "Trying again now." in banner.text
    assert [timer for timer in room.clock.timers if not timer.cancelled] == []


def test_it_goes_with_the_connection(room: Room, banner: ConnectionBanner) -> None:
    wait(room, 8)
    room.session.set_connection(Connection(Phase.ONLINE))
    assert banner.isHidden()
    assert [timer for timer in room.clock.timers if not timer.cancelled] == []


def test_try_now_tries_now(room: Room, banner: ConnectionBanner) -> None:
    wait(room, 8)
    click(banner.waiting.button)
    assert room.transport.calls == ["try_now"]


def test_an_end_says_why_and_what_next(room: Room, banner: ConnectionBanner) -> None:
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.ROOM_CLOSED))
    assert banner.text.startswith("The host closed this room.")
    click(banner.closed.button)
    assert room.transport.calls == ["try_now"]
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.PEER_TOO_OLD))
    assert banner.stopped.button.isHidden()


def test_an_end_on_purpose_says_nothing(room: Room, banner: ConnectionBanner) -> None:
    room.session.set_connection(Connection(Phase.STOPPED))
    assert banner.isHidden()


def test_a_deleted_banner_counts_no_longer(room: Room, theme: Theme) -> None:
    room.join()
    wait(room, 8)
    banner = ConnectionBanner(room.session, theme, room.clock)
    banner.deleteLater()
    QCoreApplication.sendPostedEvents(banner, QEvent.Type.DeferredDelete.value)
    room.clock.advance(3)
