"""Who is in the room, as a member knows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

import msgspec
from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.messages import Came, Changed, GuestKind, Member, Renamed, Went
from app.protocol.messages import Roster as Page

MAX_GONE = 1000
"""Members who went and whose last words may still be on their way."""

MAX_COLOURS = 20_000
"""Devices whose colour is remembered, so that it stays with what they said when they are gone."""

Change = Came | Went | Changed | Renamed
News = tuple[Came | Went | Renamed, ...]


class Roster(QObject):
    """The members by number. Owned by its `RoomSession`, which alone changes it.

    Signals:
        reset(): everything may be another; read it anew.
        came(tuple[Member, ...]), went(tuple[int, ...]): these members, by number, came or went.
        changed(tuple[int, ...]): these are here and stand otherwise now (away, slow,
            muted, in role), or are called otherwise.
        recoloured(): `colour_of` returns something else for somebody.
        located(): addresses are known that were not (the host's own window only).
    """

    reset = pyqtSignal()
    came = pyqtSignal(tuple)
    went = pyqtSignal(tuple)
    changed = pyqtSignal(tuple)
    recoloured = pyqtSignal()
    located = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: dict[int, Member] = {}
        self._addresses: dict[int, str] = {}
        self._filling: list[Member] = []
        self._gone: OrderedDict[int, bytes] = OrderedDict()
        self._colours: OrderedDict[bytes, int] = OrderedDict()
        self._guests: OrderedDict[bytes, GuestKind] = OrderedDict()
        self._came_at: dict[int, int] = {}

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

    def came_at(self, number: int) -> int:
        """Return when the member came, in Unix milliseconds; 0 for who was here before we looked."""
        return self._came_at.get(number, 0)

    def colour_of(self, device: bytes) -> int:
        """Return the colour that whoever has this device chose; -1: none.

        Those who went keep theirs; where one device is here twice, the word that came last counts.
        """
        return self._colours.get(device, -1)

    def guest_of(self, device: bytes) -> GuestKind:
        """Return which kind of guest has this id, here or gone; empty for a device, or one not known."""
        return self._guests.get(device, "")

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
        # What happened while nobody told us may be a going and another coming.
        self._came_at.clear()
        recoloured = sum(self._note_colour(member) for member in self._members.values()) > 0
        self.reset.emit()
        if recoloured:
            self.recoloured.emit()

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
        recoloured = False
        for change in changes:
            number = change.member.number if isinstance(change, Came) else change.number
            known = self._members.get(number)
            if isinstance(change, Came) and known is None:
                recoloured |= self._seat(change.member)
                self._came_at[number] = change.at
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
                recoloured |= self._seat(member)
                news += [change] if isinstance(change, Renamed) else []
                if number in came:
                    came[number] = member
                else:
                    changed[number] = None
        for signal, told in (
            (self.went, tuple(went)),
            (self.came, tuple(came.values())),
            (self.changed, tuple(changed)),
        ):
            if told:
                signal.emit(told)
        if recoloured:
            self.recoloured.emit()
        return tuple(news)

    def _seat(self, member: Member) -> bool:
        """Know somebody as they stand now; return whether another colour stands for them."""
        self._members[member.number] = member
        return self._note_colour(member)

    def _note_colour(self, member: Member) -> bool:
        """Remember which colour somebody chose; return whether it is another than it was.

        Of a guest, that it is one as well.
        """
        if member.guest:
            self._guests[member.device] = member.guest
            if len(self._guests) > MAX_COLOURS:
                self._guests.popitem(last=False)
        if member.colour == self._colours.get(member.device, -1):
            return False
        self._colours.pop(member.device, None)
        if member.colour >= 0:
            self._colours[member.device] = member.colour
            if len(self._colours) > MAX_COLOURS:
                self._colours.popitem(last=False)
        return True

    def _let_go(self, member: Member) -> None:
        del self._members[member.number]
        self._addresses.pop(member.number, None)
        self._came_at.pop(member.number, None)
        self._gone[member.number] = member.device
        if len(self._gone) > MAX_GONE:
            self._gone.popitem(last=False)

    def locate(self, addresses: dict[int, str]) -> None:
        """Note from where members are connected."""
        self._addresses.update(addresses)
        self.located.emit()


def _changed(member: Member, change: Came | Changed | Renamed) -> Member:
    if isinstance(change, Came):
        return change.member
    if isinstance(change, Renamed):
        return msgspec.structs.replace(member, nick=change.nick)
    return msgspec.structs.replace(
        member,
        away=change.away,
        slow=change.slow,
        muted=change.muted,
        role=change.role,
        colour=change.colour,
    )
