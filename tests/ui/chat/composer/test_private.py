"""What is written to one person alone: never by accident to everyone, and never the other way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Came, Changed, Presence, Renamed, RulesChanged, Say, Went
from app.session.connection import Connection, Phase
from app.session.taking_back import GRACE
from app.session.timeline import MessageEntry, SendState
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.people.member_card import MemberCard
from app.ui.chat.people.member_deeds import Deed
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

PRIYA = device("Priya")


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    page.set_active(True)
    return page


def said_to_all(room: Room) -> list[str]:
    return [m.text for m in room.transport.sent if isinstance(m, Say)]


def private_entries(room: Room) -> list[MessageEntry]:
    entries = [e for e in room.session.timeline if isinstance(e, MessageEntry)]
    return [entry for entry in entries if entry.private_with]


def whispered(
    room: Room, text: str, *, other: str = "Priya", mine: bool = False, number: int = 1
) -> None:
    """Let a private message stand in the timeline, as the session puts it there."""
    room.session.timeline.add_private(
        MessageEntry(
            cid=number.to_bytes(16, "big"),
            seq=0,
            author=2 if mine else -1,
            nick="Leo" if mine else other,
            device=device("Leo" if mine else other),
            at=int(room.clock.now() * 1000),
            text=text,
            mine=mine,
            private_with=device(other),
            private_nick=other,
            number=number,
            after=room.last_seq,
        )
    )


def is_open(page: ChatPage) -> bool:
    return page.popovers.current is not None


def begin(page: ChatPage, name: str = "Priya") -> None:
    page.composing.write_privately(device(name), name)


def test_the_card_leads_to_writing_privately_by_keys(room: Room, page: ChatPage) -> None:
    view = page.roster.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    while view.currentIndex().row() != page.roster.model.row_of(3):
        press(view, Qt.Key.Key_Up)
    press(view, Qt.Key.Key_Return)
    assert page.popovers.current is not None
    card = page.popovers.current.findChild(MemberCard)
    assert card is not None
    button = card.buttons[Deed.WRITE]
    assert button.hasFocus()
    press(button, Qt.Key.Key_Return)
    assert not is_open(page)
    assert page.composer.edit.hasFocus()
    write(page.composer.edit, "just you")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert [(e.text, e.private_nick, e.private_with) for e in private_entries(room)] == [
        ("just you", "Priya", PRIYA)
    ]
    assert said_to_all(room) == []
    assert page.composer.private == PRIYA, "one stays with whom one writes to"
    assert page.composer.edit.toPlainText() == ""


def test_it_is_plain_to_see_and_to_hear_for_whom_one_writes(page: ChatPage) -> None:
    composer = page.composer
    assert not composer.private_bar.isVisible()
    begin(page)
    assert composer.private_bar.isVisible()
    assert composer.private_bar.title == "To Priya, only the two of you"
    assert composer.property("surface") == Role.PRIVATE.value
    assert composer.edit.accessibleName() == "Private message to Priya"
    assert composer.edit.placeholderText() == "Message Priya privately"
    assert composer.send.accessibleName() == "Send privately"
    press(composer.edit, Qt.Key.Key_Escape)
    assert not composer.private_bar.isVisible()
    assert composer.property("surface") == Role.SURFACE_BASE.value
    assert composer.edit.accessibleName() == "Message"
    assert composer.send.accessibleName() == "Send"
    assert composer.edit.hasFocus()


def test_a_text_to_everyone_never_goes_to_one_nor_the_reverse(room: Room, page: ChatPage) -> None:
    edit = page.composer.edit
    write(edit, "for all")
    begin(page)
    assert edit.toPlainText() == ""
    write(edit, "for one")
    click(page.composer.private_bar.close_button)
    assert edit.toPlainText() == "for all"
    press(edit, Qt.Key.Key_Return)
    assert said_to_all(room) == ["for all"]
    begin(page)
    assert edit.toPlainText() == "for one"
    page.composing.write_privately(device("Marina"), "Marina")
    assert edit.toPlainText() == ""
    begin(page)
    press(edit, Qt.Key.Key_Return)
    assert [(e.text, e.private_nick) for e in private_entries(room)] == [("for one", "Priya")]
    assert said_to_all(room) == ["for all"]


def test_what_is_written_privately_is_no_draft_and_told_to_nobody(
    room: Room, page: ChatPage
) -> None:
    write(page.composer.edit, "a")
    room.session.take("typing")
    room.session.take("draft")
    begin(page)
    assert room.session.take("typing") == [(False,)]
    write(page.composer.edit, "secret")
    assert room.session.take("typing") == []
    assert room.session.take("draft") == [], "what is for everyone is kept as it was"
    press(page.composer.edit, Qt.Key.Key_Escape)
    assert room.session.take("draft") == []


def test_each_room_has_its_own_mode(qtbot: QtBot, room: Room, theme: Theme, page: ChatPage) -> None:
    begin(page)
    page.set_active(False)
    page.set_active(True)
    assert page.composer.private == PRIYA
    other = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(other)
    assert other.composer.private == b""


def test_the_first_time_the_words_are_offered(room: Room, page: ChatPage) -> None:
    begin(page)
    bar = page.composer.private_bar
    assert bar.note.startswith("First time? Compare device words with Priya")
    click(bar.words)
    assert page.popovers.current is not None
    card = page.popovers.current.findChild(MemberCard)
    assert card is not None
    assert card.visibleRegion().boundingRect().height() > 200, "it opens above the bar"
    page.popovers.close()
    whispered(room, "hello")
    assert bar.note == ""
    assert not bar.words.isVisible()


def test_who_goes_comes_and_is_renamed_is_told(room: Room, page: ChatPage) -> None:
    whispered(room, "hello")
    begin(page)
    bar = page.composer.private_bar
    assert bar.note == ""
    room.session.receive(Presence(changes=(Went(number=3, nick="Priya", at=0),)))
    assert bar.note == "Priya is not here now, and gets it on coming back."
    room.session.receive(Presence(changes=(Came(member=member(3, "Priya"), at=0),)))
    assert bar.note == ""
    room.session.receive(Presence(changes=(Renamed(number=3, nick="Pri", before="Priya", at=0),)))
    assert bar.title == "To Pri, only the two of you"
    assert page.composer.edit.accessibleName() == "Private message to Pri"


def test_where_nothing_is_kept_it_cannot_wait(room: Room, page: ChatPage) -> None:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"), history="none")
    begin(page)
    room.session.receive(Presence(changes=(Went(number=3, nick="Priya", at=0),)))
    assert "cannot arrive" in page.composer.private_bar.note


def test_the_unread_line_stands_above_a_private_message_too(room: Room, page: ChatPage) -> None:
    room.say("Priya", "read")
    page.set_active(False)
    whispered(room, "psst")
    room.session.note_news(private_entries(room)[0])
    assert room.session.unread == 1
    room.say("Priya", "to all")
    model = page.timeline.model
    first = model.entry(model.unread_row)
    assert isinstance(first, MessageEntry)
    assert (first.text, first.private_with != b"") == ("psst", True)
    assert model.unread_row == model.row_of(2) - 1


def test_private_rows_say_so_once_a_run(room: Room, page: ChatPage) -> None:
    room.say("Priya", "to all")
    whispered(room, "one", number=1)
    whispered(room, "two", number=2)
    whispered(room, "three", mine=True, number=3)
    whispered(room, "other", other="Marina", number=4)
    room.say("Priya", "to all again")
    model = page.timeline.model
    rows = range(model.rowCount() - 6, model.rowCount())
    assert [model.row(row).private for row in rows] == [
        "", "Private with Priya", "", "", "Private with Marina", "",
    ]  # fmt: skip
    assert [model.row(row).leads for row in rows] == [True, True, False, True, True, True]
    assert [model.spoken(row).startswith("Private with ") for row in rows] == [
        False, True, True, True, True, False,
    ]  # fmt: skip
    assert model.copied(rows[1]).endswith("Priya (Private with Priya): one")


def test_private_rows_look_different_in_both_themes(room: Room, page: ChatPage) -> None:
    room.say("Priya", "to all")
    whispered(room, "one")
    view = page.timeline.view
    view.settle()
    last = page.timeline.model.rowCount() - 1
    picture = view.grab().toImage()
    ratio = picture.devicePixelRatio()

    def ground(row: int) -> str:
        rect = view.visualRect(page.timeline.model.index(row))
        return picture.pixelColor(
            round((rect.right() - 60) * ratio), round((rect.bottom() - 3) * ratio)
        ).name()

    assert ground(last) != ground(last - 1)


def test_what_cannot_be_opened_is_told_and_not_copied(room: Room, page: ChatPage) -> None:
    timeline = room.session.timeline
    whispered(room, "")
    entry = private_entries(room)[0]
    timeline.clear_confirmed()
    timeline.add_private(replace(entry, unopened=True))
    model = page.timeline.model
    last = model.rowCount() - 1
    assert "cannot be opened" in str(model.data(model.index(last)))
    assert model.copied(last) == ""


def test_a_message_is_answered_privately_from_its_menu(room: Room, page: ChatPage) -> None:
    room.say("Priya", "hello")
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    actions = {action.text(): action for action in view.deeds.menu().actions()}
    actions["Message Priya privately…"].trigger()
    assert page.composer.private == PRIYA
    room.say("Leo", "mine", number=2)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    assert not any("privately" in action.text() for action in view.deeds.menu().actions())


def test_a_private_message_cannot_be_deleted_for_everyone(room: Room, page: ChatPage) -> None:
    whispered(room, "mine", mine=True)
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    assert "Delete…" not in {action.text() for action in view.deeds.menu().actions()}


def test_one_that_waits_or_failed_is_like_any_other(room: Room, page: ChatPage) -> None:
    begin(page)
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=9))
    write(page.composer.edit, "later")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert page.composer.line.note.startswith("1 message")
    (entry,) = private_entries(room)
    room.session.timeline.set_state(entry.cid, SendState.FAILED, "no-such-member")
    model = page.timeline.model
    row = model.row(model.rowCount() - 1)
    assert row.private == "Private with Priya"
    assert row.why == "That person is not in the room any more."
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Delete)
    room.clock.advance(GRACE)
    assert private_entries(room) == []


def test_whoever_may_not_write_is_told_why_and_keeps_the_text(room: Room, page: ChatPage) -> None:
    composer = page.composer
    write(composer.edit, "half a thought")
    composer.edit.setFocus()
    room.session.receive(RulesChanged(hosts_only=True, by="Marina"))
    assert not composer.edit.isVisible()
    assert composer.barred.isVisible()
    assert composer.barred.text == (
        "Only the host and moderators write here at the moment. You can read on. "
        "What you wrote is kept."
    )
    assert page.timeline.view.hasFocus()
    room.session.others_typing = (1,)
    room.session.typing_changed.emit()
    assert composer.line.isVisible(), "who reads on sees who writes"
    assert composer.line.note == "Marina is typing…"
    assert composer.line.hint == ""
    room.session.receive(Presence(changes=(Changed(number=2, muted=True),)))
    assert composer.barred.text.startswith("You are muted here.")
    room.session.receive(RulesChanged(by="Marina"))
    assert composer.barred.isVisible()
    room.session.receive(Presence(changes=(Changed(number=2),)))
    assert not composer.barred.isVisible()
    assert composer.edit.isVisible()
    assert composer.edit.hasFocus()
    assert composer.edit.toPlainText() == "half a thought"


def test_whoever_is_muted_writes_privately_neither(room: Room, page: ChatPage) -> None:
    begin(page)
    write(page.composer.edit, "psst")
    room.session.receive(Presence(changes=(Changed(number=2, muted=True),)))
    assert page.composer.barred.isVisible()
    assert not page.composer.private_bar.isVisible()
    room.session.receive(Presence(changes=(Changed(number=2),)))
    assert page.composer.private_bar.isVisible()
    assert page.composer.edit.toPlainText() == "psst"


def test_a_copied_private_line_says_that_it_is_one(room: Room, page: ChatPage) -> None:
    whispered(room, "one")
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert "Private with Priya" in clipboard.text()
