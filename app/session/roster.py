"""Who is in the room, as a member knows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

import msgspec
from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.messages import Came, Changed, Member, Renamed, Went
from app.protocol.messages import Roster as Page

MAX_GONE = 1000
"""Members who went and whose last words may still be on their way."""

Change = Came | Went | Changed | Renamed
News = tuple[Came | Went | Renamed, ...]


class Roster(QObject):
    """The members by number. Owned by its `RoomSession`, which alone changes it.

    Signals:
        reset(): everything may be another; read it anew.
        came(tuple[Member, ...]), went(tuple[int, ...]): these members, by number, came or went.
        changed(tuple[int, ...]): these are here and stand otherwise now (away, slow,
            muted, in role), or are called otherwise.
        located(): addresses are known that were not (the host's own window only).
    """

    reset = pyqtSignal()
    came = pyqtSignal(tuple)
    went = pyqtSignal(tuple)
    changed = pyqtSignal(tuple)
    located = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: dict[int, Member] = {}
        self._addresses: dict[int, str] = {}
        self._filling: list[Member] = []
        self._gone: OrderedDict[int, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def get(self, number: int) -> Member | None:
        """Return the member of that number, or None."""
        return self._members.get(number)

    def device_of(self, number: int) -> bytes:
        """Return the device of a member who is here or went lately; empty where none is known."""
        member = self._members.get(number)
        return self._gone.get(number, b"") if member is None else member.device

    def address_of(self, number: int) -> str:
        """Return from where the member is connected; empty where we are not told."""
        return self._addresses.get(number, "")

    def begin(self) -> None:
        """Await all of the roster's pages anew."""
        self._filling.clear()

    def take(self, page: Page) -> bool:
        """Take one page of everyone; return whether it was the last, so that they are shown."""
        self._filling.extend(page.members)
        if page.more:
            return False
        self.fill(self._filling)
        self._filling.clear()
        return True

    def fill(self, members: Iterable[Member]) -> None:
        """Take these for everyone who is here."""
        self._members = {member.number: member for member in members}
        self._addresses = {n: a for n, a in self._addresses.items() if n in self._members}
        self.reset.emit()

    def apply(self, changes: Iterable[Change]) -> News:
        """Let members come, go and change, in the order given; return what of it is news.

        News is who came, who went and who is called otherwise.

        Comings and goings are told a moment after they happened, so somebody who joined in that
        moment has them in the roster already, oneself included.
        """
        news: list[Came | Went | Renamed] = []
        came: dict[int, Member] = {}
        went: list[int] = []
        changed: dict[int, None] = {}
        for change in changes:
            number = change.member.number if isinstance(change, Came) else change.number
            known = self._members.get(number)
            if isinstance(change, Came):
                self._members[number] = change.member
                if known is None:
                    came[number] = change.member
                    news.append(change)
            elif known is None:
                continue
            elif isinstance(change, Went):
                self._let_go(known)
                changed.pop(number, None)
                news.append(change)
                if came.pop(number, None) is None:
                    went.append(number)
            elif (member := _changed(known, change)) != known:
                self._members[number] = member
                news += [change] if isinstance(change, Renamed) else []
                if number in came:
                    came[number] = member
                else:
                    changed[number] = None
        if went:
            self.went.emit(tuple(went))
        if came:
            self.came.emit(tuple(came.values()))
        if changed:
            self.changed.emit(tuple(changed))
        return tuple(news)

    def _let_go(self, member: Member) -> None:
        del self._members[member.number]
        self._addresses.pop(member.number, None)
        self._gone[member.number] = member.device
        if len(self._gone) > MAX_GONE:
            self._gone.popitem(last=False)

    def locate(self, addresses: dict[int, str]) -> None:
        """Note from where members are connected."""
        self._addresses.update(addresses)
        self.located.emit()


def _changed(member: Member, change: Changed | Renamed) -> Member:
    if isinstance(change, Renamed):
        return msgspec.structs.replace(member, nick=change.nick)
    return msgspec.structs.replace(
        member, away=change.away, slow=change.slow, muted=change.muted, role=change.role
    )
