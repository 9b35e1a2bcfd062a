"""The host's tick that lets phones and browsers in."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.protocol.messages import RulesChanged
from app.ui.chat.header.guests_panel import GuestsPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press
from tests.ui.chat.rooms import Room


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> GuestsPanel:
    room.join(role="host")
    panel = GuestsPanel(room.session, theme)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_it_is_in_force_at_once_and_leaves_the_other_kind_alone(
    room: Room, panel: GuestsPanel
) -> None:
    chosen: list[tuple[bool, bool]] = []
    panel.chosen.connect(lambda browser, text: chosen.append((browser, text)))
    room.session.receive(RulesChanged(text_guests=True, by="Marina"))
    press(panel.browser, Qt.Key.Key_Space)
    assert chosen == [(True, True)]
    room.session.receive(RulesChanged(browser_guests=True, text_guests=True, by="Marina"))
    press(panel.browser, Qt.Key.Key_Space)
    assert chosen == [(True, True), (False, True)]


def test_it_follows_the_room_without_a_wish_of_its_own(room: Room, panel: GuestsPanel) -> None:
    chosen: list[object] = []
    panel.chosen.connect(lambda *both: chosen.append(both))
    room.session.receive(RulesChanged(browser_guests=True, by="Marina"))
    assert panel.browser.isChecked()
    room.session.receive(RulesChanged(by="Marina"))
    assert not panel.browser.isChecked()
    assert chosen == []
    assert "https" in panel.browser.accessibleDescription()
