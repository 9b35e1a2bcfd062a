"""The emoji to choose from, section after section, as a model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.ui.emoji.data import TONES, Emoji, all_emoji
from app.ui.emoji.names import EmojiNames
from app.ui.emoji.sections import GROUPS, Section, section_name, tone_name


class GridRole(IntEnum):
    """What a cell can be asked for, beside the emoji itself and what is read out."""

    TONABLE = Qt.ItemDataRole.UserRole + 1
    """Whether it has skin tones."""


@dataclass(frozen=True)
class Span:
    """One section: `count` cells from `first` on."""

    section: Section
    first: int
    count: int


class GridModel(QAbstractListModel):
    """All emoji, with those used lately before them; or what a search found.

    `hidden` are places in `all_emoji()` that are not shown, such as what no font can draw.
    """

    def __init__(
        self,
        names: EmojiNames,
        recents: tuple[str, ...],
        hidden: frozenset[int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._names = names
        self._recents = [
            (place, text)
            for text in recents
            if (place := names.place(text)) is not None
            and place not in hidden
            and any(all_emoji()[place].toned(tone) == text for tone in range(len(TONES)))
        ]
        self._hidden = hidden
        self._tone = 0
        self._found: list[int] | None = None
        self._cells: list[tuple[int, str]] = []
        self.spans: list[Span] = []
        self._fill()

    def set_tone(self, tone: int) -> None:
        """Show people in that skin tone; what was used lately stays as it was used."""
        self._tone = tone
        self._reset()

    def search(self, text: str) -> None:
        """Show what `text` finds, or everything for a blank one."""
        blank = not text.strip()
        self._found = None if blank else self._names.search(text)
        self._reset()

    @property
    def is_search(self) -> bool:
        """Whether what is shown was searched for."""
        return self._found is not None

    def text(self, cell: int) -> str:
        """Return the emoji in a cell, in its tone."""
        return self._cells[cell][1]

    def emoji(self, cell: int) -> Emoji:
        """Return what is in a cell, without a tone."""
        return all_emoji()[self._cells[cell][0]]

    def name(self, cell: int) -> str:
        """Return what the emoji in a cell is called, with its tone."""
        name, text = self._names.name(self.text(cell)), self.text(cell)
        for tone, modifier in enumerate(TONES):
            if modifier and modifier in text:
                return f"{name}, {tone_name(tone).lower()}"
        return name

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many cells there are."""
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the emoji, its name for those who hear it, and the section that it is in."""
        if not index.isValid():
            return None
        cell = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.name(cell)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return section_name(self.span_of(cell).section)
        if role == GridRole.TONABLE:
            return bool(self.emoji(cell).light)
        return None

    def span_of(self, cell: int) -> Span:
        """Return the section that a cell is in."""
        return next(span for span in self.spans if cell < span.first + span.count)

    def _reset(self) -> None:
        self.beginResetModel()
        self._fill()
        self.endResetModel()

    def _fill(self) -> None:
        self._cells = []
        self.spans = []
        if self._found is not None:
            self._add(Section.FOUND, self._found)
            return
        self._cells += self._recents
        if self._recents:
            self.spans.append(Span(Section.RECENT, 0, len(self._recents)))
        groups: list[list[int]] = [[] for _ in GROUPS]
        for place, emoji in enumerate(all_emoji()):
            groups[emoji.group].append(place)
        for section in GROUPS:
            self._add(section, groups[section])

    def _add(self, section: Section, places: list[int]) -> None:
        emoji = all_emoji()
        first = len(self._cells)
        self._cells += [(p, emoji[p].toned(self._tone)) for p in places if p not in self._hidden]
        if len(self._cells) > first:
            self.spans.append(Span(section, first, len(self._cells) - first))
