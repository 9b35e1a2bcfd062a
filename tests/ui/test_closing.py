"""The window asks before it closes a room under the people in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Joined, Roster
from app.session.room_session import RoomSession
from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.main_window import MainWindow
from app.ui.theme.theme import Theme
from tests.ui.chat.rooms import ManualClock, RecordingTransport, member
from tests.ui.hands import press


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> MainWindow:
    window = MainWindow(theme, settings, ManualClock())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def host(window: MainWindow, *, people: int) -> RoomSession:
    session = RoomSession("Marina", ManualClock(), room_name="Lab", parent=window)
    session.attach(RecordingTransport())
    session.hosted_here = True
    session.receive(
        Joined(member=1, room="Lab", topic="", role="host", history="all", last_seq=0, members=1)
    )
    others = [member(number + 2, f"Guest {number}") for number in range(people)]
    session.receive(Roster(members=(member(1, "Marina", "host"), *others)))
    window.add_session(session)
    return session


def paste_picture(window: MainWindow, session: RoomSession) -> list[Path]:
    """Let the person paste a picture and look at it; return the files that were made for it."""
    source = QMimeData()
    source.setData("image/png", b"\x89PNG\r\n\x1a\n as it came")
    next(page for page in window.findChildren(ChatPage) if page.session is session).attaching.take(
        source
    )
    return list((window._settings.folder / "outgoing").iterdir())


@pytest.mark.parametrize("quits", [True, False])
def test_nothing_stays_of_what_was_made_to_be_sent_and_was_not(
    qtbot: QtBot, window: MainWindow, *, quits: bool
) -> None:
    session = host(window, people=0)
    window.show_session(session)
    (made,) = paste_picture(window, session)
    if quits:
        with qtbot.waitSignal(window.closed):
            window.close()
    else:
        window.remove_session(session)
    assert not made.exists()


def test_a_room_with_nobody_else_closes_at_once(qtbot: QtBot, window: MainWindow) -> None:
    host(window, people=0)
    with qtbot.waitSignal(window.closed):
        window.close()


def test_people_in_the_room_are_asked_about(qtbot: QtBot, window: MainWindow) -> None:
    host(window, people=2)
    assert not window.close()
    panel = window.closing.panel
    assert panel is not None
    assert panel.question.keep.hasFocus()
    assert "2 people" in panel.question.keep.accessibleDescription()
    assert QApplication.focusWidget() is panel.question.keep
    press(panel.question.keep, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not panel.isVisible()
    assert not window.close()
    again = window.closing.panel
    assert again is not None
    assert again is not panel
    with qtbot.waitSignal(window.closed):
        press(again.question.confirm, Qt.Key.Key_Space)


def test_who_closes_twice_means_it(qtbot: QtBot, window: MainWindow) -> None:
    host(window, people=1)
    assert not window.close()
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_signal_to_end_is_not_asked_about(qtbot: QtBot, window: MainWindow) -> None:
    host(window, people=1)
    with qtbot.waitSignal(window.closed):
        window.closing.close_now()
