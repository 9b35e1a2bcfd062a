"""Bringing a message into sight."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.chat.timeline.seek import FLASH, MOST_PAGES, PATIENCE, Seek
from app.ui.theme.theme import Theme
from tests.ui.chat.rooms import Room


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    room.join(last_seq=1000)
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    room.session.older_answers = []
    room.session.timeline.confirm(tuple(room.said("Priya", f"n {n}") for n in range(200)), 2)
    panel.view.settle()
    return panel


@pytest.fixture
def seek(panel: TimelinePanel) -> Seek:
    return panel.seek


def page_above(room: Room, first: int, last: int) -> None:
    below, room.last_seq = room.last_seq, first - 1
    said = tuple(room.said("Aiko", f"old {seq}") for seq in range(first, last + 1))
    room.last_seq = below
    room.session.timeline.prepend(said, 2)


def test_a_loaded_message_is_shown_and_marked_for_a_moment(
    qtbot: QtBot, room: Room, panel: TimelinePanel, seek: Seek
) -> None:
    assert panel.view.at_end
    with qtbot.waitSignal(seek.found):
        seek.to(1050)
    view = panel.view
    row = panel.model.row_of(1050)
    place = view.visualRect(panel.model.index(row))
    assert abs(place.top() - 500 // 3) <= 1
    assert not view.at_end
    assert view.currentIndex().row() == row
    assert view._delegate.marked == 1050
    assert not panel.grab().isNull()
    room.clock.advance(FLASH)
    assert view._delegate.marked == 0


def test_the_newest_message_is_shown_at_the_end(panel: TimelinePanel, seek: Seek) -> None:
    seek.to(1200)
    assert panel.view.at_end


def test_pages_are_loaded_until_it_is_there(
    qtbot: QtBot, room: Room, panel: TimelinePanel, seek: Seek
) -> None:
    room.session.older_answers = [True, True, True]
    seek.to(700)
    assert room.session.take("older")
    for first in (901, 801, 601):
        with qtbot.assertNotEmitted(seek.failed):
            page_above(room, first, first + (199 if first == 601 else 99))
            with qtbot.waitSignal(seek._look.timeout):
                pass
    row = panel.model.row_of(700)
    assert panel.view.visualRect(panel.model.index(row)).top() > 0
    assert panel.view._delegate.marked == 700


def test_what_cannot_be_loaded_is_given_up(qtbot: QtBot, room: Room, seek: Seek) -> None:
    with qtbot.waitSignal(seek.failed):
        seek.to(700)
    room.session.older_answers = [True]
    seek.to(700)
    with qtbot.waitSignal(seek.failed):
        room.clock.advance(PATIENCE)


def test_a_message_that_is_gone_loads_nothing(qtbot: QtBot, room: Room, seek: Seek) -> None:
    room.session.older_answers = [True] * 10
    room.session.take("older")
    with qtbot.waitSignal(seek.failed):
        seek.to(5000)
    assert room.session.take("older") == []


def test_it_does_not_load_for_ever(qtbot: QtBot, room: Room, seek: Seek) -> None:
    room.session.older_answers = [True] * 1000
    room.session.take("older")
    seek.to(1)
    for page in range(MOST_PAGES):
        page_above(room, 1000 - page, 1000 - page)
        with qtbot.waitSignal(seek._look.timeout):
            pass
    assert not seek._patience.is_running


def test_what_comes_below_does_not_matter(room: Room, seek: Seek) -> None:
    room.session.older_answers = [True]
    seek.to(700)
    room.session.timeline.confirm((room.said("Priya", "new"),), 2)
    assert not seek._look.isActive()
