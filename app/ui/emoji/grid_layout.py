"""Where the cells and headings of the grid stand: arithmetic alone, in device-independent pixels."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from PyQt6.QtCore import QRect

from app.ui.emoji.grid_model import Span

SIDE = 8
"""Free on both sides."""

_END = 6


@dataclass(frozen=True)
class Block:
    """A section in the grid: its heading from `top` on, its cells from `cells` to `bottom`."""

    span: Span
    top: int
    cells: int
    bottom: int


class GridLayout:
    """Lays cells of `cell` pixels side by side in `width`, under a heading for each section."""

    def __init__(
        self, spans: list[Span], width: int, cell: int, heading: int, *, mirrored: bool = False
    ) -> None:
        self.columns = max(1, (width - 2 * SIDE) // cell)
        self.cell = cell
        self.heading = heading
        self._mirrored = mirrored
        self.width = width
        self.left = (width - self.columns * cell) // 2
        """Where the first column begins; the last one ends as far from the other side."""
        self.blocks: list[Block] = []
        y = 0
        for span in spans:
            rows = -(-span.count // self.columns)
            bottom = y + heading + rows * cell
            self.blocks.append(Block(span, y, y + heading, bottom))
            y = bottom + _END
        self.height = y
        self._tops = [block.top for block in self.blocks]
        self._firsts = [block.span.first for block in self.blocks]

    def block_at(self, y: int) -> Block | None:
        """Return the section at a height, the first one above all of them."""
        if not self.blocks:
            return None
        return self.blocks[max(0, bisect_right(self._tops, y) - 1)]

    def block_of(self, index: int) -> Block:
        """Return the section that a cell is in."""
        return self.blocks[bisect_right(self._firsts, index) - 1]

    def rect(self, index: int) -> QRect:
        """Return where a cell stands."""
        block = self.block_of(index)
        row, column = divmod(index - block.span.first, self.columns)
        x = self.left + column * self.cell
        if self._mirrored:
            x = self.width - x - self.cell
        return QRect(x, block.cells + row * self.cell, self.cell, self.cell)

    def index_at(self, x: int, y: int) -> int | None:
        """Return the cell at a point, if there is one."""
        block = self.block_at(y)
        if block is None or not block.cells <= y < block.bottom:
            return None
        column = ((self.width - x - 1 if self._mirrored else x) - self.left) // self.cell
        if not 0 <= column < self.columns:
            return None
        place = (y - block.cells) // self.cell * self.columns + column
        return block.span.first + place if place < block.span.count else None

    def between(self, block: Block, top: int, bottom: int) -> range:
        """Return the cells of a section that lie between two heights."""
        first = max(0, (top - block.cells) // self.cell) * self.columns
        last = max(0, -((block.cells - bottom) // self.cell)) * self.columns
        count = block.span.count
        return range(block.span.first + min(first, count), block.span.first + min(last, count))

    def below(self, index: int, rows: int) -> int:
        """Return the cell `rows` further down (up where negative) in the same column or before it.

        The end of the way is the first or the last row of all.
        """
        step = 1 if rows > 0 else -1
        for _ in range(abs(rows)):
            index = self._next_row(index, step)
        return index

    def _next_row(self, index: int, step: int) -> int:
        block = self.block_of(index)
        row, column = divmod(index - block.span.first, self.columns)
        last_row = (block.span.count - 1) // self.columns
        if not 0 <= row + step <= last_row:
            place = self.blocks.index(block) + step
            if not 0 <= place < len(self.blocks):
                return index
            block = self.blocks[place]
            row = -step if step > 0 else (block.span.count - 1) // self.columns + 1
        wanted = (row + step) * self.columns + column
        return block.span.first + min(wanted, block.span.count - 1)

    def is_in_first_row(self, index: int) -> bool:
        """Tell whether nothing is above a cell."""
        return index < self.columns and self.block_of(index) is self.blocks[0]
