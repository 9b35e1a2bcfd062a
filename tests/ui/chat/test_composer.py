"""Where one writes."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QMimeData, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.ui.chat.composer import Composer
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


def test_a_book_is_not_pasted(composer: Composer) -> None:
    data = QMimeData()
    data.setText("x" * 1_000_000)
    composer.edit.insertFromMimeData(data)
    assert composer.edit.toPlainText() == ""
    assert "room for" in composer.note


def test_it_grows_to_eight_lines(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 8, 20):
        composer.edit.setPlainText("\n".join("x" * lines))
        heights.append(composer._box.height())
    assert heights[0] == 44
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_the_count_comes_near_the_limit(composer: Composer) -> None:
    composer.edit.setPlainText("x" * 4_499)
    assert composer.hint == "Enter sends · Shift+Enter adds a line"
    composer.edit.setPlainText("x" * 4_500)
    assert composer.hint == "4,500 of 5,000"


def test_too_long_a_text_is_kept_and_explained(qtbot: QtBot, composer: Composer) -> None:
    composer.edit.setPlainText("🙂" * limits.MAX_TEXT)
    assert composer.note == ""
    composer.edit.setPlainText("x" * (limits.MAX_TEXT + 1))
    assert "Shorten it" in composer.note
    with qtbot.assertNotEmitted(composer.send_requested):
        press(composer.edit, Qt.Key.Key_Return)
    assert len(composer.edit.toPlainText()) == limits.MAX_TEXT + 1


def test_a_refusal_stays_until_the_text_changes(composer: Composer) -> None:
    write(composer.edit, "one")
    composer.refuse("Not now.")
    assert composer.note == "Not now."
    assert composer.edit.toPlainText() == "one"
    write(composer.edit, "!")
    assert composer.note == ""


def test_tab_leaves_the_box(qtbot: QtBot, composer: Composer) -> None:
    with qtbot.waitActive(composer):
        composer.activateWindow()
    composer.edit.setFocus()
    write(composer.edit, "one")
    press(composer.edit, Qt.Key.Key_Tab)
    assert composer.edit.toPlainText() == "one"
    assert composer.send.hasFocus()


def test_the_room_is_named(composer: Composer) -> None:
    composer.set_room("Robotics Lab")
    assert composer.edit.placeholderText() == "Message Robotics Lab"


def test_what_waits_is_counted(composer: Composer) -> None:
    composer.set_waiting(3)
    assert composer.note.startswith("3 message")
    composer.set_waiting(0)
    assert composer.note == ""
