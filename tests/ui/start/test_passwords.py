"""Passwords on the start page: asked for where they help, and never remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QPushButton

from app.security.invite import Address
from app.support.settings import RecentRoom, SettingsFile
from app.ui.requests import HostRequest, JoinRequest
from app.ui.start.start_page import StartCard, StartPage
from tests.ui.hands import click, press, write
from tests.ui.still_clock import NOON, StillClock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

PHRASE = "correct horse battery"


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> StartPage:
    settings.values.nickname, settings.values.room_name = "Leo", "Lab"
    settings.values.target = "10.0.0.4"
    settings.values.recent = [
        RecentRoom(name="LAN Party", at=NOON, hosted=True),
        RecentRoom(name="Family", at=NOON, target="10.0.0.9"),
    ]
    page = StartPage(theme, settings, StillClock())
    qtbot.addWidget(page)
    page.resize(1180, 760)
    with qtbot.waitActive(page):
        page.show()
    return page


def test_a_room_is_hosted_with_a_password_that_no_file_holds(
    qtbot: QtBot, page: StartPage, tmp_path: Path
) -> None:
    edit = page.host_card.password.edit
    write(edit, PHRASE)
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        press(edit, Qt.Key.Key_Return)
    assert wish.args == [HostRequest("Lab", "Leo", 9090, "all", PHRASE)]
    assert PHRASE not in repr(wish.args)
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    assert not any(b"horse" in content for content in files)


def test_without_a_password_anyone_is_let_in(qtbot: QtBot, page: StartPage) -> None:
    assert "anyone on your network" in page.host_card.hint.full_text
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        click(page.host_card.main)
    assert wish.args == [HostRequest("Lab", "Leo", 9090, "all", "")]


def test_a_room_hosted_before_is_not_said_to_be_open_to_anyone(page: StartPage) -> None:
    room = page.host_card.room.edit
    room.selectAll()
    write(room, "LAN Party")
    assert page.host_card.hint.full_text == ("Leave the password empty to host the room as it was.")
    assert page.host_card.password.edit.placeholderText() == "As before"
    write(room, " 2")
    assert "anyone on your network" in page.host_card.hint.full_text


def test_a_short_password_is_called_easy_to_guess_and_taken(qtbot: QtBot, page: StartPage) -> None:
    write(page.host_card.password.edit, "abc12")
    assert "easy to guess" in page.host_card.hint.full_text
    with qtbot.waitSignal(page.host_requested, timeout=1000):
        click(page.host_card.main)
    write(page.host_card.password.edit, "3")
    assert "easy to guess" not in page.host_card.hint.full_text


@pytest.mark.parametrize(
    ("text", "words"), [("x" * 129, "128"), ("tab\there", "signs")], ids=["long", "control"]
)
def test_what_cannot_be_a_password_is_told_at_its_field(
    qtbot: QtBot, page: StartPage, text: str, words: str
) -> None:
    page.join_card.disclosure.setChecked(True)
    for card, wish in (
        (page.host_card, page.host_requested),
        (page.join_card, page.join_requested),
    ):
        card.password.edit_text(text)
        assert words in card.password.error
        with qtbot.assertNotEmitted(wish):
            click(card.main)
        assert QApplication.focusWidget() is card.password.edit
        card.password.edit_text("x" * 128)
        assert card.password.error == ""


def test_joining_can_take_the_password_along(
    qtbot: QtBot, page: StartPage, settings: SettingsFile
) -> None:
    card = page.join_card
    assert not card.password.isVisible()
    card.disclosure.setFocus()
    press(card.disclosure, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is card.password.edit
    write(card.password.edit, PHRASE)
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        press(card.password.edit, Qt.Key.Key_Return)
    assert wish.args == [JoinRequest(Address("10.0.0.4", 9090), "Leo", "10.0.0.4", PHRASE)]
    assert PHRASE not in repr(wish.args) + repr(settings.values)


def test_a_password_out_of_sight_does_not_go_along(qtbot: QtBot, page: StartPage) -> None:
    card = page.join_card
    card.disclosure.setChecked(True)
    write(card.password.edit, PHRASE)
    card.disclosure.setChecked(False)
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        click(card.main)
    assert wish.args == [JoinRequest(Address("10.0.0.4", 9090), "Leo", "10.0.0.4")]


def test_a_password_stays_until_the_page_is_left(page: StartPage) -> None:
    page.join_card.disclosure.setChecked(True)
    write(page.join_card.password.edit, PHRASE)
    write(page.host_card.password.edit, PHRASE)
    page.set_busy(StartCard.JOIN, True)
    page.show_problem(StartCard.JOIN, "No answer from 10.0.0.4.")
    assert page.join_card.password.text == PHRASE
    page.hide()
    assert page.join_card.password.text == page.host_card.password.text == ""


@pytest.mark.parametrize("name", ["Host LAN Party again", "Join Family"])
def test_a_password_meant_for_one_room_is_not_given_to_another(page: StartPage, name: str) -> None:
    page.join_card.disclosure.setChecked(True)
    write(page.join_card.password.edit, PHRASE)
    write(page.host_card.password.edit, PHRASE)
    wishes: list[HostRequest | JoinRequest] = []
    page.host_requested.connect(wishes.append)
    page.join_requested.connect(wishes.append)
    click(next(b for b in page.recent.findChildren(QPushButton) if b.accessibleName() == name))
    assert [wish.password for wish in wishes] == [""]
