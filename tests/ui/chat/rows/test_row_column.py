"""A column of many rows through another width: quick at once, right in a moment."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QStringListModel
from pytestqt.qtbot import QtBot

from app.ui.chat.rows.column import RowColumn

ROWS = 5_000


class Measure:
    """Rows that are twice as high where there is half the room; a guess is a little too small."""

    complete = True

    def __init__(self) -> None:
        self.guessed = 0

    def guess(self, row: int, width: int) -> int:
        self.guessed += 1
        return self.measure(row, width) - 1

    def measure(self, row: int, width: int) -> int:
        return 10_000 // width + row % 7


@pytest.fixture
def column(qtbot: QtBot) -> tuple[RowColumn, Measure]:
    measure = Measure()
    column = RowColumn(measure)
    qtbot.addWidget(column)
    column.resize(400, 300)
    column.setModel(QStringListModel([""] * ROWS, column))
    column.show()
    column.settle()
    return column, measure


def _height(column: RowColumn) -> int:
    bar = column.verticalScrollBar()
    assert bar is not None
    port = column.viewport()
    assert port is not None
    return bar.maximum() + port.height()


def test_another_width_guesses_all_rows_anew_but_not_at_once(
    qtbot: QtBot, column: tuple[RowColumn, Measure]
) -> None:
    view, measure = column
    view.show_row(2_500)
    before, measure.guessed = _height(view), 0
    view.resize(200, 300)
    assert measure.guessed < ROWS
    qtbot.waitUntil(lambda: measure.guessed >= ROWS and _height(view) > before * 3 // 2)


def test_the_place_stays_while_rows_are_guessed_anew(
    qtbot: QtBot, column: tuple[RowColumn, Measure]
) -> None:
    view, measure = column
    view.show_row(2_500)
    place, measure.guessed = view.place, 0
    view.resize(200, 300)
    seen = set()

    def guessed() -> bool:
        seen.add(view.place)
        return measure.guessed >= ROWS

    qtbot.waitUntil(guessed)
    assert seen == {place}


def test_rows_that_come_meanwhile_are_guessed_too(
    qtbot: QtBot, column: tuple[RowColumn, Measure]
) -> None:
    view, measure = column
    model = view.model()
    assert isinstance(model, QStringListModel)
    measure.guessed = 0
    view.resize(200, 300)
    model.insertRows(0, 100)
    qtbot.waitUntil(lambda: measure.guessed >= ROWS + 100)
    port = view.viewport()
    assert port is not None
    low = sum(measure.measure(row, port.width()) - 1 for row in range(ROWS + 100))
    qtbot.waitUntil(lambda: low <= _height(view) <= low + ROWS + 100)
