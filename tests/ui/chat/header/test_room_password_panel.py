"""The room's password, as the host sets, changes and takes it away."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.chat.chat_page import ChatPage
from app.ui.chat.header.room_password_panel import RoomPasswordPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.rooms import Room, member

PHRASE = "correct horse battery"


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    room.session.hosted_here = True
    page = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(page)
    page.resize(900, 640)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    room.join(member(2, "Leo", "host"), role="host")
    return page


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def opened(page: ChatPage) -> RoomPasswordPanel:
    menu = page.header.more_menu()
    next(action for action in menu.actions() if action.text() == "Password…").trigger()
    popover = page.popovers.current
    assert popover is not None
    panel = popover.findChild(RoomPasswordPanel)
    assert panel is not None
    return panel


def test_a_password_is_set_by_keys(page: ChatPage, room: Room) -> None:
    panel = opened(page)
    assert panel.take_away.isHidden()
    assert panel.field.edit.hasFocus()
    write(panel.field.edit, PHRASE)
    press(panel.field.edit, Qt.Key.Key_Return)
    assert room.transport.calls == [f"set_room_password {PHRASE}"]
    assert page.popovers.current is None


def test_an_empty_field_takes_nothing_away(page: ChatPage, room: Room) -> None:
    room.session.set_has_password(True)
    panel = opened(page)
    press(panel.field.edit, Qt.Key.Key_Return)
    assert panel.field.error
    assert room.transport.calls == []
    click(panel.take_away)
    assert room.transport.calls == ["set_room_password "]
    assert page.popovers.current is None


def test_what_cannot_be_a_password_is_said(page: ChatPage, room: Room) -> None:
    panel = opened(page)
    panel.field.edit_text("x" * 129)
    assert "128" in panel.field.error
    click(panel.save)
    assert "128" in panel.field.error
    assert room.transport.calls == []
    assert page.popovers.current is not None


def test_a_short_password_is_called_easy_to_guess(page: ChatPage) -> None:
    panel = opened(page)
    write(panel.field.edit, "abc")
    assert "easy to guess" in panel.note.full_text
    write(panel.field.edit, "def")
    assert "easy to guess" not in panel.note.full_text


def test_only_the_host_is_offered_it(page: ChatPage, room: Room) -> None:
    assert "Password…" in texts(page.header.more_menu())
    room.session.hosted_here = False
    assert "Password…" not in texts(page.header.more_menu())


def test_a_lock_marks_a_room_with_a_password(page: ChatPage, room: Room) -> None:
    assert not page.header.lock.isVisible()
    room.session.set_has_password(True)
    assert page.header.lock.isVisible()
    assert page.header.lock.accessibleName() == "This room has a password."
    room.session.set_has_password(False)
    assert not page.header.lock.isVisible()
