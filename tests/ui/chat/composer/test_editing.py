"""Editing a message of one's own: nothing that is written is ever lost, nor sent as something else."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QMimeData, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import Acked, Delete, Edit, Rejected, Say
from app.session.connection import Connection, Phase
from app.session.taking_back import GRACE
from app.ui.carrying import carry_room
from app.ui.chat.chat_page import ChatPage
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    room.say("Leo", "first", number=2)
    room.say("Leo", "the **secnd** one", number=2)
    room.say("Priya", "hello")
    page.composer.edit.setFocus()
    return page


def begin(page: ChatPage, seq: int = 2) -> None:
    page.timeline.view.deeds.edit_requested.emit(seq)


def text_in(page: ChatPage) -> str:
    return page.composer.edit.toPlainText()


def number_in(page: ChatPage) -> int:
    return page.composer.editing


def edits(room: Room) -> list[tuple[int, str]]:
    return [(m.seq, m.text) for m in room.transport.sent if isinstance(m, Edit)]


def refuse_last(room: Room, code: str) -> None:
    last = [m for m in room.transport.sent if isinstance(m, Edit)][-1]
    room.session.receive(Rejected(code=code, cid=last.cid))


def fill(page: ChatPage, text: str) -> None:
    press(page.composer.edit, Qt.Key.Key_A, CONTROL)
    if text:
        write(page.composer.edit, text)
    else:
        press(page.composer.edit, Qt.Key.Key_Backspace)


def test_up_edits_the_last_message_and_enter_saves_it(room: Room, page: ChatPage) -> None:
    edit, composer = page.composer.edit, page.composer
    press(edit, Qt.Key.Key_Up)
    assert text_in(page) == "the **secnd** one"
    assert composer.edit_bar.isVisible()
    assert composer.edit_bar.title == "Editing your message"
    assert composer.send.text() == "Save"
    assert composer.send.accessibleName() == "Save"
    assert edit.accessibleName() == "Your message, to be edited"
    fill(page, "the second one")
    press(edit, Qt.Key.Key_Return)
    assert edits(room) == [(2, "the second one")]
    assert not composer.edit_bar.isVisible()
    assert (text_in(page), composer.send.text()) == ("", "Send")
    assert edit.hasFocus()
    assert not [m for m in room.transport.sent if isinstance(m, Say)]


def test_up_passes_over_what_cannot_be_edited(room: Room, page: ChatPage) -> None:
    edit = page.composer.edit
    room.session.taking_back.hold(2)
    press(edit, Qt.Key.Key_Up)
    assert text_in(page) == "first"
    press(edit, Qt.Key.Key_Escape)
    room.session.taking_back.undo(2)
    room.delete(1, by="Leo")
    room.delete(2, by="Leo")
    press(edit, Qt.Key.Key_Up)
    assert text_in(page) == ""
    assert not page.composer.edit_bar.isVisible()


def test_up_and_down_move_in_what_is_written(page: ChatPage) -> None:
    edit = page.composer.edit
    write(edit, "x")
    press(edit, Qt.Key.Key_Up)
    assert text_in(page) == "x"
    press(edit, Qt.Key.Key_Backspace)
    QApplication.sendEvent(edit, QInputMethodEvent("に", []))
    press(edit, Qt.Key.Key_Up)
    assert not number_in(page), "it is the input method's"
    QApplication.sendEvent(edit, QInputMethodEvent())
    press(edit, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert not number_in(page)
    press(edit, Qt.Key.Key_Up)
    assert number_in(page) == 2
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        press(edit, key)
    assert number_in(page) == 2


def test_enter_is_the_input_methods_while_it_composes(room: Room, page: ChatPage) -> None:
    begin(page)
    QApplication.sendEvent(page.composer.edit, QInputMethodEvent("に", []))
    press(page.composer.edit, Qt.Key.Key_Return)
    assert page.composer.editing == 2
    assert edits(room) == []


def test_what_was_being_composed_keeps_no_key_from_the_edit(room: Room, page: ChatPage) -> None:
    QApplication.sendEvent(page.composer.edit, QInputMethodEvent("に", []))
    begin(page)
    assert text_in(page) == "the **secnd** one"
    write(page.composer.edit, "!")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert edits(room) == [(2, "the **secnd** one!")]


def test_privately_up_edits_nothing(page: ChatPage) -> None:
    page.composing.write_privately(device("Priya"), "Priya")
    press(page.composer.edit, Qt.Key.Key_Up)
    assert not page.composer.editing
    assert page.composer.private


@pytest.mark.parametrize("way", ["escape", "button", "save", "unchanged"])
def test_the_draft_comes_back_with_what_it_answers(room: Room, page: ChatPage, way: str) -> None:
    composer, edit = page.composer, page.composer.edit
    page.timeline.view.deeds.reply_requested.emit(3)
    write(edit, "a dr")
    room.session.take("draft")
    begin(page)
    assert not composer.answer_bar.isVisible()
    if way != "unchanged":
        write(edit, "!")
    if way == "escape":
        press(edit, Qt.Key.Key_Escape)
    elif way == "button":
        click(composer.edit_bar.close_button)
    else:
        press(edit, Qt.Key.Key_Return)
    assert text_in(page) == "a dr"
    assert edit.hasFocus()
    assert composer.answer_bar.isVisible()
    assert room.session.take("draft") == [], "the draft is what is kept"
    assert len(edits(room)) == (way == "save")
    press(edit, Qt.Key.Key_Z, CONTROL)
    assert text_in(page) == "a dr", "undoing brings no text of the edit here"


def test_undo_goes_back_to_the_text_of_the_message_and_no_further(page: ChatPage) -> None:
    write(page.composer.edit, "draft")
    begin(page)
    write(page.composer.edit, "!!")
    for _ in range(4):
        press(page.composer.edit, Qt.Key.Key_Z, CONTROL)
    assert text_in(page) == "the **secnd** one"


def test_nobody_is_told_that_one_types(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "a")
    assert room.session.take("typing") == [(True,)]
    begin(page)
    assert room.session.take("typing") == [(False,)]
    write(page.composer.edit, "bc")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert room.session.take("typing") == []


def test_signs_that_the_box_holds_otherwise_are_no_change(room: Room, page: ChatPage) -> None:
    room.say("Leo", "10\u00a0km", number=2)
    begin(page, 4)
    press(page.composer.edit, Qt.Key.Key_Return)
    assert edits(room) == []
    assert not page.composer.editing


def test_an_edit_is_a_message_and_no_command(room: Room, page: ChatPage) -> None:
    begin(page)
    fill(page, "/nick Leo2")
    assert not page.completion.is_open
    press(page.composer.edit, Qt.Key.Key_Return)
    assert edits(room) == [(2, "/nick Leo2")]
    begin(page)
    assert text_in(page) == "/nick Leo2", "the wished text, before it is confirmed"


def test_too_long_an_edit_is_not_offered_in_parts(room: Room, page: ChatPage) -> None:
    begin(page)
    page.composer.insert("x" * limits.MAX_TEXT)
    assert not page.composer.line.parts.isVisible()
    assert page.composer.line.hint == "5,017 of 5,000"
    press(page.composer.edit, Qt.Key.Key_Return)
    assert "then save it" in page.composer.line.note
    assert "parts" not in page.composer.line.note
    assert edits(room) == []
    assert page.composer.editing == 2


def test_a_book_is_no_text_of_a_message(page: ChatPage) -> None:
    begin(page)
    data = QMimeData()
    data.setText("x" * 1_000_000)
    page.composer.edit.insertFromMimeData(data)
    assert "then save it" in page.composer.line.note
    assert text_in(page) == "the **secnd** one"


def test_emptied_it_is_deleted_instead_which_can_be_undone(room: Room, page: ChatPage) -> None:
    composer = page.composer
    write(composer.edit, "draft")
    begin(page)
    fill(page, "")
    assert composer.send.text() == "Delete"
    assert composer.send.isEnabled()
    assert "Enter deletes the message" in composer.line.note
    write(composer.edit, "x")
    assert composer.send.text() == "Save"
    fill(page, " ")
    press(composer.edit, Qt.Key.Key_Return)
    assert room.session.taking_back.held == (2,)
    assert text_in(page) == "draft"
    assert not [m for m in room.transport.sent if isinstance(m, Delete)]
    room.clock.advance(GRACE)
    assert [m.seq for m in room.transport.sent if isinstance(m, Delete)] == [2]


def test_the_key_to_undo_keeps_the_message_once_no_typing_is_left_to_undo(
    room: Room, page: ChatPage
) -> None:
    edit, taking_back = page.composer.edit, room.session.taking_back
    begin(page)
    fill(page, "")
    press(edit, Qt.Key.Key_Return)
    write(edit, "x")
    press(edit, Qt.Key.Key_Z, CONTROL)
    assert (text_in(page), taking_back.held) == ("", (2,))
    press(edit, Qt.Key.Key_Z, CONTROL)
    assert taking_back.held == ()
    press(edit, Qt.Key.Key_Z, CONTROL)
    press(edit, Qt.Key.Key_Up)
    assert text_in(page) == "the **secnd** one"


def test_nothing_is_deleted_without_a_connection(room: Room, page: ChatPage) -> None:
    begin(page)
    room.session.set_connection(Connection(Phase.WAITING))
    fill(page, "")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert room.session.taking_back.held == ()
    assert page.composer.editing == 2
    assert "no connection" in page.composer.line.note


def test_a_refusal_is_said_and_the_text_stays(
    room: Room, page: ChatPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(page)
    write(page.composer.edit, "!")
    monkeypatch.setattr(room.session, "edit", lambda _seq, _text: Refusal.NOT_PERMITTED)
    press(page.composer.edit, Qt.Key.Key_Return)
    assert "does not allow" in page.composer.line.note
    assert text_in(page) == "the **secnd** one!"
    assert page.composer.editing == 2


def test_a_message_deleted_meanwhile_leaves_its_text_as_a_draft(room: Room, page: ChatPage) -> None:
    begin(page)
    write(page.composer.edit, "!")
    room.session.take("draft")
    room.delete(2, by="Marina")
    assert not page.composer.editing
    assert text_in(page) == "the **secnd** one!"
    assert page.composer.send.text() == "Send"
    assert "new message now" in page.composer.line.note
    assert room.session.take("draft") == [("the **secnd** one!",)]
    write(page.composer.edit, "!")
    assert page.composer.line.note == ""


def test_a_draft_before_it_is_not_lost_then(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "draft")
    begin(page)
    write(page.composer.edit, "!")
    room.delete(2, by="Marina")
    assert text_in(page) == "draft\n\nthe **secnd** one!"


def test_an_untouched_text_goes_with_its_message(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "draft")
    begin(page)
    room.delete(2, by="Marina")
    assert text_in(page) == "draft"
    assert "was deleted" in page.composer.line.note


def test_a_text_like_a_command_comes_back_as_a_text(room: Room, page: ChatPage) -> None:
    begin(page)
    fill(page, "/nick x")
    room.delete(2, by="Marina")
    assert text_in(page) == "//nick x"
    press(page.composer.edit, Qt.Key.Key_Return)
    assert [m.text for m in room.transport.sent if isinstance(m, Say)] == ["/nick x"]


@pytest.mark.parametrize("told_first", [True, False])
def test_an_edit_that_came_too_late_is_given_back(
    room: Room, page: ChatPage, told_first: bool
) -> None:
    begin(page)
    fill(page, "too late")
    press(page.composer.edit, Qt.Key.Key_Return)
    if told_first:
        room.delete(2, by="Marina")
    refuse_last(room, Refusal.NO_SUCH_MESSAGE)
    assert text_in(page) == "too late"
    assert not page.composer.editing


def test_where_something_is_written_it_is_only_told(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "draft")
    begin(page)
    fill(page, "too late")
    press(page.composer.edit, Qt.Key.Key_Return)
    refuse_last(room, Refusal.NO_SUCH_MESSAGE)
    assert text_in(page) == "draft"
    assert "too late" in page.composer.line.note


def test_what_was_confirmed_or_given_up_is_not_given_back(room: Room, page: ChatPage) -> None:
    begin(page)
    fill(page, "in time")
    press(page.composer.edit, Qt.Key.Key_Return)
    last = [m for m in room.transport.sent if isinstance(m, Edit)][-1]
    room.session.receive(Acked(cid=last.cid, seq=9))
    room.delete(2, by="Marina")
    assert text_in(page) == ""
    begin(page, 1)
    fill(page, "refused")
    press(page.composer.edit, Qt.Key.Key_Return)
    refuse_last(room, Refusal.NOT_PERMITTED)
    entry = room.session.quoted(1)
    assert entry is not None
    assert entry.edit is not None
    room.session.discard(entry.edit.cid)
    room.session.receive(Rejected(code=Refusal.NO_SUCH_MESSAGE))
    assert text_in(page) == ""


def test_one_who_deletes_the_message_gets_no_text_of_it(room: Room, page: ChatPage) -> None:
    begin(page)
    fill(page, "too late")
    press(page.composer.edit, Qt.Key.Key_Return)
    room.delete(2, by="Leo")
    assert text_in(page) == ""


def test_a_failed_edit_is_sent_again_as_it_is(room: Room, page: ChatPage) -> None:
    begin(page)
    fill(page, "again")
    press(page.composer.edit, Qt.Key.Key_Return)
    refuse_last(room, Refusal.NOT_PERMITTED)
    begin(page)
    assert text_in(page) == "again"
    press(page.composer.edit, Qt.Key.Key_Return)
    assert edits(room) == [(2, "again"), (2, "again")]


def test_from_a_private_message_one_comes_back_to_it(room: Room, page: ChatPage) -> None:
    composer = page.composer
    write(composer.edit, "open")
    page.composing.write_privately(device("Priya"), "Priya")
    write(composer.edit, "secret")
    begin(page)
    assert not composer.private_bar.isVisible()
    assert composer.private == b""
    write(composer.edit, "!")
    press(composer.edit, Qt.Key.Key_Return)
    assert edits(room) == [(2, "the **secnd** one!")]
    assert composer.private == device("Priya")
    assert text_in(page) == "secret"
    press(composer.edit, Qt.Key.Key_Escape)
    assert text_in(page) == "open"


def test_an_edit_that_something_comes_between_goes_on_later(page: ChatPage) -> None:
    write(page.composer.edit, "draft")
    begin(page)
    write(page.composer.edit, "!")
    page.timeline.view.deeds.reply_requested.emit(3)
    assert (text_in(page), page.composer.editing) == ("draft", 0)
    begin(page)
    write(page.composer.edit, "?")
    begin(page, 1)
    assert text_in(page) == "first"
    begin(page)
    assert text_in(page) == "the **secnd** one!?"
    page.composing.write_privately(device("Priya"), "Priya")
    assert (text_in(page), page.composer.editing) == ("", 0)
    begin(page)
    assert text_in(page) == "the **secnd** one!?"
    press(page.composer.edit, Qt.Key.Key_Escape)
    begin(page)
    assert text_in(page) == "the **secnd** one", "Escape is meant"


def test_only_ones_own_messages_are_edited(room: Room, page: ChatPage) -> None:
    room.delete(1, by="Marina")
    for seq in (1, 3, 99, 0):
        begin(page, seq)
        assert not page.composer.editing


def test_another_page_of_the_room_goes_on_editing(
    qtbot: QtBot, room: Room, theme: Theme, page: ChatPage
) -> None:
    page.composing.write_privately(device("Priya"), "Priya")
    write(page.composer.edit, "secret")
    begin(page)
    write(page.composer.edit, "!")
    press(page.composer.edit, Qt.Key.Key_Left)
    other = shown_page(qtbot, room, theme)
    carry_room(page, other)
    page.hide()
    page.deleteLater()
    assert other.composer.editing == 2
    assert other.composer.edit_bar.isVisible()
    assert other.composer.is_changed
    write(other.composer.edit, "?")
    assert text_in(other) == "the **secnd** one?!"
    press(other.composer.edit, Qt.Key.Key_Return)
    assert edits(room) == [(2, "the **secnd** one?!")]
    assert text_in(other) == "secret"
    assert other.composer.private == device("Priya")


def test_muted_meanwhile_the_text_waits(page: ChatPage) -> None:
    begin(page)
    write(page.composer.edit, "!")
    page.composer.set_barred("You are muted.")
    assert not page.composer.edit_bar.isVisible()
    page.composer.set_barred("")
    assert page.composer.edit_bar.isVisible()
    assert text_in(page) == "the **secnd** one!"
