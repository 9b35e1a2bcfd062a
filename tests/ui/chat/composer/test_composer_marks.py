"""Keys that mark what is selected as Markdown does."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut, QTextCursor
from pytestqt.qtbot import QtBot

from app.ui.chat.composer.edit import ComposerEdit
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press, write

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOLD, ITALIC = (Qt.Key.Key_B, CTRL), (Qt.Key.Key_I, CTRL)
STRIKE, CODE = (Qt.Key.Key_X, CTRL | SHIFT), (Qt.Key.Key_M, CTRL | SHIFT)


@pytest.fixture
def edit(qtbot: QtBot, theme: Theme) -> ComposerEdit:
    edit = ComposerEdit(theme)
    qtbot.addWidget(edit)
    with qtbot.waitActive(edit):
        edit.show()
        edit.activateWindow()
    edit.setFocus()
    return edit


def select(edit: ComposerEdit, start: int, end: int) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


@pytest.mark.parametrize(
    ("keys", "marked"),
    [(BOLD, "a **b** c"), (ITALIC, "a *b* c"), (STRIKE, "a ~~b~~ c"), (CODE, "a `b` c")],
)
def test_a_mark_comes_and_goes(
    edit: ComposerEdit, keys: tuple[Qt.Key, Qt.KeyboardModifier], marked: str
) -> None:
    write(edit, "a b c")
    select(edit, 1, 4)
    press(edit, *keys)
    assert edit.toPlainText() == marked
    assert edit.textCursor().selectedText() == "b"
    press(edit, *keys)
    assert edit.toPlainText() == "a b c"
    edit.undo()
    assert edit.toPlainText() == marked
    edit.undo()
    assert edit.toPlainText() == "a b c"


def test_marks_that_are_selected_go_too(edit: ComposerEdit) -> None:
    write(edit, "**b**")
    select(edit, 0, 5)
    press(edit, *BOLD)
    assert edit.toPlainText() == "b"


def test_bold_and_italic_are_told_apart(edit: ComposerEdit) -> None:
    write(edit, "b")
    select(edit, 0, 1)
    press(edit, *BOLD)
    press(edit, *ITALIC)
    assert edit.toPlainText() == "***b***"
    press(edit, *BOLD)
    assert edit.toPlainText() == "*b*"
    press(edit, *ITALIC)
    assert edit.toPlainText() == "b"


def test_code_of_many_lines_is_fenced_and_ticks_are_kept_apart(edit: ComposerEdit) -> None:
    edit.setPlainText("one\ntwo")
    select(edit, 0, 7)
    press(edit, *CODE)
    assert edit.toPlainText() == "```\none\ntwo\n```"
    edit.setPlainText("a`b")
    select(edit, 0, 3)
    press(edit, *CODE)
    assert edit.toPlainText() == "`` a`b ``"


def test_without_a_selection_the_keys_mean_what_they_mean_elsewhere(
    qtbot: QtBot, edit: ComposerEdit
) -> None:
    invite = QShortcut(QKeySequence("Ctrl+I"), edit)
    write(edit, "word")
    with qtbot.waitSignal(invite.activated):
        press(edit, *ITALIC)
    assert edit.toPlainText() == "word"
    select(edit, 0, 4)
    with qtbot.assertNotEmitted(invite.activated):
        press(edit, *ITALIC)
    assert edit.toPlainText() == "*word*"


def test_nothing_but_space_is_not_marked(edit: ComposerEdit) -> None:
    write(edit, "a   b")
    select(edit, 1, 4)
    press(edit, *BOLD)
    assert edit.toPlainText() == "a   b"


def test_emoji_are_whole(edit: ComposerEdit) -> None:
    edit.setPlainText("🙂 👍🏽")
    edit.selectAll()
    press(edit, *BOLD)
    assert edit.toPlainText() == "**🙂 👍🏽**"
