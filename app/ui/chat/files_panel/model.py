"""The files that a panel lists, newest first, in months; older ones join at the end."""

from __future__ import annotations

from enum import IntEnum
from itertools import groupby

from PyQt6.QtCore import QAbstractListModel, QDate, QDateTime, QModelIndex, QObject, Qt

from app.session.shelf import ShelfFile
from app.support.clock import Clock
from app.ui.chat import times
from app.ui.chat.files_panel.layout import Month
from app.ui.chat.names import isolated, one_line
from app.ui.files.kind_icons import kind_of_ref, name_of
from app.ui.files.sizes import human_size
from app.ui.rail.times import moment_in_passing
from app.ui.texts import locale, tr
from app.ui.widgets.labels import plain_tooltip

_LATEST = 8_640_000_000_000_000


class ShelfRole(IntEnum):
    """What a cell can be asked for, beside the text that Qt's own roles give."""

    FILE = Qt.ItemDataRole.UserRole + 1
    """The `ShelfFile`."""


class ShelfModel(QAbstractListModel):
    """The files of one look at a shelf. Owned by the panel that shows them."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._files: list[ShelfFile] = []
        self._numbers: list[int] = []
        """Of each file, its month, counted through the years."""
        self.months: list[Month] = []

    # --- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many files there are."""
        return 0 if parent is not None and parent.isValid() else len(self._files)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the file's part for `role`."""
        if not index.isValid() or index.row() >= len(self._files):
            return None
        file = self._files[index.row()]
        if role == ShelfRole.FILE:
            return file
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(file.ref.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = name_of(kind_of_ref(file.ref).icon)
            return f"{one_line(file.ref.name)}, {kind}, {self._about(file)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{one_line(file.ref.name)}\n{self._about(file)}")
        return None

    def _about(self, file: ShelfFile) -> str:
        when = times.day_and_time(file.at, self._clock.now())
        return f"{human_size(file.ref.size)} · {isolated(file.nick)} · {when}"

    # --- what the view asks ---------------------------------------------------------------------

    @property
    def files(self) -> tuple[ShelfFile, ...]:
        """All files, in order."""
        return tuple(self._files)

    def file(self, row: int) -> ShelfFile:
        """Return the file of a row."""
        return self._files[row]

    def when(self, file: ShelfFile) -> str:
        """Return when a file was sent, as short as a row has room."""
        return moment_in_passing(file.at / 1000, self._clock.now())

    # --- what the panel tells -------------------------------------------------------------------

    def show(self, files: tuple[ShelfFile, ...]) -> None:
        """Have these alone; what is the same already stays as it is."""
        if files == self.files:
            return
        self.beginResetModel()
        self._files = list(files)
        self._numbers = [_number_of(file.at) for file in files]
        self._group()
        self.endResetModel()

    def add(self, files: tuple[ShelfFile, ...]) -> None:
        """Have these older ones too."""
        self._insert(len(self._files), files)

    def add_newer(self, files: tuple[ShelfFile, ...]) -> None:
        """Have these newer ones too."""
        self._insert(0, files)

    def forget(self, seqs: frozenset[int]) -> None:
        """Have the files of these messages no more."""
        rows = [row for row, file in enumerate(self._files) if file.seq in seqs]
        for row in reversed(rows):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._files[row]
            del self._numbers[row]
            self._group()
            self.endRemoveRows()

    def _insert(self, row: int, files: tuple[ShelfFile, ...]) -> None:
        if not files:
            return
        self.beginInsertRows(QModelIndex(), row, row + len(files) - 1)
        self._files[row:row] = files
        self._numbers[row:row] = [_number_of(file.at) for file in files]
        self._group()
        self.endInsertRows()

    def _group(self) -> None:
        this_year = _number_of(int(self._clock.now() * 1000)) // 12
        self.months = []
        first = 0
        for number, run in groupby(self._numbers):
            count = sum(1 for _ in run)
            self.months.append(Month(_title(number, this_year), first, count))
            first += count


def _number_of(at: int) -> int:
    date = QDateTime.fromMSecsSinceEpoch(max(0, min(at, _LATEST))).date()
    return date.year() * 12 + date.month() - 1


def _title(number: int, this_year: int) -> str:
    """Return what a month is called: March, or with its year where that is another one."""
    year, month = divmod(number, 12)
    pattern = "MMMM" if year == this_year else tr("MMMM yyyy")
    name = locale().toString(QDate(year, month + 1, 1), pattern)
    return name[:1].upper() + name[1:]
