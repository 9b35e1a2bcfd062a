"""The page of settings: how one gets there and back, and what its controls do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from app.support.settings import SettingsFile
from app.ui.settings.preferences import TEXT_SIZES, Preferences
from app.ui.theme.theme import Scheme
from app.ui.widgets.info_bar import InfoBar
from tests.ui.hands import click, press
from tests.ui.settings.rooms import keep, open_room, settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.theme.theme import Theme
    from tests.ui.chat.rooms import ManualClock

CONTROL = Qt.KeyboardModifier.ControlModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_keys_open_it_and_escape_leads_back_to_the_room(
    window: MainWindow, clock: ManualClock
) -> None:
    lab = open_room(window, clock)
    window.show_session(lab)
    press(focused(), Qt.Key.Key_Comma, CONTROL)
    page = settings_of(window)
    assert page.isVisible()
    assert window.windowTitle() == "Settings – Papo"
    assert isinstance(focused(), QRadioButton)
    press(focused(), Qt.Key.Key_Comma, CONTROL)
    assert settings_of(window) is page
    press(focused(), Qt.Key.Key_Escape)
    assert window.current_session is lab
    assert window.windowTitle() == "Lab – Papo"


def test_gears_in_rail_and_start_page_open_it(window: MainWindow, clock: ManualClock) -> None:
    press(window.start_page.top.settings, Qt.Key.Key_Return)
    click(settings_of(window).back)
    assert window.start_page.isVisible()
    window.show_session(open_room(window, clock))
    press(window._rail.settings, Qt.Key.Key_Space)
    assert settings_of(window).isVisible()


def test_a_narrow_windows_drawer_goes_when_settings_come(
    window: MainWindow, clock: ManualClock
) -> None:
    window.resize(420, 700)
    window.show_session(open_room(window, clock))
    window._drawer.open()
    click(window._rail.settings)
    assert settings_of(window).isVisible()
    assert not window._rail.isVisible()


def test_back_leads_to_the_start_page_where_the_room_is_gone(
    window: MainWindow, clock: ManualClock
) -> None:
    lab = open_room(window, clock)
    window.show_session(lab)
    window.show_settings()
    window.remove_session(lab)
    assert settings_of(window).isVisible()
    press(settings_of(window), Qt.Key.Key_Escape)
    assert window.start_page.isVisible()


def test_a_room_is_not_read_while_settings_are_shown(
    window: MainWindow, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=2)
    window.show_session(lab)
    window.show_settings()
    assert [page._active for page in window._pages.values()] == [False]
    press(settings_of(window), Qt.Key.Key_Escape)
    assert [page._active for page in window._pages.values()] == [True]


def test_theme_is_chosen_by_arrow_keys(
    qtbot: QtBot, window: MainWindow, theme: Theme, settings: SettingsFile
) -> None:
    window.show_settings()
    buttons = settings_of(window).scheme.buttons
    qtbot.waitUntil(lambda: buttons["dark"].x() > buttons["light"].x() > 0, timeout=2000)
    press(focused(), Qt.Key.Key_Right)
    press(focused(), Qt.Key.Key_Right)
    assert focused() is settings_of(window).scheme.buttons["dark"]
    assert theme.dark
    assert settings.values.scheme == "dark"
    theme.set_scheme(Scheme.SYSTEM)


def test_tab_leads_to_what_is_in_force_and_on(window: MainWindow, preferences: Preferences) -> None:
    preferences.set_scheme(Scheme.LIGHT)
    preferences.set_away_after(30)
    window.show_settings()
    page = settings_of(window)
    page.back.setFocus()
    met = []
    for _ in range(20):
        press(focused(), Qt.Key.Key_Tab)
        met.append(focused().objectName())
    names = ["scheme-light", "text-smaller", "text-larger", "still"]
    names += ["messages-comfortable", "comings", "language-system", "away-30"]
    names += ["notify-all", "notify-sound", "notify-text", "quiet", "notify-test"]
    names += ["nickname", "colour--1", "identity", "links"]
    assert met == [*names, "downloads", "downloads-change", "path"]
    preferences.set_scheme(Scheme.SYSTEM)


def test_motion_and_away_are_chosen(window: MainWindow, settings: SettingsFile) -> None:
    window.show_settings()
    page = settings_of(window)
    press(page.still, Qt.Key.Key_Space)
    assert settings.values.reduced_motion
    assert page.away.choice == "10"
    page.away.buttons["0"].click()
    assert settings.values.away_after == 0


def test_minutes_from_the_file_are_offered_too(window: MainWindow, settings: SettingsFile) -> None:
    settings.values.away_after = 7
    window.show_settings()
    assert settings_of(window).away.choice == "7"


def test_text_size_goes_by_steps_to_its_ends_and_back(
    window: MainWindow, qapp: QApplication, settings: SettingsFile
) -> None:
    usual = qapp.font().pointSizeF()
    window.show_settings()
    settings_of(window).text_size.larger.setFocus()
    for size in TEXT_SIZES[2:]:
        assert focused() is settings_of(window).text_size.larger
        press(focused(), Qt.Key.Key_Return)
        assert settings.values.text_size == size
        assert qapp.font().pointSizeF() == pytest.approx(usual * size / 100)
    part = settings_of(window).text_size
    assert not part.larger.isEnabled()
    # The keyboard is where one can go on.
    assert focused() is part.smaller
    press(focused(), Qt.Key.Key_Return)
    assert settings.values.text_size == TEXT_SIZES[-2]
    assert focused() is settings_of(window).text_size.smaller
    press(settings_of(window).text_size.usual, Qt.Key.Key_Return)
    assert settings.values.text_size == 100
    assert settings_of(window).text_size.usual.isHidden()


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("width", [360, 800, 1180])
def test_nothing_is_wider_than_the_window(
    window: MainWindow,
    preferences: Preferences,
    theme: Theme,
    tmp_path: Path,
    size: int,
    width: int,
) -> None:
    theme.apply()
    keep(tmp_path, "A room with quite a long name that has to be cut somewhere")
    preferences.set_text_size(size)
    window.resize(width, 700)
    window.show_settings()
    page = settings_of(window)
    page.kept.rows[0].ask.click()
    area = page.findChildren(QScrollArea)[0]
    inside, port = area.widget(), area.viewport()
    assert inside is not None
    assert port is not None
    assert inside.minimumSizeHint().width() <= port.width()


def test_every_control_says_what_it_is(window: MainWindow, tmp_path: Path) -> None:
    keep(tmp_path, "Robotics Lab")
    window.show_settings()
    page = settings_of(window)
    controls = [
        w
        for w in page.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit) and w.focusPolicy()
    ]
    assert len(controls) > 15
    for control in controls:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text, control.objectName()
    assert page.kept.rows[0].ask.accessibleName() == "Delete what is kept of Robotics Lab"


def test_the_folder_is_told_and_copied(window: MainWindow, tmp_path: Path) -> None:
    window.show_settings()
    page = settings_of(window)
    assert page.path.text() == str(tmp_path)
    click(page.copy_path)
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == str(tmp_path)


def test_identity_is_reset_from_here_after_two_steps(qtbot: QtBot, window: MainWindow) -> None:
    window.show_settings()
    page = settings_of(window)
    press(page.open_identity, Qt.Key.Key_Return)
    panel = page.identity
    assert panel is not None
    click(panel.reset)
    with qtbot.waitSignal(window.identity_reset_requested, timeout=1000):
        click(panel.confirm)
    assert page.identity is None


def test_identity_cannot_be_reset_while_rooms_are_open(
    window: MainWindow, clock: ManualClock
) -> None:
    open_room(window, clock)
    window.show_settings()
    page = settings_of(window)
    click(page.open_identity)
    panel = page.identity
    assert panel is not None
    assert not panel.reset.isEnabled()
    press(focused(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert page.isVisible()


def test_a_full_disk_is_told_across_the_top(window: MainWindow, preferences: Preferences) -> None:
    preferences.not_saved.emit(OSError(28, "No space left on device"))
    assert "No space left on device" in window.findChildren(InfoBar)[0].text


def test_away_by_itself_and_back_but_not_over_the_persons_own_word(
    window: MainWindow, clock: ManualClock
) -> None:
    lab = open_room(window, clock)
    button = window._rail.identity
    away = []

    def note(idle: bool) -> None:
        window.set_idle(idle)
        away.append((lab.away, button.state))

    note(True)
    note(False)
    assert away == [(True, "Away"), (False, "Available")]
    # Away by hand: nothing but the hand takes that back.
    away.clear()
    button.click()
    note(True)
    note(False)
    assert away == [(True, "Away"), (True, "Away")]
    button.click()
    # The click that says that one is back comes before it is noticed that one is.
    away.clear()
    window.set_idle(True)
    button.click()
    note(False)
    assert away == [(False, "Available")]
