"""A list view that measures only the rows it shows, and keeps its place while rows come and go.

`QListView` asks for the size of every row again after each insertion, which takes longer than a
frame from some hundred rows on. This one keeps a guess for each row that was never on the screen.
It stays a `QListView` to Qt's accessibility, selection and keyboard handling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Protocol, cast

from PyQt6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.ui.chat.rows.heights import RowHeights

BUDGET = 0.012
"""Seconds for measuring within one turn of the event loop; the rest comes in the next ones."""

GUESSING = 0.004
"""Seconds for guessing anew within one turn: thousands of rows take longer than one frame."""

_ROUNDS = 4
"""Measuring may bring other rows into sight, and those others; guesses settle within two."""


class RowMeasure(Protocol):
    """What tells heights; the delegate that paints the rows does."""

    def guess(self, row: int, width: int) -> int:
        """Return about how high the row will be, in about a microsecond."""

    def measure(self, row: int, width: int) -> int:
        """Return how high the row is, and set `complete`."""

    @property
    def complete(self) -> bool:
        """Whether the last measure was the last word: a slow text is set a part at a time."""


class RowColumn(QListView):
    """The heights and the place; `RowView` adds what Qt asks of a view.

    Holds the row at its upper edge, or the bottom where `follows_end`.

    Signals:
        moved(): rows may stand elsewhere.
    """

    moved = pyqtSignal()

    follows_end = False
    """Whether it opens at the end, and stays there while rows are added."""

    end_space = 0
    """Pixels left free under the last row."""

    def __init__(self, measure: RowMeasure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure = measure
        self._heights = RowHeights()
        self._at_end = self.follows_end
        self._anchor_row = 0
        self._anchor_y = 0
        self._was_first = -1
        self._settling = False
        self._unsettled = True
        self._width = 0
        self._deadline = 0.0
        self._owing = False
        self._guess_from = 0
        self._guess_on = QTimer(self)
        self._guess_on.timeout.connect(self._on_guess_on)
        self._go_on = QTimer(self)
        self._go_on.setSingleShot(True)
        self._go_on.timeout.connect(self._on_go_on)
        # Qt's own layout still runs after a reset; with equal sizes it asks for one row only.
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    # --- what it looks like from outside --------------------------------------------------------

    @property
    def at_end(self) -> bool:
        """Whether the last row is in full sight."""
        return self._at_end

    def scroll_to_end(self) -> None:
        """Show the last row, and follow what comes."""
        self._at_end = True
        self.settle()

    def show_row(self, row: int) -> None:
        """Bring a row into the upper third, whatever the rows above it turn out to measure."""
        if not 0 <= row < self._row_count():
            return
        self._at_end = False
        self._anchor_row = row
        self._anchor_y = self._port().height() // 3
        self.settle()

    @property
    def place(self) -> tuple[int, int]:
        """The row at the upper edge and where it begins there, to `return_to`; row -1 at the end."""
        return (-1, 0) if self._at_end else (self._anchor_row, self._anchor_y)

    def return_to(self, place: tuple[int, int]) -> None:
        """Show the rows as they stood at `place`, perhaps in another view of the same rows."""
        row, y = place
        if row < 0:
            self.scroll_to_end()
        elif row < self._row_count():
            self._at_end = False
            self._anchor_row, self._anchor_y = row, y
            self.settle()

    def measure_again(self) -> None:
        """Forget all heights: fonts, the width or all rows may be others."""
        width = self._row_width()
        self._width = width
        if len(self._heights) == self._row_count():
            # What was right until now is a fair guess, until there is time for better ones.
            self._heights.doubt_all()
            self._guess_from = 0
            self._guess_on.start(0)
        else:
            rows = range(self._row_count())
            self._heights.fill([self._measure.guess(row, width) for row in rows])
            self._guess_on.stop()
        self._loosen()

    def set_space_above_first(self, height: int) -> None:
        """Leave that much free above the first row; no row in sight moves."""
        if height != self._heights.head:
            self._heights.set_head(height)
            self._loosen()

    @property
    def space_above_first(self) -> QRect:
        """What is left free above the first row, in the viewport."""
        y = self._space_above() - self._scroll()
        return QRect(0, y, self._row_width(), self._heights.head)

    def doubt_in_sight(self, wanted: Callable[[int], bool]) -> None:
        """Measure those rows in sight anew; whatever else is, when it comes into sight."""
        row, y = self.first_row_in_sight(), 0
        while 0 <= row < len(self._heights) and y < self._port().height():
            if wanted(row):
                self._heights.doubt(row)
            y += self._heights[row]
            row += 1
        self._loosen()
        self._port().update()

    def first_row_in_sight(self) -> int:
        """Return the row at the upper edge, or -1."""
        return self._heights.row_at(self._scroll() - self._space_above())

    def settle(self) -> None:
        """Measure the rows in sight and put the scroll bar right. Cheap when nothing changed."""
        if self._settling or self.model() is None:
            return
        self._settling = True
        self._unsettled = False
        self._owing = False
        self._deadline = perf_counter() + BUDGET
        try:
            if len(self._heights) != self._row_count():
                self.measure_again()
                self._unsettled = False
            for _ in range(_ROUNDS):
                self._place()
                if not self._measure_rows_in_sight():
                    break
            self._place()
        finally:
            self._settling = False
        if self._owing:
            self._go_on.start(0)
        self._note_place()
        self.on_moved()
        self.moved.emit()
        self._port().update()

    def on_moved(self) -> None:
        """Called whenever rows may stand elsewhere."""

    def held_row(self) -> int:
        """Return a row that following the end must not push out of sight, or -1."""
        return -1

    # --- parts ----------------------------------------------------------------------------------

    def _port(self) -> QWidget:
        return cast("QWidget", self.viewport())

    def _row_width(self) -> int:
        return max(1, self._port().width())

    def _total(self) -> int:
        return self._heights.total + self.end_space

    def _row_count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def _scroll(self) -> int:
        bar = self.verticalScrollBar()
        return bar.value() if bar is not None else 0

    def _space_above(self) -> int:
        """What is left free above rows that do not fill the view: they stand at the bottom."""
        if not self.follows_end:
            return 0
        return max(0, self._port().height() - self._total())

    def _loosen(self) -> None:
        # Never from within painting: the scroll bar and what stands over the view move with it, and
        # Qt crashes when the window's parts are moved while it paints them.
        self._unsettled = True
        self._go_on.start(0)

    def _place(self) -> None:
        bar = self.verticalScrollBar()
        if bar is None:
            return
        height = self._port().height()
        lowest = max(0, self._total() - height)
        bar.setRange(0, lowest)
        bar.setPageStep(height)
        bar.setSingleStep(20)
        if self._at_end:
            held = self.held_row()
            value = lowest
            if 0 <= held < len(self._heights):
                value = min(lowest, max(bar.value(), self._heights.top(held)))
        elif len(self._heights):
            row = min(self._anchor_row, len(self._heights) - 1)
            value = self._heights.top(row) - self._anchor_y
        else:
            value = 0
        bar.setValue(value)

    def _measure_rows_in_sight(self) -> bool:
        if not len(self._heights):
            return False
        width = self._row_width()
        top = self._scroll()
        differs = False
        if self._at_end and self.held_row() < 0:
            bottom = self._port().height()
            row = len(self._heights) - 1
            while row >= 0 and bottom > 0:
                differs |= self._make_exact(row, width)
                bottom -= self._heights[row]
                row -= 1
            return differs
        row = self._heights.row_at(top)
        y = self._heights.top(row) - top
        while row < len(self._heights) and y < self._port().height():
            differs |= self._make_exact(row, width)
            y += self._heights[row]
            row += 1
        return differs

    def _make_exact(self, row: int, width: int) -> bool:
        if self._heights.is_exact(row):
            return False
        if perf_counter() > self._deadline:
            self._owing = True
            return False
        height = self._measure.measure(row, width)
        if row == self._was_first:
            # What stood above it, as a date, is above another row now: its lower edge stays.
            if row == self._anchor_row:
                self._anchor_y += self._heights[row] - height
            self._was_first = -1
        complete = self._measure.complete
        self._owing |= not complete
        return self._heights.measured(row, height, complete=complete)

    def _note_place(self) -> None:
        bar = self.verticalScrollBar()
        if bar is None or not len(self._heights):
            return
        self._at_end = self.follows_end and bar.value() >= bar.maximum() - 1
        self._anchor_row = self._heights.row_at(bar.value())
        self._anchor_y = self._heights.top(self._anchor_row) - bar.value()

    @pyqtSlot()
    def _on_go_on(self) -> None:
        self.settle()

    @pyqtSlot()
    def _on_guess_on(self) -> None:
        until = perf_counter() + GUESSING
        width = self._row_width()
        while self._guess_from < len(self._heights) == self._row_count():
            row = self._guess_from
            self._heights.guessed(row, self._measure.guess(row, width))
            self._guess_from += 1
            if not self._guess_from % 32 and perf_counter() > until:
                break
        else:
            self._guess_on.stop()
        if not self._unsettled:
            # The rows in sight were measured, and stay where they are: nothing to paint.
            self._settling = True
            self._place()
            self._settling = False

    # --- what the model tells -------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show another model's rows."""
        super().setModel(model)
        self.measure_again()

    def reset(self) -> None:
        """Show the model anew after it was reset."""
        super().reset()
        self.measure_again()

    def rowsInserted(self, _parent: QModelIndex, start: int, end: int) -> None:
        """Make room for new rows."""
        if len(self._heights) + end - start + 1 != self._row_count():
            self._loosen()
            return
        width = self._row_width()
        guesses = [self._measure.guess(row, width) for row in range(start, end + 1)]
        self._heights.insert(start, guesses)
        self._guess_from = min(self._guess_from, start)
        self._was_first = len(guesses) if start == 0 == self._anchor_row else -1
        if start <= self._anchor_row and len(self._heights) > len(guesses):
            self._anchor_row += len(guesses)
        self._loosen()

    def rowsAboutToBeRemoved(self, parent: QModelIndex, start: int, end: int) -> None:
        """Close the gap that rows leave."""
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)
        if end >= len(self._heights):
            return
        self._heights.remove(start, end)
        self._guess_from = min(self._guess_from, start)
        if start < self._anchor_row:
            self._anchor_row -= min(end + 1, self._anchor_row) - start
        self._loosen()

    def dataChanged(
        self, top_left: QModelIndex, bottom_right: QModelIndex, roles: Iterable[int] = ()
    ) -> None:
        """Measure changed rows again when they are in sight."""
        QAbstractItemView.dataChanged(self, top_left, bottom_right, list(roles))
        for row in range(top_left.row(), min(bottom_right.row() + 1, len(self._heights))):
            self._heights.doubt(row)
        self._loosen()

    # --- what Qt's view machinery asks ----------------------------------------------------------

    def updateGeometries(self) -> None:
        """Put the scroll bar right."""
        self.settle()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the place through another width."""
        if self._row_width() != self._width:
            self.measure_again()
        QAbstractItemView.resizeEvent(self, event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Follow the scroll bar, and remember the place it leads to."""
        if self._settling:
            return
        self._note_place()
        self.settle()
