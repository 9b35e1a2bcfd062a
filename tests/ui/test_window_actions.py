"""The window's keys: they do what the sheet says, and the sheet says all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QApplication, QLineEdit, QWidget

from app.protocol.messages import Member, Roster
from app.session.connection import Connection, Phase
from app.support.settings import RecentRoom
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.composer.marks import BOLD, CODE, ITALIC, STRIKE, mark_of
from app.ui.chat.header.menu_button import MenuButton
from app.ui.main_window import MainWindow
from app.ui.requests import HostRequest
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.shortcuts import ACTIONS, Command, combination, groups, native_keys, sequences
from app.ui.switcher.switcher import Switcher
from app.ui.window_actions import KeysFirst
from tests.helpers.clock import ManualClock
from tests.helpers.sessions import texts
from tests.ui.hands import click, press, write
from tests.ui.rail.open import a_room, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytestqt.qtbot import QtBot

    from app.session.room_session import RoomSession
    from app.support.settings import SettingsFile
    from app.ui.theme.theme import Theme

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> MainWindow:
    settings.values.recent = [
        RecentRoom(name="Chess club", at=0, target="10.0.0.7:9090"),
        RecentRoom(name="Reading circle", at=0, hosted=True),
    ]
    settings.values.nickname = "Leo"
    window = MainWindow(theme, settings, ManualClock())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def enter(window: MainWindow, *names: str) -> list[RoomSession]:
    """Open these rooms, and show the first."""
    sessions = [a_room(window, name) for name in names]
    for session in sessions:
        session.set_connection(Connection(Phase.ONLINE))
        window.add_session(session)
    window.show_session(sessions[0])
    return sessions


def people(session: RoomSession, *nicks: str) -> None:
    members = [
        Member(number=n, nick=nick, device=n.to_bytes(32, "big"), role="member")
        for n, nick in enumerate(("Leo", *nicks), start=1)
    ]
    session.receive(Roster(members=tuple(members)))


def switcher(window: MainWindow) -> Switcher:
    return next(one for one in window.findChildren(Switcher) if one.isVisible())


def is_open(window: MainWindow, kind: type[QWidget]) -> bool:
    return any(one.isVisible() for one in window.findChildren(kind))


def focus(window: MainWindow) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def go_to(window: MainWindow, typed: str) -> Switcher:
    press(focus(window), Qt.Key.Key_K, CONTROL)
    opened = switcher(window)
    write(focus(window), typed)
    return opened


# --- from room to room --------------------------------------------------------------------------


def test_keys_go_to_the_next_unread_room_and_round(window: MainWindow) -> None:
    a, b, c, d = enter(window, "A", "B", "C", "D")
    say(b, "hello")
    say(d, "hello")
    press(focus(window), Qt.Key.Key_Down, ALT | SHIFT)
    assert window.current_session is b
    press(focus(window), Qt.Key.Key_Down, ALT | SHIFT)
    assert window.current_session is d
    say(a, "hello")
    press(focus(window), Qt.Key.Key_Down, ALT | SHIFT)
    assert window.current_session is a
    press(focus(window), Qt.Key.Key_Up, ALT | SHIFT)
    assert window.current_session is a
    say(c, "hello")
    press(focus(window), Qt.Key.Key_Up, ALT | SHIFT)
    assert window.current_session is c


def test_the_count_over_the_menu_obeys_muting(window: MainWindow) -> None:
    _a, b, c = enter(window, "A", "B", "C")
    window.resize(420, 600)
    say(b, "hello")
    say(c, "hello", "again")
    window.rooms.set_muted(c, True)
    button = next(one for one in window.findChildren(MenuButton) if one.isVisible())
    assert button.accessibleName().startswith("Rooms, 1 new")
    say(c, "@Leo")
    assert button.accessibleName().startswith("Rooms, 2 new")


def test_mute_mentions_and_order_outlive_new_texts(window: MainWindow) -> None:
    a, b, c = enter(window, "A", "B", "C")
    say(b, "@Leo")
    window.rooms.set_muted(b, True)
    rail = window._rail
    rail.menu.move(c, -2)
    window._on_texts_changed()
    assert window._rail is not rail
    assert window._rail.model.sessions == (c, a, b)
    assert window.rooms.mentions(b) == 1
    press(focus(window), Qt.Key.Key_Down, ALT | SHIFT)
    assert window.current_session is b
    press(focus(window), Qt.Key.Key_K, CONTROL)
    assert len([one for one in window.findChildren(Switcher) if one.isVisible()]) == 1


def test_leaving_from_the_list_asks_in_the_room_itself(qtbot: QtBot, window: MainWindow) -> None:
    _a, b = enter(window, "A", "B")
    with qtbot.waitSignal(window.leave_requested, timeout=1000) as left:
        window._rail.menu.leave_requested.emit(b)
    assert left.args == [b]
    assert window.current_session is b


# --- the switcher -------------------------------------------------------------------------------


def test_a_few_letters_and_enter_go_to_a_room(window: MainWindow) -> None:
    _a, lab = enter(window, "Hack Night", "Robotics Lab")
    go_to(window, "rob")
    press(focus(window), Qt.Key.Key_Return)
    assert window.current_session is lab
    assert not is_open(window, Switcher)
    # At once and without a letter it is the way back.
    press(focus(window), Qt.Key.Key_K, CONTROL)
    press(focus(window), Qt.Key.Key_Return)
    assert window.current_session is _a


def test_the_keyboard_goes_back_to_where_it_was(window: MainWindow) -> None:
    enter(window, "Lab")
    before = focus(window)
    go_to(window, "x")
    assert focus(window) is not before
    press(focus(window), Qt.Key.Key_Escape)
    assert focus(window) is before
    press(before, Qt.Key.Key_K, CONTROL)
    press(focus(window), Qt.Key.Key_K, CONTROL)
    assert not is_open(window, Switcher)
    assert focus(window) is before


def test_keys_and_mouse_choose_a_row(window: MainWindow) -> None:
    names = [f"Room {n:02}" for n in range(30)]
    sessions = enter(window, "Here", *names)
    opened = go_to(window, "room")
    view = opened.list
    keys = Qt.Key
    steps = [
        (keys.Key_Down, 1),
        (keys.Key_Up, 0),
        (keys.Key_Up, len(opened.offered) - 1),
        (keys.Key_Down, 0),
        (keys.Key_End, len(opened.offered) - 1),
        (keys.Key_Home, 0),
    ]
    for key, row in steps:
        press(focus(window), key)
        assert view.row == row
        assert opened.field.accessibleDescription().startswith(opened.offered[row].text)
    press(focus(window), keys.Key_PageDown)
    assert 3 < view.row < 12
    press(focus(window), keys.Key_PageUp)
    assert view.row == 0
    port = view.viewport()
    assert port is not None
    click(port, view.visualRect(view.offers.index(2)).center())
    assert window.current_session in sessions[1:]
    assert not is_open(window, Switcher)


def test_a_click_beside_it_closes_it(window: MainWindow) -> None:
    enter(window, "Lab")
    opened = go_to(window, "")
    click(opened, QPoint(5, opened.height() - 5))
    assert not is_open(window, Switcher)


def test_what_nobody_is_called_says_what_to_do(window: MainWindow) -> None:
    enter(window, "Lab")
    opened = go_to(window, "<b>zzz")
    assert opened.nothing.isVisible()
    assert "“<b>zzz”" in opened.nothing.full_text
    assert opened.field.accessibleDescription().startswith("Nothing here is called")
    press(focus(window), Qt.Key.Key_Return)
    assert window.start_page.isVisible()


def test_a_recent_room_is_gone_to_again(qtbot: QtBot, window: MainWindow) -> None:
    enter(window, "Lab")
    go_to(window, "circle")
    with qtbot.waitSignal(window.host_requested, timeout=1000) as asked:
        press(focus(window), Qt.Key.Key_Return)
    assert asked.args is not None
    assert isinstance(asked.args[0], HostRequest)
    assert asked.args[0].room == "Reading circle"
    go_to(window, "chess")
    with qtbot.waitSignal(window.join_requested, timeout=1000) as asked:
        press(focus(window), Qt.Key.Key_Return)


def test_a_person_is_written_to(window: MainWindow) -> None:
    (lab,) = enter(window, "Lab")
    people(lab, "Ana María", "Tom")
    go_to(window, "maria")
    press(focus(window), Qt.Key.Key_Return)
    page = window.findChildren(ChatPage)[0]
    assert page.composer.private_nick == "Ana María"
    assert focus(window) is page.composer.edit


def test_commands_are_done(window: MainWindow) -> None:
    enter(window, "Lab")
    go_to(window, "settings")
    press(focus(window), Qt.Key.Key_Return)
    assert window.windowTitle() == "Settings – Papo"
    go_to(window, "keyboard")
    press(focus(window), Qt.Key.Key_Return)
    assert is_open(window, ShortcutSheet)


def test_the_switcher_fits_a_narrow_window_and_lies_over_no_drawer(window: MainWindow) -> None:
    enter(window, "Lab", "Family")
    window.resize(360, 480)
    window._drawer.open()
    press(focus(window), Qt.Key.Key_K, CONTROL)
    assert not window._drawer.is_open
    card = switcher(window).card
    assert card.x() >= 0
    assert card.geometry().right() < 360
    assert card.geometry().bottom() < 480


def test_a_text_field_does_not_keep_the_windows_keys(qtbot: QtBot) -> None:
    claimed: list[bool] = []

    class Greedy(QLineEdit):
        def event(self, event: QEvent | None) -> bool:
            if event is not None and event.type() == QEvent.Type.ShortcutOverride:
                claimed.append(True)
                event.accept()
                return True
            return super().event(event)

    field = Greedy()
    qtbot.addWidget(field)
    first = KeysFirst(field)
    first.take(Command.SWITCH)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    for key, kept in ((Qt.Key.Key_K, False), (Qt.Key.Key_J, True)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CONTROL)
        event.ignore()
        QApplication.sendEvent(field, event)
        assert event.isAccepted() is kept
    assert claimed == [True]


# --- the sheet ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Slash, CONTROL)]
)
def test_keys_open_and_close_the_sheet(
    window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    enter(window, "Lab")
    before = focus(window)
    press(before, key, held)
    assert is_open(window, ShortcutSheet)
    press(focus(window), Qt.Key.Key_Down)
    press(focus(window), key, held)
    assert not is_open(window, ShortcutSheet)
    assert focus(window) is before


def test_the_sheet_reads_out_every_command_and_closes(window: MainWindow) -> None:
    press(focus(window), Qt.Key.Key_F1)
    sheet = window.findChildren(ShortcutSheet)[0]
    rows = sheet.view.rows
    spoken = [
        str(rows.data(rows.index(row), Qt.ItemDataRole.AccessibleTextRole))
        for row in range(rows.rowCount())
    ]
    for group in groups():
        assert group.title in spoken
        for line in group.lines:
            assert f"{line.text}: {', '.join(native_keys(line.command))}" in spoken
    window.resize(360, 480)
    assert sheet.card.geometry().bottom() < 480
    assert not sheet.grab().isNull()
    click(sheet.close_button)
    assert not is_open(window, ShortcutSheet)


def test_settings_lead_to_the_sheet(window: MainWindow) -> None:
    window.show_settings()
    page = window._settings_place.page
    assert page is not None
    click(page.shortcuts)
    assert is_open(window, ShortcutSheet)


def _texts(found: Iterable[QKeySequence]) -> set[str]:
    return {keys.toString() for keys in found}


def test_the_table_and_the_actions_are_the_same(window: MainWindow) -> None:
    enter(window, "Lab")
    bound: set[str] = set()
    for action in window.findChildren(QAction):
        bound |= _texts(action.shortcuts())
    # Qt gives the menu of a text field's own actions, which are no keys of the window.
    told = {keys for command in ACTIONS for keys in _texts(sequences(command))}
    assert bound == told


def test_every_command_is_on_the_sheet_once() -> None:
    shown = [line.command for group in groups() for line in group.lines]
    assert sorted(shown, key=lambda command: command.value) == list(Command)


def test_no_two_actions_share_a_key() -> None:
    keys = [text for command in ACTIONS for text in _texts(sequences(command))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("command", "mark"),
    [
        (Command.BOLD, BOLD),
        (Command.ITALIC, ITALIC),
        (Command.STRIKE, STRIKE),
        (Command.CODE, CODE),
    ],
)
def test_the_keys_for_marks_are_those_of_the_table(
    window: MainWindow, command: Command, mark: str
) -> None:
    enter(window, "Lab")
    keys = combination(command)
    event = QKeyEvent(QEvent.Type.KeyPress, keys.key(), keys.keyboardModifiers())
    assert mark_of(event) == mark
    edit = window.findChildren(ChatPage)[0].composer.edit
    edit.setPlainText("word")
    edit.selectAll()
    press(edit, keys.key(), keys.keyboardModifiers())
    assert edit.toPlainText() == f"{mark}word{mark}"


def strike(widget: QWidget, command: Command, which: int = 0) -> None:
    """Press the keys that the table gives for a command."""
    keys = sequences(command)[which][0]
    press(widget, keys.key(), keys.keyboardModifiers())


def test_the_keys_for_writing_are_those_of_the_table(window: MainWindow) -> None:
    (lab,) = enter(window, "Lab")
    edit = window.findChildren(ChatPage)[0].composer.edit
    write(edit, "one")
    strike(edit, Command.BREAK)
    write(edit, "two")
    assert edit.toPlainText() == "one\ntwo"
    strike(edit, Command.SEND)
    assert edit.toPlainText() == ""
    assert texts(lab)[-1] == "one\ntwo"


def test_the_keys_for_messages_are_those_of_the_table(window: MainWindow) -> None:
    (lab,) = enter(window, "Lab")
    say(lab, "first", "second", "third")
    view = window.findChildren(ChatPage)[0].timeline.view
    view.setFocus()

    def copied() -> str:
        strike(view, Command.COPY)
        clipboard = QGuiApplication.clipboard()
        assert clipboard is not None
        return clipboard.text()

    strike(view, Command.ENDS, 1)
    strike(view, Command.STEP)
    assert "second" in copied()
    strike(view, Command.STEP, 1)
    assert "third" in copied()
    strike(view, Command.SELECT)
    both = copied()
    assert "second" in both
    assert "third" in both
    strike(view, Command.CLOSE)
    assert not view.selectedIndexes()
