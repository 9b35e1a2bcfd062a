"""What a search found, newest first; older results join at the end."""

from __future__ import annotations

from enum import IntEnum

import msgspec
from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.protocol.messages import Said
from app.support.clock import Clock
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.texts import tr


class FoundRole(IntEnum):
    """What a row can be asked for, beside the text that Qt's own roles give."""

    SAID = Qt.ItemDataRole.UserRole + 1
    """The `Said`."""


class SearchModel(QAbstractListModel):
    """The results of `query`. Owned by the panel that shows it."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._found: list[Said] = []
        self.query = ""

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many results there are."""
        return 0 if parent is not None and parent.isValid() else len(self._found)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row's part for `role`."""
        if not index.isValid() or index.row() >= len(self._found):
            return None
        said = self._found[index.row()]
        if role == FoundRole.SAID:
            return said
        if role == Qt.ItemDataRole.DisplayRole:
            return said.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = one_line(said.nick)
            return tr("{name}, {time}: {text}", name=name, time=self.time_of(said), text=said.text)
        return None

    def said(self, row: int) -> Said:
        """Return the message of a row."""
        return self._found[row]

    def time_of(self, said: Said) -> str:
        """Return when it was said: the time, and for another day than today that day too."""
        return times.day_and_time(said.at, self._clock.now())

    @property
    def oldest(self) -> int:
        """The number of the last result, from which on older ones are asked for; 0 for none."""
        return self._found[-1].seq if self._found else 0

    def show(self, query: str, said: tuple[Said, ...]) -> None:
        """Show the results of another search."""
        self.beginResetModel()
        self.query = query
        self._found = list(said)
        self.endResetModel()

    def forget(self, seqs: set[int]) -> None:
        """Take away the results of those numbers: what they said was deleted."""
        for row in range(len(self._found) - 1, -1, -1):
            if self._found[row].seq in seqs:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._found[row]
                self.endRemoveRows()

    def change(self, texts: dict[int, str]) -> None:
        """Show other texts of the results of those numbers: they were edited."""
        for row, said in enumerate(self._found):
            text = texts.get(said.seq)
            if text is not None and text != said.text:
                self._found[row] = msgspec.structs.replace(said, text=text)
                self.dataChanged.emit(self.index(row), self.index(row))

    def add(self, said: tuple[Said, ...]) -> None:
        """Add older results of the same search."""
        older = [one for one in said if one.seq < self.oldest]
        if not older:
            return
        first = len(self._found)
        self.beginInsertRows(QModelIndex(), first, first + len(older) - 1)
        self._found.extend(older)
        self.endInsertRows()
