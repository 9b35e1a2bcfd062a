"""The nickname for the next rooms, and one's own colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt

from app.protocol.messages import Rename, SetColour
from app.ui.settings.colour_choice import COUNT, ColourChoice, colour_name
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import RecordingTransport
from tests.ui.settings.rooms import open_room, settings_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.support.settings import SettingsFile
    from app.ui.main_window import MainWindow
    from app.ui.settings.preferences import Preferences
    from app.ui.theme.theme import Theme
    from tests.ui.chat.rooms import ManualClock


def test_colour_is_seen_in_every_room_at_once(
    window: MainWindow, clock: ManualClock, settings: SettingsFile
) -> None:
    session = open_room(window, clock)
    transport = RecordingTransport()
    session.attach(transport)
    window.show_session(session)
    window.show_settings()
    part = settings_of(window).own_look
    click(part.colours.swatches[5])
    assert settings.values.colour == 5
    assert transport.sent == [SetColour(colour=5)]
    assert session.colour_of(session.device) == 5
    assert window._rail.identity._colour == 5
    click(part.colours.swatches[-1])
    assert transport.sent[-1] == SetColour()


def test_room_opened_later_gets_the_colour(
    window: MainWindow, clock: ManualClock, preferences: Preferences
) -> None:
    preferences.set_colour(3)
    assert open_room(window, clock).colour == 3


def test_colours_are_chosen_by_arrow_keys(qtbot: QtBot, theme: Theme) -> None:
    choice = ColourChoice(theme, -1)
    qtbot.addWidget(choice)
    choice.resize(600, 60)
    with qtbot.waitActive(choice):
        choice.show()
    seen: list[int] = []
    choice.chosen.connect(seen.append)
    choice.swatches[-1].setFocus()
    press(choice.swatches[-1], Qt.Key.Key_Right)
    press(choice.swatches[0], Qt.Key.Key_Right)
    assert (choice.colour, seen) == (1, [0, 1])
    assert choice.swatches[1].hasFocus()
    tabs = [s for s in choice.swatches.values() if s.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabs == [choice.swatches[1]]


def test_every_colour_has_a_name_of_its_own(qtbot: QtBot, theme: Theme) -> None:
    choice = ColourChoice(theme, 63)
    qtbot.addWidget(choice)
    names = [swatch.accessibleName() for swatch in choice.swatches.values()]
    assert names[0] == "By itself"
    assert names[4] == "Colour 4, green"
    assert len(set(names)) == COUNT + 1
    assert choice.colour == 63 % COUNT
    assert colour_name(63) == colour_name(63 % COUNT)


@pytest.mark.parametrize("width", [150, 260, 600])
def test_no_swatch_is_cut_off(qtbot: QtBot, theme: Theme, width: int) -> None:
    choice = ColourChoice(theme, 2)
    qtbot.addWidget(choice)
    choice.resize(width, 300)
    choice.show()
    qtbot.waitUntil(
        lambda: all(choice.rect().contains(s.geometry()) for s in choice.swatches.values())
    )


def test_nickname_is_offered_in_the_next_rooms(window: MainWindow, settings: SettingsFile) -> None:
    window.show_settings()
    field = settings_of(window).own_look.field
    field.edit_text("Leonor")
    assert settings.values.nickname == "Leonor"
    window.show_start()
    assert window.start_page.host_card.nickname.text == "Leonor"
    assert window.start_page.join_card.nickname.text == "Leonor"


def test_nickname_that_cannot_be_one_is_said_and_not_kept(
    window: MainWindow, settings: SettingsFile
) -> None:
    settings.values.nickname = "Leo"
    window.show_settings()
    part = settings_of(window).own_look
    part.field.edit_text("x" * 40)
    assert "too long" in part.field.error
    assert settings.values.nickname == "Leo"
    part.field.edit_text("")
    assert (part.field.error, settings.values.nickname) == ("", "")


def test_nickname_goes_to_open_rooms_when_wanted(window: MainWindow, clock: ManualClock) -> None:
    session = open_room(window, clock)
    transport = RecordingTransport()
    session.attach(transport)
    window.show_settings()
    part = settings_of(window).own_look
    part.field.edit_text("Leonor")
    assert transport.sent == []
    click(part.everywhere)
    assert transport.sent == [Rename(nick="Leonor")]


def test_without_a_room_there_is_nothing_to_rename(window: MainWindow) -> None:
    window.show_settings()
    assert not settings_of(window).own_look.everywhere.isVisible()


def test_preview_shows_what_others_will_see(
    window: MainWindow, preferences: Preferences, theme: Theme
) -> None:
    preferences.device = b"d" * 32
    window.show_settings()
    part = settings_of(window).own_look
    part.field.edit_text("Leonor")
    assert part.preview.name.accessibleName() == "Leonor"
    before = part.preview.grab().toImage()
    number = next(n for n in range(COUNT) if theme.person(b"", n) != theme.person(b"d" * 32))
    click(part.colours.swatches[number])
    assert part.preview.grab().toImage() != before
