"""The files and pictures of a room, as one looks through them."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QModelIndex, QPoint, Qt
from PyQt6.QtGui import QContextMenuEvent, QGuiApplication
from PyQt6.QtTest import QAbstractItemModelTester, QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.protocol import messages as m
from app.session.connection import Connection, Phase
from app.session.shelf import ShelfFile
from app.ui.carrying import carry_room
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.files_panel.panel import BREATH, PAUSE, FilesPanel
from app.ui.files.wishes import FileWish
from app.ui.shortcuts import Command, sequences
from app.ui.theme.theme import Scheme, Theme
from tests.ui.chat.files_panel.shelves import (
    NAMES,
    Drawn,
    choose,
    line,
    lines,
    ref,
    said_with,
    tell,
    wishes,
)
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown(panel: FilesPanel) -> list[str]:
    return [file.ref.name for file in panel.model.files]


def text(panel: FilesPanel, row: int, role: Qt.ItemDataRole) -> str:
    return str(panel.model.data(panel.model.index(row, 0), role))


def copied() -> str:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


# --- opening and closing --------------------------------------------------------------------------


def test_the_keys_open_it_and_escape_gives_the_keyboard_back(room: Room, page: ChatPage) -> None:
    assert wishes(room) == []
    trigger(page)
    assert page.files.isVisible()
    assert page.files.field.edit.hasFocus()
    assert page.header.files.isChecked()
    assert wishes(room) == [m.ListFiles()]
    press(page.files.field.edit, Qt.Key.Key_Escape)
    assert not page.files.isVisible()
    assert page.composer.edit.hasFocus()
    assert not page.header.files.isChecked()


def trigger(page: ChatPage) -> None:
    keys = sequences(Command.FILES)
    next(action for action in page.actions() if action.shortcuts() == keys).trigger()


def test_the_button_shows_and_hides_it(page: ChatPage) -> None:
    click(page.header.files)
    assert page.files.isVisible()
    click(page.header.files)
    assert not page.files.isVisible()


def test_one_panel_at_a_time_is_at_the_side(page: ChatPage) -> None:
    page.side.show_files(True)
    page.side.show_search(True)
    assert (page.files.isVisible(), page.search.isVisible()) == (False, True)
    page.side.show_files(True)
    assert (page.files.isVisible(), page.search.isVisible()) == (True, False)
    page.side.show_roster(True)
    assert (page.files.isVisible(), page.roster.isVisible()) == (False, True)


def test_in_a_narrow_window_it_is_in_the_menu(page: ChatPage) -> None:
    page.resize(420, 700)
    assert not page.header.files.isVisible()
    choose(page.header.more_menu(), "Files and pictures")
    assert page.files.isVisible()
    assert page.files.width() <= 420


def test_closed_it_asks_and_follows_no_more(room: Room, page: ChatPage, panel: FilesPanel) -> None:
    page.side.show_files(False)
    room.session.receive(m.Live(said=(said_with(1, "new.pdf"),)))
    assert "new.pdf" not in shown(panel)
    page.side.show_files(True)
    assert tell(room, lines(["new.pdf"])) == m.ListFiles()
    assert shown(panel) == ["new.pdf"]


# --- what is listed -------------------------------------------------------------------------------


def test_the_model_keeps_qts_rules(room: Room, panel: FilesPanel) -> None:
    tester = QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.model
    )
    assert tester.parent() is panel.model
    room.session.receive(m.Live(said=(said_with(1), said_with(2, "a.pdf", "b.pdf"))))
    room.session.receive(m.Live(said=(said_with(101, "c.pdf", "d.pdf"),)))
    room.delete(101, by="Marina")
    room.delete(99, by="Marina")
    click(panel.tabs["files"])
    tell(room)
    assert panel.model.rowCount() == 0


def test_files_stand_under_their_months_and_are_read_out_whole(panel: FilesPanel) -> None:
    assert shown(panel) == list(NAMES)
    assert [(month.title, month.first) for month in panel.model.months] == [
        ("March", 0),
        ("February", 6),
    ]
    said = text(panel, 1, Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("run-2.ods, Spreadsheet, ")
    assert "Marina" in said


def test_another_years_month_has_its_year(room: Room, page: ChatPage) -> None:
    page.side.show_files(True)
    tell(room, (line(2, "a.pdf"), line(1, "b.pdf", days=100)))
    assert [month.title for month in page.files.model.months] == ["March", "November 2025"]


@pytest.mark.parametrize("at", [-(2**63), 0, 2**63 - 1])
def test_a_clock_may_say_anything(room: Room, page: ChatPage, at: int) -> None:
    page.side.show_files(True)
    one = m.FileLine(seq=1, at=at, nick="", device=bytes(32), files=(ref("a.pdf"),))
    tell(room, (one,))
    page.files.grab()
    assert text(page.files, 0, Qt.ItemDataRole.AccessibleTextRole)


def test_what_a_peer_sent_is_no_markup(room: Room, page: ChatPage) -> None:
    page.side.show_files(True)
    tell(room, (line(1, "x&lt;y.pdf", nick="<img src=x>"),))
    tooltip = text(page.files, 0, Qt.ItemDataRole.ToolTipRole)
    assert "x&amp;lt;y.pdf" in tooltip
    assert "<img" not in tooltip
    assert text(page.files, 0, Qt.ItemDataRole.DisplayRole) == "x&lt;y.pdf"


def test_pictures_are_a_grid_and_other_files_a_list(room: Room, panel: FilesPanel) -> None:
    click(panel.tabs["pictures"])
    assert tell(room, lines(["a.png", "b.png", "c.png"])) == m.ListFiles(sort="pictures")
    tops = {panel.view.visualRect(panel.model.index(row, 0)).top() for row in range(3)}
    assert len(tops) == 1
    click(panel.tabs["files"])
    assert panel.model.rowCount() == 0
    assert tell(room, lines(["a.pdf", "b.pdf"])) == m.ListFiles(sort="files")
    tops = {panel.view.visualRect(panel.model.index(row, 0)).top() for row in range(2)}
    assert len(tops) == 2


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_pictures_are_painted_once_they_are_there(
    room: Room, panel: FilesPanel, theme: Theme, scheme: Scheme
) -> None:
    theme.set_scheme(scheme)
    click(panel.tabs["pictures"])
    tell(room, lines(["a.png"]))
    before = panel.view.grab().toImage()
    panel.use_thumbnails(Drawn(panel))
    after = panel.view.grab().toImage()
    middle = panel.view.visualRect(panel.model.index(0, 0)).center()
    assert before.pixelColor(middle) != after.pixelColor(middle)


def test_new_files_come_above_and_deleted_ones_go(room: Room, page: ChatPage) -> None:
    page.side.show_files(True)
    tell(room)
    assert page.files.nothing.isVisible()
    room.session.receive(m.Live(said=(said_with(1, "a.pdf"),)))
    room.session.receive(m.Live(said=(said_with(2, "b.pdf"),)))
    assert shown(page.files) == ["b.pdf", "a.pdf"]
    assert not page.files.nothing.isVisible()
    room.last_seq = 2
    room.delete(1, by="Marina")
    assert shown(page.files) == ["b.pdf"]


def named(panel: FilesPanel, name: str) -> QModelIndex:
    return panel.model.index(shown(panel).index(name), 0)


def test_what_is_in_sight_stays_where_it_is(room: Room, panel: FilesPanel) -> None:
    bar = panel.view.verticalScrollBar()
    assert bar is not None
    bar.setValue(200)
    seen = panel.view.indexAt(QPoint(100, 100))
    name, place = shown(panel)[seen.row()], panel.view.visualRect(seen)
    newer = tuple(f for one in lines(["x.pdf", "y.pdf"], 300) for f in _shelved(one))
    room.session.shelf.came.emit(newer)
    assert shown(panel)[:2] == ["x.pdf", "y.pdf"]
    assert panel.view.visualRect(named(panel, name)) == place
    room.session.shelf.gone.emit(frozenset({300, 299}))
    assert panel.view.visualRect(named(panel, name)) == place


def _shelved(one: m.FileLine) -> list[ShelfFile]:
    return [ShelfFile(one.seq, one.at, one.nick, one.device, file) for file in one.files]


# --- searching ------------------------------------------------------------------------------------


def test_it_asks_once_one_pauses_or_presses_enter(room: Room, panel: FilesPanel) -> None:
    write(panel.field.edit, " re")
    room.clock.advance(PAUSE - 0.01)
    write(panel.field.edit, "p")
    room.clock.advance(PAUSE - 0.01)
    assert wishes(room) == []
    room.clock.advance(0.02)
    assert wishes(room) == [m.ListFiles(query="rep")]
    write(panel.field.edit, "ort")
    press(panel.field.edit, Qt.Key.Key_Return)
    assert wishes(room) == [m.ListFiles(query="report")]
    click(panel.tabs["pictures"])
    assert wishes(room) == [m.ListFiles(query="report", sort="pictures")]
    panel.field.clear()
    assert wishes(room) == [m.ListFiles(sort="pictures")]


def test_nothing_found_offers_to_clear(room: Room, panel: FilesPanel) -> None:
    write(panel.field.edit, "<b>zzz")
    press(panel.field.edit, Qt.Key.Key_Return)
    tell(room)
    assert panel.nothing.isVisible()
    assert panel.nothing.sentence == "Nothing found for “<b>zzz”."
    click(panel._clear)
    assert panel.field.edit.text() == ""
    tell(room, lines(["a.pdf"]))
    assert not panel.nothing.isVisible()


@pytest.mark.parametrize("sort", ["all", "pictures", "files"])
def test_where_there_is_nothing_it_says_so(room: Room, page: ChatPage, sort: m.FileSort) -> None:
    page.side.show_files(True)
    page.files.tabs[sort].click()
    assert not page.files.nothing.isVisible()
    assert page.files.loading.is_waiting
    tell(room)
    assert page.files.nothing.isVisible()
    assert "yet" in page.files.nothing.sentence
    assert not page.files.loading.is_waiting


def test_without_the_host_it_says_what_it_lists(room: Room, panel: FilesPanel) -> None:
    assert panel.note == ""
    room.session.set_connection(Connection(Phase.WAITING, retry_at=1.0))
    assert panel.note == ""
    click(panel.tabs["files"])
    room.clock.advance(0)
    assert panel.note.startswith("Not connected.")
    room.session.set_connection(Connection(Phase.ONLINE))
    tell(room, lines(["a.pdf"]))
    assert panel.note == ""


def test_older_files_come_as_one_scrolls_and_no_faster_than_the_room_takes(
    room: Room, page: ChatPage
) -> None:
    page.side.show_files(True)
    tell(room, lines(["x.pdf"] * 60, 1000), more=True)
    room.clock.advance(BREATH)
    assert wishes(room) == []
    page.files.view.enter()
    press(page.files.view, Qt.Key.Key_End)
    assert wishes(room) == [m.ListFiles(before=941)]
    room.session.receive(m.Files(before=941, lines=lines(["y.pdf"] * 60, 900), more=True))
    assert len(shown(page.files)) == 120
    press(page.files.view, Qt.Key.Key_End)
    assert wishes(room) == []
    room.clock.advance(BREATH)
    assert wishes(room) == [m.ListFiles(before=841)]


def test_a_short_page_is_followed_by_the_next(room: Room, page: ChatPage) -> None:
    page.side.show_files(True)
    tell(room, lines(["x.pdf"]), more=True)
    room.clock.advance(BREATH)
    assert wishes(room) == [m.ListFiles(before=100)]


# --- doing something with a file ------------------------------------------------------------------


def test_the_keyboard_walks_through_it(panel: FilesPanel) -> None:
    press(panel.field.edit, Qt.Key.Key_Down)
    view = panel.view
    assert view.hasFocus()
    assert view.currentIndex().row() == 0
    press(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    press(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == len(NAMES) - 1
    port = view.viewport()
    assert port is not None
    assert port.rect().contains(view.visualRect(view.currentIndex()))
    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Up)
    assert panel.tabs["all"].hasFocus()


def test_the_arrows_go_through_the_grid(room: Room, panel: FilesPanel) -> None:
    click(panel.tabs["pictures"])
    tell(room, lines([f"{n}.png" for n in range(6)]))
    panel.view.enter()
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_PageDown, 3),
    ):
        press(panel.view, key)
        assert panel.view.currentIndex().row() == row


def test_enter_and_a_double_click_open_a_file(qtbot: QtBot, panel: FilesPanel) -> None:
    press(panel.field.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.activated) as opened:
        press(panel.view, Qt.Key.Key_Return)
    assert opened.args == [panel.model.file(0).ref, 100]
    port = panel.view.viewport()
    assert port is not None
    second = panel.view.visualRect(panel.model.index(1, 0)).center()
    with qtbot.waitSignal(panel.activated) as opened:
        double_click(port, second)
    assert opened.args == [panel.model.file(1).ref, 99]
    assert panel.view.currentIndex().row() == 1


def double_click(widget: QWidget, at: QPoint) -> None:
    click(widget, at)
    QTest.mouseDClick(  # type: ignore[call-overload]
        widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
    )


def test_the_menu_leads_to_the_message_and_copies_the_name(qtbot: QtBot, panel: FilesPanel) -> None:
    menu = panel.menu_for(0)
    assert {"Go to message", "Copy name"} <= {a.text() for a in menu.actions()}
    with qtbot.waitSignal(panel.message_requested) as asked:
        choose(menu, "Go to message")
    assert asked.args == [100]
    choose(panel.menu_for(2), "Copy name")
    assert copied() == NAMES[2]
    panel.view.enter()
    press(panel.view, Qt.Key.Key_Down)
    press(panel.view, Qt.Key.Key_C, CTRL)
    assert copied() == NAMES[1]


@pytest.mark.parametrize("by_mouse", [False, True])
def test_a_menu_is_asked_for_by_keyboard_and_by_mouse(
    qtbot: QtBot, panel: FilesPanel, by_mouse: bool
) -> None:
    panel.view.menu_requested.disconnect()
    view, port = panel.view, panel.view.viewport()
    assert port is not None
    view.enter()
    at = view.visualRect(panel.model.index(2 if by_mouse else 0, 0)).center()
    with qtbot.waitSignal(view.menu_requested) as asked:
        if by_mouse:
            reason = QContextMenuEvent.Reason.Mouse
            QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
        else:
            press(view, Qt.Key.Key_F10, SHIFT)
    assert asked.args == [2 if by_mouse else 0, port.mapToGlobal(at)]
    assert view.currentIndex().row() == asked.args[0]


@pytest.mark.parametrize("wish", list(FileWish))
def test_what_others_would_do_is_offered_and_wished(
    qtbot: QtBot, panel: FilesPanel, wish: FileWish
) -> None:
    panel.offered = lambda _ref: tuple(FileWish)
    # Whoever carries it out has tests of its own.
    panel.wished.disconnect()
    words = {FileWish.OPEN: "Open", FileWish.SAVE: "Save as…", FileWish.SHOW: "Show in folder"}
    with qtbot.waitSignal(panel.wished) as wished:
        choose(panel.menu_for(2), words[wish])
    assert wished.args == [wish.value, panel.model.file(2).ref, 98]


def test_going_to_a_message_uncovers_it_in_a_narrow_window(
    qtbot: QtBot, room: Room, page: ChatPage
) -> None:
    room.session.receive(m.Live(said=(said_with(1, "a.pdf"),)))
    page.resize(420, 700)
    page.side.show_files(True)
    tell(room, (line(1, "a.pdf"),))
    with qtbot.waitSignal(page.timeline.seek.found):
        page.files.message_requested.emit(1)
    assert not page.files.isVisible()
    assert page.timeline.view.hasFocus()


def test_a_message_out_of_reach_is_said_to_be(
    qtbot: QtBot, page: ChatPage, panel: FilesPanel
) -> None:
    with qtbot.waitSignal(page.timeline.seek.failed):
        panel.message_requested.emit(77)
    assert "too far back" in panel.note


# --- made anew ------------------------------------------------------------------------------------


def test_another_page_of_the_room_goes_on_with_it(
    qtbot: QtBot, room: Room, theme: Theme, page: ChatPage, panel: FilesPanel
) -> None:
    write(panel.field.edit, "o")
    press(panel.field.edit, Qt.Key.Key_Return)
    click(panel.tabs["files"])
    tell(room, lines(["x.pdf"] * 80, 1000), more=True)
    panel.view.enter()
    panel.view.go_to(20)
    place = panel.view.place
    assert place > 0
    other = shown_page(qtbot, room, theme)
    carry_room(page, other)
    page.hide()
    page.deleteLater()
    assert other.files.isVisible()
    assert (other.files.sort, other.files.field.edit.text()) == ("files", "o")
    assert other.files.view.currentIndex().row() == 20
    assert other.files.view.place == place
    room.clock.advance(1)
    assert wishes(room) == []
    press(other.files.view, Qt.Key.Key_End)
    assert wishes(room) == [m.ListFiles(query="o", sort="files", before=921)]
