"""How messages look, chosen in the settings, in force in rooms that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt

from app.session.timeline import NoticeEntry, NoticeKind
from tests.ui.hands import press
from tests.ui.settings.rooms import open_room, settings_of

if TYPE_CHECKING:
    from app.session.room_session import RoomSession
    from app.support.settings import SettingsFile
    from app.ui.chat.timeline.panel import TimelinePanel
    from app.ui.main_window import MainWindow
    from app.ui.settings.preferences import Preferences
    from tests.ui.chat.rooms import ManualClock


def panel_of(window: MainWindow, session: RoomSession) -> TimelinePanel:
    return window._pages[session].timeline


def test_compact_is_chosen_by_key_for_all_rooms_and_those_to_come(
    window: MainWindow, settings: SettingsFile, clock: ManualClock
) -> None:
    rooms = [open_room(window, clock, lines=2), open_room(window, clock, "Family", lines=2)]
    window.show_settings()
    look = settings_of(window).messages.look
    press(look.buttons["compact"], Qt.Key.Key_Space)
    assert look.choice == "compact"
    assert settings.values.compact
    rooms.append(open_room(window, clock, "Later"))
    assert all(panel_of(window, room).view._delegate.layouts.compact for room in rooms)
    press(look.buttons["comfortable"], Qt.Key.Key_Space)
    assert not any(panel_of(window, room).view._delegate.layouts.compact for room in rooms)


def test_comings_are_hidden_and_shown_where_they_are_already(
    window: MainWindow, settings: SettingsFile, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=2)
    at = int(clock.now() * 1000)
    lab.timeline.add_notice(NoticeEntry(NoticeKind.CAME, at=at, came=("Ana",)))
    rows = panel_of(window, lab).model.rowCount()
    window.show_settings()
    comings = settings_of(window).messages.comings
    press(comings, Qt.Key.Key_Space)
    assert panel_of(window, lab).model.rowCount() == rows - 1
    assert settings.values.comings_shown is False
    press(comings, Qt.Key.Key_Space)
    assert panel_of(window, lab).model.rowCount() == rows


def test_what_was_chosen_survives_another_language(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=2)
    preferences.set_compact(True)
    preferences.set_comings_shown(False)
    window.show_settings()
    preferences.set_language("pt_BR")
    assert settings_of(window).messages.look.choice == "compact"
    assert not settings_of(window).messages.comings.isChecked()
    assert panel_of(window, lab).view._delegate.layouts.compact
    assert not panel_of(window, lab).model._timeline.comings_shown


def test_a_deleted_message_and_an_unread_line_survive_another_language(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=3)
    model = panel_of(window, lab).model
    model.set_first_unread((2, 0))
    lab.taking_back.hold(3)
    preferences.set_language("pt_BR")
    after = panel_of(window, lab).model
    assert after is not model
    assert after.unread_row == after.row_of(2)
    assert after.row(after.row_of(3)).gone
