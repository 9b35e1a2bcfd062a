"""Where one can go from anywhere: rooms that are open, people, rooms of late, commands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from app.security.invite import InvalidTarget, Invite, parse_target
from app.ui.chat.names import one_line
from app.ui.chat.people.member_deeds import may_write_privately
from app.ui.rail.rail_model import counts_in_words, room_key, room_name
from app.ui.shortcuts import Command, native_keys, text_of
from app.ui.switcher.matching import Name, words_of
from app.ui.texts import tr
from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.protocol.messages import Member
    from app.session.room_session import RoomSession
    from app.support.settings import RecentRoom
    from app.ui.rail.open_rooms import OpenRooms

MOST = 40
"""Offers at a time: what does not match better is found by typing more."""

MOST_PEOPLE = 15
"""Of them, people: a name that many share must not push out the rooms."""

COMMANDS = {
    Command.START: Icon.PLUS,
    Command.NEXT_UNREAD: Icon.ARROW_DOWN,
    Command.SETTINGS: Icon.SETTINGS,
    Command.CHECK: Icon.WIFI,
    Command.SHORTCUTS: Icon.HELP,
    Command.LEAVE: Icon.DOOR,
}
"""What can be done from anywhere, in the order in which it is offered."""


class Kind(IntEnum):
    """What an offer leads to; of what matches alike, the first kind stands first."""

    ROOM = 0
    PERSON = 1
    RECENT = 2
    COMMAND = 3


@dataclass(frozen=True)
class Offer:
    """One row. `runs` are the characters of `text` that were typed.

    `key` and `colour` are what `Theme.person` takes.
    """

    kind: Kind
    text: str
    detail: str
    target: RoomSession | Member | RecentRoom | Command
    runs: tuple[tuple[int, int], ...] = ()
    key: bytes = b""
    colour: int = -1
    icon: Icon | None = None
    unread: int = 0
    mentions: int = 0
    muted: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        counts = counts_in_words(self.unread, self.mentions, muted=self.muted)
        return ", ".join(part for part in (self.text, *counts, self.detail) if part)


@dataclass(frozen=True)
class _Candidate:
    name: Name
    offer: Offer


class Offers:
    """Everything that can be offered while the panel is open; names are prepared once.

    People are read when something is typed for the first time: there may be thousands.
    """

    def __init__(
        self,
        sessions: Sequence[RoomSession],
        rooms: OpenRooms,
        current: RoomSession | None,
        recent: Iterable[RecentRoom],
    ) -> None:
        self._current = current
        ordered = sorted(sessions, key=_by_need(rooms, current))
        self._rooms = [_of_room(session, rooms, current) for session in ordered]
        self._recent = [_of_recent(room) for room in recent if not _is_open(room, sessions)]
        commands = [_of_command(command) for command in COMMANDS if _fits(command, current)]
        self._commands = commands
        self._people: list[_Candidate] | None = None

    def matching(self, text: str) -> list[Offer]:
        """Return what matches `text`, the best first; all but people where it is empty."""
        words = words_of(text)
        if not words:
            everything = [*self._rooms, *self._recent, *self._commands]
            return [candidate.offer for candidate in everything][:MOST]
        if self._people is None:
            self._people = [] if self._current is None else _people_of(self._current)
        found: list[tuple[int, int, int, _Candidate, tuple[tuple[int, int], ...]]] = []
        for candidates in (self._rooms, self._people, self._recent, self._commands):
            matches = []
            for place, candidate in enumerate(candidates):
                match = candidate.name.match(words)
                if match is not None:
                    kind = candidate.offer.kind
                    matches.append((match.cost, int(kind), place, candidate, match.runs))
            matches.sort(key=_rank)
            found += matches[:MOST_PEOPLE] if candidates is self._people else matches
        found.sort(key=_rank)
        return [replace(one.offer, runs=runs) for _, _, _, one, runs in found[:MOST]]


def _rank(
    found: tuple[int, int, int, _Candidate, tuple[tuple[int, int], ...]],
) -> tuple[int, int, int]:
    return found[:3]


def _by_need(
    rooms: OpenRooms, current: RoomSession | None
) -> Callable[[RoomSession], tuple[bool, bool, bool, int]]:
    def need(session: RoomSession) -> tuple[bool, bool, bool, int]:
        return (
            session is current,
            not rooms.mentions(session),
            not rooms.wants_attention(session),
            rooms.visited(session),
        )

    return need


def _of_room(session: RoomSession, rooms: OpenRooms, current: RoomSession | None) -> _Candidate:
    name = room_name(session)
    offer = Offer(
        Kind.ROOM,
        name,
        tr("You are here") if session is current else "",
        session,
        key=room_key(session),
        unread=session.unread,
        mentions=rooms.mentions(session),
        muted=rooms.is_muted(session),
    )
    return _Candidate(Name(name), offer)


def _of_recent(room: RecentRoom) -> _Candidate:
    name = one_line(room.name)
    detail = tr("Host again") if room.hosted else tr("Join again")
    key = name.encode("utf-8", "replace")
    return _Candidate(Name(name), Offer(Kind.RECENT, name, detail, room, key=key))


def _of_command(command: Command) -> _Candidate:
    text = text_of(command)
    detail = native_keys(command)[0]
    offer = Offer(Kind.COMMAND, text, detail, command, icon=COMMANDS[command])
    return _Candidate(Name(text), offer)


def _people_of(session: RoomSession) -> list[_Candidate]:
    found = []
    for member in session.roster:
        if member.number == session.member_number:
            continue
        name = one_line(member.nick)
        private = may_write_privately(session, member.device)
        detail = tr("Write privately") if private else tr("Who this is")
        offer = Offer(Kind.PERSON, name, detail, member, key=member.device, colour=member.colour)
        found.append(_Candidate(Name(name), offer))
    return found


def _fits(command: Command, current: RoomSession | None) -> bool:
    return command is not Command.LEAVE or current is not None


def _is_open(room: RecentRoom, sessions: Iterable[RoomSession]) -> bool:
    fingerprint = ""
    if room.target:
        try:
            target = parse_target(room.target)
        except InvalidTarget:
            target = None
        if isinstance(target, Invite):
            fingerprint = target.fingerprint.hex()
    return any(
        session.key == fingerprint
        if fingerprint
        else session.hosted_here == room.hosted and session.info.name == room.name
        for session in sessions
    )
