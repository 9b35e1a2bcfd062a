"""How much a room takes in files, as the host sees and changes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.chat.chat_page import ChatPage
from app.ui.chat.header.file_limits_panel import FileLimitsPanel
from app.ui.texts import set_language
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.own_files import MB, RecordingFiles
from tests.ui.chat.rooms import Room, member


@pytest.fixture
def own() -> RecordingFiles:
    return RecordingFiles()


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme, own: RecordingFiles) -> ChatPage:
    room.session.hosted_here = True
    room.session.own_files = own
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


def opened(page: ChatPage) -> FileLimitsPanel:
    menu = page.header.more_menu()
    next(one for one in menu.actions() if one.text().startswith("Space for files")).trigger()
    popover = page.popovers.current
    assert popover is not None
    panel = popover.findChild(FileLimitsPanel)
    assert panel is not None
    return panel


def test_it_says_how_much_there_is(page: ChatPage) -> None:
    panel = opened(page)
    assert panel.now.full_text == (
        "12 files, 340 MB of 20 GB. 31 GB of this computer’s disk are free."
    )
    assert [field.text for field in panel.fields.values()] == ["4 GB", "20 GB", "1 GB"]
    assert panel.fields["file"].edit.hasFocus()
    assert panel.fields["file"].edit.selectedText() == "4 GB"


def test_sizes_are_changed_by_keys_and_others_stay_exactly(
    page: ChatPage, own: RecordingFiles
) -> None:
    panel = opened(page)
    before = own.quotas
    edit = panel.fields["room"].edit
    edit.setFocus()
    edit.selectAll()
    write(edit, "1,5 gb")
    press(edit, Qt.Key.Key_Return)
    assert own.chosen == [replace(before, room=1536 * MB)]
    assert page.popovers.current is None


def test_nothing_changed_is_no_choice(page: ChatPage, own: RecordingFiles) -> None:
    click(opened(page).save)
    assert own.chosen == []
    assert page.popovers.current is None


def test_what_is_no_size_is_said_and_nothing_is_taken(page: ChatPage, own: RecordingFiles) -> None:
    panel = opened(page)
    file, free = panel.fields["file"], panel.fields["keep_free"]
    file.edit_text("500")
    free.edit_text("much")
    click(panel.save)
    assert "MB or GB" in file.error
    assert "MB or GB" in free.error
    assert file.edit.hasFocus()
    assert own.chosen == []
    file.edit_text("500 MB")
    assert file.error == ""
    assert free.error
    free.edit_text("0")
    click(panel.save)
    assert (own.quotas.file, own.quotas.keep_free) == (500 * MB, 0)


def test_no_files_at_all_is_shown_as_such(page: ChatPage, own: RecordingFiles) -> None:
    own.quotas = replace(own.quotas, file=0)
    assert opened(page).fields["file"].text == "0"


def test_in_portuguese_what_is_shown_is_understood(page: ChatPage, own: RecordingFiles) -> None:
    set_language("pt_BR")
    try:
        own.quotas = replace(own.quotas, file=1536 * MB)
        panel = FileLimitsPanel(own.quotas, None, page.header._theme, page)
        panel.chosen.connect(own.set_quotas)
        assert panel.fields["file"].text == "1,5 GB"
        panel.fields["room"].edit_text("2,5 GB")
        panel.save.click()
    finally:
        set_language("en")
    assert (own.quotas.file, own.quotas.room) == (1536 * MB, 2560 * MB)


def test_disk_that_does_not_tell_keeps_nobody_from_choosing(
    page: ChatPage, own: RecordingFiles
) -> None:
    own.fails = True
    panel = opened(page)
    assert panel.now.isHidden()
    assert panel.save.isVisible()


def test_only_the_host_is_offered_it(page: ChatPage, room: Room) -> None:
    assert "Space for files…" in texts(page.header.more_menu())
    room.session.own_files = None
    assert "Space for files…" not in texts(page.header.more_menu())
