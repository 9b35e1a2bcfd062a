"""Buttons, fields, bars, chips and counts."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.icons import Icon
from app.ui.theme.theme import Scheme, Theme
from app.ui.widgets.buttons import (
    IconButton,
    danger_button,
    main_button,
    plain_button,
    text_button,
    tonal_button,
)
from app.ui.widgets.chip import Chip
from app.ui.widgets.count_badge import CountBadge
from app.ui.widgets.fields import Field
from app.ui.widgets.info_bar import InfoBar
from tests.ui.hands import click, press, write


def test_buttons_carry_their_kind(theme: Theme, qtbot: QtBot) -> None:
    for make, kind in (
        (main_button, "main"),
        (tonal_button, "tonal"),
        (plain_button, "plain"),
        (text_button, "text"),
        (danger_button, "danger"),
    ):
        button = make(theme, "Go", icon=Icon.PLUS)
        qtbot.addWidget(button)
        assert button.property("kind") == kind
        assert not button.icon().isNull()


def test_an_icon_button_has_a_name_and_tells_its_shortcut(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, Icon.PLUS, "New <room>", shortcut=QKeySequence("Ctrl+N"))
    qtbot.addWidget(button)
    assert button.accessibleName() == "New <room>"
    assert button.accessibleDescription() == "Ctrl+N"
    assert "New &lt;room&gt; (Ctrl+N)" in button.toolTip()
    assert button.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_icons_are_fetched_again_when_the_theme_changes(theme: Theme, qtbot: QtBot) -> None:
    theme.set_scheme(Scheme.LIGHT)
    button = IconButton(theme, Icon.PLUS, "New")
    qtbot.addWidget(button)
    before = button.icon().cacheKey()
    theme.set_scheme(Scheme.DARK)
    assert button.icon().cacheKey() != before


def test_a_field_says_what_is_wrong_to_eyes_and_ears(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Room name")
    qtbot.addWidget(field)
    field.show()
    assert field.edit.accessibleName() == "Room name"
    field.set_error("Give the room a name.")
    assert field.error == "Give the room a name."
    assert field.edit.accessibleDescription() == field.error
    assert field.edit.property("invalid") is True
    field.set_error("")
    assert field.edit.accessibleDescription() == ""
    assert field.edit.property("invalid") is False


def test_only_the_person_touches_a_field(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Room name")
    qtbot.addWidget(field)
    field.set_text("by the program")
    assert not field.touched
    with qtbot.waitSignal(field.edited, timeout=1000) as typed:
        write(field.edit, "!")
    assert typed.args in (["by the program!"], ["!by the program"])
    assert field.touched


def test_enter_submits_a_field(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Room name", text="x")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.submitted, timeout=1000):
        press(field.edit, Qt.Key.Key_Return)


def test_a_bar_wraps_its_sentences_and_never_reads_markup(theme: Theme, qtbot: QtBot) -> None:
    bar = InfoBar(theme, "warn", button="Try now", closable=True)
    qtbot.addWidget(bar)
    bar.set_text("No connection to <b>Marina</b>’s computer.", "Trying again in 8 s.")
    assert bar.text == "No connection to <b>Marina</b>’s computer. Trying again in 8 s."
    assert bar.accessibleName() == bar.text
    bar.resize(900, 48)
    bar.show()
    assert bar.minimumHeight() == 48
    assert bar.heightForWidth(320) > bar.heightForWidth(900)
    assert not bar.grab().isNull()
    with qtbot.waitSignal(bar.button_clicked, timeout=1000):
        click(bar.button)
    close = bar.findChildren(IconButton)[0]
    with qtbot.waitSignal(bar.closed, timeout=1000):
        click(close)
    assert bar.isHidden()


def test_a_bar_without_a_button_offers_nothing(theme: Theme, qtbot: QtBot) -> None:
    bar = InfoBar(theme, "danger")
    qtbot.addWidget(bar)
    bar.set_text("x")
    bar.show()
    assert not bar.button.isVisible()
    bar.set_button("Leave")
    assert bar.button.isVisible()


def test_a_chip_tells_its_text(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Host not verified", "warn", Icon.SHIELD_ALERT)
    qtbot.addWidget(chip)
    assert chip.text == chip.accessibleName() == "Host not verified"
    assert not chip.grab().isNull()


def test_a_count_is_shown_and_spoken_and_never_gets_too_wide(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(200, 60)
    button = IconButton(theme, Icon.MENU, "Rooms", parent=parent)
    button.move(20, 12)
    badge = CountBadge(theme, button, parent)
    parent.show()
    badge.set_count(20)
    assert badge.isVisible()
    assert "20" in button.accessibleDescription()
    narrow = badge.width()
    badge.set_count(5000)
    assert badge.width() < narrow * 3
    badge.set_count(0)
    assert not badge.isVisible()
    assert button.accessibleDescription() == ""
