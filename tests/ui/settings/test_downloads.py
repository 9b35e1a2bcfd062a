"""The folder that fetched files go to, as the person chooses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog

from app.support.settings import SettingsFile
from app.ui.settings.downloads_part import DownloadsPart, why_not_into
from tests.ui.hands import press
from tests.ui.settings.rooms import settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.main_window import MainWindow
    from app.ui.settings.preferences import Preferences
    from app.ui.theme.theme import Theme


@pytest.fixture
def told(preferences: Preferences) -> list[Path]:
    """Every folder that the program is told of."""
    folders: list[Path] = []
    preferences.downloads_changed.connect(folders.append)
    return folders


@pytest.fixture
def part(qtbot: QtBot, theme: Theme, preferences: Preferences, told: list[Path]) -> DownloadsPart:
    assert told == []
    part = DownloadsPart(theme, preferences)
    qtbot.addWidget(part)
    with qtbot.waitActive(part):
        part.show()
        part.activateWindow()
    return part


def choose(part: DownloadsPart, folder: Path) -> None:
    """Choose a folder in the dialog that Change opens."""
    press(part.change, Qt.Key.Key_Return)
    dialog = part.dialog
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(folder))
    dialog.done(1)


def test_a_folder_is_chosen_and_the_usual_one_again(
    part: DownloadsPart, settings: SettingsFile, told: list[Path], tmp_path: Path
) -> None:
    usual = part.path.text()
    assert part.usual.isHidden()
    chosen = tmp_path / "my files"
    chosen.mkdir()
    choose(part, chosen)
    assert part.path.text() == str(chosen)
    assert SettingsFile(tmp_path / "settings.json").values.downloads == str(chosen)
    part.usual.setFocus()
    press(part.usual, Qt.Key.Key_Return)
    assert part.path.text() == usual
    assert part.usual.isHidden()
    assert part.change.hasFocus()
    assert settings.values.downloads == ""
    assert [str(folder) for folder in told] == [str(chosen), usual]


def test_a_folder_that_is_gone_is_said_and_not_taken(
    part: DownloadsPart, told: list[Path], tmp_path: Path
) -> None:
    usual = part.path.text()
    choose(part, tmp_path / "gone")
    assert "not there any more" in part.problem
    assert part.path.accessibleDescription() == part.problem
    assert (part.path.text(), told) == (usual, [])
    choose(part, tmp_path)
    assert part.problem == ""
    assert told == [tmp_path]


def test_a_folder_that_takes_nothing_is_said_and_not_taken(
    part: DownloadsPart, told: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_how: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.TemporaryFile", refuse)
        choose(part, tmp_path)
    assert "may not write" in part.problem
    assert told == []


def test_trying_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    assert why_not_into(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []
    file = tmp_path / "file"
    file.touch()
    assert why_not_into(file)


def test_a_folder_that_was_chosen_and_has_gone_is_told_of(
    window: MainWindow, settings: SettingsFile, tmp_path: Path
) -> None:
    settings.values.downloads = str(tmp_path / "stick")
    window.show_settings()
    part = settings_of(window).downloads
    assert "not there any more" in part.problem
    assert part.path.text() == str(tmp_path / "stick")


def test_who_changes_the_text_size_stays_at_the_button(
    window: MainWindow, preferences: Preferences
) -> None:
    window.show_settings()
    settings_of(window).downloads.change.setFocus()
    preferences.set_text_size(110)
    assert settings_of(window).downloads.change.hasFocus()
