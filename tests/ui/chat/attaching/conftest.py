"""A room's page whose pictures are decoded when the test says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.theme.theme import Theme
from tests.ui.chat.attaching.work import ManualPictures
from tests.ui.chat.rooms import Room


@pytest.fixture
def pictures() -> ManualPictures:
    return ManualPictures()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder for what is chosen."""
    folder = tmp_path / "chosen"
    folder.mkdir()
    return folder


@pytest.fixture
def outgoing(settings: SettingsFile) -> Path:
    """Where files are made to be sent."""
    return settings.folder / "outgoing"


@pytest.fixture
def page(
    qtbot: QtBot, room: Room, theme: Theme, settings: SettingsFile, pictures: ManualPictures
) -> ChatPage:
    """A page in an active window, in a room that was joined."""
    room.join()
    page = ChatPage(room.session, theme, room.clock, settings=settings, pictures=pictures)
    qtbot.addWidget(page)
    page.resize(916, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page
