"""Where rows of many heights lie in one long column; knows numbers only, no Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_ROUGH, _EXACT, _BEGUN = range(3)


class RowHeights:
    """Heights by row, each rough (a guess) or exact (measured).

    Changing many heights and then asking for a place costs one pass over all of them.
    """

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._exact = bytearray()
        self._tops: list[int] = [0]
        self._stale = False
        self._head = 0

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    @property
    def total(self) -> int:
        """The height of the whole column."""
        return self._places()[-1]

    @property
    def head(self) -> int:
        """What is left free above the first row."""
        return self._head

    def set_head(self, height: int) -> None:
        """Leave that much free above the first row."""
        self._head = height
        self._stale = True

    def fill(self, guesses: Sequence[int]) -> None:
        """Take these guesses for everything."""
        self._heights = list(guesses)
        self._exact = bytearray(len(guesses))
        self._stale = True

    def insert(self, row: int, guesses: Sequence[int]) -> None:
        """Let rows in at `row`."""
        self._heights[row:row] = guesses
        self._exact[row:row] = bytes(len(guesses))
        self._stale = True

    def remove(self, first: int, last: int) -> None:
        """Take the rows from `first` to `last` away."""
        del self._heights[first : last + 1]
        del self._exact[first : last + 1]
        self._stale = True

    def is_exact(self, row: int) -> bool:
        """Tell whether the row was measured to its end."""
        return self._exact[row] == _EXACT

    def is_begun(self, row: int) -> bool:
        """Tell whether the row was measured, be it in part."""
        return self._exact[row] != _ROUGH

    def doubt(self, row: int) -> None:
        """Keep the row's height as a guess only."""
        self._exact[row] = _ROUGH

    def doubt_all(self) -> None:
        """Keep all heights as guesses only."""
        self._exact = bytearray(len(self._heights))

    def guessed(self, row: int, height: int) -> None:
        """Take another guess for a row that was not measured."""
        if self._exact[row] == _ROUGH and self._heights[row] != height:
            self._heights[row] = height
            self._stale = True

    def measured(self, row: int, height: int, *, complete: bool = True) -> bool:
        """Note a measured height; tell whether it differs from the guess."""
        self._exact[row] = _EXACT if complete else _BEGUN
        if self._heights[row] == height:
            return False
        self._heights[row] = height
        self._stale = True
        return True

    def top(self, row: int) -> int:
        """Return where the row begins."""
        return self._places()[row]

    def row_at(self, y: int) -> int:
        """Return the row at `y`, the nearest one outside the column, -1 where there is none."""
        if not self._heights:
            return -1
        row = bisect_right(self._places(), y) - 1
        return max(0, min(row, len(self._heights) - 1))

    def _places(self) -> list[int]:
        if self._stale:
            self._tops = list(accumulate(self._heights, initial=self._head))
            self._stale = False
        return self._tops
