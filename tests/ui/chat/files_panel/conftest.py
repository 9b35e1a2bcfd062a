"""A page of a room with its panel of files."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.chat.chat_page import ChatPage
from app.ui.chat.files_panel.panel import FilesPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.files_panel.shelves import NAMES, lines, tell
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    room.join()
    return shown_page(qtbot, room, theme)


@pytest.fixture
def panel(room: Room, page: ChatPage) -> FilesPanel:
    """The panel of a room that has all of NAMES, each in a message of its own."""
    page.side.show_files(True)
    tell(room, lines(NAMES))
    return page.files
