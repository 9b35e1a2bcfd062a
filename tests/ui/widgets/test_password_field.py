"""A field for a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit

from app.ui.widgets.password_field import PasswordField
from tests.ui.hands import press, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> PasswordField:
    field = PasswordField(theme, "Password", remark="optional")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    return field


def type_key(field: PasswordField, text: str, *, shift: bool = False) -> None:
    """Press a key that gives `text`, whatever the keyboard's locks do to it."""
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, text)
    QCoreApplication.sendEvent(field.edit, event)


def test_what_is_typed_is_hidden_until_the_eye_is_pressed(field: PasswordField) -> None:
    write(field.edit, "tulip")
    assert field.text == "tulip"
    assert len(set(field.edit.displayText())) == 1
    assert field.eye.accessibleName() == "Show the password"
    press(field.edit, Qt.Key.Key_Tab)
    assert field.eye.hasFocus()
    press(field.eye, Qt.Key.Key_Space)
    assert field.edit.displayText() == "tulip"
    assert field.eye.accessibleName() == "Hide the password"


def test_a_cleared_field_gives_nothing_back(field: PasswordField) -> None:
    write(field.edit, "tulip")
    field.eye.setChecked(True)
    field.set_error("Wrong.")
    field.clear()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert field.error == ""
    assert not field.edit.isUndoAvailable()
    field.edit.undo()
    assert field.text == ""


def test_no_keyboard_learns_the_word(field: PasswordField) -> None:
    for shown in (False, True):
        field.eye.setChecked(shown)
        hints = field.edit.inputMethodHints()
        assert hints & Qt.InputMethodHint.ImhSensitiveData
        assert hints & Qt.InputMethodHint.ImhNoPredictiveText


def test_what_is_optional_is_read_out_so(field: PasswordField) -> None:
    assert field.edit.accessibleName() == "Password, optional"


@pytest.mark.parametrize(
    ("text", "shift", "warns"),
    [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True),
     ("É", False, True), ("7", False, False), ("!", True, False), ("漢", False, False)],
)  # fmt: skip
def test_caps_lock_is_told_by_what_the_keys_give(
    field: PasswordField, text: str, shift: bool, warns: bool
) -> None:
    type_key(field, text, shift=shift)
    assert field.warns_of_caps_lock is warns


def test_caps_lock_is_not_told_any_longer_than_it_is_known(field: PasswordField) -> None:
    type_key(field, "A")
    press(field.edit, Qt.Key.Key_CapsLock)
    assert not field.warns_of_caps_lock
    type_key(field, "A")
    field.eye.setFocus()
    assert not field.warns_of_caps_lock
