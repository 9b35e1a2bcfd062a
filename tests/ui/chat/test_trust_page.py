"""The pages that stand before a room."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.protocol.messages import Join
from app.security.fingerprint import as_words
from app.session.connection import Connection, Phase, Problem
from app.ui.chat.entrance import (
    AskingPage,
    ChangedPage,
    ConnectingPage,
    NicknamePage,
    StoppedPage,
)
from app.ui.chat.trust_page import TrustPage
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
    assert isinstance(page, AskingPage | ChangedPage | ConnectingPage | NicknamePage | StoppedPage)
    return [b.text() for b in page.findChildren(QAbstractButton) if b.text()]


def shown(page: object) -> str:
    assert isinstance(page, AskingPage | ChangedPage | ConnectingPage | NicknamePage | StoppedPage)
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
    assert buttons(page) == ["Leave"]
    assert "Nothing was sent." in shown(page)
    with qtbot.waitSignal(trust.leave_requested):
        click(page.leave)


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
