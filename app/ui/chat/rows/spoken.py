"""A column of rows that tells a screen reader of the row that has the keyboard."""

from __future__ import annotations

from PyQt6.QtCore import QAbstractItemModel, QItemSelection, QModelIndex, QTimer, pyqtSlot
from PyQt6.QtGui import QFocusEvent
from PyQt6.QtWidgets import QWidget

from app.ui.chat.rows.column import RowColumn, RowMeasure


class SpokenColumn(RowColumn):
    """Mends what `QListView` tells where it has not laid a row out itself."""

    def __init__(self, measure: RowMeasure, parent: QWidget | None = None) -> None:
        super().__init__(measure, parent)
        self._rows_known_to_qt = 0
        self._tell_row = QTimer(self)
        self._tell_row.setSingleShot(True)
        self._tell_row.timeout.connect(self._on_tell_row)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show another model's rows."""
        super().setModel(model)
        self._rows_known_to_qt = 0

    def reset(self) -> None:
        """Show the model anew after it was reset."""
        super().reset()
        self._rows_known_to_qt = 0

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell of the row that has the keyboard now."""
        self._let_qt_know(current.row())
        super().currentChanged(current, previous)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell of the rows that are selected now, or not any more."""
        both = (selected, deselected)
        lowest = [one[number].bottom() for one in both for number in range(len(one))]
        self._let_qt_know(max(lowest, default=-1))
        super().selectionChanged(selected, deselected)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Tell of the row once more: Qt tells of the whole list when it gets the keyboard."""
        super().focusInEvent(event)
        self._tell_row.start(0)

    @pyqtSlot()
    def _on_tell_row(self) -> None:
        current = self.currentIndex()
        if not (self.hasFocus() and current.isValid()):
            return
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        SpokenColumn.currentChanged(self, current, current)
        self.setAutoScroll(scrolls)

    def _let_qt_know(self, row: int) -> None:
        """Let `QListView` lay out as many rows as it takes for its word of `row` to be heard.

        It tells a screen reader of the list instead of the row where it has not laid that row out.
        """
        # Not while rows are coming or going.
        settled = len(self._heights) == self._row_count()
        if row >= self._rows_known_to_qt and settled:
            self._rows_known_to_qt = self._row_count()
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
