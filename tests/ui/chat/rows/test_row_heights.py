"""Rows of many heights in one column."""

from __future__ import annotations

from app.ui.chat.rows.heights import RowHeights


def test_rows_lie_below_each_other() -> None:
    heights = RowHeights()
    heights.fill([10, 20, 30])
    assert [heights.top(row) for row in range(3)] == [0, 10, 30]
    assert heights.total == 60
    assert [heights.row_at(y) for y in (-5, 0, 9, 10, 59, 99)] == [0, 0, 0, 1, 2, 2]


def test_inserting_and_removing_moves_what_is_below() -> None:
    heights = RowHeights()
    heights.fill([10, 20])
    heights.insert(1, [5, 5])
    assert heights.top(3) == 20
    heights.remove(0, 1)
    assert heights.total == 25


def test_a_measured_row_is_exact_until_it_is_doubted() -> None:
    heights = RowHeights()
    heights.fill([10])
    assert not heights.is_begun(0)
    assert heights.measured(0, 12, complete=False)
    assert heights.is_begun(0)
    assert not heights.is_exact(0)
    assert not heights.measured(0, 12)
    assert heights.is_exact(0)
    heights.doubt(0)
    assert not heights.is_exact(0)


def test_another_guess_changes_no_row_that_was_measured() -> None:
    heights = RowHeights()
    heights.fill([10, 20])
    heights.measured(0, 12)
    heights.guessed(0, 40)
    heights.guessed(1, 30)
    assert heights.total == 42
    heights.doubt_all()
    assert heights.total == 42
    heights.guessed(0, 40)
    assert heights.total == 70


def test_an_empty_column_has_no_row() -> None:
    assert RowHeights().row_at(0) == -1
