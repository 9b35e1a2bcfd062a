"""A room's page as a person has it in front of them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.theme.theme import Theme
from tests.ui.chat.rooms import Room


def shown_page(
    qtbot: QtBot, room: Room, theme: Theme, settings: SettingsFile | None = None
) -> ChatPage:
    """Return the page of `room`, in an active window of the usual size."""
    page = ChatPage(room.session, theme, room.clock, settings=settings)
    qtbot.addWidget(page)
    page.resize(916, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page
