"""`RoomSession`: all that a window, or a headless run, knows of one room."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import (
    Acked,
    AnyMessage,
    Came,
    Closed,
    Fetch,
    Join,
    Joined,
    Leave,
    Located,
    Member,
    Page,
    Presence,
    Rejected,
    RoleName,
    Said,
    Say,
    SetTopic,
    TopicChanged,
    Went,
)
from app.protocol.messages import Roster as RosterMessage
from app.protocol.names import NameRefused, clean_line
from app.session.connection import Connection, Phase, Sharing, Verified
from app.session.roster import Roster
from app.session.timeline import (
    MessageEntry,
    NoticeEntry,
    NoticeKind,
    SendState,
    Timeline,
    entry_of,
)
from app.support.clock import Clock

FIRST_SIGHT = limits.MAX_PAGE
"""Messages fetched at first by somebody who was never in the room; older ones come on scrolling."""


class Transport(Protocol):
    """What carries a session's wishes to the host: a client's link, or one inside the process."""

    def send(self, message: AnyMessage) -> None:
        """Send once joined; dropped where the link is not joined (the session sends it again)."""

    def join(self, message: Join) -> None:
        """Ask again for a nickname, after the first was refused."""

    def try_now(self) -> None:
        """Do not wait for the next attempt."""

    def accept_host(self) -> None:
        """Trust the fingerprint that is being asked about, and go on."""

    def stop(self) -> None:
        """End for good, cleanly."""


@dataclass(frozen=True)
class RoomInfo:
    """What a room says of itself."""

    name: str = ""
    topic: str = ""
    role: RoleName = "member"
    history: str = "all"
    history_count: int = 0


class RoomSession(QObject):
    """One room as one member knows it: who is here, what was said, how the connection stands.

    Owns its `timeline` and `roster`; knows no socket: a `Transport` is attached, which feeds
    `receive` and `set_connection`. The host's own window uses the very same class.

    Signals:
        connection_changed(): read `connection` and `verified` anew.
        info_changed(): the room's name, topic or role, the nickname or `sharing` changed.
        message_added(MessageEntry): somebody else said something just now (not on catching up).
        unread_changed(): read `unread` anew.
        caught_up(): everything up to the moment of joining is in the timeline.
        acknowledged(bytes, int): one's own message `cid` is in the host's log as `seq`.
        refused(str, bytes): a wish was refused with that code; the cid is empty for all but messages.
        confirmed(tuple[Said, ...]): these came into the timeline, in the log's order.
        presence(tuple[Came | Went, ...]): who came and went.
        joined(): in the room, for the first time or again.
    """

    connection_changed = pyqtSignal()
    info_changed = pyqtSignal()
    message_added = pyqtSignal(MessageEntry)
    unread_changed = pyqtSignal()
    caught_up = pyqtSignal()
    acknowledged = pyqtSignal(bytes, object)
    refused = pyqtSignal(str, bytes)
    confirmed = pyqtSignal(tuple)
    presence = pyqtSignal(tuple)
    joined = pyqtSignal()

    def __init__(
        self,
        nickname: str,
        clock: Clock,
        *,
        room_name: str = "",
        whole_history: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """`whole_history`: fetch all that the host gives, oldest first, not just the latest."""
        super().__init__(parent)
        self.timeline = Timeline(self)
        self.roster = Roster(self)
        self.nickname = nickname
        self.member_number = -1
        self.device = b""
        self.hosted_here = False
        self.address = ""
        """What the person joined by, as text; empty for a room hosted here."""
        self.info = RoomInfo(name=room_name)
        self.sharing = Sharing()
        self.connection = Connection(Phase.CONNECTING)
        self.verified = Verified.NOT_YET
        self.unread = 0
        self._clock = clock
        self._whole_history = whole_history
        self._transport: Transport | None = None
        self._watched = False
        self._ever_joined = False
        self._filling_roster: list[Member] = []
        self._oldest_seq = 0
        self._covered = 0
        self._log_start = 0
        self._fetching_older = False
        self._catch_up_to = 0
        self._asked_after: int | None = None
        self._ahead: dict[int, Said] = {}
        self._acked: dict[bytes, int] = {}

    # --- what the window wishes -------------------------------------------------------------

    def attach(self, transport: Transport) -> None:
        """Let `transport` carry the wishes from now on."""
        self._transport = transport

    def send(self, text: str) -> Refusal | None:
        """Send a message, or return why it cannot be one (then nothing was sent or kept)."""
        if not text.strip():
            return Refusal.TEXT_EMPTY
        if len(text) > limits.MAX_TEXT:
            return Refusal.TEXT_TOO_LONG
        # Half a surrogate pair cannot travel as UTF-8; Qt hands one out when a paste was cut.
        text = text.encode("utf-8", "replace").decode("utf-8")
        entry = MessageEntry(
            cid=secrets.token_bytes(16),
            seq=0,
            author=self.member_number,
            nick=self.nickname,
            device=self.device,
            at=int(self._clock.now() * 1000),
            text=text,
            mine=True,
            state=SendState.SENDING,
        )
        self.timeline.add_pending(entry)
        self._wish(Say(cid=entry.cid, text=text))
        return None

    def retry(self, cid: bytes) -> None:
        """Send a message that failed once more."""
        for entry in self.timeline.pending:
            if entry.cid == cid:
                self.timeline.set_state(cid, SendState.SENDING)
                self._wish(Say(cid=cid, text=entry.text))

    def discard(self, cid: bytes) -> None:
        """Give up a message that failed."""
        self.timeline.discard(cid)

    def set_topic(self, topic: str) -> None:
        """Ask the host to change the topic; one that is too long is `refused` here already."""
        try:
            topic = clean_line(topic, limits.MAX_TOPIC)
        except NameRefused:
            self.refused.emit(Refusal.TOPIC_TOO_LONG, b"")
            return
        self._wish(SetTopic(topic=topic))

    def load_older(self) -> bool:
        """Ask for the page above; return whether there is one to come."""
        if self.connection.phase is not Phase.ONLINE or not self.has_older:
            return False
        if not self._fetching_older:
            self._fetching_older = True
            self._wish(Fetch(after=0, until=self._oldest_seq, newest=True))
        return True

    @property
    def has_older(self) -> bool:
        """Whether the host may hold messages above the first one here."""
        return self._oldest_seq > self._log_start

    def ask_nickname(self, nickname: str) -> None:
        """Try to join under another nickname, after one was refused."""
        self.nickname = nickname
        self.info_changed.emit()
        self.set_connection(Connection(Phase.CONNECTING))
        if self._transport is not None:
            self._transport.join(Join(nick=nickname))

    def accept_host(self) -> None:
        """Go on with a host that was never met before."""
        if self._transport is not None:
            self._transport.accept_host()

    def try_now(self) -> None:
        """Try to connect at once."""
        if self._transport is not None:
            self._transport.try_now()

    def leave(self) -> None:
        """Leave the room, cleanly, and for good."""
        if self._transport is not None:
            self._wish(Leave())
            self._transport.stop()

    def set_watched(self, watched: bool) -> None:
        """Say whether a person sees the newest messages now: then they are read."""
        self._watched = watched
        if watched and self.unread:
            self.unread = 0
            self.unread_changed.emit()

    # --- what the transport tells -----------------------------------------------------------

    def set_connection(self, connection: Connection) -> None:
        """Note how the connection stands now."""
        if connection != self.connection:
            self.connection = connection
            self.connection_changed.emit()

    def set_sharing(self, sharing: Sharing) -> None:
        """Note how others get in."""
        self.sharing = sharing
        self.info_changed.emit()

    def receive(self, message: AnyMessage) -> None:
        """Take one message from the host."""
        handler = self._HANDLERS.get(type(message))
        if handler is not None:
            handler(self, message)

    def _on_joined(self, message: Joined) -> None:
        self.member_number = message.member
        self.info = RoomInfo(
            name=message.room,
            topic=message.topic,
            role=message.role,
            history=message.history,
            history_count=message.history_count,
        )
        self._filling_roster = []
        self._ahead.clear()
        self._fetching_older = False
        self.set_connection(Connection(Phase.ONLINE))
        self.info_changed.emit()
        self.timeline.add_notice(
            NoticeEntry(
                NoticeKind.WELCOME,
                at=int(self._clock.now() * 1000),
                nick=self.nickname,
                text=message.room,
            )
        )
        if message.last_seq < self._covered:
            # A log shorter than what we saw is another log under the same key: all of it is new.
            self._covered = self._oldest_seq = self._log_start = 0
        if not self._ever_joined and not self._whole_history:
            self._covered = max(0, message.last_seq - FIRST_SIGHT)
            self._oldest_seq = self._covered
        self._ever_joined = True
        self._catch_up_to = message.last_seq
        self.joined.emit()
        for entry in self.timeline.pending:
            if entry.state is SendState.SENDING:
                self._wish(Say(cid=entry.cid, text=entry.text))
        self._fetch_missing(message.last_seq)

    def _fetch_missing(self, until: int) -> None:
        if self._covered < until:
            self._asked_after = self._covered
            self._wish(Fetch(after=self._covered, until=until))
            return
        self._asked_after = None
        self.caught_up.emit()

    def _on_page(self, page: Page) -> None:
        self._log_start = max(self._log_start, page.start)
        if page.until <= self._oldest_seq and self._fetching_older:
            self._fetching_older = False
            self._oldest_seq = page.after
            self.timeline.prepend(page.said, self.member_number)
            return
        if self._asked_after is None:
            return
        if page.after <= self._covered < page.until:
            missing = tuple(said for said in page.said if said.seq > self._covered)
            self._covered = page.until
            self._confirm(missing)
            self._settle()
            self._drain_ahead()
        if self._covered > self._asked_after:
            # What came live meanwhile may have got further than the page.
            self._fetch_missing(max([self._catch_up_to, *self._ahead]))
        else:
            # A host that gives nothing is not asked for ever.
            self._asked_after = None

    def _on_said(self, said: Said) -> None:
        if said.seq <= self._covered:
            return
        if said.seq > self._covered + 1:
            self._ahead[said.seq] = said
            if self._asked_after is None:
                self._fetch_missing(said.seq - 1)
            return
        self._covered = said.seq
        self._confirm((said,))
        self._drain_ahead()

    def _drain_ahead(self) -> None:
        run = []
        while (said := self._ahead.pop(self._covered + 1, None)) is not None:
            self._covered = said.seq
            run.append(said)
        self._confirm(tuple(run))
        for seq in [seq for seq in self._ahead if seq <= self._covered]:
            del self._ahead[seq]

    def _confirm(self, run: tuple[Said, ...]) -> None:
        if not run:
            return
        self.timeline.confirm(run, self.member_number)
        self.confirmed.emit(run)
        for said in run:
            self._acked.pop(said.cid, None)
            # What the log held at the moment of joining is caught up with, not said just now.
            if said.seq > self._catch_up_to:
                self._count(said)

    def _count(self, said: Said) -> None:
        entry = entry_of(said, self.member_number)
        if entry.mine:
            return
        self.message_added.emit(entry)
        if not self._watched:
            self.unread += 1
            self.unread_changed.emit()

    def _on_acked(self, acked: Acked) -> None:
        self.timeline.set_state(acked.cid, SendState.SENT)
        self._acked[acked.cid] = acked.seq
        if acked.seq <= self._covered:
            self._settle()
        self.acknowledged.emit(acked.cid, acked.seq)

    def _settle(self) -> None:
        """Place one's own messages that the log has but no page shows: some hosts keep nothing."""
        for cid, seq in [item for item in self._acked.items() if item[1] <= self._covered]:
            self.timeline.settle(cid, seq)
            del self._acked[cid]

    def _on_roster(self, message: RosterMessage) -> None:
        self._filling_roster.extend(message.members)
        if not message.more:
            self.roster.fill(self._filling_roster)
            self._filling_roster = []
            self.info_changed.emit()

    def _on_presence(self, message: Presence) -> None:
        news = self.roster.apply(message.changes)
        if not news:
            return
        came = tuple(change.member.nick for change in news if isinstance(change, Came))
        went = tuple(change.nick for change in news if isinstance(change, Went))
        # One line for all of them: a thousand lines of a thousand comings would be nobody's reading.
        kind = NoticeKind.CAME if came else NoticeKind.WENT
        self.timeline.add_notice(NoticeEntry(kind, at=news[-1].at, came=came, went=went))
        self.presence.emit(news)

    def _on_located(self, message: Located) -> None:
        self.roster.locate(message.addresses)

    def _on_topic_changed(self, message: TopicChanged) -> None:
        self.info = RoomInfo(
            name=self.info.name,
            topic=message.topic,
            role=self.info.role,
            history=self.info.history,
            history_count=self.info.history_count,
        )
        self.timeline.add_notice(
            NoticeEntry(
                NoticeKind.TOPIC,
                at=int(self._clock.now() * 1000),
                nick=message.by,
                text=message.topic,
            )
        )
        self.info_changed.emit()

    def _on_rejected(self, message: Rejected) -> None:
        if message.cid is not None:
            self.timeline.set_state(message.cid, SendState.FAILED, message.code)
        elif self.connection.phase is not Phase.ONLINE:
            self.set_connection(Connection(Phase.NICKNAME, problem=message.code))
        self.refused.emit(message.code, message.cid or b"")

    def _on_closed(self, message: Closed) -> None:
        if message.code == Refusal.ROOM_CLOSED:
            self.timeline.add_notice(
                NoticeEntry(NoticeKind.CLOSED, at=int(self._clock.now() * 1000))
            )

    def _wish(self, message: AnyMessage) -> None:
        if self._transport is not None and self.connection.phase is Phase.ONLINE:
            self._transport.send(message)

    _HANDLERS: ClassVar[dict[type, Callable[..., None]]] = {
        Joined: _on_joined,
        RosterMessage: _on_roster,
        Presence: _on_presence,
        Located: _on_located,
        Said: _on_said,
        Acked: _on_acked,
        Page: _on_page,
        TopicChanged: _on_topic_changed,
        Rejected: _on_rejected,
        Closed: _on_closed,
    }
