"""The pages that stand before a room."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.protocol.messages import Join
from app.security.fingerprint import as_words
from app.session.connection import Connection, Phase, Problem
from app.ui.chat.entrance.changed_page import ChangedPage, ForgetPage
from app.ui.chat.entrance.entrance import (
    AskingPage,
    ConnectingPage,
    EntrancePage,
    NicknamePage,
    StoppedPage,
)
from app.ui.chat.entrance.trust_page import TrustPage
from app.ui.theme.theme import Theme
from app.ui.widgets.labels import PlainLabel
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.rooms import Room

OLD, NEW = bytes(range(32)), bytes(range(7, 39))


@pytest.fixture
def trust(qtbot: QtBot, room: Room, theme: Theme) -> TrustPage:
    trust = TrustPage(room.session, theme, room.clock)
    qtbot.addWidget(trust)
    trust.resize(700, 600)
    trust.show()
    return trust


def buttons(page: object) -> list[str]:
    assert isinstance(page, EntrancePage)
    return [b.text() for b in page.findChildren(QAbstractButton) if b.text()]


def shown(page: object) -> str:
    assert isinstance(page, EntrancePage)
    return "\n".join(label.full_text for label in page.findChildren(PlainLabel))


def test_connecting_is_calm_and_can_be_given_up(qtbot: QtBot, trust: TrustPage) -> None:
    assert isinstance(trust.page, ConnectingPage)
    assert "192.168.1.20:9090" in shown(trust.page)
    button = next(b for b in trust.page.findChildren(QAbstractButton) if b.text() == "Cancel")
    with qtbot.waitSignal(trust.leave_requested):
        click(button)


def test_a_first_contact_shows_the_words_and_asks(room: Room, trust: TrustPage) -> None:
    room.session.set_connection(Connection(Phase.ASKING, fingerprint=NEW))
    page = trust.page
    assert isinstance(page, AskingPage)
    assert all(word in shown(page) for word in as_words(NEW))
    click(page.join)
    assert room.transport.calls == ["accept_host"]


def test_a_changed_fingerprint_has_no_way_on(qtbot: QtBot, room: Room, trust: TrustPage) -> None:
    room.session.set_connection(Connection(Phase.CHANGED, fingerprint=NEW, expected=OLD))
    page = trust.page
    assert isinstance(page, ChangedPage)
    assert page.expected.words == as_words(OLD)
    assert page.found.words == as_words(NEW)
    assert set(buttons(page)) == {"Leave", "Forget this room…"}
    assert "Nothing was sent." in shown(page)
    with qtbot.waitSignal(trust.leave_requested):
        click(page.leave)


def changed(room: Room, trust: TrustPage) -> ChangedPage:
    room.session.set_connection(Connection(Phase.CHANGED, fingerprint=NEW, expected=OLD))
    assert isinstance(trust.page, ChangedPage)
    return trust.page


def test_forgetting_a_room_takes_a_second_step(qtbot: QtBot, room: Room, trust: TrustPage) -> None:
    room.join()
    with qtbot.assertNotEmitted(trust.forget_requested):
        click(changed(room, trust).forget)
    page = trust.page
    assert isinstance(page, ForgetPage)
    assert "Forget Robotics Lab?" in page.title.full_text.replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert "stay on this computer" in page.facts.full_text
    with qtbot.waitSignal(trust.forget_requested) as wish:
        click(page.forget)
    assert wish.args == [False]
    with qtbot.assertNotEmitted(trust.forget_requested):
        click(page.forget)


def test_what_was_kept_is_deleted_only_where_it_is_asked_for(
    qtbot: QtBot, room: Room, trust: TrustPage
) -> None:
    room.join()
    click(changed(room, trust).forget)
    page = trust.page
    assert isinstance(page, ForgetPage)
    press(page.delete, Qt.Key.Key_Space)
    assert "deleted from this computer for good" in page.facts.full_text
    with qtbot.waitSignal(trust.forget_requested) as wish:
        click(page.forget)
    assert wish.args == [True]


def test_nothing_is_offered_to_be_deleted_where_nothing_is_kept(
    room: Room, trust: TrustPage
) -> None:
    click(changed(room, trust).forget)
    page = trust.page
    assert isinstance(page, ForgetPage)
    assert not page.delete.isVisible()
    assert "What was said" not in page.facts.full_text


def test_escape_goes_back_from_forgetting_and_then_leaves(
    qtbot: QtBot, room: Room, trust: TrustPage
) -> None:
    click(changed(room, trust).forget)
    assert isinstance(trust.page, ForgetPage)
    with qtbot.assertNotEmitted(trust.leave_requested):
        press(trust.page, Qt.Key.Key_Escape)
    assert isinstance(trust.page, ChangedPage)
    with qtbot.waitSignal(trust.leave_requested):
        press(trust.page, Qt.Key.Key_Escape)


def test_a_known_room_that_changed_stops_too(room: Room, trust: TrustPage) -> None:
    room.join()
    assert trust.page is None
    room.session.set_connection(
        Connection(Phase.STOPPED, problem=Problem.WRONG_HOST, fingerprint=NEW, expected=OLD)
    )
    assert isinstance(trust.page, ChangedPage)


def test_another_nickname_can_be_chosen(room: Room, trust: TrustPage) -> None:
    room.session.set_connection(Connection(Phase.NICKNAME, problem="nickname-taken"))
    page = trust.page
    assert isinstance(page, NicknamePage)
    assert "“Leo” is taken in this room. Choose another nickname." in shown(page)
    page.field.edit.clear()
    press(page.field.edit, Qt.Key.Key_Return)
    assert page.field.error
    write(page.field.edit, "Leo 2")
    press(page.field.edit, Qt.Key.Key_Return)
    assert room.transport.sent == [Join(nick="Leo 2")]
    assert isinstance(trust.page, ConnectingPage)


def test_no_answer_counts_down_to_the_next_attempt(room: Room, trust: TrustPage) -> None:
    room.session.set_connection(Connection(Phase.WAITING, problem=Problem.NO_ANSWER, retry_at=5.0))
    page = trust.page
    assert isinstance(page, ConnectingPage)
    assert "No answer from 192.168.1.20:9090." in shown(page)
    room.clock.advance(2)
    assert "in 3 s." in shown(page)
    room.session.set_connection(Connection(Phase.CONNECTING))
    assert [timer for timer in room.clock.timers if not timer.cancelled] == []


def test_an_end_before_the_beginning_says_why(room: Room, trust: TrustPage) -> None:
    room.session.set_connection(Connection(Phase.STOPPED, problem=Problem.NOT_PAPO))
    assert isinstance(trust.page, StoppedPage)
    assert "not a Papo room" in shown(trust.page)
    assert buttons(trust.page) == ["Leave", "Try again"]
    room.session.set_connection(Connection(Phase.STOPPED, problem="peer-too-new"))
    assert buttons(trust.page) == ["Leave"]


def test_a_host_that_asks_for_no_password_did_not_prove_itself(
    room: Room, trust: TrustPage
) -> None:
    room.session.set_connection(Connection(Phase.STOPPED, problem=Problem.PASSWORD_NOT_ASKED))
    assert isinstance(trust.page, StoppedPage)
    assert "This host did not ask for the password" in shown(trust.page)
    assert "192.168.1.20:9090" in shown(trust.page)


def test_once_in_the_room_there_is_no_page(qtbot: QtBot, room: Room, trust: TrustPage) -> None:
    with qtbot.waitSignal(trust.page_changed):
        room.join()
    assert not trust.is_needed


def test_the_keyboard_starts_at_the_safe_button(qtbot: QtBot, room: Room, trust: TrustPage) -> None:
    with qtbot.waitActive(trust):
        trust.activateWindow()
    room.session.set_connection(Connection(Phase.ASKING, fingerprint=NEW))
    page = trust.page
    assert isinstance(page, AskingPage)
    page.setFocus()
    assert page.leave.hasFocus()
