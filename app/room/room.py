"""`Room`: decides everything that happens in a room, and does none of it.

Every call returns effects, in the order in which they are to be carried out. The room opens no
socket and reads no clock: links are numbers that the caller gives, times are Unix milliseconds that the
caller passes. Who a link belongs to is what `admit` was told by the caller, who checked the proof of
the device key; no field of a message ever says it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ClassVar

import msgspec

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import (
    AnyMessage,
    AskToken,
    Came,
    Delete,
    Edit,
    Fetch,
    GuestKind,
    HistoryChanged,
    Join,
    Leave,
    LeaveReason,
    ListFiles,
    Located,
    Member,
    React,
    Rejected,
    Rename,
    Renamed,
    Say,
    Search,
    SetAway,
    SetColour,
    SetHistory,
    SetTopic,
    Skipped,
    TopicChanged,
    Typing,
    TypingNow,
    Went,
)
from app.protocol.names import NameRefused, clean_line, nickname_key
from app.room.attendance import Attendance, standing
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.entrance import Entrance
from app.room.files.room_files import Rights, RoomFiles
from app.room.files.store import FileStore
from app.room.floors import Floors
from app.room.history import History
from app.room.log import Log
from app.room.log_file import StorageError
from app.room.moderation import Moderation
from app.room.naming import Naming, cleaned
from app.room.pages import files, found, page
from app.room.settings import RoomSettings
from app.room.talking import Talking, why_no_text
from app.room.typists import Typists
from app.room.welcome import roster, welcome
from app.room.whispers import PRIVATE_WISHES, PrivateMessages, PrivateWish

log = logging.getLogger(__name__)


class Room:
    """One room: its members, its log, its rules."""

    def __init__(
        self, settings: RoomSettings, log: Log | None = None, store: FileStore | None = None
    ) -> None:
        """`log` and `store` keep messages and files, owned by the room from now on.

        Without a log, messages are in memory only; without a store, the room takes no files.
        """
        self.settings = settings
        keeps = settings.history.name != "none"
        self.log = log or Log.open(None, keeps=keeps).value
        self.settings.topic = settings.topic or self.log.topic()
        self.entrance = Entrance(self.log)
        self._typists = Typists()
        self._here = Attendance()
        self._private = PrivateMessages(self.log, self._here)
        self._naming = Naming(self.log, self._here)
        self.moderation = Moderation(
            settings, self.log, self._here, save=self.save, show_out=self.drop
        )
        rights = Rights(self.log, self._here, self._floor, self.may_write)
        self.files = None if store is None else RoomFiles(store, rights)
        self._talking = Talking(self.log, self._here, self.moderation, self.files)
        self._floors = Floors(self.log)
        self._watchers: set[int] = set()

    @property
    def members(self) -> tuple[Member, ...]:
        """Everyone who is in the room."""
        return tuple(self._here.members.values())

    def member_on(self, link: int) -> Member | None:
        """Return who is in the room by this link, or None."""
        return self._here.members.get(link)

    def address_of(self, number: int) -> str:
        """Return from where the member of that number is connected; empty where it is not."""
        return self._here.address_of(number)

    @property
    def is_dirty(self) -> bool:
        """Whether `settle` has anything to commit."""
        return self.log.is_dirty or self._private.are_waiting

    def admit(
        self,
        link: int,
        device: bytes,
        address: str,
        *,
        local: bool = False,
        key: bytes = b"",
        guest: GuestKind = "",
    ) -> None:
        """Note that `link` belongs to `device`, which proved the public `key`.

        `local` is the host's own window: it hosts the room, and nobody takes its place. `guest`:
        `device` is the id of a guest, from `guests.guest_id`.
        """
        self._here.admit(link, device, address, local=local, key=key, guest=guest)

    def handle(self, link: int, message: AnyMessage, now: int) -> list[Effect]:
        """Decide about a message that came on an admitted link.

        Whoever is not in the room may only join, and only once: the wire sees to that for links
        from elsewhere, and what comes out of turn all the same has no effect.
        """
        handler = self._HANDLERS.get(type(message))
        if handler is None or link not in self._here.links:
            return []
        if isinstance(message, Join) is (link in self._here.members):
            return []
        return handler(self, link, message, now)

    def settle(self, _now: int) -> list[Effect]:
        """Commit all that was said since the last call, and only then let it be known.

        The caller calls it once a turn of the event loop, before it sends anything. Where the disk
        refuses, whoever said something is told that it was not saved.
        """
        if not self.is_dirty:
            return []
        before = self.log.last_seq
        try:
            seqs = self.log.commit()
        except StorageError as error:
            log.warning("nothing could be saved: %s", error)
            return [*self._private.not_saved(), *self._talking.not_saved()]
        return [*self._private.settled(), *self._talking.settled(seqs, before)]

    def save(self, now: int) -> list[Effect]:
        """Settle, and commit what was noted besides; where the disk refuses, the log is late."""
        effects = self.settle(now)
        self._note()
        return effects

    def _note(self) -> None:
        if self.log.has_notes:
            try:
                self.log.commit()
            except StorageError as error:
                log.warning("what was done could not be saved: %s", error)

    def tick(self, now: int) -> list[Effect]:
        """Do what time brings about; the caller calls it about once a second."""
        here = {member.number for member in self._here.members.values()}
        self._naming.sweep(now)
        if not self.is_dirty:
            self._note()
        if self.files is not None:
            self.files.sweep(now)
        typing = self._typists.news(now, here)
        return [] if typing is None else [Broadcast(TypingNow(members=typing))]

    def fall_behind(self, link: int) -> list[Effect]:
        """Note that a member takes the live stream too slowly to get it now."""
        return self._mark(link, slow=True)

    def catch_up(self, link: int) -> list[Effect]:
        """Let a member into the live stream again; what it missed it fetches from the log."""
        if link not in self._here.members:
            return []
        last_seq, newest = self.log.last_seq, self._private.newest_of(link)
        skipped = Skipped(last_seq=last_seq, topic=self.settings.topic, last_private=newest)
        return [
            Send(link, skipped),
            Send(link, self._history_changed()),
            Send(link, self.moderation.rules_changed()),
            *roster(link, self._here),
            *self._mark(link, slow=False),
        ]

    def _mark(self, link: int, **marks: bool | int) -> list[Effect]:
        """Note `slow`, `away` or `colour` of a member, and tell if that is new."""
        member = self._here.members.get(link)
        if member is None:
            return []
        marked = msgspec.structs.replace(member, **marks)
        if marked == member:
            return []
        self._here.members[link] = marked
        return [Announce(standing(marked))]

    def drop(self, link: int, now: int, reason: LeaveReason = "lost") -> list[Effect]:
        """Forget a link that is gone; harmless for one that is not known."""
        self._watchers.discard(link)
        member = self._here.members.get(link)
        if member is None:
            self._here.links.pop(link, None)
            return []
        key = nickname_key(member.nick)
        self._here.leave(link, key)
        # A guest by text comes back as somebody else: nobody could take the nickname up again.
        if reason == "lost" and member.guest != "text":
            self._naming.keep(key, now)
        else:
            self._naming.free(key)
        if member.guest == "text":
            self._floors.forget(member.device)
        went = Went(number=member.number, nick=member.nick, at=now, reason=reason)
        return [Announce(went)]

    def close(self) -> list[Effect]:
        """End the room: the last word for every link."""
        return [Close(link, Refusal.ROOM_CLOSED) for link in self._here.links]

    # --- joining ------------------------------------------------------------------------------

    def _on_join(self, link: int, message: Join, now: int) -> list[Effect]:
        who = self._here.links[link]
        outside = self.moderation.stop_outside(link, known=self._naming.knows(who.device))
        if outside:
            return outside
        nick = cleaned(message.nick)
        if isinstance(nick, Rejected):
            return [Send(link, nick)]
        key = nickname_key(nick)
        if self._naming.is_taken(key, who, now):
            return [Send(link, Rejected(code=Refusal.NICKNAME_TAKEN))]
        effects: list[Effect] = []
        replaced: Member | None = None
        old_link = self._here.link_of(key)
        full = len(self._here.members) >= self.settings.max_members
        if old_link is None and full and not who.local:
            return [Send(link, Rejected(code=Refusal.ROOM_FULL, limit=self.settings.max_members))]
        if old_link is not None:
            if self._here.links[old_link].order > who.order:
                # A wish that came late, by a link that its member gave up: the newer one stays.
                del self._here.links[link]
                return [Close(link, Refusal.REPLACED)]
            # The same device is back before its old link was found dead: it is the same member,
            # and nobody needs to hear of it.
            effects.append(Close(old_link, Refusal.REPLACED))
            self._watchers.discard(old_link)
            replaced = self._here.members[old_link]
            self._here.leave(old_link, key)
        member = Member(
            number=self._naming.number_of(who.device, key),
            nick=nick,
            device=who.device,
            role=self.moderation.role_of(who),
            muted=self.moderation.is_muted(who),
            colour=message.colour,
            guest=who.guest,
        )
        self._here.seat(link, key, member)
        self._naming.take(key, who.device)
        self._private.meet(link, nick)
        self._floors.note(who, self.settings.history)
        if member.role == "host":
            self._watchers.add(link)
        newest = self._private.newest_of(link)
        effects += welcome(link, member, self.settings, self.log, self._here, last_private=newest)
        if replaced is not None and replaced.nick != nick:
            went = Went(number=replaced.number, nick=replaced.nick, at=now)
            effects.append(Announce(went))
        if replaced is None or replaced.nick != nick:
            effects.append(Announce(Came(member=member, at=now)))
        elif standing(replaced) != standing(member):
            effects.append(Announce(standing(member)))
        located = Located(addresses={member.number: who.address})
        effects += [Send(watcher, located) for watcher in self._watchers if watcher != link]
        return effects

    def _on_rename(self, link: int, message: Rename, now: int) -> list[Effect]:
        member = self._here.members[link]
        nick = cleaned(message.nick)
        if isinstance(nick, Rejected):
            return [Send(link, nick)]
        before, key = nickname_key(member.nick), nickname_key(nick)
        if not self._naming.may_rename(link, key, now):
            return [Send(link, Rejected(code=Refusal.NICKNAME_TAKEN))]
        if nick == member.nick:
            return []
        self._here.rename(link, before, key, msgspec.structs.replace(member, nick=nick))
        self._naming.rename(member.device, before, key)
        self._private.meet(link, nick)
        renamed = Renamed(number=member.number, nick=nick, before=member.nick, at=now)
        return [Announce(renamed)]

    # --- talking ------------------------------------------------------------------------------

    def _on_say(self, link: int, message: Say, now: int) -> list[Effect]:
        if why_no_text(message) is None:
            self._typists.note(self._here.members[link].number, now, active=False)
        return self._talking.say(link, message, now, self._floor(link))

    def _on_delete(self, link: int, message: Delete, now: int) -> list[Effect]:
        return self._talking.delete(link, message, now, self._floor(link))

    def _on_edit(self, link: int, message: Edit, now: int) -> list[Effect]:
        return self._talking.edit(link, message, now, self._floor(link))

    def _on_react(self, link: int, message: React, now: int) -> list[Effect]:
        return self._talking.react(link, message, now, self._floor(link))

    def _floor(self, link: int) -> int:
        return self._floors.of(self._here.links[link].device)

    def may_write(self, link: int) -> Refusal | None:
        """Return why whoever is on this link may not write at the moment, or None."""
        return self.moderation.why_silent(link)

    def _on_private(self, link: int, message: PrivateWish, now: int) -> list[Effect]:
        return self._private.handle(link, message, now, self.may_write(link))

    def _on_ask_token(self, link: int, _message: AskToken, _now: int) -> list[Effect]:
        files = self.files
        return [Send(link, files.new_token(link) if files else Rejected(code=Refusal.NO_FILES))]

    def _on_fetch(self, link: int, message: Fetch, _now: int) -> list[Effect]:
        return [Send(link, page(self.log, self._floor(link), message))]

    def _on_set_topic(self, link: int, message: SetTopic, now: int) -> list[Effect]:
        member = self._here.members[link]
        if member.role == "member":
            return [Send(link, Rejected(code=Refusal.NOT_PERMITTED))]
        try:
            topic = clean_line(message.topic, limits.MAX_TOPIC)
        except NameRefused:
            return [Send(link, Rejected(code=Refusal.TOPIC_TOO_LONG, limit=limits.MAX_TOPIC))]
        if topic == self.settings.topic:
            return []
        self.settings.topic = topic
        self.log.note_topic(topic)
        self.moderation.note_act(link, now, "topic")
        return [Broadcast(TopicChanged(topic=topic, by=member.nick))]

    def _on_set_history(self, link: int, message: SetHistory, now: int) -> list[Effect]:
        if self._here.members[link].role != "host":
            return [Send(link, Rejected(code=Refusal.NOT_PERMITTED))]
        count = message.count if message.history == "last" else 0
        history = History(message.history, max(count, 1) if message.history == "last" else 0)
        if history == self.settings.history:
            return []
        # What was said before is kept, or not, by the choice that held when it was said.
        effects = self.settle(now)
        self.settings.history = history
        self.moderation.note_act(link, now, "history")
        self.log.choose(keeps=history.name != "none")
        return [*effects, Broadcast(self._history_changed())]

    def _history_changed(self) -> HistoryChanged:
        history = self.settings.history
        return HistoryChanged(history=history.name, count=history.count)

    def _on_search(self, link: int, message: Search | ListFiles, _now: int) -> list[Effect]:
        if isinstance(message, ListFiles):
            return [Send(link, files(self.log, self._floor(link), message))]
        return [Send(link, found(self.log, self._floor(link), message))]

    def _on_typing(self, link: int, message: Typing, now: int) -> list[Effect]:
        active = message.active and self.may_write(link) is None
        self._typists.note(self._here.members[link].number, now, active=active)
        return []

    def _on_set_mark(self, link: int, message: SetAway | SetColour, _now: int) -> list[Effect]:
        return self._mark(link, **msgspec.structs.asdict(message))

    def _on_moderate(self, link: int, message: AnyMessage, now: int) -> list[Effect]:
        return self.moderation.handle(link, message, now)

    def _on_leave(self, link: int, _message: Leave, now: int) -> list[Effect]:
        return self.drop(link, now, "left")

    _HANDLERS: ClassVar[dict[type, Callable[..., list[Effect]]]] = {
        Join: _on_join,
        Rename: _on_rename,
        Say: _on_say,
        Delete: _on_delete,
        Edit: _on_edit,
        React: _on_react,
        Fetch: _on_fetch,
        AskToken: _on_ask_token,
        **dict.fromkeys(PRIVATE_WISHES, _on_private),
        **dict.fromkeys(Moderation.WISHES, _on_moderate),
        Search: _on_search,
        ListFiles: _on_search,
        Typing: _on_typing,
        SetAway: _on_set_mark,
        SetColour: _on_set_mark,
        SetTopic: _on_set_topic,
        SetHistory: _on_set_history,
        Leave: _on_leave,
    }
