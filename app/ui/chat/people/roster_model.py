"""Who is here, in sections, sorted by name; a change moves its own rows only."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSlot

from app.protocol.messages import Member
from app.session.room_session import RoomSession
from app.session.words import fold
from app.ui.chat.names import one_line
from app.ui.chat.people.guests import guest_word
from app.ui.texts import tr

_ROLES = ("host", "moderator", "member")
_MANY = 100
"""Changes at once from which building everything anew is cheaper than telling of each."""

_Key = tuple[str, str, int]


class RosterRole(IntEnum):
    """What a row can be asked for, beside the text that Qt's own roles give."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `RosterRow`. Told alone as changed: the row stays as high as it was."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A section's name, or where `member` is set somebody in the section."""

    title: str
    member: Member | None = None
    mine: bool = False
    address: str = ""
    typing: bool = False

    @property
    def notes(self) -> list[str]:
        """What stands under the name; mostly nothing."""
        parts = []
        if self.member is not None and self.member.guest:
            parts.append(guest_word(self.member.guest))
        if self.member is not None and self.member.muted:
            parts.append(tr("Muted"))
        if self.member is not None and self.member.away:
            parts.append(tr("Away"))
        if self.member is not None and self.member.slow:
            parts.append(tr("Catching up"))
        if self.address:
            parts.append(self.address)
        return parts


class RosterModel(QAbstractListModel):
    """Follows `session.roster`; owned by the panel that shows it.

    With a filter it has only those whose nickname holds all the words, whatever case and accents.
    """

    def __init__(self, session: RoomSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._roster = session.roster
        self._sections: dict[str, list[_Key]] = {}
        self._known: dict[int, tuple[str, _Key, Member]] = {}
        self._counted: dict[str, int] = {}
        self._words: tuple[str, ...] = ()
        self._folded: dict[str, str] = {}
        self._roles: dict[int, str] = {}
        """Of everybody, shown or not."""
        self._totals: Counter[str] = Counter()
        self._typing = self._who_types()
        self._fill()
        self._roster.reset.connect(self._on_reset)
        self._roster.came.connect(self._on_came)
        self._roster.went.connect(self._on_went)
        self._roster.changed.connect(self._on_changed)
        self._roster.located.connect(self._on_located)
        session.typing_changed.connect(self._on_typing_changed)
        session.info_changed.connect(self._on_located)

    # --- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many rows there are, the sections' names included."""
        if parent is not None and parent.isValid():
            return 0
        return sum(len(keys) + 1 for keys in self._sections.values() if keys)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row's part for `role`."""
        if not index.isValid():
            return None
        if role == RosterRole.ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row())
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let only people be chosen."""
        if index.isValid() and self.row(index.row()).member is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def set_filter(self, text: str) -> None:
        """Have only those whose nickname holds all the words of `text`; everybody where it is empty."""
        words = tuple(fold(_sendable(text)).split())
        if words != self._words:
            self._words = words
            self._on_reset()

    @property
    def is_filtered(self) -> bool:
        """Whether somebody may be missing."""
        return bool(self._words)

    @property
    def people(self) -> int:
        """How many people there are in the rows."""
        return len(self._known)

    def colour_of(self, member: Member) -> int:
        """Return the colour that somebody chose, as `Theme.person` takes it."""
        return self._session.colour_of(member.device)

    # --- what the view asks ---------------------------------------------------------------------

    def row(self, row: int) -> RosterRow:
        """Return what a row shows."""
        for role, keys in self._sections.items():
            if not keys:
                continue
            if row == 0:
                return RosterRow(self._title(role))
            if row <= len(keys):
                member = self._known[keys[row - 1][2]][2]
                return RosterRow(
                    title=one_line(member.nick),
                    member=member,
                    mine=member.number == self._session.member_number,
                    address=one_line(self._roster.address_of(member.number)),
                    typing=member.number in self._typing,
                )
            row -= len(keys) + 1
        raise IndexError(row)

    def is_title(self, row: int) -> bool:
        """Tell whether a row names a section, without making what it shows."""
        for keys in self._sections.values():
            if not keys:
                continue
            if row == 0:
                return True
            if row <= len(keys):
                return False
            row -= len(keys) + 1
        return False

    def spoken(self, row: int) -> str:
        """Return the row as a screen reader says it."""
        shown = self.row(row)
        if shown.member is None:
            return shown.title
        parts = [shown.title]
        if shown.mine:
            parts.append(tr("you"))
        if shown.member.role == "host":
            parts.append(tr("Host"))
        elif shown.member.role == "moderator":
            parts.append(tr("Moderator"))
        parts += shown.notes
        if shown.typing:
            parts.append(tr("is typing"))
        return ", ".join(parts)

    def row_of(self, number: int) -> int:
        """Return the row of the member of that number, or -1."""
        if number not in self._known:
            return -1
        role, key, _member = self._known[number]
        return self._start_of(role) + 1 + bisect_left(self._sections[role], key)

    @property
    def typing_rows(self) -> list[int]:
        """The rows of those who are writing."""
        return [row for number in self._typing if (row := self.row_of(number)) >= 0]

    # --- what the roster tells ------------------------------------------------------------------

    @pyqtSlot()
    def _on_reset(self) -> None:
        self.beginResetModel()
        self._fill()
        self.endResetModel()

    @pyqtSlot(tuple)
    def _on_came(self, members: tuple[Member, ...]) -> None:
        if len(members) > _MANY:
            self._on_reset()
            return
        for member in members:
            if member.number in self._known:
                self._remove(member.number)
            if self._fits(member):
                self._insert(member)
            self._note_role(member.number, member.role)

    @pyqtSlot(tuple)
    def _on_went(self, numbers: tuple[int, ...]) -> None:
        if len(numbers) > _MANY:
            self._on_reset()
            return
        for number in numbers:
            if number in self._known:
                self._remove(number)
            self._note_role(number, "")

    @pyqtSlot(tuple)
    def _on_changed(self, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            member = self._roster.get(number)
            if member is None:
                continue
            known = self._known.get(number)
            key = _key(member)
            if known is not None and known[:2] == (member.role, key):
                self._known[number] = (member.role, key, member)
                self._repaint(number)
                continue
            if known is not None:
                self._remove(number)
            if self._fits(member):
                self._insert(member)
            self._note_role(number, member.role)

    @pyqtSlot()
    def _on_typing_changed(self) -> None:
        before, self._typing = self._typing, self._who_types()
        for number in before ^ self._typing:
            self._repaint(number)

    @pyqtSlot()
    def _on_located(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    # --- parts ----------------------------------------------------------------------------------

    def _who_types(self) -> frozenset[int]:
        return frozenset(self._session.typing) - {self._session.member_number}

    def _repaint(self, number: int) -> None:
        row = self.row_of(number)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [RosterRole.ROW])

    def _fill(self) -> None:
        self._sections = {role: [] for role in _ROLES}
        self._known = {}
        self._roles = {member.number: member.role for member in self._roster}
        self._totals = Counter(self._roles.values())
        for member in self._roster:
            if not self._fits(member):
                continue
            key = _key(member)
            self._sections[member.role].append(key)
            self._known[member.number] = (member.role, key, member)
        for keys in self._sections.values():
            keys.sort()
        self._counted = {role: len(keys) for role, keys in self._sections.items()}

    def _fits(self, member: Member) -> bool:
        if not self._words:
            return True
        folded = self._folded.get(member.nick)
        if folded is None:
            if len(self._folded) > 2 * len(self._roster):
                self._folded.clear()
            folded = self._folded[member.nick] = fold(one_line(member.nick))
        return all(word in folded for word in self._words)

    def _note_role(self, number: int, role: str) -> None:
        """Count somebody in a section, shown or not; an empty role: in none any more."""
        before = self._roles.pop(number, "")
        if role:
            self._roles[number] = role
        for name, more in ((before, -1), (role, 1)):
            if name and before != role:
                self._totals[name] += more
                if self._words and self._sections[name]:
                    title = self.index(self._start_of(name))
                    self.dataChanged.emit(title, title)

    def _title(self, role: str) -> str:
        count = self._counted[role]
        if role == "host":
            return tr("Host")
        if self._words:
            total = self._totals[role]
            if role == "moderator":
                return tr("Moderators · {count} of {total}", count=count, total=total)
            return tr("Members · {count} of {total}", count=count, total=total)
        if role == "moderator":
            return tr("Moderators")
        return tr("Members · {count}", count=count)

    def _start_of(self, role: str) -> int:
        start = 0
        for name, keys in self._sections.items():
            if name == role:
                return start
            start += len(keys) + 1 if keys else 0
        return start

    def _insert(self, member: Member) -> None:
        keys = self._sections[member.role]
        key = _key(member)
        place = bisect_left(keys, key)
        start = self._start_of(member.role)
        row = start + 1 + place if keys else start
        self.beginInsertRows(QModelIndex(), row, start + 1 + place)
        if not keys:
            self._counted[member.role] = 1
        keys.insert(place, key)
        self._known[member.number] = (member.role, key, member)
        self.endInsertRows()
        self._count(member.role, start)

    def _remove(self, number: int) -> None:
        role, key, _member = self._known[number]
        keys = self._sections[role]
        place = bisect_left(keys, key)
        start = self._start_of(role)
        row = start if len(keys) == 1 else start + 1 + place
        self.beginRemoveRows(QModelIndex(), row, start + 1 + place)
        del keys[place]
        del self._known[number]
        self.endRemoveRows()
        if keys:
            self._count(role, start)

    def _count(self, role: str, row: int) -> None:
        """Let the section's name follow, once the rows are what they say they are."""
        self._counted[role] = len(self._sections[role])
        self.dataChanged.emit(self.index(row), self.index(row))


def _key(member: Member) -> _Key:
    return (one_line(member.nick).casefold(), member.nick, member.number)


def _sendable(text: str) -> str:
    # Qt hands out half a surrogate pair when a paste was cut.
    return text.encode("utf-8", "replace").decode("utf-8")
