"""From what is said in a room to what calls the person, and back to the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from app.ui.notifications.choices import FOR_GOOD
from app.ui.settings.notifications_part import NotificationsPart
from tests.ui.hands import click
from tests.ui.settings.rooms import settings_of

if TYPE_CHECKING:
    from tests.ui.notifications.desk import Desk


def test_what_nobody_sees_is_announced_and_what_is_seen_is_not(desk: Desk) -> None:
    lab = desk.room()
    desk.window.show_session(lab)
    desk.say(lab, "seen")
    desk.wait()
    assert desk.service.notes == []
    desk.look_away()
    desk.say(lab, "hello")
    desk.wait()
    assert desk.bodies == ["Ana: hello"]
    assert desk.service.notes[0].title == "Lab"
    assert desk.sounds == 1


def test_a_burst_is_one_announcement_that_replaces_the_earlier_one(desk: Desk) -> None:
    lab = desk.room()
    desk.say(lab, "a")
    desk.wait()
    desk.say(lab, *"bcdef")
    desk.wait()
    assert len(desk.service.notes) == 2
    assert len(desk.service.open) == 1
    assert desk.bodies[1].startswith("Ana: 6 new messages")
    assert desk.sounds == 1


def test_catching_up_is_not_announced(desk: Desk) -> None:
    lab = desk.room()
    lab._news_after = 5
    desk.say(lab, *"abcde")
    desk.wait()
    assert desk.bodies == []
    desk.say(lab, "f")
    desk.wait()
    assert desk.bodies == ["Ana: f"]


def test_levels_hold_and_a_room_s_own_goes_before_the_usual_one(desk: Desk) -> None:
    lab, family = desk.room("Lab"), desk.room("Family")
    desk.choices.set_level("mentions")
    desk.choices.set_room_level(family.key, "none")
    desk.say(lab, "hello")
    desk.say(family, "@Leo")
    desk.wait()
    assert desk.bodies == []
    assert desk.alerts == 0
    desk.say(lab, "@Leo, look")
    desk.wait()
    assert desk.bodies == ["Ana: @Leo, look"]
    assert desk.alerts == 1
    assert desk.notifier.badge.count == 1


def test_do_not_disturb_is_silent_and_ends_by_itself(desk: Desk) -> None:
    lab = desk.room()
    desk.choices.set_quiet_until(desk.clock.now() + 1800)
    desk.say(lab, "hello", "@Leo")
    desk.wait()
    assert (desk.bodies, desk.sounds, desk.alerts) == ([], 0, 0)
    assert desk.notifier.badge.count == 1
    desk.wait(1800)
    assert desk.choices.values.quiet_until == 0
    assert desk.notifier.badge.count == 2
    desk.say(lab, "again")
    desk.wait()
    assert desk.bodies == ["Ana: again"]


def test_what_waits_is_not_told_once_do_not_disturb_begins(desk: Desk) -> None:
    lab = desk.room()
    desk.say(lab, "hello")
    desk.choices.set_quiet_until(FOR_GOOD)
    desk.wait()
    desk.choices.set_quiet_until(0)
    desk.wait()
    assert desk.bodies == []


def test_sound_can_be_off_and_rooms_do_not_ring_together(desk: Desk) -> None:
    lab, family = desk.room("Lab"), desk.room("Family")
    desk.say(lab, "a")
    desk.say(family, "a")
    desk.wait()
    assert (len(desk.bodies), desk.sounds) == (2, 1)
    desk.choices.set_sound(False)
    desk.say(family, "@Leo")
    desk.wait()
    assert (len(desk.bodies), desk.sounds) == (3, 1)


def test_text_can_be_kept_out(desk: Desk) -> None:
    lab = desk.room()
    desk.choices.set_text(False)
    desk.say(lab, "secret")
    desk.wait()
    assert desk.bodies == ["Ana wrote a message."]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_opening_leads_to_the_room_and_into_the_line_one_writes(desk: Desk) -> None:
    lab, family = desk.room("Lab"), desk.room("Family")
    desk.window.show_session(family)
    desk.say(lab, "hello")
    desk.wait()
    desk.window.showMinimized()
    desk.service.opened.emit(desk.service.notes[0].key)
    assert desk.window.current_session is lab
    assert not desk.window.isMinimized()
    assert desk.window.focusWidget() is desk.window._pages[lab].composer.edit


def test_marking_as_read_and_muting(desk: Desk) -> None:
    lab = desk.room()
    desk.look_away()
    desk.say(lab, "hello")
    desk.wait()
    key = desk.service.notes[0].key
    desk.service.read.emit(key)
    desk.wait()
    assert lab.unread == 0
    assert desk.service.open == {}
    assert desk.window.windowTitle() == "Papo"
    desk.say(lab, "more")
    desk.wait()
    desk.service.muted.emit(key)
    assert desk.choices.level_of(lab.key) == "none"
    assert desk.service.open == {}
    assert not desk.window._pages[lab].header.notify.isHidden()
    desk.say(lab, "@Leo")
    desk.wait()
    assert len(desk.bodies) == 2


def test_what_was_put_away_begins_anew(desk: Desk) -> None:
    lab = desk.room()
    desk.say(lab, "a")
    desk.wait()
    desk.service.dismissed.emit(desk.service.notes[0].key)
    desk.say(lab, "b")
    desk.wait()
    assert desk.bodies == ["Ana: a", "Ana: b"]


def test_reading_the_room_takes_the_announcement_away(desk: Desk) -> None:
    lab = desk.room()
    desk.say(lab, "a")
    desk.wait()
    desk.window.show_session(lab)
    assert desk.service.open == {}


def test_title_and_badge_count_what_obeys(desk: Desk) -> None:
    lab, family = desk.room("Lab"), desk.room("Family")
    desk.window.show_session(family)
    desk.say(lab, "a", "b", "@Leo")
    desk.wait()
    assert desk.window.windowTitle() == "(3) Family – Papo"
    desk.choices.set_room_level(lab.key, "mentions")
    desk.wait()
    assert desk.window.windowTitle() == "(1) Family – Papo"
    desk.window.show_start()
    assert desk.window.windowTitle() == "(1) Papo"
    desk.window.show_session(lab)
    desk.wait()
    assert desk.window.windowTitle() == "Lab – Papo"


def test_mentions_read_in_passing_are_not_counted_later(desk: Desk) -> None:
    lab = desk.room()
    desk.window.show_session(lab)
    desk.say(lab, "@Leo")
    desk.look_away()
    desk.choices.set_level("mentions")
    desk.say(lab, "nothing")
    desk.wait()
    assert desk.notifier.badge.count == 0


def test_a_mention_that_was_deleted_is_not_counted(desk: Desk) -> None:
    lab = desk.room()
    desk.choices.set_level("mentions")
    desk.say(lab, "@Leo", "nothing")
    desk.wait()
    assert desk.notifier.badge.count == 1
    desk.delete(lab, 1)
    desk.wait()
    assert (lab.unread, desk.notifier.badge.count) == (1, 0)


def test_a_closed_room_takes_its_announcement_with_it(desk: Desk) -> None:
    lab = desk.room()
    desk.say(lab, "a")
    desk.wait()
    desk.say(lab, "b")
    desk.notifier.remove_session(lab)
    desk.window.remove_session(lab)
    desk.wait()
    assert desk.service.open == {}
    assert len(desk.bodies) == 1
    assert desk.notifier.badge.count == 0


def test_the_end_leaves_nothing_behind(desk: Desk) -> None:
    lab = desk.room()
    desk.say(lab, "a")
    desk.wait()
    desk.window.close()
    desk.say(lab, "b")
    desk.wait()
    assert desk.service.open == {}
    assert len(desk.bodies) == 1


def test_it_goes_on_in_another_language(desk: Desk) -> None:
    lab = desk.room()
    desk.look_away()
    desk.choices.set_room_level(lab.key, "none")
    desk.preferences.set_language("pt_BR")
    assert not desk.window._pages[lab].header.notify.isHidden()
    desk.choices.set_room_level(lab.key, "all")
    assert desk.window._pages[lab].header.notify.isHidden()
    desk.say(lab, "a")
    desk.wait()
    assert len(desk.bodies) == 1
    assert desk.window.windowTitle() == "(1) Papo"


def test_without_any_place_the_window_is_marked(desk: Desk) -> None:
    lab = desk.room()
    desk.service.missing = True
    desk.say(lab, "hello")
    desk.wait()
    assert desk.alerts == 1
    assert desk.sounds == 1


def test_without_a_session_bus_there_is_no_service(desk: Desk) -> None:
    desk.notifier.outlet.use(None)
    lab = desk.room()
    desk.say(lab, "hello")
    desk.wait()
    assert desk.alerts == 1


def part_of(desk: Desk) -> NotificationsPart:
    desk.window.show_settings()
    return settings_of(desk.window).notifications


def test_settings_are_remembered_and_in_force(desk: Desk) -> None:
    part = part_of(desk)
    click(part.level.buttons["mentions"])
    click(part.sound)
    click(part.text)
    values = desk.choices.values
    assert (values.notify, values.sound, values.notify_text) == ("mentions", False, False)


def test_a_test_notification_says_what_became_of_it(desk: Desk) -> None:
    part = part_of(desk)
    part.test.click()
    assert len(desk.bodies) == 1
    assert part.answer.full_text.startswith("Sent.")
    desk.choices.set_quiet_until(FOR_GOOD)
    desk.service.missing = True
    part.test.click()
    assert "task bar" in part.answer.full_text
    assert part.answer.full_text.endswith("Do not disturb: messages are not announced now.")


def test_settings_fit_into_a_narrow_window_with_large_text(desk: Desk) -> None:
    desk.preferences.set_text_size(200)
    desk.choices.set_quiet_until(desk.clock.now() + 1800)
    desk.window.resize(360, 700)
    part = part_of(desk)
    part.test.click()
    # What the page's margins, and its scroll bar, leave.
    assert part.minimumSizeHint().width() <= 360 - 2 * 16 - 16


def test_do_not_disturb_is_in_sight_and_ends_with_a_click(desk: Desk) -> None:
    part = part_of(desk)
    assert part.end_quiet.isHidden()
    desk.choices.set_quiet_until(desk.clock.now() + 1800)
    assert part.state.full_text.startswith("Do not disturb until ")
    part.end_quiet.setFocus(Qt.FocusReason.OtherFocusReason)
    part.end_quiet.click()
    assert desk.choices.values.quiet_until == 0
    assert QApplication.focusWidget() is part.quiet
