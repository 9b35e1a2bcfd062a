"""Putting the rooms in order, and the menu of a room: by mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PyQt6.QtTest import QAbstractItemModelTester
from PyQt6.QtWidgets import QApplication, QMenu, QWidget

from app.ui.rail.open_rooms import OpenRooms
from app.ui.rail.rail import WIDE, Rail
from tests.ui.hands import click, press
from tests.ui.rail.open import a_room, say
from tests.ui.still_clock import StillClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.session.room_session import RoomSession
    from app.support.settings import SettingsFile
    from app.ui.theme.theme import Theme

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def rail(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> Rail:
    rail = Rail(theme, StillClock(), rooms=OpenRooms(settings, parent=theme))
    qtbot.addWidget(rail)
    QAbstractItemModelTester(
        rail.model, QAbstractItemModelTester.FailureReportingMode.Fatal, rail.model
    )
    for name in ("A", "B", "C"):
        rail.model.add_session(a_room(rail, name))
    rail.resize(WIDE, 600)
    with qtbot.waitActive(rail):
        rail.show()
    return rail


def port(rail: Rail) -> QWidget:
    found = rail.view.viewport()
    assert found is not None
    return found


def names(rail: Rail) -> str:
    return "".join(session.info.name for session in rail.model.sessions)


def named(rail: Rail, name: str) -> RoomSession:
    return next(session for session in rail.model.sessions if session.info.name == name)


def middle(rail: Rail, name: str) -> QPoint:
    row = rail.model.row_of(named(rail, name))
    return rail.view.visualRect(rail.model.index(row)).center()


def mouse(rail: Rail, kind: QEvent.Type, at: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    there = QPointF(port(rail).mapToGlobal(at))
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(port(rail), QMouseEvent(kind, QPointF(at), there, button, held, plain))


def drag(rail: Rail, name: str, to: QPoint) -> None:
    mouse(rail, QEvent.Type.MouseButtonPress, middle(rail, name))
    mouse(rail, QEvent.Type.MouseMove, middle(rail, name) + QPoint(0, 15))
    mouse(rail, QEvent.Type.MouseMove, to)


def drop(rail: Rail, at: QPoint) -> None:
    mouse(rail, QEvent.Type.MouseButtonRelease, at)


def test_a_room_is_dragged_to_another_place_and_that_is_remembered(
    qtbot: QtBot, rail: Rail, settings: SettingsFile
) -> None:
    at = middle(rail, "C") + QPoint(0, 10)
    with qtbot.assertNotEmitted(rail.session_chosen):
        drag(rail, "A", at)
        assert rail.view.is_dragging
        before = names(rail)
        drop(rail, at)
    assert (before, names(rail)) == ("ABC", "BCA")
    assert settings.values.rail_order == [session.key for session in rail.model.sessions]
    top = middle(rail, "B") - QPoint(0, 10)
    drag(rail, "C", top)
    drop(rail, top)
    assert names(rail) == "CBA"


def test_a_drag_is_taken_back_with_escape(qtbot: QtBot, rail: Rail) -> None:
    at = middle(rail, "C") + QPoint(0, 10)
    rail.view.setFocus()
    drag(rail, "A", at)
    press(rail.view, Qt.Key.Key_Escape)
    assert not rail.view.is_dragging
    with qtbot.assertNotEmitted(rail.view.dropped):
        drop(rail, at)
    assert names(rail) == "ABC"


def test_a_drag_to_its_own_place_changes_nothing(rail: Rail, settings: SettingsFile) -> None:
    at = middle(rail, "B") + QPoint(0, 12)
    drag(rail, "B", at)
    drop(rail, at)
    assert names(rail) == "ABC"
    assert settings.values.rail_order == []


def test_a_room_that_closes_while_it_is_dragged_is_let_go(rail: Rail) -> None:
    at = middle(rail, "C") + QPoint(0, 10)
    drag(rail, "A", at)
    rail.model.remove_session(named(rail, "A"))
    rail.grab()
    drop(rail, at)
    assert names(rail) == "BC"


def test_a_hand_that_trembles_still_clicks(qtbot: QtBot, rail: Rail) -> None:
    with qtbot.waitSignal(rail.session_chosen, timeout=1000) as chosen:
        mouse(rail, QEvent.Type.MouseButtonPress, middle(rail, "B"))
        mouse(rail, QEvent.Type.MouseMove, middle(rail, "B") + QPoint(1, 1))
        mouse(rail, QEvent.Type.MouseButtonRelease, middle(rail, "B") + QPoint(1, 1))
    assert chosen.args == [named(rail, "B")]


def test_keys_move_the_room_that_has_the_keyboard(rail: Rail, settings: SettingsFile) -> None:
    rail.set_current(named(rail, "A"))
    rail.view.setFocus()
    press(rail.view, Qt.Key.Key_Down, CONTROL_SHIFT)
    assert names(rail) == "BAC"
    press(rail.view, Qt.Key.Key_Down, CONTROL_SHIFT)
    press(rail.view, Qt.Key.Key_Down, CONTROL_SHIFT)
    assert names(rail) == "BCA"
    press(rail.view, Qt.Key.Key_Up, CONTROL_SHIFT)
    assert names(rail) == "BAC"
    assert len(settings.values.rail_order) == 3


def texts(menu: QMenu) -> dict[str, bool]:
    return {
        action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()
    }


def choose(rail: Rail, name: str, text: str) -> None:
    menu = rail.menu.menu_for(named(rail, name))
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_the_menu_offers_what_makes_sense(rail: Rail) -> None:
    say(named(rail, "A"), "hello")
    assert texts(rail.menu.menu_for(named(rail, "A"))) == {
        "Open": True,
        "Mark as read": True,
        "Mute": True,
        "Move up": False,
        "Move down": True,
        "Copy invite": True,
        "Leave room": True,
    }
    new = a_room(rail, "New", known=False)
    rail.model.add_session(new)
    offered = texts(rail.menu.menu_for(new))
    assert not any(offered[text] for text in ("Mark as read", "Mute", "Copy invite", "Move down"))


def test_the_menu_does_what_it_says(qtbot: QtBot, rail: Rail) -> None:
    a = named(rail, "A")
    say(a, "hello")
    choose(rail, "A", "Mark as read")
    assert a.unread == 0
    choose(rail, "A", "Mute")
    assert rail.model.rooms.is_muted(a)
    choose(rail, "A", "Unmute")
    assert not rail.model.rooms.is_muted(a)
    choose(rail, "A", "Move down")
    assert names(rail) == "BAC"
    choose(rail, "A", "Move up")
    assert names(rail) == "ABC"
    choose(rail, "A", "Copy invite")
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "papo://invite"
    with qtbot.waitSignal(rail.session_chosen, timeout=1000) as opened:
        choose(rail, "B", "Open")
    assert opened.args == [named(rail, "B")]
    with qtbot.waitSignal(rail.leave_requested, timeout=1000) as left:
        choose(rail, "C", "Leave room")
    assert left.args == [named(rail, "C")]


def test_what_is_marked_as_read_is_counted_anew_after(rail: Rail) -> None:
    a = named(rail, "A")
    say(a, "@Leo", "hello")
    choose(rail, "A", "Mark as read")
    say(a, "and more")
    assert (a.unread, rail.model.rooms.mentions(a)) == (1, 0)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_opens_with_the_right_button_and_with_keys(qtbot: QtBot, rail: Rail) -> None:
    reasons = QContextMenuEvent.Reason
    at = middle(rail, "B")
    there = port(rail).mapToGlobal(at)
    with qtbot.waitSignal(rail.view.menu_requested, timeout=1000) as asked:
        QApplication.sendEvent(port(rail), QContextMenuEvent(reasons.Mouse, at, there))
    _close_menus()
    assert asked.args is not None
    assert asked.args[0] is named(rail, "B")
    rail.set_current(named(rail, "C"))
    rail.view.setFocus()
    with qtbot.waitSignal(rail.view.menu_requested, timeout=1000) as asked:
        press(rail.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    _close_menus()
    assert asked.args is not None
    assert asked.args[0] is named(rail, "C")
    with qtbot.assertNotEmitted(rail.view.menu_requested):
        head = rail.view.visualRect(rail.model.index(0)).center()
        where = port(rail).mapToGlobal(head)
        QApplication.sendEvent(port(rail), QContextMenuEvent(reasons.Mouse, head, where))


def _close_menus() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def test_keys_go_to_the_rooms_that_want_attention(rail: Rail) -> None:
    a, b, c = rail.model.sessions
    rail.set_current(a)
    assert rail.unread_neighbour(1) is None
    say(a, "here")
    assert rail.unread_neighbour(1) is None
    say(b, "hello")
    say(c, "hello")
    assert (rail.unread_neighbour(1), rail.unread_neighbour(-1)) == (b, c)
    rail.model.rooms.set_muted(b, True)
    assert rail.unread_neighbour(1) is c
    say(b, "@Leo")
    assert rail.unread_neighbour(1) is b
    rail.set_current(None)
    assert (rail.unread_neighbour(1), rail.unread_neighbour(-1)) == (a, c)


def test_the_magnifying_glass_asks_where_to_go(qtbot: QtBot, rail: Rail) -> None:
    assert "Ctrl+K" in rail.search.toolTip()
    with qtbot.waitSignal(rail.switcher_requested, timeout=1000):
        click(rail.search)
