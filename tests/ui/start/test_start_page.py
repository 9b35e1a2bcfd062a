"""The start page, as a person uses it: with keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication, QPushButton

from app.security.invite import Address, Invite
from app.support.settings import RecentRoom, SettingsFile
from app.ui.requests import HostRequest, JoinRequest
from app.ui.start.start_page import StartCard, StartPage
from tests.ui.hands import click, press, write
from tests.ui.still_clock import NOON, StillClock

if TYPE_CHECKING:
    from pathlib import Path

    from PyQt6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

DAY = 86_400.0
INVITE = Invite((Address("192.168.1.20", 9090),), b"f" * 32, "Hack Night").link()


def shown(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, *, size: tuple[int, int] = (1180, 760)
) -> StartPage:
    page = StartPage(theme, settings, StillClock())
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitActive(page):
        page.show()
    return page


def retype(line: QWidget, text: str) -> None:
    press(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(line, Qt.Key.Key_Delete)
    write(line, text)


def test_hosting_takes_a_room_and_a_nickname_and_enter(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, tmp_path: Path
) -> None:
    page = shown(qtbot, theme, settings)
    assert QApplication.focusWidget() is page.host_card.room.edit
    write(page.host_card.room.edit, "  Bench   4 ")
    press(page.host_card.room.edit, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.host_card.nickname.edit
    write(page.host_card.nickname.edit, "Leo")
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        press(page.host_card.nickname.edit, Qt.Key.Key_Return)
    assert wish.args == [HostRequest("Bench 4", "Leo", 9090, "all")]
    again = SettingsFile(tmp_path / "settings.json").values
    assert (again.room_name, again.nickname, again.port) == ("Bench 4", "Leo", 9090)


def test_joining_takes_an_address_and_a_nickname(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    write(page.join_card.target.edit, "192.168.1.20")
    write(page.join_card.nickname.edit, "Ana")
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        click(page.join_card.main)
    assert wish.args == [JoinRequest(Address("192.168.1.20", 9090), "Ana", "192.168.1.20")]
    assert settings.values.target == "192.168.1.20"


def test_the_last_values_are_there_again(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    values = settings.values
    values.nickname, values.room_name, values.target = "Leo", "Lab", "10.0.0.4"
    values.port, values.history = 9191, "20"
    page = shown(qtbot, theme, settings)
    assert page.host_card.room.text == "Lab"
    assert page.host_card.nickname.text == page.join_card.nickname.text == "Leo"
    assert page.join_card.target.text == "10.0.0.4"
    assert page.host_card.summary.full_text == "Port 9191 · newcomers see the last 20"
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        click(page.host_card.main)
    assert wish.args == [HostRequest("Lab", "Leo", 9191, "20")]


def test_the_keyboard_begins_in_the_first_empty_field(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    page = shown(qtbot, theme, settings)
    assert QApplication.focusWidget() is page.join_card.target.edit


def test_untouched_fields_are_never_called_wrong(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    fields = (page.host_card.room, page.host_card.nickname, page.join_card.target)
    for field in fields:
        press(field.edit, Qt.Key.Key_Tab)
    assert [field.error for field in fields] == ["", "", ""]


def test_a_nickname_is_checked_as_one_types(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    nickname = page.host_card.nickname
    write(nickname.edit, "x" * 32)
    assert nickname.error == ""
    write(nickname.edit, "x")
    assert "too long" in nickname.error
    press(nickname.edit, Qt.Key.Key_Backspace)
    assert nickname.error == ""
    retype(nickname.edit, "")
    assert nickname.error != ""


def test_submitting_an_empty_card_says_what_is_missing_and_goes_there(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    with qtbot.assertNotEmitted(page.host_requested):
        press(page.host_card.nickname.edit, Qt.Key.Key_Return)
    assert page.host_card.room.error != ""
    assert page.host_card.nickname.error != ""
    assert QApplication.focusWidget() is page.host_card.room.edit
    assert page.join_card.target.error == ""


def test_an_address_half_typed_is_not_wrong_yet(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    target = page.join_card.target
    target.setFocus()
    write(target.edit, "192.168.")
    assert target.error == ""
    press(target.edit, Qt.Key.Key_Tab)
    assert target.error != ""
    write(target.edit, "1.20")
    assert target.error == ""


def test_a_pasted_invite_says_where_it_leads(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(f"Come to our room!\n{INVITE}\n")
    click(page.join_card.paste)
    assert page.join_card.target.text == INVITE
    assert page.join_card.invite.isVisible()
    assert page.join_card.invite.label.full_text == ("Invite to Hack Night · the host is verified")
    assert QApplication.focusWidget() is page.join_card.nickname.edit
    retype(page.join_card.target.edit, "10.0.0.4")
    assert not page.join_card.invite.isVisible()


def test_a_pasted_invite_that_was_cut_is_refused_at_once(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(INVITE[:-20])
    click(page.join_card.paste)
    assert "not whole" in page.join_card.target.error
    assert not page.join_card.invite.isVisible()


def test_an_invites_room_name_is_shown_as_text(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    room = "<img src=file:x>\u202e"
    link = Invite((Address("10.0.0.4", 9090),), b"f" * 32, room[:-1]).link()
    page.join_card.target.edit_text(link)
    assert page.join_card.invite.label.textFormat() is Qt.TextFormat.PlainText
    assert "<img" in page.join_card.invite.label.full_text


def test_options_change_the_request_and_the_summary(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    page = shown(qtbot, theme, settings)
    card = page.host_card
    assert not card.options.isVisible()
    card.disclosure.setFocus()
    press(card.disclosure, Qt.Key.Key_Space)
    assert card.options.isVisible()
    retype(card.options.port.edit, "9500")
    press(card.options.choices[3], Qt.Key.Key_Space)
    press(card.disclosure, Qt.Key.Key_Space)
    assert card.summary.full_text == "Port 9500 · nothing is kept"
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        click(card.main)
    assert wish.args == [HostRequest("Lab", "Leo", 9500, "none")]


@pytest.mark.parametrize("port", ["", "0", "80", "65536", "x", "٩٠٩٠"])
def test_a_wrong_port_opens_the_options(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, port: str
) -> None:
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    page = shown(qtbot, theme, settings)
    page.host_card.options.port.set_text(port)
    with qtbot.assertNotEmitted(page.host_requested):
        click(page.host_card.main)
    assert page.host_card.options.isVisible()
    assert page.host_card.options.port.error != ""


def test_a_problem_is_shown_in_its_card_and_what_was_typed_stays(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    page.join_card.target.set_text("10.0.0.4")
    page.join_card.nickname.set_text("Ana")
    page.set_busy(StartCard.JOIN, True)
    page.show_problem(StartCard.JOIN, "No answer from 10.0.0.4.")
    assert page.join_card.problem.sentence == "No answer from 10.0.0.4."
    assert page.join_card.problem.isVisible()
    assert not page.join_card.busy
    assert page.join_card.target.text == "10.0.0.4"
    assert page.host_card.main.isEnabled()
    write(page.join_card.nickname.edit, "!")
    assert not page.join_card.problem.isVisible()


def test_a_busy_card_can_be_cancelled_and_takes_no_second_wish(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    page = shown(qtbot, theme, settings)
    page.set_busy(StartCard.HOST, True)
    assert page.host_card.cancel.isVisible()
    assert not page.join_card.main.isEnabled()
    with qtbot.assertNotEmitted(page.host_requested):
        press(page.host_card.room.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.cancel_requested, timeout=1000):
        click(page.host_card.cancel)
    with qtbot.waitSignal(page.cancel_requested, timeout=1000):
        press(page.host_card.cancel, Qt.Key.Key_Escape)
    page.set_busy(StartCard.HOST, False)
    assert not page.host_card.cancel.isVisible()
    assert page.host_card.main.isEnabled()
    assert page.join_card.main.isEnabled()


def test_recent_rooms_are_hidden_while_there_are_none(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    assert not page.recent.isVisible()
    settings.add_recent(RecentRoom(name="Lab", at=NOON, hosted=True))
    page.refresh()
    assert page.recent.isVisible()


def test_recent_rooms_are_hosted_or_joined_again(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.nickname = "Leo"
    settings.values.recent = [
        RecentRoom(name="LAN Party", at=NOON - DAY, hosted=True),
        RecentRoom(name="Family", at=NOON - 3 * DAY, target=INVITE),
    ]
    page = shown(qtbot, theme, settings)
    buttons = {b.accessibleName(): b for b in page.recent.findChildren(QPushButton)}
    with qtbot.waitSignal(page.host_requested, timeout=1000) as hosted:
        click(buttons["Host LAN Party again"])
    assert hosted.args == [HostRequest("LAN Party", "Leo", 9090, "all")]
    with qtbot.waitSignal(page.join_requested, timeout=1000) as joined:
        click(buttons["Join Family"])
    assert joined.args is not None
    assert joined.args[0].text == INVITE


def test_a_recent_room_without_a_nickname_asks_for_one(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.recent = [RecentRoom(name="Family", at=NOON, target="10.0.0.4")]
    page = shown(qtbot, theme, settings)
    with qtbot.assertNotEmitted(page.join_requested):
        click(page.recent.findChildren(QPushButton)[0])
    assert page.join_card.target.text == "10.0.0.4"
    assert QApplication.focusWidget() is page.join_card.nickname.edit


@pytest.mark.parametrize("size", [(1180, 760), (800, 700), (400, 700), (360, 480)])
def test_nothing_is_wider_than_the_page(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, size: tuple[int, int]
) -> None:
    settings.values.recent = [RecentRoom(name="W" * 64, at=NOON, target=INVITE)] * 3
    page = shown(qtbot, theme, settings, size=size)
    for card in (page.host_card, page.join_card, page.recent):
        left = card.mapTo(page, card.rect().topLeft()).x()
        assert left >= 0
        assert left + card.width() <= size[0]
    beside = page.host_card.mapTo(page, page.host_card.rect().topLeft()).y() == (
        page.join_card.mapTo(page, page.join_card.rect().topLeft()).y()
    )
    assert beside == (size[0] >= 900)


def test_a_full_disk_does_not_stop_the_wish(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "save", refuse)
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    page = shown(qtbot, theme, settings)
    with qtbot.waitSignal(page.host_requested, timeout=1000):
        click(page.host_card.main)


def test_the_field_with_the_keyboard_is_scrolled_into_view(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    page = shown(qtbot, theme, settings, size=(360, 480))
    edit = page.join_card.target.edit
    assert QApplication.focusWidget() is edit
    edit.clearFocus()
    page.focus_first()
    bottom = edit.mapTo(page, edit.rect().bottomLeft()).y()
    assert 0 < bottom < 480


def test_a_right_to_left_page_keeps_the_text_clear_of_the_button(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    edit = page.join_card.target.edit
    assert edit.textMargins().right() > 40
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert edit.textMargins().left() > 40
    assert edit.textMargins().right() == 0


def test_a_nickname_used_once_is_there_in_both_cards(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings)
    write(page.host_card.room.edit, "Lab")
    write(page.host_card.nickname.edit, "Leo")
    press(page.host_card.nickname.edit, Qt.Key.Key_Return)
    page.refresh()
    assert page.join_card.nickname.text == "Leo"
