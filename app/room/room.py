"""`Room`: decides everything that happens in a room, and does none of it.

Every call returns effects, in the order in which they are to be carried out. The room opens no
socket and reads no clock: links are numbers that the caller gives, times are Unix milliseconds that the
caller passes. Who a link belongs to is what `admit` was told by the caller, who checked the proof of
the device key; no field of a message ever says it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import (
    Acked,
    AnyMessage,
    Came,
    Fetch,
    Join,
    Joined,
    Leave,
    LeaveReason,
    Located,
    Member,
    Page,
    Rejected,
    RoleName,
    Roster,
    Said,
    Say,
    SetTopic,
    TopicChanged,
    Went,
)
from app.protocol.names import NameProblem, NameRefused, clean_line, clean_nickname, nickname_key
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.log import Log

NICKNAME_HELD = 10 * 60 * 1000
"""Milliseconds that a nickname waits for its device after the connection was lost."""

PAGE_BYTES = 60_000
"""About the most bytes of one page: with the largest overhead it still fits a frame."""

_SAID_OVERHEAD = 130
"""The most bytes of a message in a page beside its text and nickname."""

_NICKNAME_REFUSALS = {
    NameProblem.EMPTY: (Refusal.NICKNAME_EMPTY, None),
    NameProblem.TOO_LONG: (Refusal.NICKNAME_TOO_LONG, limits.MAX_NICKNAME),
    NameProblem.NOT_ALLOWED: (Refusal.NICKNAME_NOT_ALLOWED, None),
}


@dataclass
class RoomSettings:
    """What the host chose. `name` is clean already."""

    name: str
    topic: str = ""
    history: History = field(default_factory=History)
    max_members: int = 500


@dataclass(frozen=True)
class _Link:
    device: bytes
    address: str
    local: bool
    order: int
    """Grows with each link that is admitted: of two, the greater one is newer."""


@dataclass(frozen=True)
class _Holder:
    """Whose a nickname is: always while somebody is here under it, else until `until`."""

    device: bytes
    until: int | None


class Room:
    """One room: its members, its log, its rules."""

    def __init__(self, settings: RoomSettings) -> None:
        self.settings = settings
        self.log = Log(keep=0) if settings.history.name == "none" else Log()
        self._links: dict[int, _Link] = {}
        self._admitted = 0
        self._members: dict[int, Member] = {}
        self._link_of: dict[str, int] = {}
        self._holders: dict[str, _Holder] = {}
        self._numbers: dict[tuple[bytes, str], int] = {}
        self._floors: dict[bytes, int] = {}
        self._moderators: set[bytes] = set()
        self._watchers: set[int] = set()

    @property
    def members(self) -> tuple[Member, ...]:
        """Everyone who is in the room."""
        return tuple(self._members.values())

    def member_on(self, link: int) -> Member | None:
        """Return who is in the room by this link, or None."""
        return self._members.get(link)

    def address_on(self, link: int) -> str:
        """Return from where this link comes."""
        known = self._links.get(link)
        return known.address if known else ""

    def admit(self, link: int, device: bytes, address: str, *, local: bool = False) -> None:
        """Note that `link` belongs to `device`, which proved its key.

        `local` is the host's own window: it hosts the room, and nobody takes its place.
        """
        self._admitted += 1
        self._links[link] = _Link(device, address, local, self._admitted)

    def handle(self, link: int, message: AnyMessage, now: int) -> list[Effect]:
        """Decide about a message that came on an admitted link.

        Whoever is not in the room may only join, and only once: the wire sees to that for links
        from elsewhere, and what comes out of turn all the same has no effect.
        """
        handler = self._HANDLERS.get(type(message))
        if handler is None or link not in self._links:
            return []
        if isinstance(message, Join) is (link in self._members):
            return []
        return handler(self, link, message, now)

    def drop(self, link: int, now: int, reason: LeaveReason = "lost") -> list[Effect]:
        """Forget a link that is gone; harmless for one that is not known."""
        self._links.pop(link, None)
        self._watchers.discard(link)
        member = self._members.pop(link, None)
        if member is None:
            return []
        key = nickname_key(member.nick)
        del self._link_of[key]
        if reason == "lost":
            self._holders[key] = _Holder(member.device, now + NICKNAME_HELD)
        else:
            del self._holders[key]
        went = Went(number=member.number, nick=member.nick, at=now, reason=reason)
        return [Announce(went)]

    def close(self) -> list[Effect]:
        """End the room: the last word for every link."""
        return [Close(link, Refusal.ROOM_CLOSED) for link in self._links]

    # --- joining ------------------------------------------------------------------------------

    def _on_join(self, link: int, message: Join, now: int) -> list[Effect]:
        who = self._links[link]
        try:
            nick = clean_nickname(message.nick)
        except NameRefused as refused:
            refusal, limit = _NICKNAME_REFUSALS[refused.problem]
            return [Send(link, Rejected(code=refusal, limit=limit))]
        key = nickname_key(nick)
        if self._taken(key, who, now):
            return [Send(link, Rejected(code=Refusal.NICKNAME_TAKEN))]
        effects: list[Effect] = []
        old_link = self._link_of.get(key)
        if old_link is None and len(self._members) >= self.settings.max_members and not who.local:
            return [Send(link, Rejected(code=Refusal.ROOM_FULL, limit=self.settings.max_members))]
        if old_link is not None:
            if self._links[old_link].order > who.order:
                # A wish that came late, by a link that its member gave up: the newer one stays.
                del self._links[link]
                return [Close(link, Refusal.REPLACED)]
            # The same device is back before its old link was found dead: it is the same member,
            # and nobody needs to hear of it.
            effects.append(Close(old_link, Refusal.REPLACED))
            self._links.pop(old_link, None)
            self._watchers.discard(old_link)
            del self._members[old_link]
        member = Member(
            number=self._numbers.setdefault((who.device, key), len(self._numbers) + 1),
            nick=nick,
            device=who.device,
            role=self._role_of(who),
        )
        self._members[link] = member
        self._link_of[key] = link
        self._holders[key] = _Holder(who.device, None)
        self._note_floor(who.device)
        effects += self._welcome(link, member)
        if old_link is None:
            effects.append(Announce(Came(member=member, at=now)))
        located = Located(addresses={member.number: who.address})
        effects += [Send(watcher, located) for watcher in self._watchers if watcher != link]
        return effects

    def _taken(self, key: str, who: _Link, now: int) -> bool:
        holder = self._holders.get(key)
        if holder is None:
            return False
        if holder.until is not None:
            return holder.device != who.device and now < holder.until
        old = self._links.get(self._link_of[key])
        # The host's own window and its second one share a device key; neither may push the other
        # out, so there even the own nickname is taken.
        return holder.device != who.device or who.local or (old is not None and old.local)

    def _welcome(self, link: int, member: Member) -> list[Effect]:
        effects: list[Effect] = [
            Send(
                link,
                Joined(
                    member=member.number,
                    room=self.settings.name,
                    topic=self.settings.topic,
                    role=member.role,
                    history=self.settings.history.name,
                    history_count=self.settings.history.count,
                    last_seq=self.log.last_seq,
                    members=len(self._members),
                ),
            )
        ]
        everyone = self.members
        for start in range(0, len(everyone), limits.ROSTER_PAGE):
            page = everyone[start : start + limits.ROSTER_PAGE]
            more = start + limits.ROSTER_PAGE < len(everyone)
            effects.append(Send(link, Roster(members=page, more=more)))
        if member.role == "host":
            self._watchers.add(link)
            addresses = {m.number: self._links[at].address for at, m in self._members.items()}
            effects += [
                Send(link, Located(addresses=dict(part)))
                for part in _parts(list(addresses.items()), limits.ROSTER_PAGE)
            ]
        return effects

    def _note_floor(self, device: bytes) -> None:
        floor = self.settings.history.floor(self.log.last_seq)
        if self.settings.history.name == "none":
            self._floors[device] = floor
        else:
            self._floors.setdefault(device, floor)

    def _role_of(self, who: _Link) -> RoleName:
        if who.local:
            return "host"
        return "moderator" if who.device in self._moderators else "member"

    # --- talking ------------------------------------------------------------------------------

    def _on_say(self, link: int, message: Say, now: int) -> list[Effect]:
        author = self._members[link]
        refusal = None
        if not message.text.strip():
            refusal = Rejected(code=Refusal.TEXT_EMPTY, cid=message.cid)
        elif len(message.text) > limits.MAX_TEXT:
            refusal = Rejected(code=Refusal.TEXT_TOO_LONG, cid=message.cid, limit=limits.MAX_TEXT)
        if refusal is not None:
            return [Send(link, refusal)]
        known = self.log.seq_of(author.device, message.cid)
        if known is not None:
            return [Send(link, Acked(cid=message.cid, seq=known))]
        said = Said(
            seq=self.log.last_seq + 1,
            author=author.number,
            nick=author.nick,
            device=author.device,
            at=now,
            cid=message.cid,
            text=message.text,
        )
        self.log.append(said)
        return [Send(link, Acked(cid=said.cid, seq=said.seq)), Broadcast(said)]

    def _on_fetch(self, link: int, message: Fetch, _now: int) -> list[Effect]:
        start = max(self._floors[self._links[link].device], self.log.start)
        after = max(message.after, start)
        until = min(message.until, self.log.last_seq)
        said = self.log.between(after, until, message.limit, newest=message.newest)
        fitting = _fit(said, newest=message.newest)
        # The page covers what was asked for, but for what did not fit at its far end.
        first, last = message.after, max(until, message.after)
        if fitting and (len(said) == message.limit or len(fitting) < len(said)):
            if message.newest:
                first = fitting[0].seq - 1
            else:
                last = fitting[-1].seq
        page = Page(after=first, until=last, said=tuple(fitting), start=start)
        return [Send(link, page)]

    def _on_set_topic(self, link: int, message: SetTopic, _now: int) -> list[Effect]:
        member = self._members[link]
        if member.role == "member":
            return [Send(link, Rejected(code=Refusal.NOT_PERMITTED))]
        try:
            topic = clean_line(message.topic, limits.MAX_TOPIC)
        except NameRefused:
            rejected = Rejected(code=Refusal.TOPIC_TOO_LONG, limit=limits.MAX_TOPIC)
            return [Send(link, rejected)]
        if topic == self.settings.topic:
            return []
        self.settings.topic = topic
        return [Broadcast(TopicChanged(topic=topic, by=member.nick))]

    def _on_leave(self, link: int, _message: Leave, now: int) -> list[Effect]:
        return self.drop(link, now, "left")

    _HANDLERS: ClassVar[dict[type, Callable[..., list[Effect]]]] = {
        Join: _on_join,
        Say: _on_say,
        Fetch: _on_fetch,
        SetTopic: _on_set_topic,
        Leave: _on_leave,
    }


def _fit(said: list[Said], *, newest: bool) -> list[Said]:
    """Return as many as fit a page, from its near end: at least one, in order."""
    room = PAGE_BYTES
    fitting: list[Said] = []
    for message in reversed(said) if newest else said:
        room -= len(message.text.encode()) + len(message.nick.encode()) + _SAID_OVERHEAD
        if room < 0 and fitting:
            break
        fitting.append(message)
    return fitting[::-1] if newest else fitting


def _parts(items: list[tuple[int, str]], size: int) -> list[list[tuple[int, str]]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
