"""The choices of a room, and for how long one has peace."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import Qt

from app.ui.notifications.choices import FOR_GOOD
from app.ui.notifications.quiet import QuietFor, QuietMenu, quiet_sentence, until
from app.ui.notifications.quiet_button import QuietButton
from app.ui.notifications.room_menu import RoomNotifyMenu
from app.ui.notifications.tray import Tray
from tests.ui.hands import press
from tests.ui.still_clock import NOON, StillClock

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QMenu
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme
    from tests.ui.notifications.desk import Desk

KEY = "ab" * 32


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def checked(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isChecked()]


# The offscreen platform has neither.
@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_room_follows_the_settings_until_it_has_its_own_choice(desk: Desk) -> None:
    menu = RoomNotifyMenu(KEY, desk.choices, desk.clock, desk.window)
    assert checked(menu) == ["As in the settings: All messages"]
    menu.popup(desk.window.pos())
    for _ in range(4):
        press(menu, Qt.Key.Key_Down)
    press(menu, Qt.Key.Key_Return)
    assert desk.choices.level_of(KEY) == "none"
    again = RoomNotifyMenu(KEY, desk.choices, desk.clock, desk.window)
    assert checked(again) == ["None"]
    again.actions()[0].trigger()
    assert desk.choices.values.room_notify == {}


def test_before_the_room_is_known_nothing_can_be_chosen(desk: Desk) -> None:
    menu = RoomNotifyMenu("", desk.choices, desk.clock, desk.window)
    assert not any(action.isEnabled() for action in menu.actions() if action.isCheckable())


def test_the_room_s_menu_has_it(desk: Desk) -> None:
    lab = desk.room()
    menu = desk.window._pages[lab].header.more_menu()
    assert "Notifications" in texts(menu)


def test_peace_is_chosen_and_ended(desk: Desk) -> None:
    menu = QuietMenu(desk.choices, desk.clock, desk.window)
    assert len(texts(menu)) == 4
    menu.actions()[0].trigger()
    assert desk.choices.values.quiet_until == desk.clock.now() + 1800
    menu = QuietMenu(desk.choices, desk.clock, desk.window)
    end = menu.actions()[1]
    assert end.text() == "Turn off do not disturb"
    end.trigger()
    assert desk.choices.values.quiet_until == 0


def test_button_at_the_foot_of_the_rail(desk: Desk) -> None:
    lab = desk.room()
    desk.window.show_session(lab)
    (button,) = desk.window._rail.findChildren(QuietButton)
    assert button.isHidden()
    desk.choices.set_quiet_until(FOR_GOOD)
    assert button.isVisible()
    assert button.text() == "Do not disturb"
    press(button, Qt.Key.Key_Return)
    assert button.isHidden()
    assert desk.choices.values.quiet_until == 0


@given(st.floats(0, 4e9), st.sampled_from(QuietFor))
def test_peace_ends_later_than_it_begins_and_within_28_hours(now: float, choice: QuietFor) -> None:
    end = until(choice, now)
    if choice is QuietFor.FOR_GOOD:
        assert end == FOR_GOOD
        return
    assert now < end <= now + 29 * 3600
    if choice is QuietFor.TOMORROW:
        assert datetime.fromtimestamp(end).hour == 8  # noqa: DTZ006 - as the person's clock
        assert end - now > 2 * 3600


@pytest.mark.parametrize("end", [1e30, 1e15, NOON + 1e9])
def test_an_end_written_by_hand_is_no_trouble(end: float) -> None:
    assert quiet_sentence(end, NOON) == "Do not disturb"


def test_sentence_says_until_when() -> None:
    assert quiet_sentence(0, NOON) == ""
    assert quiet_sentence(NOON, NOON) == ""
    assert quiet_sentence(NOON + 60, NOON).startswith("Do not disturb until ")


def test_without_a_tray_there_is_no_icon(qtbot: QtBot, theme: Theme, desk: Desk) -> None:
    assert qtbot is not None
    tray = Tray(theme, desk.choices, StillClock(), desk.window)
    tray.look_for_place()
    tray.set_dotted(True)
    tray.refresh()
    assert not tray.is_shown
    assert not tray.show_message(1, "title", "body")
    tray.remove()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
def test_where_there_is_a_tray_there_is_an_icon_with_a_menu(
    theme: Theme, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "app.ui.notifications.tray.QSystemTrayIcon.isSystemTrayAvailable", lambda: True
    )
    tray = Tray(theme, desk.choices, desk.clock, desk.window)
    tray.look_for_place()
    assert tray.is_shown
    assert tray.menu is not None
    assert texts(tray.menu) == ["Open Papo", "Do not disturb", "Quit"]
    desk.choices.set_quiet_until(FOR_GOOD)
    assert texts(tray.menu) == ["Open Papo", "Do not disturb", "Turn off do not disturb", "Quit"]
    tray.menu.actions()[3].trigger()
    assert desk.choices.values.quiet_until == 0
    tray.set_dotted(True)
    tray.remove()
    tray.look_for_place()
    assert not tray.is_shown
