"""The page on which a room asks for its password."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.session.connection import Connection, Phase, Verified
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.entrance.entrance import AskingPage
from app.ui.chat.entrance.password_page import PasswordPage
from app.ui.chat.entrance.trust_page import TrustPage
from app.ui.sentences import sentence
from app.ui.theme.theme import Theme
from app.ui.widgets.labels import PlainLabel
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.rooms import Room

PHRASE = "correct horse battery"
ASKS = Connection(Phase.PASSWORD)
WRONG = Connection(Phase.PASSWORD, problem="wrong-password")


@pytest.fixture
def trust(qtbot: QtBot, room: Room, theme: Theme) -> TrustPage:
    trust = TrustPage(room.session, theme, room.clock)
    qtbot.addWidget(trust)
    trust.resize(700, 600)
    with qtbot.waitActive(trust):
        trust.show()
        trust.activateWindow()
    return trust


def asking(room: Room, trust: TrustPage, connection: Connection = ASKS) -> PasswordPage:
    room.session.set_connection(connection)
    assert isinstance(trust.page, PasswordPage)
    trust.page.setFocus()
    return trust.page


def shown(page: object) -> str:
    assert isinstance(page, PasswordPage)
    return "\n".join(label.full_text for label in page.findChildren(PlainLabel))


def test_the_keyboard_is_in_the_field_and_enter_sends(room: Room, trust: TrustPage) -> None:
    page = asking(room, trust)
    assert page.field.edit.hasFocus()
    assert "asks for its password" in page.title.full_text
    write(page.field.edit, PHRASE)
    press(page.field.edit, Qt.Key.Key_Return)
    assert room.transport.calls == [f"give_password {PHRASE}"]
    # Used, it is held no longer; a second Enter gives nothing.
    assert page.field.text == ""
    press(page.field.edit, Qt.Key.Key_Return)
    assert len(room.transport.calls) == 1


def test_the_page_stays_while_the_host_checks(room: Room, trust: TrustPage) -> None:
    page = asking(room, trust)
    write(page.field.edit, PHRASE)
    click(page.join)
    room.session.set_connection(Connection(Phase.CONNECTING))
    assert trust.page is page
    assert not page.join.isEnabled()
    # Who is quick types on already.
    write(page.field.edit, "tul")
    room.session.set_connection(WRONG)
    assert trust.page is page
    assert page.field.error == sentence("wrong-password")
    assert page.field.text == "tul"
    assert page.join.isEnabled()
    press(page.field.edit, Qt.Key.Key_Return)
    assert room.transport.calls == [f"give_password {PHRASE}", "give_password tul"]
    room.join()
    assert not trust.is_needed


@pytest.mark.parametrize(("text", "words"), [("", "Type the"), ("x" * 129, "128")])
def test_what_cannot_be_a_password_is_not_given(
    room: Room, trust: TrustPage, text: str, words: str
) -> None:
    page = asking(room, trust)
    page.field.edit_text(text)
    press(page.field.edit, Qt.Key.Key_Return)
    assert words in page.field.error
    assert room.transport.calls == []


def test_typing_takes_back_what_was_wrong(room: Room, trust: TrustPage) -> None:
    page = asking(room, trust, WRONG)
    assert page.field.error
    write(page.field.edit, "t")
    assert page.field.error == ""


def test_too_many_guesses_count_down_and_join_waits(room: Room, trust: TrustPage) -> None:
    page = asking(
        room, trust, Connection(Phase.PASSWORD, problem="too-many-guesses", retry_at=30.0)
    )
    assert "30 second" in page.field.error
    write(page.field.edit, PHRASE)
    press(page.field.edit, Qt.Key.Key_Return)
    assert not page.join.isEnabled()
    assert "30 second" in page.join.accessibleDescription()
    room.clock.advance(12)
    assert "18 second" in page.field.error
    assert room.transport.calls == []
    room.clock.advance(18)
    assert page.field.error == ""
    assert "You can try again now." in shown(page)
    assert page.join.isEnabled()
    press(page.field.edit, Qt.Key.Key_Return)
    assert room.transport.calls == [f"give_password {PHRASE}"]


def test_no_countdown_goes_on_behind_the_page(room: Room, trust: TrustPage) -> None:
    asking(room, trust, Connection(Phase.PASSWORD, problem="too-many-guesses", retry_at=30.0))
    room.join()
    assert [timer for timer in room.clock.timers if not timer.cancelled] == []


def test_escape_leaves(qtbot: QtBot, room: Room, trust: TrustPage) -> None:
    page = asking(room, trust)
    with qtbot.waitSignal(trust.leave_requested):
        press(page.field.edit, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("verified", "vouched"),
    [(Verified.NOT_YET, False), (Verified.FIRST_USE, False), (Verified.INVITE, True),
     (Verified.SEEN_BEFORE, True), (Verified.PASSWORD, True)],
)  # fmt: skip
def test_it_says_whether_the_host_is_known(
    room: Room, trust: TrustPage, verified: Verified, vouched: bool
) -> None:
    room.session.verified = verified
    page = asking(room, trust)
    assert ("Nobody has vouched" in shown(page)) is not vouched
    assert "Your password is not sent" in shown(page)


def test_a_first_contact_goes_on_by_password_or_back_to_the_words(
    qtbot: QtBot, room: Room, trust: TrustPage
) -> None:
    asks = Connection(Phase.ASKING, fingerprint=bytes(range(32)))
    room.session.set_connection(asks)
    assert isinstance(trust.page, AskingPage)
    click(trust.page.password)
    page = trust.page
    assert isinstance(page, PasswordPage)
    with qtbot.assertNotEmitted(trust.leave_requested):
        press(page.field.edit, Qt.Key.Key_Escape)
    assert isinstance(trust.page, AskingPage)
    click(trust.page.password)
    page = trust.page
    assert isinstance(page, PasswordPage)
    write(page.field.edit, PHRASE)
    press(page.field.edit, Qt.Key.Key_Return)
    assert room.transport.calls == [f"give_password {PHRASE}"]
    # Wrong: from here on there is no way back to the words, as the host heard of us.
    room.session.set_connection(Connection(Phase.CONNECTING))
    room.session.set_connection(WRONG)
    with qtbot.waitSignal(trust.leave_requested):
        press(page.field.edit, Qt.Key.Key_Escape)


def test_the_draft_stays_behind_the_page(qtbot: QtBot, room: Room, theme: Theme) -> None:
    page = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    room.join()
    write(page.composer.edit, "half a thought")
    room.session.set_connection(ASKS)
    assert isinstance(page.trust.page, PasswordPage)
    assert not page.composer.isVisible()
    room.join()
    assert page.composer.isVisible()
    assert page.composer.edit.toPlainText() == "half a thought"
