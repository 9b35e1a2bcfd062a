"""Bars in the place of messages that are on their way."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.protocol.messages import Fetch, Page
from app.session.connection import Connection, Phase
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press
from tests.ui.chat.rooms import Room
from tests.ui.timers import ticks


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    return panel


def page(room: Room, after: int, until: int) -> Page:
    room.last_seq = after
    said = tuple(room.said("Priya", f"message {seq}") for seq in range(after + 1, until + 1))
    return Page(after=after, until=until, said=said)


def enter(room: Room, qtbot: QtBot, panel: TimelinePanel, last_seq: int) -> None:
    room.join(last_seq=last_seq)
    with qtbot.waitSignal(panel.loading._soon.timeout):
        pass


def test_bars_show_until_the_first_page_is_here(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    enter(room, qtbot, panel, 20)
    bars = panel.loading.all
    assert bars.is_waiting
    assert not bars.isVisible(), "not before it takes long enough to be noticed"
    assert not panel.empty.isVisible(), "it is not known to be empty"
    qtbot.waitUntil(bars.isVisible)
    assert not panel.empty.isVisible()
    assert bars.geometry().bottom() < panel.view.visualRect(panel.model.index(0)).top()
    assert bars.accessibleName() == "Loading messages…"
    room.session.receive(page(room, 0, 20))
    qtbot.waitUntil(lambda: not bars.is_waiting)
    assert not panel.empty.isVisible()


def test_what_is_quick_is_never_announced(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    enter(room, qtbot, panel, 5)
    shown = []
    panel.loading.all._patience.timeout.connect(lambda: shown.append(True))
    room.session.receive(page(room, 0, 5))
    qtbot.waitUntil(lambda: not panel.loading.all.is_waiting)
    assert not panel.loading.all._patience.isActive()
    assert shown == []


def test_an_empty_room_says_so(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    enter(room, qtbot, panel, 0)
    assert not panel.loading.is_first
    assert panel.empty.isVisible()


def test_older_pages_come_in_without_a_jump(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    enter(room, qtbot, panel, 500)
    room.session.receive(page(room, 300, 500))
    view = panel.view
    view.settle()
    above = panel.loading.above
    assert view.space_above_first.isEmpty()
    bar = view.verticalScrollBar()
    assert bar is not None
    bar.setValue(0)
    assert [m for m in room.transport.sent if isinstance(m, Fetch) and m.newest]
    qtbot.waitUntil(above.isVisible)
    assert view.visualRect(panel.model.index(0)).top() == 0, "the bars push nothing away"
    bar.setValue(0)
    assert above.geometry().top() == 0
    assert view.visualRect(panel.model.index(0)).top() == above.height() > 0
    lower = view.visualRect(panel.model.index(panel.model.row_of(301))).top()
    assert not view.indexAt(above.geometry().center()).isValid()
    room.session.receive(page(room, 100, 300))
    qtbot.waitUntil(lambda: not above.is_waiting or not above.isVisible())
    view.settle()
    assert view.visualRect(panel.model.index(panel.model.row_of(301))).top() == lower


def test_bars_go_with_the_connection(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    enter(room, qtbot, panel, 20)
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=9))
    qtbot.waitUntil(lambda: not panel.loading.all.is_waiting)


@pytest.mark.parametrize("reduced", [True, False])
def test_bars_breathe_only_where_things_may_move(
    qtbot: QtBot, panel: TimelinePanel, reduced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.widgets.skeleton.moves", lambda _widget: not reduced)
    bars = panel.loading.all
    bars.wait(True)
    qtbot.waitUntil(bars.isVisible)
    assert ticks(bars) is not reduced
    bars.wait(False)
    assert not ticks(bars)


def test_bars_take_neither_the_keyboard_nor_clicks(qtbot: QtBot, panel: TimelinePanel) -> None:
    bars = panel.loading.all
    bars.wait(True)
    qtbot.waitUntil(bars.isVisible)
    assert bars.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    panel.view.setFocus()
    press(panel.view, Qt.Key.Key_End)
    assert bars.focusPolicy() == Qt.FocusPolicy.NoFocus
