"""Where files stand under the names of their months: nothing overlaps, nothing is missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.chat.files_panel.layout import CellSize, Month, ShelfLayout

ROWS = CellSize(54)
GRID = CellSize(0, least=84, gap=6, side=16)

counts = st.lists(st.integers(1, 9), max_size=6)
cells = st.sampled_from([ROWS, GRID])


def layout_of(
    counts: list[int], cell: CellSize, width: int = 310, *, mirrored: bool = False
) -> ShelfLayout:
    months, first = [], 0
    for count in counts:
        months.append(Month(f"month {first}", first, count))
        first += count
    return ShelfLayout(months, width, 24, cell, mirrored=mirrored)


@given(counts, cells, st.integers(120, 700), st.booleans())
def test_each_cell_has_a_place_of_its_own_and_is_found_there(
    counts: list[int], cell: CellSize, width: int, mirrored: bool
) -> None:
    layout = layout_of(counts, cell, width, mirrored=mirrored)
    assert layout.count == sum(counts)
    rects = [layout.rect(index) for index in range(layout.count)]
    for index, rect in enumerate(rects):
        middle = rect.center()
        assert layout.index_at(middle.x(), middle.y()) == index
        assert 0 <= rect.left() <= rect.right() < width
        assert rect.bottom() < layout.height
        assert not any(rect.intersects(other) for other in rects[:index])


@given(counts, cells, st.integers(0, 900), st.integers(1, 600))
def test_all_that_is_in_sight_is_painted(
    counts: list[int], cell: CellSize, top: int, height: int
) -> None:
    layout = layout_of(counts, cell)
    painted = layout.between(top, top + height)
    for index in range(layout.count):
        rect = layout.rect(index)
        if rect.bottom() >= top and rect.top() < top + height:
            assert index in painted
    assert all(0 <= index < layout.count for index in painted)


@given(counts.filter(bool), cells, st.data())
def test_going_down_and_up_stays_in_the_column(
    counts: list[int], cell: CellSize, data: st.DataObject
) -> None:
    layout = layout_of(counts, cell)
    index = data.draw(st.integers(0, layout.count - 1))
    lower = layout.below(index, 1)
    assert lower == index or layout.rect(lower).top() > layout.rect(index).top()
    assert layout.rect(lower).left() <= layout.rect(index).left()
    assert layout.below(index, -99) < layout.columns
    assert layout.is_in_first_row(layout.below(index, -99))


def test_nothing_is_between_the_cells() -> None:
    layout = layout_of([2, 1], GRID)
    first, second = layout.rect(0), layout.rect(1)
    assert layout.index_at(first.right() + 3, first.center().y()) is None
    assert layout.index_at(second.right() + 9, second.center().y()) is None
    assert layout.index_at(first.center().x(), 5) is None
    assert layout.index_at(first.center().x(), layout.height + 5) is None


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_grid_is_read_from_the_side_where_reading_begins(mirrored: bool) -> None:
    layout = layout_of([3], GRID, mirrored=mirrored)
    assert (layout.rect(0).left() > layout.rect(1).left()) is mirrored


def test_what_has_nothing_has_no_places() -> None:
    layout = layout_of([], ROWS)
    assert (layout.count, layout.height, layout.index_at(5, 5)) == (0, 0, None)
    assert list(layout.between(0, 99)) == []
