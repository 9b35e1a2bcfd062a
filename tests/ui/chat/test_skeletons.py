"""Bars in the place of results and members that the host was asked for."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.protocol.messages import Joined, Roster
from app.session.transport import FoundMessages
from app.ui.chat.people.roster_panel import RosterPanel
from app.ui.chat.search.panel import SearchPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.rooms import Room, device, member


def test_a_search_shows_bars_until_the_answer_is_here(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    panel = SearchPanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(320, 500)
    panel.show()
    room.join()
    panel.field.edit.setText("motor")
    panel._on_edited("motor")
    room.clock.advance(1)
    assert panel.loading.is_waiting
    assert not panel.nothing.isVisible()
    qtbot.waitUntil(panel.loading.isVisible)
    assert panel.loading.accessibleName() == "Searching…"
    room.session.found.emit(FoundMessages("motor", ()))
    assert panel.loading.isHidden()
    assert panel.nothing.isVisible(), "what is truly empty says so"


def test_a_search_given_up_waits_for_nothing(qtbot: QtBot, room: Room, theme: Theme) -> None:
    panel = SearchPanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    room.join()
    panel._on_edited("motor")
    panel.field.edit.setText("motor")
    room.clock.advance(1)
    assert panel.loading.is_waiting
    panel._on_edited("")
    assert panel.loading.isHidden()
    assert not panel.loading._patience.isActive()


def test_members_are_bars_until_the_host_has_told_them(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    panel.resize(232, 500)
    panel.show()
    room.session.device = device("Leo")
    room.session.receive(
        Joined(member=2, room="Lab", topic="", role="member", history="all", last_seq=0, members=2)
    )
    qtbot.waitUntil(panel.loading.isVisible)
    assert panel.loading.accessibleName() == "Loading members…"
    assert not panel.alone.isVisible()
    room.session.receive(Roster(members=(member(1, "Marina", "host"), member(2, "Leo"))))
    assert not panel.loading.is_waiting
