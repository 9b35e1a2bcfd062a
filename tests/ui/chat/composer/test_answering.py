"""Answering a message: which one is plain to see, and what is sent answers that one alone."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.protocol.messages import Say
from app.ui.carrying import carry_room
from app.ui.chat.chat_page import ChatPage
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    room.say("Priya", "Which **baud** rate?\nI forgot.")
    room.say("Leo", "One moment", number=2)
    return page


def answer(page: ChatPage, seq: int) -> None:
    page.timeline.view.deeds.reply_requested.emit(seq)


def said(room: Room) -> list[tuple[str, int]]:
    return [(m.text, m.reply_to) for m in room.transport.sent if isinstance(m, Say)]


def test_the_next_message_answers_it_and_no_other(room: Room, page: ChatPage) -> None:
    edit, bar = page.composer.edit, page.composer.answer_bar
    page.timeline.view.setFocus()
    answer(page, 1)
    assert edit.hasFocus()
    assert bar.isVisible()
    assert (bar.title, bar.line) == ("Answering Priya", "Which baud rate? I forgot.")
    assert edit.accessibleName() == "Answering Priya"
    write(edit, "115200")
    press(edit, Qt.Key.Key_Return)
    assert not bar.isVisible()
    assert edit.accessibleName() == "Message"
    write(edit, "and newline")
    press(edit, Qt.Key.Key_Return)
    assert said(room) == [("115200", 1), ("and newline", 0)]


def test_another_message_can_be_answered_instead_and_ones_own(room: Room, page: ChatPage) -> None:
    answer(page, 1)
    write(page.composer.edit, "and")
    answer(page, 2)
    assert page.composer.answer_bar.title == "Answering yourself"
    press(page.composer.edit, Qt.Key.Key_Return)
    assert said(room) == [("and", 2)]


def test_escape_or_the_button_answers_nothing_and_keeps_the_text(
    room: Room, page: ChatPage
) -> None:
    edit, bar = page.composer.edit, page.composer.answer_bar
    answer(page, 1)
    write(edit, "hm @Pr")
    assert page.completion.offered
    press(edit, Qt.Key.Key_Escape)
    assert page.completion.offered == []
    assert bar.isVisible(), "the first Escape is the list's"
    press(edit, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    answer(page, 1)
    click(bar.close_button)
    assert edit.hasFocus()
    press(edit, Qt.Key.Key_Return)
    assert said(room) == [("hm @Pr", 0)]


def test_the_way_out_comes_before_the_box_by_tab(page: ChatPage) -> None:
    answer(page, 1)
    shift = Qt.KeyboardModifier.ShiftModifier
    press(page.composer.edit, Qt.Key.Key_Tab, shift)
    close = page.composer.answer_bar.close_button
    assert close.hasFocus()
    assert close.accessibleName() == "Answer nobody"
    press(close, Qt.Key.Key_Return)
    assert page.composer.edit.hasFocus()


def test_the_bar_follows_what_becomes_of_the_message(room: Room, page: ChatPage) -> None:
    bar = page.composer.answer_bar
    answer(page, 1)
    room.change("Priya", 1, "Which baud?")
    assert bar.line == "Which baud?"
    write(page.composer.edit, "115200")
    room.delete(1, by="Marina")
    assert bar.title == "The message was deleted."
    press(page.composer.edit, Qt.Key.Key_Return)
    assert said(room) == [("115200", 0)]
    assert not bar.isVisible()


def test_what_cannot_be_answered_is_not(room: Room, page: ChatPage) -> None:
    room.delete(1, by="Marina")
    for seq in (1, 99, 0):
        answer(page, seq)
        assert not page.composer.answer_bar.isVisible()


def test_an_answer_is_for_everyone_and_writing_to_one_ends_it(room: Room, page: ChatPage) -> None:
    composer = page.composer
    page.composing.write_privately(device("Priya"), "Priya")
    write(composer.edit, "secret")
    answer(page, 1)
    assert composer.private == b""
    assert composer.edit.toPlainText() == ""
    write(composer.edit, "open")
    page.composing.write_privately(device("Priya"), "Priya")
    assert not composer.answer_bar.isVisible()
    assert composer.edit.toPlainText() == "secret"
    press(composer.edit, Qt.Key.Key_Escape)
    assert not composer.answer_bar.isVisible()
    press(composer.edit, Qt.Key.Key_Return)
    assert said(room) == [("open", 0)]


def test_of_several_parts_the_first_is_the_answer(room: Room, page: ChatPage) -> None:
    answer(page, 1)
    page.composer.insert("x" * (limits.MAX_TEXT + 1))
    click(page.composer.line.parts)
    assert [reply_to for _, reply_to in said(room)] == [1, 0]


def test_a_refused_text_still_answers(page: ChatPage) -> None:
    answer(page, 1)
    write(page.composer.edit, "/nothing")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert page.composer.line.note
    assert page.composer.answer_bar.isVisible()


def test_what_an_input_method_composes_is_not_cut(page: ChatPage) -> None:
    page.composer.edit.setFocus()
    QApplication.sendEvent(page.composer.edit, QInputMethodEvent("に", []))
    answer(page, 1)
    assert page.composer.edit.is_composing


def test_another_page_of_the_room_goes_on_answering(
    qtbot: QtBot, room: Room, theme: Theme, page: ChatPage
) -> None:
    answer(page, 1)
    write(page.composer.edit, "115")
    other = shown_page(qtbot, room, theme)
    carry_room(page, other)
    page.hide()
    page.deleteLater()
    assert other.composer.answer_bar.isVisible()
    assert other.composer.edit.toPlainText() == "115"
    press(other.composer.edit, Qt.Key.Key_Return)
    assert said(room) == [("115", 1)]


def test_nothing_is_answered_where_one_may_not_write(page: ChatPage) -> None:
    answer(page, 1)
    page.composer.set_barred("You are muted.")
    assert not page.composer.answer_bar.isVisible()
    answer(page, 2)
    page.composer.set_barred("")
    assert page.composer.answer_bar.title == "Answering Priya"
