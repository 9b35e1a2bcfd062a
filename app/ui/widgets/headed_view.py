"""Cells under headings: a view that lays out and paints by itself, only what is in sight."""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PyQt6.QtGui import QRegion, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QListView, QWidget


class CellsLayout(Protocol):
    """Where cells stand below each other, in a column as long as they need."""

    def rect(self, index: int) -> QRect:
        """Return where a cell stands."""

    def index_at(self, x: int, y: int) -> int | None:
        """Return the cell at a point, or None."""

    def below(self, index: int, rows: int) -> int:
        """Return the cell that many rows below a cell, or above it where that is negative."""


class HeadedView(QListView):
    """Shows the rows of a model as cells; the heading of those in sight stays at the top.

    A `QListView` to Qt's accessibility alone. Who derives from it makes the layout in
    `updateGeometries`, tells it to `_lie`, and paints.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells_lie: CellsLayout | None = None
        self._placed = 0
        self._row_height = 1
        self._heading = 1
        self._sideways = True
        """Whether Left and Right lead from cell to cell."""

    def _set_up(self) -> None:
        """Set what all such views have in common; Qt lays out at once, so the rest is there by now."""
        # Qt lays out too after a reset; with equal sizes it asks for one cell only.
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        port = self._port()
        port.setMouseTracking(True)
        port.setAutoFillBackground(False)

    def go_to(self, row: int) -> None:
        """Make a cell the current one; -1: none."""
        selection, model = self.selectionModel(), self.model()
        if selection is not None and model is not None and row < model.rowCount():
            to = model.index(row, 0) if row >= 0 else QModelIndex()
            selection.setCurrentIndex(to, QItemSelectionModel.SelectionFlag.NoUpdate)

    # --- for those who derive from it -----------------------------------------------------------

    def _lie(self, cells: CellsLayout, placed: int, row_height: int, height: int) -> None:
        """Let the first `placed` cells stand so, in rows of that height; `height`: of all."""
        self._cells_lie, self._placed, self._row_height = cells, placed, max(1, row_height)
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setPageStep(self._port().height())
            bar.setRange(0, max(0, height - self._port().height()))

    def _port(self) -> QWidget:
        port = self.viewport()
        if port is None:
            raise RuntimeError("a view has a viewport")
        return port

    def _scroll(self) -> int:
        bar = self.verticalScrollBar()
        return 0 if bar is None else bar.value()

    # --- what Qt asks of a view -----------------------------------------------------------------

    def visualRect(self, index: QModelIndex) -> QRect:
        """Return where a cell stands in the viewport."""
        if not index.isValid() or index.row() >= self._placed or self._cells_lie is None:
            return QRect()
        return self._cells_lie.rect(index.row()).translated(0, -self._scroll())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell at a point of the viewport."""
        model = self.model()
        if point.y() < self._heading or self._cells_lie is None or model is None:
            return QModelIndex()
        row = self._cells_lie.index_at(point.x(), point.y() + self._scroll())
        return QModelIndex() if row is None else model.index(row, 0)

    def scrollTo(
        self,
        index: QModelIndex,
        _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, below the heading."""
        bar = self.verticalScrollBar()
        if bar is None or not index.isValid() or index.row() >= self._placed:
            return
        rect = self.visualRect(index).translated(0, self._scroll())
        top, bottom = rect.top() - self._heading, rect.bottom() + 1 - self._port().height()
        bar.setValue(min(max(bar.value(), bottom), top))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the cell that a key leads to."""
        model = self.model()
        count = model.rowCount() if model is not None else 0
        if not count or model is None:
            return QModelIndex()
        row = self.currentIndex().row()
        to = 0 if row < 0 else max(0, min(self._way(action, row, count), count - 1))
        return model.index(to, 0)

    def _way(self, action: QAbstractItemView.CursorAction, row: int, count: int) -> int:
        of = QAbstractItemView.CursorAction
        forward = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        page = max(1, self._port().height() // self._row_height - 1)
        rows = {of.MoveUp: -1, of.MoveDown: 1, of.MovePageUp: -page, of.MovePageDown: page}
        if action in rows:
            return self._cells_lie.below(row, rows[action]) if self._cells_lie is not None else row
        if action in {of.MoveHome, of.MoveEnd}:
            return 0 if action == of.MoveHome else count - 1
        if action in {of.MoveLeft, of.MoveRight} and self._sideways:
            return row + (forward if action == of.MoveRight else -forward)
        return row

    def horizontalOffset(self) -> int:
        """Return 0: nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far it is scrolled."""
        return self._scroll()

    def isIndexHidden(self, _index: QModelIndex) -> bool:
        """Return False: no cell is hidden."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select nothing: one cell at a time is the current one."""

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Return nothing: nothing is selected."""
        return QRegion()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay out anew, without Qt's own layout."""
        QAbstractItemView.resizeEvent(self, event)
