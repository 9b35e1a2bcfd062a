"""`Naming`: who goes by which nickname, and the number that a device and a nickname have together."""

from __future__ import annotations

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import Rejected
from app.protocol.names import NameProblem, NameRefused, clean_nickname
from app.room.attendance import Attendance, Link
from app.room.log import Log
from app.room.nicknames import Nicknames

_REFUSALS = {
    NameProblem.EMPTY: (Refusal.NICKNAME_EMPTY, None),
    NameProblem.TOO_LONG: (Refusal.NICKNAME_TOO_LONG, limits.MAX_NICKNAME),
    NameProblem.NOT_ALLOWED: (Refusal.NICKNAME_NOT_ALLOWED, None),
}


class Naming(Nicknames):
    """Nicknames, by their keys, and numbers. A number is given once, and to one device only."""

    def __init__(self, log: Log, here: Attendance) -> None:
        super().__init__()
        self._log = log
        self._here = here
        self._numbers = {(device, key): number for device, key, number in log.members()}
        self._devices = {device for device, _ in self._numbers}

    def knows(self, device: bytes) -> bool:
        """Tell whether the device has been in the room, now or ever."""
        return device in self._devices

    def number_of(self, device: bytes, key: str) -> int:
        """Return the number of a device under a nickname; the first time it gets one."""
        number = self._numbers.get((device, key))
        if number is None:
            number = self._numbers[device, key] = len(self._numbers) + 1
            self._devices.add(device)
            self._log.note_member(device, key, number)
        return number

    def is_taken(self, key: str, who: Link, now: int) -> bool:
        """Tell whether `who` may not come in under this nickname."""
        holder = self.holder(key, now)
        if holder is None:
            return False
        old = self._here.link_of(key)
        if old is None:
            return holder != who.device
        # The host's own window and its second one share a device key; neither may push the other
        # out, so there even the own nickname is taken.
        return holder != who.device or who.local or self._here.links[old].local

    def may_rename(self, link: int, key: str, now: int) -> bool:
        """Tell whether whoever sits on `link` may go by this nickname: nobody is pushed out by it."""
        at = self._here.link_of(key)
        if at is not None:
            return at == link
        return self.holder(key, now) in {None, self._here.links[link].device}

    def rename(self, device: bytes, before: str, key: str) -> None:
        """Give a device's number under one nickname to another, for good; the first one is free."""
        if before == key:
            return
        number = self._numbers.pop((device, before))
        # It may have been here under the other nickname: then the two numbers change places, so
        # that neither is ever somebody else's.
        other = self._numbers.pop((device, key), None)
        self._numbers[device, key] = number
        self._log.note(
            "DELETE FROM members WHERE device = ? AND key IN (?, ?)", (device, before, key)
        )
        self._log.note_member(device, key, number)
        if other is not None:
            self._numbers[device, before] = other
            self._log.note_member(device, before, other)
        self.free(before)
        self.take(key, device)


def refusal_of(refused: NameRefused) -> Rejected:
    """Return what somebody is told whose nickname cannot be one."""
    code, limit = _REFUSALS[refused.problem]
    return Rejected(code=code, limit=limit)


def cleaned(nick: str) -> str | Rejected:
    """Return a nickname as it is shown, or why it cannot be one."""
    try:
        return clean_nickname(nick)
    except NameRefused as refused:
        return refusal_of(refused)
