"""Which notices of comings and goings name everybody, and which only the first."""

from __future__ import annotations

from PyQt6.QtCore import QAbstractItemModel, QPersistentModelIndex

from app.session.timeline import Entry, NoticeEntry
from app.ui.chat.timeline.notices import is_foldable
from app.ui.texts import tr


class Folds:
    """Remembers by row of `model`, wherever the row goes; a notice that grows stays unfolded."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self._model = model
        self._unfolded: list[QPersistentModelIndex] = []

    def is_unfolded(self, row: int) -> bool:
        """Tell whether a notice names everybody who came and went."""
        return any(one.isValid() and one.row() == row for one in self._unfolded)

    def toggle(self, row: int) -> None:
        """Name everybody in a notice, or not any more."""
        left = [one for one in self._unfolded if one.isValid() and one.row() != row]
        if not self.is_unfolded(row):
            left.append(QPersistentModelIndex(self._model.index(row, 0)))
        self._unfolded = left

    def spoken(self, row: int, entry: Entry, text: str) -> str:
        """Return the line of a notice with what Enter does, where it does anything."""
        if not isinstance(entry, NoticeEntry) or not is_foldable(entry):
            return text
        if self.is_unfolded(row):
            return tr("{text} (Enter hides the names)", text=text)
        return tr("{text} (Enter shows all names)", text=text)
