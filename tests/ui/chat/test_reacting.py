"""The panel of emoji over a message."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.protocol.messages import React
from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.emoji.picker import EmojiPicker
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.remarking import act
from tests.ui.chat.rooms import Room, member


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme, tmp_path: Path) -> ChatPage:
    page = shown_page(qtbot, room, theme, SettingsFile(tmp_path / "settings.json"))
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    page.set_active(True)
    room.say("Priya", "hello")
    page.timeline.view.settle()
    return page


def picker_of(page: ChatPage) -> EmojiPicker:
    assert page.popovers.current is not None
    picker = page.popovers.current.findChild(EmojiPicker)
    assert picker is not None
    return picker


def test_by_keys_from_the_message_and_back(room: Room, page: ChatPage) -> None:
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_A)
    picker = picker_of(page)
    assert picker.search.edit.hasFocus()
    write(picker.search.edit, "rocket")
    press(picker.search.edit, Qt.Key.Key_Return)
    assert page.popovers.current is None
    assert view.hasFocus()
    sent = [one for one in room.transport.sent if isinstance(one, React)]
    assert [(one.seq, one.emoji, one.on) for one in sent] == [(1, "🚀", True)]
    assert page.emoji.values.emoji_recents == ["🚀"]


def test_escape_reacts_with_nothing(room: Room, page: ChatPage) -> None:
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_A)
    press(picker_of(page).search.edit, Qt.Key.Key_Escape)
    assert page.popovers.current is None
    assert not [one for one in room.transport.sent if isinstance(one, React)]


def test_a_message_that_goes_meanwhile_gets_no_emoji(room: Room, page: ChatPage) -> None:
    page.reacting.open(1)
    picker = picker_of(page)
    act(room, "Priya", "delete", 1)
    picker.picked.emit("🚀")
    assert page.popovers.current is None
    assert not [one for one in room.transport.sent if isinstance(one, React)]


def test_no_message_opens_no_panel(page: ChatPage) -> None:
    page.reacting.open(99)
    assert page.popovers.current is None
