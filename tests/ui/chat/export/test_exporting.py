"""Exporting as a person does it: the menu, the panel, the place, the bar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Live, Page
from app.session.connection import Connection, Phase
from app.ui.carrying import carry_room
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.export.job import ExportState
from app.ui.chat.export.naming import suggested_name
from app.ui.chat.export.panel import ExportPanel, Format
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import NOON, Room

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    room.join()
    for number in range(3):
        room.say("Marina", f"message {number}")
    return shown_page(qtbot, room, theme)


def panel_of(page: ChatPage) -> ExportPanel:
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(ExportPanel)
    assert panel is not None
    return panel


def choose_place(page: ChatPage, path: Path) -> None:
    dialog = page.exporting.dialog
    assert dialog is not None
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()


def export_to(page: ChatPage, path: Path, kind: Format = Format.HTML) -> None:
    page.exporting.open()
    panel = panel_of(page)
    panel.formats[kind].setChecked(True)
    click(panel.save)
    choose_place(page, path)


def bar_says(page: ChatPage) -> str:
    return "" if page.exporting.bar.isHidden() else page.exporting.bar.text


def press_button(page: ChatPage) -> None:
    assert page.exporting.bar.info is not None
    click(page.exporting.bar.info.button)


@pytest.mark.parametrize("kind", list(Format))
def test_a_room_is_saved_as_what_was_chosen(
    qtbot: QtBot, page: ChatPage, tmp_path: Path, kind: Format
) -> None:
    path = tmp_path / f"lab.{kind.value}"
    export_to(page, path, kind)
    qtbot.waitUntil(lambda: "Saved 3 message" in bar_says(page))
    assert "message 2" in path.read_text("utf-8")
    assert str(path) in bar_says(page)
    press_button(page)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == str(path)


def test_it_opens_by_menu_by_key_and_by_command(page: ChatPage) -> None:
    menu = page.header.more_menu()
    [action] = [one for one in menu.actions() if one.text() == "Export transcript…"]
    action.trigger()
    assert panel_of(page).format is Format.HTML
    page.popovers.close()
    menu.close()
    press(page, Qt.Key.Key_E, CONTROL_SHIFT)
    assert panel_of(page).format is Format.HTML
    page.popovers.close()
    write(page.composer.edit, "/export")
    press(page.composer.edit, Qt.Key.Key_Escape)
    press(page.composer.edit, Qt.Key.Key_Return)
    assert panel_of(page).format is Format.HTML
    assert page.composer.edit.toPlainText() == ""


def test_there_is_nothing_to_export_before_one_is_in(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    page = shown_page(qtbot, room, theme)
    assert "Export transcript…" not in [one.text() for one in page.header.more_menu().actions()]
    page.exporting.open()
    assert page.popovers.current is None


def test_a_file_that_is_there_stays_until_one_says_replace(
    qtbot: QtBot, page: ChatPage, tmp_path: Path
) -> None:
    path = tmp_path / "lab.html"
    path.write_text("holiday")
    export_to(page, path)
    assert "“lab.html” is there already." in bar_says(page)
    assert path.read_text() == "holiday"
    press_button(page)
    qtbot.waitUntil(lambda: "Saved" in bar_says(page))
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_failure_is_told_and_can_be_put_away(
    qtbot: QtBot, page: ChatPage, tmp_path: Path
) -> None:
    path = tmp_path / "lab.html"
    page.exporting.open()
    click(panel_of(page).save)
    page.exporting._on_place_chosen(str(tmp_path / "nowhere" / path.name))
    qtbot.waitUntil(lambda: "Nothing was exported." in bar_says(page))
    assert "Choose another folder" in bar_says(page)
    assert page.exporting.bar.info is not None
    page.exporting.bar.info._on_close_clicked()
    assert bar_says(page) == ""


def test_private_messages_are_left_out_unless_one_says_so(page: ChatPage) -> None:
    page.exporting.open()
    panel = panel_of(page)
    assert not panel.wanted.private
    panel.private.setChecked(True)
    assert panel.wanted.private


@pytest.fixture
def with_older(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    """A page of a room whose host has 500 messages more than are here."""
    room.join(last_seq=600)
    room.say("Marina", "now")
    first = 600 - 100
    said = [room.said("Marina", f"message {seq}") for seq in range(first + 1, 601)]
    room.session.receive(Page(after=first, until=600, said=tuple(said)))
    return shown_page(qtbot, room, theme)


def test_what_the_host_has_is_fetched_and_can_be_cancelled(
    qtbot: QtBot, with_older: ChatPage, tmp_path: Path
) -> None:
    page = with_older
    page.exporting.open()
    panel = panel_of(page)
    assert panel.from_host is not None
    assert panel.wanted.from_host
    click(panel.save)
    choose_place(page, tmp_path / "lab.html")
    assert "Exporting “lab.html”" in bar_says(page)
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob(".papo-*"))))
    page.exporting.open()
    assert page.popovers.current is None
    press_button(page)
    assert bar_says(page) == ""
    assert not list(tmp_path.glob("*papo*"))
    assert not (tmp_path / "lab.html").exists()


def test_without_a_connection_one_exports_what_is_here(with_older: ChatPage, room: Room) -> None:
    room.session.set_connection(Connection(Phase.WAITING, retry_at=1.0))
    with_older.exporting.open()
    panel = panel_of(with_older)
    assert panel.from_host is not None
    assert not panel.from_host.isEnabled()
    assert not panel.wanted.from_host


def test_a_page_made_anew_goes_on_with_the_export(
    qtbot: QtBot, with_older: ChatPage, room: Room, theme: Theme, tmp_path: Path
) -> None:
    export_to(with_older, tmp_path / "lab.json", Format.JSON)
    export = with_older.exporting.export
    assert export is not None
    other = shown_page(qtbot, room, theme)
    carry_room(with_older, other)
    with_older.deleteLater()
    assert "Exporting “lab.json”" in bar_says(other)
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob(".papo-*"))))
    press_button(other)
    assert export.state is ExportState.CANCELLED
    assert bar_says(other) == ""


def test_a_room_that_is_closed_leaves_no_half_file(
    qtbot: QtBot, with_older: ChatPage, room: Room, tmp_path: Path
) -> None:
    export_to(with_older, tmp_path / "lab.html")
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob(".papo-*"))))
    room.session.close()
    assert not list(tmp_path.glob("*lab*"))
    assert not list(tmp_path.glob(".papo-*"))


def test_messages_go_on_coming_meanwhile(
    qtbot: QtBot, page: ChatPage, room: Room, tmp_path: Path
) -> None:
    export_to(page, tmp_path / "lab.json", Format.JSON)
    room.session.receive(Live(said=(room.said("Marina", "later"),)))
    qtbot.waitUntil(lambda: "Saved" in bar_says(page))
    found = json.loads((tmp_path / "lab.json").read_text("utf-8"))
    assert [one["text"] for one in found["messages"]] == [f"message {n}" for n in range(3)]


@given(st.text())
def test_every_file_system_takes_the_suggested_name(room: str) -> None:
    name = suggested_name(room, NOON, "html")
    assert name.startswith("Papo ")
    assert name.endswith(".html")
    assert not set(name) & set('<>:"/\\|?*\n\0')
    assert "." not in name.removesuffix(".html")
    assert len(name.encode()) < 200
