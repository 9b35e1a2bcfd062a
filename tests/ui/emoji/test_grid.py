"""The grid of emoji: model, arithmetic, keys, mouse, painting."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, Qt, pyqtBoundSignal
from PyQt6.QtGui import QContextMenuEvent, QImage, QMouseEvent
from PyQt6.QtTest import QAbstractItemModelTester
from PyQt6.QtWidgets import QApplication

from app.ui.emoji.data import all_emoji
from app.ui.emoji.grid_layout import SIDE, GridLayout
from app.ui.emoji.grid_model import GridModel, Span
from app.ui.emoji.grid_view import LONG_PRESS, GridView
from app.ui.emoji.names import EmojiNames
from app.ui.emoji.sections import GROUPS, Section
from tests.helpers.clock import ManualClock
from tests.ui.hands import click, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

RECENTS = ("😂", "👍🏽", "🔥")
NONE: frozenset[int] = frozenset()


@pytest.fixture
def model(qapp: QApplication) -> GridModel:
    return GridModel(EmojiNames("en"), RECENTS, NONE, qapp)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def view(model: GridModel, theme: Theme, clock: ManualClock, qtbot: QtBot) -> GridView:
    view = GridView(model, theme, clock)
    qtbot.addWidget(view)
    view.resize(360, 320)
    view.show()
    return view


def _cell(model: GridModel, text: str, begin: int = len(RECENTS)) -> int:
    return next(c for c in range(begin, model.rowCount()) if model.text(c) == text)


def _told(signal: pyqtBoundSignal) -> list[Any]:
    told: list[Any] = []
    signal.connect(told.append)
    return told


def _accessible(model: GridModel, cell: int) -> str:
    return str(model.index(cell).data(Qt.ItemDataRole.AccessibleTextRole))


# --- model --------------------------------------------------------------------------------------


def test_model_keeps_its_promises(model: GridModel) -> None:
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.search("cat")
    model.search("xyzzyq")
    model.search("")
    model.set_tone(2)
    assert tester.model() is model


def test_every_emoji_is_there_once_in_its_section(model: GridModel) -> None:
    assert [span.section for span in model.spans] == [Section.RECENT, *GROUPS]
    shown = [model.text(cell) for cell in range(len(RECENTS), model.rowCount())]
    assert shown == [one.text for one in all_emoji()]
    assert model.span_of(_cell(model, "🍕")).section is Section.FOOD


def test_every_cell_has_a_name_to_be_read_out(model: GridModel) -> None:
    model.set_tone(3)
    assert all(_accessible(model, cell) for cell in range(model.rowCount()))
    assert _accessible(model, 1) == "thumbs up, medium skin tone"
    described = model.index(1).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "Used lately"


def test_names_are_the_readers(qapp: QApplication) -> None:
    model = GridModel(EmojiNames("pt"), (), NONE, qapp)
    assert _accessible(model, _cell(model, "🔥", 0)) == "fogo"


def test_only_people_take_the_tone_and_recents_stay_as_they_were(model: GridModel) -> None:
    model.set_tone(5)
    assert [model.text(cell) for cell in range(3)] == list(RECENTS)
    assert _cell(model, "👋🏿")
    assert _cell(model, "🐶")


def test_recents_that_are_no_emoji_are_left_out(qapp: QApplication) -> None:
    odd = ("<img src=x>", "👍", "", "👍🏽🏽", "abc")
    model = GridModel(EmojiNames("en"), odd, NONE, qapp)
    assert model.spans[0] == Span(Section.RECENT, 0, 1)


def test_what_cannot_be_drawn_is_hidden(qapp: QApplication) -> None:
    names = EmojiNames("en")
    pizza = names.place("🍕")
    assert pizza is not None
    model = GridModel(names, ("🍕", "🔥"), frozenset({pizza}), qapp)
    model.search("pizza")
    assert "🍕" not in [model.text(cell) for cell in range(model.rowCount())]
    model.search("")
    assert model.rowCount() == len(all_emoji())


# --- arithmetic ---------------------------------------------------------------------------------


@st.composite
def _layouts(draw: st.DrawFn) -> tuple[GridLayout, int]:
    counts = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6))
    spans, first = [], 0
    for count in counts:
        spans.append(Span(Section.SMILEYS, first, count))
        first += count
    width = draw(st.integers(20, 500))
    cell = draw(st.integers(10, 60))
    mirrored = draw(st.booleans())
    return GridLayout(spans, width, cell, draw(st.integers(1, 40)), mirrored=mirrored), first


@given(_layouts())
def test_every_cell_is_found_where_it_stands(made: tuple[GridLayout, int]) -> None:
    layout, count = made
    seen = set()
    for index in range(count):
        rect = layout.rect(index)
        for corner in (rect.topLeft(), rect.bottomRight(), rect.center()):
            assert layout.index_at(corner.x(), corner.y()) == index
        assert rect.bottom() < layout.height
        seen.add((rect.x(), rect.y()))
    assert len(seen) == count


@given(_layouts(), st.data())
def test_what_is_painted_is_what_is_in_sight(
    made: tuple[GridLayout, int], data: st.DataObject
) -> None:
    layout, count = made
    top = data.draw(st.integers(0, layout.height))
    bottom = top + data.draw(st.integers(1, 300))
    painted = {i for block in layout.blocks for i in layout.between(block, top, bottom)}
    for index in range(count):
        rect = layout.rect(index)
        if rect.bottom() >= top and rect.top() < bottom:
            assert index in painted


@given(_layouts(), st.data())
def test_down_and_up_go_row_by_row(made: tuple[GridLayout, int], data: st.DataObject) -> None:
    layout, count = made
    index = data.draw(st.integers(0, count - 1))
    below = layout.below(index, 1)
    if below != index:
        assert layout.rect(below).top() > layout.rect(index).top()
        assert layout.rect(layout.below(below, -1)).top() == layout.rect(index).top()
    assert layout.is_in_first_row(layout.below(index, -count))


# --- keys ---------------------------------------------------------------------------------------


def test_arrows_move_through_the_sections_and_enter_picks(view: GridView, model: GridModel) -> None:
    picked = _told(view.picked)
    view.enter()
    assert view.currentIndex().row() == 0
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == len(RECENTS) + 1
    press(view, Qt.Key.Key_Left)
    press(view, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Space)
    assert [model.text(one) for one in picked] == ["😀", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"]
    port = view.viewport()
    assert port is not None
    assert port.rect().contains(view.visualRect(view.currentIndex()))
    press(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0


def test_right_is_back_in_a_window_that_reads_from_right_to_left(view: GridView) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.updateGeometries()
    view.point_at(1)
    first, second = (view.visualRect(view.model().index(i, 0)) for i in (0, 1))  # type: ignore[union-attr]
    assert second.x() < first.x()
    press(view, Qt.Key.Key_Right)
    assert view.currentIndex().row() == 0


def test_up_in_the_first_row_leads_out(view: GridView) -> None:
    out: list[bool] = []
    view.left_upwards.connect(lambda: out.append(True))
    view.enter()
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Up)
    assert out == []
    press(view, Qt.Key.Key_Up)
    assert len(out) == 1


def test_typing_is_handed_on_but_shortcuts_are_not(view: GridView) -> None:
    typed = _told(view.typed)
    press(view, Qt.Key.Key_A)
    press(view, Qt.Key.Key_Backspace)
    press(view, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    press(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(typed) == 2


# --- mouse --------------------------------------------------------------------------------------


def _point(view: GridView, cell: int) -> QPoint:
    return view.visualRect(view.model().index(cell, 0)).center()  # type: ignore[union-attr]


def test_a_click_picks_and_a_click_between_picks_nothing(view: GridView) -> None:
    picked = _told(view.picked)
    port = view.viewport()
    assert port is not None
    click(port, _point(view, 2))
    assert picked == [2]
    click(port, QPoint(SIDE + 2, 4))
    click(port, _point(view, 2) + QPoint(5 * 36, 0))
    assert len(picked) == 1


def _send(view: GridView, kind: QMouseEvent.Type, at: QPoint) -> None:
    port = view.viewport()
    assert port is not None
    left = Qt.MouseButton.LeftButton
    place = at.toPointF()
    away = port.mapToGlobal(place)
    event = QMouseEvent(kind, place, away, left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(port, event)


def test_holding_down_asks_for_tones_and_picks_nothing(view: GridView, clock: ManualClock) -> None:
    picked, asked = _told(view.picked), _told(view.tones_requested)
    _send(view, QMouseEvent.Type.MouseButtonPress, _point(view, 1))
    clock.advance(LONG_PRESS)
    _send(view, QMouseEvent.Type.MouseButtonRelease, _point(view, 1))
    assert asked == [1]
    assert picked == []


def test_dragging_away_neither_picks_nor_asks(view: GridView, clock: ManualClock) -> None:
    picked, asked = _told(view.picked), _told(view.tones_requested)
    _send(view, QMouseEvent.Type.MouseButtonPress, _point(view, 1))
    _send(view, QMouseEvent.Type.MouseMove, _point(view, 2))
    clock.advance(LONG_PRESS)
    _send(view, QMouseEvent.Type.MouseButtonRelease, _point(view, 2))
    assert asked == picked == []


def test_the_menu_key_asks_for_tones_where_the_keyboard_is(view: GridView) -> None:
    asked = _told(view.tones_requested)
    view.point_at(1)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    QApplication.sendEvent(view, menu)
    assert asked == [1]


# --- looks --------------------------------------------------------------------------------------


def _colours(image: QImage) -> set[int]:
    return {
        image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def test_emoji_are_painted(view: GridView) -> None:
    empty = len(_colours(view.grab(view.rect().adjusted(340, 0, 0, 0)).toImage()))
    assert len(_colours(view.grab().toImage())) > empty + 50


def test_the_heading_of_what_is_in_sight_stays(view: GridView, model: GridModel) -> None:
    told = _told(view.section_changed)
    view.show_section(Section.FOOD)
    assert told == [Section.FOOD]
    pizza = view.visualRect(model.index(_cell(model, "🍇")))
    assert pizza.top() > 0
    assert view.indexAt(QPoint(pizza.center().x(), 2)).row() == -1
    view.show_section(Section.FLAGS)
    assert told == [Section.FOOD, Section.FLAGS]


def test_painting_again_is_much_cheaper_than_shaping(view: GridView) -> None:
    view.show_section(Section.FLAGS)
    begun = perf_counter()
    view.grab()
    first = perf_counter() - begun
    again = []
    for _ in range(5):
        begun = perf_counter()
        view.grab()
        again.append(perf_counter() - begun)
    assert min(again) < first / 2


def test_all_emoji_cost_little_more_than_a_few(theme: Theme, qtbot: QtBot) -> None:
    """What is out of sight is not laid out: making the panel is about the model alone."""
    names = EmojiNames("en")

    def cost(hidden: frozenset[int]) -> float:
        begun = perf_counter()
        model = GridModel(names, (), hidden)
        view = GridView(model, theme, ManualClock())
        qtbot.addWidget(view)
        view.resize(360, 320)
        view.grab()
        return perf_counter() - begun

    few = frozenset(range(80, len(all_emoji())))
    cost(few)
    assert min(cost(NONE) for _ in range(3)) < 5 * min(cost(few) for _ in range(3))
