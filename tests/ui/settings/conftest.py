"""Choices of looks and habits hold for the whole process: each test gives them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtWidgets import QApplication, QToolTip

from app.ui.main_window import MainWindow
from app.ui.settings.preferences import Preferences
from app.ui.texts import set_language
from app.ui.theme import motion
from tests.ui.chat.rooms import ManualClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.support.settings import SettingsFile
    from app.ui.theme.theme import Theme


@pytest.fixture(autouse=True)
def _given_back(qapp: QApplication) -> Iterator[None]:
    font, tips = qapp.font(), QToolTip.font()
    yield
    motion.set_reduced(False)
    set_language("en")
    if qapp.font() != font:
        qapp.setFont(font)
        QToolTip.setFont(tips)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def preferences(theme: Theme, settings: SettingsFile) -> Preferences:
    return Preferences(theme, settings, theme)


@pytest.fixture
def window(
    qtbot: QtBot,
    theme: Theme,
    settings: SettingsFile,
    preferences: Preferences,
    clock: ManualClock,
) -> MainWindow:
    window = MainWindow(theme, settings, clock, preferences)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window
