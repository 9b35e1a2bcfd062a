"""The window with everything that calls its person, but for what would really call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.ui.notifications import sound
from app.ui.notifications.notifier import Notifier
from app.ui.settings.preferences import Preferences
from app.ui.texts import set_language
from tests.ui.chat.rooms import ManualClock
from tests.ui.notifications.desk import Desk, FakeOutletService

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.support.settings import SettingsFile
    from app.ui.theme.theme import Theme


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    clock = ManualClock()
    preferences = Preferences(theme, settings, theme)
    window = MainWindow(theme, settings, clock, preferences)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    notifier = Notifier(window, preferences.notify, clock, theme, window)
    service = FakeOutletService(window)
    notifier.outlet.use(service)  # type: ignore[arg-type]
    desk = Desk(window, preferences, notifier, clock, service)
    monkeypatch.setattr(sound, "play", desk.note_sound)
    monkeypatch.setattr(QApplication, "alert", desk.note_alert)
    yield desk
    notifier.end()
    preferences.set_text_size(100)
    set_language("en")
