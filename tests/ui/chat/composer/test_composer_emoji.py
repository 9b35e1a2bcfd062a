"""The panel of emoji over the box to write in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from app.session.connection import Connection, Phase
from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.emoji.picker import EmojiPicker
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme, settings: SettingsFile) -> ChatPage:
    page = shown_page(qtbot, room, theme, settings)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    page.set_active(True)
    page.composer.edit.setFocus()
    return page


def picker_of(page: ChatPage) -> EmojiPicker:
    assert page.popovers.current is not None
    picker = page.popovers.current.findChild(EmojiPicker)
    assert picker is not None
    return picker


def test_by_keys_from_the_box_and_back(page: ChatPage, settings: SettingsFile) -> None:
    edit = page.composer.edit
    write(edit, "ab")
    press(edit, Qt.Key.Key_Left)
    press(edit, Qt.Key.Key_E, CTRL)
    picker = picker_of(page)
    assert picker.search.edit.hasFocus()
    write(picker.search.edit, "rocket")
    press(picker.search.edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "a🚀b"
    press(picker.search.edit, Qt.Key.Key_Escape)
    if page.popovers.current is not None:  # the first one empties the search
        press(picker.search.edit, Qt.Key.Key_Escape)
    assert page.popovers.current is None
    assert edit.hasFocus()
    write(edit, "!")
    assert edit.toPlainText() == "a🚀!b"
    assert settings.values.emoji_recents == ["🚀"]


def test_the_button_opens_it_above_and_the_box_gets_the_keyboard_back(page: ChatPage) -> None:
    for width in (916, 420):
        page.resize(width, 700)
        click(page.composer.emoji)
        popover = page.popovers.current
        assert popover is not None
        panel = popover.findChild(QFrame, "popover")
        assert panel is not None
        top = page.composer.emoji.mapTo(page, page.composer.emoji.rect().topLeft()).y()
        assert panel.geometry().bottom() < top
        assert page.rect().contains(panel.geometry())
        assert panel.height() > 400
        press(popover, Qt.Key.Key_Escape)
        assert page.composer.edit.hasFocus()


def test_it_goes_along_when_the_box_moves(qtbot: QtBot, page: ChatPage) -> None:
    page.resize(420, 700)
    button = page.composer.emoji
    click(button)
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(QFrame, "popover")
    assert panel is not None

    def top() -> int:
        return button.mapTo(page, button.rect().topLeft()).y()

    before, gap = top(), top() - panel.geometry().bottom()
    page.composer.refuse("Not now, and not later. " * 9)
    qtbot.waitUntil(lambda: top() < before)
    assert top() - panel.geometry().bottom() == gap


def test_what_was_used_is_remembered_by_the_file(page: ChatPage, tmp_path: Path) -> None:
    press(page.composer.edit, Qt.Key.Key_E, CTRL)
    picker = picker_of(page)
    picker.tone_changed.emit(2)
    picker.picked.emit("🎉")
    picker.picked.emit("🚀")
    picker.picked.emit("🎉")
    assert page.composer.edit.toPlainText() == "🎉🚀🎉"
    assert page.popovers.current is not None
    press(page.popovers.current, Qt.Key.Key_Escape)
    again = SettingsFile(tmp_path / "settings.json")
    assert again.values.emoji_recents == ["🎉", "🚀"]
    assert again.values.emoji_tone == 2


def test_nothing_goes_in_where_nothing_can_be_sent(room: Room, page: ChatPage) -> None:
    room.session.set_connection(Connection(Phase.STOPPED))
    assert not page.composer.emoji.isEnabled()
    press(page.composer.edit, Qt.Key.Key_E, CTRL)
    assert page.popovers.current is None


def test_the_keys_work_from_elsewhere_in_the_page(page: ChatPage) -> None:
    page.timeline.view.setFocus()
    press(page.timeline.view, Qt.Key.Key_E, CTRL)
    assert picker_of(page).search.edit.hasFocus()


def test_it_works_in_private(page: ChatPage) -> None:
    page.composing.write_privately(device("Priya"), "Priya")
    press(page.composer.edit, Qt.Key.Key_E, CTRL)
    picker_of(page).picked.emit("🎉")
    assert page.composer.edit.toPlainText() == "🎉"
    assert page.composer.private == device("Priya")


def test_it_has_a_name_and_tells_its_keys(page: ChatPage) -> None:
    button = page.composer.emoji
    assert button.accessibleName() == "Insert an emoji"
    assert "Ctrl+E" in button.toolTip()
