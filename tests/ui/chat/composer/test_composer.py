"""Where one writes."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QMimeData, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.ui.chat.composer.composer import Composer
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.rooms import ManualClock


@pytest.fixture
def composer(qtbot: QtBot, theme: Theme, clock: ManualClock) -> Composer:
    composer = Composer(theme, clock)
    qtbot.addWidget(composer)
    composer.resize(700, 120)
    composer.show()
    return composer


def test_enter_sends_and_shift_enter_breaks_the_line(qtbot: QtBot, composer: Composer) -> None:
    write(composer.edit, "one")
    press(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(composer.edit, "two")
    with qtbot.waitSignal(composer.send_requested) as sent:
        press(composer.edit, Qt.Key.Key_Return)
    assert sent.args == ["one\ntwo"]
    assert composer.edit.toPlainText() == "one\ntwo"  # until the page says that it is on its way


def test_the_button_sends_too(qtbot: QtBot, composer: Composer) -> None:
    assert not composer.send.isEnabled()
    write(composer.edit, "one")
    with qtbot.waitSignal(composer.send_requested):
        click(composer.send)


def test_nothing_but_space_is_not_sent(qtbot: QtBot, composer: Composer) -> None:
    write(composer.edit, "  ")
    with qtbot.assertNotEmitted(composer.send_requested):
        press(composer.edit, Qt.Key.Key_Return)


def test_enter_belongs_to_an_input_method_that_composes(qtbot: QtBot, composer: Composer) -> None:
    QApplication.sendEvent(composer.edit, QInputMethodEvent("に", []))
    with qtbot.assertNotEmitted(composer.send_requested):
        press(composer.edit, Qt.Key.Key_Return)
    done = QInputMethodEvent()
    done.setCommitString("日")
    QApplication.sendEvent(composer.edit, done)
    with qtbot.waitSignal(composer.send_requested) as sent:
        press(composer.edit, Qt.Key.Key_Return)
    assert "日" in sent.args[0]


def test_rich_text_is_pasted_as_plain_text(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b><img src='file:///etc/passwd'>")
    data.setText("bold")
    composer.edit.insertFromMimeData(data)
    assert composer.edit.toPlainText() == "bold"
    composer.edit.clear()
    data.setText("<b>x</b>")
    composer.edit.insertFromMimeData(data)
    assert composer.edit.toPlainText() == "<b>x</b>"


def test_a_book_is_not_pasted_but_may_be_a_file(qtbot: QtBot, composer: Composer) -> None:
    data = QMimeData()
    data.setText("x" * 1_000_000)
    with qtbot.waitSignal(composer.file_requested) as asked:
        composer.edit.insertFromMimeData(data)
    assert composer.edit.toPlainText() == ""
    assert asked.args == ["x" * 1_000_000]


def test_it_grows_to_eight_lines(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 8, 20):
        composer.edit.setPlainText("\n".join("x" * lines))
        heights.append(composer._box.height())
    assert heights[0] == 44
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_the_count_comes_near_the_limit(composer: Composer) -> None:
    composer.edit.setPlainText("x" * 4_499)
    assert composer.line.hint == "Enter sends · Shift+Enter adds a line"
    composer.edit.setPlainText("x" * 4_500)
    assert composer.line.hint == "4,500 of 5,000"


def test_too_long_a_text_is_kept_and_explained(qtbot: QtBot, composer: Composer) -> None:
    composer.edit.setPlainText("🙂" * limits.MAX_TEXT)
    assert composer.line.note == ""
    composer.edit.setPlainText("x" * (limits.MAX_TEXT + 1))
    assert "Shorten it" in composer.line.note
    with qtbot.assertNotEmitted(composer.send_requested):
        press(composer.edit, Qt.Key.Key_Return)
    assert len(composer.edit.toPlainText()) == limits.MAX_TEXT + 1


def test_a_refusal_stays_until_the_text_changes(composer: Composer) -> None:
    write(composer.edit, "one")
    composer.refuse("Not now.")
    assert composer.line.note == "Not now."
    assert composer.edit.toPlainText() == "one"
    write(composer.edit, "!")
    assert composer.line.note == ""


def test_tab_leaves_the_box(qtbot: QtBot, composer: Composer) -> None:
    with qtbot.waitActive(composer):
        composer.activateWindow()
    composer.edit.setFocus()
    write(composer.edit, "one")
    press(composer.edit, Qt.Key.Key_Tab)
    assert composer.edit.toPlainText() == "one"
    assert composer.attach.hasFocus()
    press(composer.attach, Qt.Key.Key_Tab)
    assert composer.emoji.hasFocus()
    press(composer.emoji, Qt.Key.Key_Tab)
    assert composer.send.hasFocus()


def test_the_room_is_named(composer: Composer) -> None:
    composer.set_room("Robotics Lab")
    assert composer.edit.placeholderText() == "Message Robotics Lab"


def test_what_is_written_is_a_draft_and_a_sign_of_life(qtbot: QtBot, composer: Composer) -> None:
    drafts: list[str] = []
    typing: list[bool] = []
    composer.draft_changed.connect(drafts.append)
    composer.typing_changed.connect(typing.append)
    write(composer.edit, "ab")
    assert drafts == ["a", "ab"]
    assert typing == [True, True]
    press(composer.edit, Qt.Key.Key_Backspace)
    press(composer.edit, Qt.Key.Key_Backspace)
    assert drafts[-1] == ""
    assert typing[-1] is False
    write(composer.edit, "c")
    with qtbot.waitSignal(composer.send_requested):
        press(composer.edit, Qt.Key.Key_Return)
    composer.clear()
    assert drafts[-1] == ""
    assert typing[-2:] == [True, False]


def test_who_leaves_the_box_writes_no_longer(qtbot: QtBot, composer: Composer) -> None:
    typing: list[bool] = []
    composer.typing_changed.connect(typing.append)
    with qtbot.waitActive(composer):
        composer.activateWindow()
    composer.edit.setFocus()
    write(composer.edit, "one")
    press(composer.edit, Qt.Key.Key_Tab)
    assert typing == [True, True, True, False]
    press(composer.send, Qt.Key.Key_Tab)
    assert typing[-1] is False
    assert len(typing) == 4


def test_space_alone_is_no_writing(composer: Composer) -> None:
    typing: list[bool] = []
    composer.typing_changed.connect(typing.append)
    write(composer.edit, "  ")
    assert typing == []


def test_a_restored_draft_is_told_to_nobody(composer: Composer) -> None:
    told: list[object] = []
    composer.draft_changed.connect(told.append)
    composer.typing_changed.connect(told.append)
    composer.restore("<b>one</b>\ntwo")
    assert composer.edit.toPlainText() == "<b>one</b>\ntwo"
    assert composer.edit.textCursor().atEnd()
    assert composer.send.isEnabled()
    assert told == []


def test_offline_the_draft_is_said_to_be_kept(composer: Composer) -> None:
    write(composer.edit, "one")
    assert composer.line.note == ""
    composer.set_waiting(0, offline=True)
    assert composer.line.note == "Draft kept"
    assert composer.line.check.isVisible()
    composer.set_waiting(2, offline=True)
    assert composer.line.note.startswith("Draft kept · 2 message")
    composer.edit.clear()
    assert composer.line.note.startswith("2 message")
    assert not composer.line.check.isVisible()


def test_being_slowed_down_is_said_for_a_while(composer: Composer, clock: ManualClock) -> None:
    composer.slow_down(6.0)
    assert composer.line.note == (
        "You write faster than this room allows. Your messages go out in a moment."
    )
    clock.advance(5.9)
    composer.slow_down(1.0)
    clock.advance(3.9)
    assert composer.line.note
    clock.advance(0.2)
    assert composer.line.note == ""


def test_others_who_write_give_way_to_what_matters_more(composer: Composer) -> None:
    composer.set_typing("Aiko is typing…")
    assert composer.line.note == "Aiko is typing…"
    assert composer.line.dots.isVisible()
    # It changes all the time: a screen reader is not to repeat it with the box.
    assert composer.edit.accessibleDescription() == ""
    composer.refuse("Not now.")
    assert composer.line.note == "Not now."
    assert not composer.line.dots.isVisible()
    assert composer.edit.accessibleDescription() == "Not now."


def test_what_waits_is_counted(composer: Composer) -> None:
    composer.set_waiting(3)
    assert composer.line.note.startswith("3 message")
    composer.set_waiting(0)
    assert composer.line.note == ""


def test_the_keys_give_way_to_a_sentence_and_the_count_does_not(composer: Composer) -> None:
    hint = composer.line._hint
    assert hint.isVisible()
    composer.tell("A sentence " * 12)
    assert not hint.isVisible()
    write(composer.edit, "x")
    assert hint.isVisible()
    composer.edit.setPlainText("x" * 4_600)
    composer.tell("A sentence " * 12)
    assert hint.isVisible()
    assert composer.line.hint == "4,600 of 5,000"
