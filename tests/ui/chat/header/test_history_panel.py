"""What newcomers see, as the host chooses it."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.session.transport import RoomInfo
from app.ui.chat.header.history_panel import HistoryPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press, write


def panel_for(qtbot: QtBot, theme: Theme, info: RoomInfo) -> tuple[HistoryPanel, list[object]]:
    panel = HistoryPanel(info, theme)
    qtbot.addWidget(panel)
    chosen: list[object] = []
    panel.chosen.connect(lambda name, count: chosen.append((name, count)))
    panel.show()
    return panel, chosen


@pytest.mark.parametrize("name", ["all", "joined"])
def test_a_choice_is_in_force_at_once(qtbot: QtBot, theme: Theme, name: str) -> None:
    panel, chosen = panel_for(qtbot, theme, RoomInfo(history="last", history_count=20))
    assert panel.choice == "last"
    assert panel.count.text() == "20"
    press(panel.choices[name], Qt.Key.Key_Space)
    assert chosen == [(name, 0)]


def test_keeping_nothing_takes_a_second_step(qtbot: QtBot, theme: Theme) -> None:
    panel, chosen = panel_for(qtbot, theme, RoomInfo(history="last", history_count=20))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.choices["last"].setFocus()
    steps = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(panel.focusWidget(), key)
        steps.append((panel.choice, panel.confirm.isVisible()))
    assert steps == [
        ("none", True), ("last", False), ("joined", False), ("last", False), ("none", True),
    ]  # fmt: skip
    assert chosen == [("joined", 0), ("last", 20)]
    press(panel.focusWidget(), Qt.Key.Key_Tab)
    assert panel.confirm.hasFocus()
    press(panel.confirm, Qt.Key.Key_Return)
    assert chosen[2:] == [("none", 0)]
    assert panel.confirm.isHidden()
    assert panel.choices["none"].hasFocus()


def test_the_last_ones_have_a_number(qtbot: QtBot, theme: Theme) -> None:
    panel, chosen = panel_for(qtbot, theme, RoomInfo(history="all"))
    assert not panel.count.isEnabled()
    press(panel.choices["last"], Qt.Key.Key_Space)
    assert panel.count.isEnabled()
    panel.count.selectAll()
    write(panel.count, "200")
    assert chosen == [("last", 50)]
    press(panel.count, Qt.Key.Key_Return)
    press(panel.count, Qt.Key.Key_Return)
    assert chosen == [("last", 50), ("last", 200)]


@pytest.mark.parametrize("text", ["0", "-5", "many", "100001", "٣"])
def test_a_number_that_is_none_is_not_told(qtbot: QtBot, theme: Theme, text: str) -> None:
    panel, chosen = panel_for(qtbot, theme, RoomInfo(history="last", history_count=50))
    panel.count.clear()
    panel.count.insert(text)
    press(panel.count, Qt.Key.Key_Return)
    assert chosen == []
    assert panel.problem == "A number from 1 to 100,000."
    press(panel.choices["joined"], Qt.Key.Key_Space)
    assert panel.problem == ""
    assert chosen == [("joined", 0)]
