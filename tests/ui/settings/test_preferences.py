"""Each choice is in force at once, remembered at once, and in force again at the next start."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QLocale
from PyQt6.QtWidgets import QApplication, QWidget

from app.support.settings import SettingsFile
from app.ui import texts
from app.ui.settings import preferences as module
from app.ui.settings.preferences import TEXT_SIZES, Preferences
from app.ui.texts import locale, tr
from app.ui.theme.motion import moves
from app.ui.theme.theme import Scheme
from app.ui.theme.type import Step
from app.ui.widgets.typing_dots import Beat

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme


def test_everything_chosen_holds_at_once_and_at_the_next_start(
    qapp: QApplication, theme: Theme, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    usual = qapp.font().pointSizeF()
    widget = QWidget()
    qtbot.addWidget(widget)
    preferences.set_scheme(Scheme.DARK)
    preferences.set_text_size(150)
    preferences.set_language("pt_BR")
    preferences.set_reduced_motion(True)
    preferences.set_away_after(30)
    assert theme.dark
    assert qapp.font().pointSizeF() == pytest.approx(usual * 1.5)
    assert theme.font(Step.TITLE).pointSizeF() == pytest.approx(usual * 1.5 + 2)
    assert tr("Rooms") == "Salas"
    assert not moves(widget)
    read = SettingsFile(tmp_path / "settings.json").values
    assert (read.scheme, read.text_size, read.language) == ("dark", 150, "pt_BR")
    assert (read.reduced_motion, read.away_after) == (True, 30)

    # As a new run of the program finds it.
    theme.set_scheme(Scheme.LIGHT)
    theme.set_text_size(100)
    texts.set_language("en")
    again = Preferences(theme, SettingsFile(tmp_path / "settings.json"), theme)
    again.apply()
    assert theme.dark
    assert qapp.font().pointSizeF() == pytest.approx(usual * 1.5)
    assert tr("Rooms") == "Salas"
    assert locale().language() is QLocale.Language.Portuguese
    theme.set_scheme(Scheme.SYSTEM)


def test_texts_are_made_anew_only_where_they_are_others(
    preferences: Preferences, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(preferences.texts_changed):
        preferences.set_text_size(100)
        preferences.set_language("")
        preferences.set_away_after(5)
    with qtbot.waitSignal(preferences.texts_changed, timeout=1000):
        preferences.set_text_size(110)
    with qtbot.waitSignal(preferences.texts_changed, timeout=1000):
        preferences.set_language("pt_BR")


def test_a_language_that_is_not_there_is_the_systems(
    preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "system_language", lambda: "pt_BR")
    preferences.values.language = "tlh"
    preferences.apply()
    assert preferences.language == ""
    assert tr("Rooms") == "Rooms"
    preferences.set_language("")
    assert tr("Rooms") == "Salas"


def test_every_size_offered_is_one_that_is_read_back(
    preferences: Preferences, tmp_path: Path
) -> None:
    assert (min(TEXT_SIZES), max(TEXT_SIZES)) == (90, 200)
    for size in TEXT_SIZES:
        preferences.set_text_size(size)
        again = SettingsFile(tmp_path / "settings.json")
        assert (again.set_aside, again.values.text_size) == (None, size)


def test_a_disk_that_refuses_is_told_and_the_choice_holds(
    theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    preferences = Preferences(theme, SettingsFile(folder / "settings.json"), theme)
    shutil.rmtree(folder)
    with qtbot.waitSignal(preferences.not_saved, timeout=1000) as told:
        preferences.set_scheme(Scheme.DARK)
    assert isinstance(told.args[0], OSError)
    assert theme.dark
    theme.set_scheme(Scheme.SYSTEM)


def test_dots_stand_still_where_nothing_may_move(preferences: Preferences, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    beat = Beat(widget)
    ran = []
    for reduced in (False, True, False):
        preferences.set_reduced_motion(reduced)
        beat.run(True)
        ran.append(beat.is_running)
    beat.run(False)
    assert ran == [True, False, True]
