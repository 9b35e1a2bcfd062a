"""Where files and the names of months stand: arithmetic alone, in device-independent pixels."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from PyQt6.QtCore import QRect


@dataclass(frozen=True)
class Month:
    """A run of files of one month: `count` of them from `first` on."""

    title: str
    first: int
    count: int


@dataclass(frozen=True)
class CellSize:
    """How cells stand: as wide as the view in one column, or square ones in several.

    `least` is the least width of a square one, 0 for rows; `height` is that of rows.
    """

    height: int
    least: int = 0
    gap: int = 0
    side: int = 0
    """Free on both sides."""


class ShelfLayout:
    """Lays out months, each with a heading and its cells below it, in `width`."""

    def __init__(
        self, months: list[Month], width: int, heading: int, cell: CellSize, *, mirrored: bool
    ) -> None:
        room = max(1, width - 2 * cell.side)
        self.columns = max(2, (room + cell.gap) // (cell.least + cell.gap)) if cell.least else 1
        self.cell_width = (room + cell.gap) // self.columns - cell.gap
        self.cell_height = self.cell_width if cell.least else cell.height
        self.heading = heading
        self._step = (self.cell_width + cell.gap, self.cell_height + cell.gap)
        self._left = cell.side
        self._mirrored = mirrored
        self._width = width
        self.months = months
        self._firsts = [month.first for month in months]
        self._tops: list[int] = []
        y = 0
        for month in months:
            self._tops.append(y)
            y += heading + -(-month.count // self.columns) * self._step[1]
        self.height = y
        self.count = months[-1].first + months[-1].count if months else 0

    def top(self, place: int) -> int:
        """Return where the heading of a month begins."""
        return self._tops[place]

    def month_at(self, y: int) -> int:
        """Return the place of the month at a height, the first one above all of them."""
        return max(0, bisect_right(self._tops, y) - 1)

    def month_of(self, index: int) -> int:
        """Return the place of the month that a cell is in."""
        return max(0, bisect_right(self._firsts, index) - 1)

    def rect(self, index: int) -> QRect:
        """Return where a cell stands."""
        place = self.month_of(index)
        row, column = divmod(index - self._firsts[place], self.columns)
        x = self._left + column * self._step[0]
        if self._mirrored:
            x = self._width - x - self.cell_width
        y = self._tops[place] + self.heading + row * self._step[1]
        return QRect(x, y, self.cell_width, self.cell_height)

    def index_at(self, x: int, y: int) -> int | None:
        """Return the cell at a point, if there is one."""
        if not self.months or y < 0:
            return None
        place = self.month_at(y)
        month = self.months[place]
        inside = y - self._tops[place] - self.heading
        if inside < 0:
            return None
        across = (self._width - x - 1 if self._mirrored else x) - self._left
        column, row = across // self._step[0], inside // self._step[1]
        index = month.first + row * self.columns + column
        if not 0 <= column < self.columns or index >= month.first + month.count:
            return None
        return index if self.rect(index).contains(x, y) else None

    def between(self, top: int, bottom: int) -> range:
        """Return the cells of which a part may lie between two heights."""
        if not self.months:
            return range(0)
        return range(self._first_from(top), self._first_from(bottom + self._step[1]))

    def _first_from(self, y: int) -> int:
        """Return the first cell of the row at a height, or of the next one below it."""
        place = self.month_at(y)
        month = self.months[place]
        row = max(0, (y - self._tops[place] - self.heading) // self._step[1])
        return month.first + min(month.count, row * self.columns)

    def below(self, index: int, rows: int) -> int:
        """Return the cell `rows` further down (up where negative), in its column or before it."""
        step = 1 if rows > 0 else -1
        for _ in range(abs(rows)):
            index = self._next_row(index, step)
        return index

    def _next_row(self, index: int, step: int) -> int:
        place = self.month_of(index)
        month = self.months[place]
        row, column = divmod(index - month.first, self.columns)
        row += step
        if not 0 <= row <= (month.count - 1) // self.columns:
            place += step
            if not 0 <= place < len(self.months):
                return index
            month = self.months[place]
            row = 0 if step > 0 else (month.count - 1) // self.columns
        return month.first + min(row * self.columns + column, month.count - 1)

    def is_in_first_row(self, index: int) -> bool:
        """Tell whether nothing is above a cell."""
        return index < self.columns and self.month_of(index) == 0
