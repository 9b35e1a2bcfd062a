"""Messages that stand close together, without pictures."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.session.timeline import SendState
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press
from tests.ui.chat.rooms import Room


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    room.join()
    return panel


def compact(panel: TimelinePanel, wanted: bool = True) -> None:
    panel.set_look(compact=wanted, comings_shown=True)
    panel.view.settle()


def height(panel: TimelinePanel, seq: int) -> int:
    return panel.view.visualRect(panel.model.index(panel.model.row_of(seq))).height()


def test_a_short_message_takes_one_line_and_no_picture(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "first", at=0)
    room.say("Sam", "second", number=4, at=1)
    compact(panel)
    line = panel.view._delegate.layouts.line
    assert height(panel, 2) <= line + 4
    compact(panel, False)
    assert height(panel, 2) >= 36, "a picture again"


@pytest.mark.parametrize(
    ("text", "inline"),
    [
        ("plain", True),
        ("**bold** and more", True),
        ("مرحبا بكم في الغرفة", True),
        ("🎉", True),
        ("first\n\n```\ncode\n```", True),
        ("```\ncode\n```", False),
        ("> a quote", False),
        ("- a list", False),
    ],
)
def test_the_name_stands_in_the_first_line_of_words(
    room: Room, panel: TimelinePanel, text: str, inline: bool
) -> None:
    room.say("Priya", text)
    compact(panel)
    layout = panel.view._delegate.layouts.row(panel.model.row(panel.model.row_of(1)), 600)
    assert layout.inline is inline
    assert (layout.head == layout.text) is inline


def test_a_link_is_found_where_it_stands_behind_the_name(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "https://example.org/")
    compact(panel)
    row = panel.model.row_of(1)
    rect = panel.view.visualRect(panel.model.index(row))
    delegate = panel.view._delegate
    columns = delegate.layouts.columns(rect.width())
    name = delegate.layouts.inline_name(panel.model.row(row), columns)
    middle = rect.bottom() - 8
    assert delegate.in_text_at(row, rect, QPoint(columns.text + 4, middle)) is None
    inside = QPoint(columns.text + int(name.end) + 8, middle)
    assert delegate.in_text_at(row, rect, inside) is not None


def test_a_name_without_end_leaves_room_for_words(room: Room, panel: TimelinePanel) -> None:
    room.say("W" * 64, "short")
    compact(panel)
    layouts = panel.view._delegate.layouts
    columns = layouts.columns(360)
    name = layouts.inline_name(panel.model.row(panel.model.row_of(1)), columns)
    assert name.end < columns.text_width / 2


def test_switching_keeps_the_message_that_one_reads_in_sight(
    room: Room, panel: TimelinePanel
) -> None:
    for number in range(120):
        room.say("Priya" if number % 3 else "Sam", f"message {number}", number=3 + number % 2)
    view = panel.view
    view.settle()
    view.show_message(panel.model.row_of(40))
    top = view.first_row_in_sight()
    for wanted in (True, False, True):
        compact(panel, wanted)
        assert view.first_row_in_sight() == top
    panel.set_watched(True)
    view.scroll_to_end()
    compact(panel, False)
    assert view.at_end, "who is at the end stays there"


def test_everything_is_painted_in_both(room: Room, panel: TimelinePanel) -> None:
    """Checks, hover, the foot of what failed, an undo and the unread line: nothing raises."""
    room.say("Leo", "mine", number=2)
    room.say("Priya", "@Leo look\n\n```\ncode\n```")
    room.say("Sam", "🎉", number=4)
    room.session.send("not sent")
    cid = room.session.timeline.pending[0].cid
    room.session.timeline.set_state(cid, SendState.FAILED, "not-permitted")
    panel.model.set_first_unread((2, 0))
    room.session.taking_back.hold(1)
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    pictures = []
    for wanted in (True, False):
        compact(panel, wanted)
        pictures.append(panel.grab().toImage())
    assert pictures[0] != pictures[1]
