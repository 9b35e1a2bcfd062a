"""Quotes above answers: what they show, where they lead, and the way back."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.protocol.errors import Refusal
from app.session.timeline import MessageEntry
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.mentioned import mentions_me
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.remarking import act, answer, entry_of, quote_point
from tests.ui.chat.rooms import Room, member


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(700, 400)
    panel.show()
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"), member(4, "Sam"))
    panel.set_watched(True)
    room.session.set_watched(True)
    return panel


def quote_of(panel: TimelinePanel, seq: int) -> tuple[str, str]:
    quote = panel.model.row(panel.model.row_of(seq)).quote
    assert quote is not None
    return quote.name, quote.text


def spoken(panel: TimelinePanel, seq: int) -> str:
    return panel.model.spoken(panel.model.row_of(seq))


def top_of(panel: TimelinePanel, seq: int) -> int:
    return panel.view.visualRect(panel.model.index(panel.model.row_of(seq))).top()


def current(panel: TimelinePanel) -> int:
    entry = panel.model.entry(panel.view.currentIndex().row())
    assert isinstance(entry, MessageEntry)
    return entry.seq


def far_apart(room: Room, panel: TimelinePanel) -> int:
    """Say much between a message, the first, and its answer; return the answer's number."""
    room.say("Sam", "the first", number=4)
    for number in range(60):
        room.say("Priya", f"between {number}")
    seq = answer(room, "Priya", "an answer", 1)
    panel.view.settle()
    panel.view.scroll_to_end()
    return seq


def test_a_quote_is_one_plain_line(room: Room, panel: TimelinePanel) -> None:
    room.say("Sam", "**bold** and\n`code`\n\n- an item", number=4)
    seq = answer(room, "Priya", "yes", 1)
    assert quote_of(panel, seq) == ("Sam", "bold and code an item")
    assert spoken(panel, seq).startswith("Answers Sam: bold and code an item. Priya, ")


def test_what_is_not_here_is_an_earlier_message(room: Room, panel: TimelinePanel) -> None:
    seq = answer(room, "Priya", "yes", 99)
    assert quote_of(panel, seq) == ("", "An earlier message")
    assert spoken(panel, seq).startswith("Answers an earlier message. ")


def test_a_quote_follows_the_message(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    room.say("Sam", "frist", number=4)
    seq = answer(room, "Priya", "yes", 1)
    with qtbot.waitSignal(panel.model.remarks.changed):
        act(room, "Sam", "edit", 1, "first")
    assert quote_of(panel, seq) == ("Sam", "first")
    act(room, "Sam", "delete", 1)
    assert quote_of(panel, seq) == ("Sam", "Message deleted")


def test_a_quote_takes_one_line_however_long_the_message_is(
    room: Room, panel: TimelinePanel
) -> None:
    room.say("Sam", "long " * 500, number=4)
    room.say("Sam", "short", number=4)
    heights = []
    for about in (1, 2):
        seq = answer(room, "Priya", "yes", about)
        room.say("Sam", "between", number=4)
        panel.view.settle()
        heights.append(panel.view.visualRect(panel.model.index(panel.model.row_of(seq))).height())
    assert heights[0] == heights[1]


@pytest.mark.parametrize("compact", [False, True])
def test_a_click_on_the_quote_goes_there_and_escape_comes_back(
    room: Room, panel: TimelinePanel, compact: bool
) -> None:
    panel.set_look(compact=compact, comings_shown=True)
    seq = far_apart(room, panel)
    before = top_of(panel, seq)
    click(panel.view._port(), quote_point(panel, seq))
    assert current(panel) == 1
    assert 0 <= top_of(panel, 1) < 400
    assert panel.view._delegate.marked == 1
    assert panel.jump.accessibleName().startswith("Back to the answer")
    press(panel.view, Qt.Key.Key_Escape)
    assert current(panel) == seq
    assert top_of(panel, seq) == before
    assert not panel.jumping.may_go_back


def test_the_button_leads_back_and_then_to_the_end(room: Room, panel: TimelinePanel) -> None:
    seq = far_apart(room, panel)
    for number in range(60):
        room.say("Priya", f"after {number}")
    panel.view.show_message(panel.model.row_of(seq))
    press(panel.view, Qt.Key.Key_Q)
    assert current(panel) == 1
    click(panel.jump)
    assert current(panel) == seq
    assert not panel.view.at_end
    click(panel.jump)
    panel.view.settle()
    assert panel.view.at_end


def test_who_is_in_sight_needs_no_way_back(room: Room, panel: TimelinePanel) -> None:
    room.say("Sam", "the first", number=4)
    seq = answer(room, "Priya", "an answer", 1)
    panel.view.settle()
    click(panel.view._port(), quote_point(panel, seq))
    assert current(panel) == 1
    assert not panel.jumping.may_go_back


def test_what_cannot_be_found_is_told(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    seq = answer(room, "Priya", "yes", 99)
    panel.view.settle()
    with qtbot.waitSignal(room.session.refused) as told:
        click(panel.view._port(), quote_point(panel, seq))
    assert told.args == [Refusal.NO_SUCH_MESSAGE.value, b""]


def test_a_click_on_a_quote_selects_nothing(room: Room, panel: TimelinePanel) -> None:
    seq = far_apart(room, panel)
    click(panel.view._port(), quote_point(panel, seq))
    selection = panel.view.selectionModel()
    assert selection is not None
    assert not selection.hasSelection()


def test_the_pointer_is_a_hand_over_a_quote(room: Room, panel: TimelinePanel) -> None:
    seq = far_apart(room, panel)
    panel.view._hover(quote_point(panel, seq))
    port = panel.view._port()
    assert port.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "Go to the answered message" in port.toolTip()
    panel.view._hover(QPoint(-1, -1))
    assert port.toolTip() == ""


def test_an_answer_to_me_is_a_mention(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", "a question", number=2)
    room.say("Sam", "another", number=4)
    mine, others = answer(room, "Priya", "yes", 1), answer(room, "Priya", "no", 2)
    assert mentions_me(room.session, entry_of(panel, mine))
    assert not mentions_me(room.session, entry_of(panel, others))


def test_the_text_of_an_answer_is_selected_without_its_quote(
    room: Room, panel: TimelinePanel
) -> None:
    room.say("Sam", "the first", number=4)
    seq = answer(room, "Priya", "only this text", 1)
    act(room, "Sam", "react", seq, "👍")
    panel.view.settle()
    view = panel.view
    rect = view.visualRect(panel.model.index(panel.model.row_of(seq)))
    layout = view._delegate.layouts.row(panel.model.row(panel.model.row_of(seq)), rect.width())
    inside = rect.topLeft() + QPoint(view.columns.text + 8, layout.text + 8)
    assert view.selecting.is_over_text(inside)
    assert not view.selecting.is_over_text(quote_point(panel, seq))
    row = panel.model.row_of(seq)
    at = view._delegate.cursor_at(row, rect, QPoint(view.columns.text, inside.y()))
    assert at == 0
    assert view.selecting.text.shown(row).text == "only this text"


@pytest.mark.parametrize("width", [300, 520, 1200])
def test_rows_with_quotes_paint_at_every_width(
    room: Room, panel: TimelinePanel, width: int
) -> None:
    room.say("Sam", "مرحبا بكم في الغرفة", number=4)
    seq = answer(room, "Priya", "yes " * 20, 1)
    act(room, "Priya", "edit", seq, "yes, " * 30)
    panel.resize(width, 400)
    panel.view.settle()
    assert not panel.grab().isNull()
