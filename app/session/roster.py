"""Who is in the room, as a member knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.messages import Came, Member, Went


class Roster(QObject):
    """The members by number. Owned by its `RoomSession`, which alone changes it.

    Signals:
        reset(): everything may be another; read it anew.
        came(tuple[Member, ...]), went(tuple[int, ...]): these members, by number, came or went.
        located(): addresses are known that were not (the host's own window only).
    """

    reset = pyqtSignal()
    came = pyqtSignal(tuple)
    went = pyqtSignal(tuple)
    located = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: dict[int, Member] = {}
        self._addresses: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def get(self, number: int) -> Member | None:
        """Return the member of that number, or None."""
        return self._members.get(number)

    def address_of(self, number: int) -> str:
        """Return from where the member is connected; empty where we are not told."""
        return self._addresses.get(number, "")

    def fill(self, members: Iterable[Member]) -> None:
        """Take these for everyone who is here."""
        self._members = {member.number: member for member in members}
        self._addresses = {n: a for n, a in self._addresses.items() if n in self._members}
        self.reset.emit()

    def apply(self, changes: Iterable[Came | Went]) -> tuple[Came | Went, ...]:
        """Let members come and go, in the order given; return the changes that were news.

        Comings and goings are told a moment after they happened, so somebody who joined in that
        moment has them in the roster already, oneself included.
        """
        news: list[Came | Went] = []
        came: dict[int, Member] = {}
        went: list[int] = []
        for change in changes:
            if isinstance(change, Came):
                member = change.member
                if member.number not in self._members:
                    came[member.number] = member
                    news.append(change)
                self._members[member.number] = member
            elif self._members.pop(change.number, None) is not None:
                self._addresses.pop(change.number, None)
                news.append(change)
                if came.pop(change.number, None) is None:
                    went.append(change.number)
        if went:
            self.went.emit(tuple(went))
        if came:
            self.came.emit(tuple(came.values()))
        return tuple(news)

    def locate(self, addresses: dict[int, str]) -> None:
        """Note from where members are connected."""
        self._addresses.update(addresses)
        self.located.emit()
