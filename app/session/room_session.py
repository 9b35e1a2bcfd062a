"""`RoomSession`: all that a window, or a headless run, knows of one room."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

import msgspec
from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, HistoryName, Said, Went
from app.protocol.names import NameRefused, clean_line
from app.session.connection import Connection, Phase, Sharing
from app.session.keeping import Keeper
from app.session.moderated import Moderated
from app.session.replica import Replica
from app.session.searching import Searching
from app.session.shelf import Shelf
from app.session.speaking import Speaking
from app.session.store import RoomStore
from app.session.taking_back import TakingBack
from app.session.timeline import NoticeEntry, NoticeKind
from app.session.transcript import Source, Transcripts
from app.session.transport import RoomInfo
from app.session.whispering import Whispering
from app.support.clock import Clock

MAX_SLOWED = 3600.0
"""Seconds of waiting that a host may announce."""


class RoomSession(Speaking):
    """One room as one member knows it: who is here, what was said, how the connection stands.

    Owns its `timeline` and `roster`, and the `store` it is given; knows no socket: a `Transport` is
    attached, which feeds `receive` and `set_connection`. The host's own window uses the very same
    class. `close()` when it is not needed any more.
    """

    def __init__(
        self,
        nickname: str,
        clock: Clock,
        *,
        room_name: str = "",
        whole_history: bool = False,
        store: RoomStore | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`whole_history`: fetch all that the host gives, oldest first, not just the latest."""
        keeper = Keeper(clock, self._on_store_failed)
        super().__init__(nickname, clock, keeper, room_name, parent)
        self._shown = False
        self._replica = Replica(
            self.timeline, self._keeper, clock, self._wish, whole=whole_history, parent=self
        )
        self._replica.confirmed.connect(self._take_news)
        self._replica.caught_up.connect(self.caught_up)
        self._replica.moved.connect(self.log_moved)
        self._replica.began_anew.connect(self._on_began_anew)
        self.whispers = Whispering(
            self,
            self._keeper,
            self._replica,
            self._outbox,
            wish=self._wish,
            now=self._now,
            whole=whole_history,
        )
        self.taking_back = TakingBack(clock, self.moderation.delete, self.discard, self)
        self.confirmed.connect(self.taking_back.note_confirmed)
        self._searching = Searching(self._keeper, clock, self._wish, self.found.emit)
        self.shelf = Shelf(self, self._keeper, clock, self._wish)
        self.transcripts = Transcripts(
            Source(self._keeper, self._replica, self.timeline, clock, self._wish)
        )
        if store is not None:
            self.use_store(store)

    # --- what is kept on this computer ------------------------------------------------------

    def use_store(self, store: RoomStore) -> None:
        """Keep the room in `store`, which is owned from now on. Once, and before joining."""
        assert not self._keeper.has_store
        assert self.member_number < 0
        self._keeper.use(store)
        self.store_problem = store.problem
        self._shown = False
        self._outbox.keep_all()
        self.transfers.keep_all()

    @property
    def is_kept(self) -> bool:
        """Whether there is a store for this room, or was one."""
        return self._keeper.has_store

    def show_replica(self) -> None:
        """Show what was kept at an earlier visit, before the network answers.

        `device` is to be known by then. Joining does it where nobody did.
        """
        if self._shown:
            return
        self._shown = True
        self._know_self()
        facts = self._keeper.facts
        self.info = replace(
            self.info, name=facts.name or self.info.name, topic=facts.topic or self.info.topic
        )
        self._replica.show()
        self.transfers.show(frozenset(one.cid for one in self._keeper.outbox if one.files))
        self._outbox.show(self.nickname, self.device)
        self._amending.show(self.device)
        self.whispers.show()
        self.info_changed.emit()

    @property
    def draft(self) -> str:
        """The text that was not sent yet; it survives a restart."""
        return self._keeper.draft

    def set_draft(self, text: str) -> None:
        """Keep the text that was not sent yet. Cheap: the disk hears of it once a second."""
        self._keeper.set_draft(text)

    def close(self) -> None:
        """Put everything on the disk and let go of the store; closing again does nothing."""
        self.taking_back.finish()
        self._searching.stop()
        self.shelf.rest()
        self.transcripts.close()
        self._writing.cut()
        self.transfers.close()
        self._keeper.close()

    def forget_room(self) -> None:
        """Delete from this computer everything that was kept of the room, for good."""
        self._searching.stop()
        self.shelf.rest()
        self.transcripts.close()
        self.transfers.forget()
        self._keeper.forget()

    def _on_store_failed(self, problem: str) -> None:
        self.store_problem = problem
        self.store_failed.emit(problem)

    # --- what the window wishes -------------------------------------------------------------

    def set_topic(self, topic: str) -> None:
        """Ask the host to change the topic; one that is too long is `refused` here already."""
        try:
            topic = clean_line(topic, limits.MAX_TOPIC)
        except NameRefused:
            self.refused.emit(Refusal.TOPIC_TOO_LONG, b"")
            return
        self._wish(m.SetTopic(topic=topic))

    def set_history(self, name: HistoryName, count: int = 0) -> None:
        """Ask for another history policy; `count` counts with "last" alone."""
        self._wish(m.SetHistory(history=name, count=count))

    def search(self, query: str, before: int = 0) -> None:
        """Look for the newest messages before number `before` (0: all) that hold all the words.

        `found` tells. The host is asked where it can be, else the replica is searched.
        """
        self._searching.search(query, before, online=self.is_online)

    def load_older(self) -> bool:
        """Get the page above, from here or from the host; return whether there is one to come."""
        return self._replica.load_older(online=self.is_online)

    @property
    def is_loading(self) -> bool:
        """Whether the host was asked for messages that are not here yet; `log_moved` tells."""
        return self.is_online and self._replica.is_loading

    @property
    def is_loading_older(self) -> bool:
        """Whether the host was asked for the page above the first message here."""
        return self.is_online and self._replica.is_loading_older

    @property
    def has_older(self) -> bool:
        """Whether there are, or may be, messages above the first one here."""
        return self._replica.has_older

    def ask_nickname(self, nickname: str) -> None:
        """Try to join under another nickname, after one was refused."""
        self.nickname = nickname
        self.info_changed.emit()
        self.set_connection(Connection(Phase.CONNECTING))
        if self._transport is not None:
            self._transport.join(self.join_wish)

    def leave(self) -> None:
        """Leave the room, cleanly, and for good; what was to be deleted is, even so."""
        self.taking_back.finish()
        self._keeper.flush()
        if self._transport is not None:
            self._wish(m.Leave())
            self._transport.stop()

    # --- what the transport tells -----------------------------------------------------------

    def set_connection(self, connection: Connection) -> None:
        """Note how the connection stands now."""
        if connection == self.connection:
            return
        self.connection = connection
        if not self.is_online:
            self._outbox.close()
            self._replica.cut()
            self.whispers.cut()
            self._writing.cut()
            self.transfers.cut()
        self.connection_changed.emit()
        if not self.is_online:
            self._searching.cut()
            self.transcripts.cut()

    def set_sharing(self, sharing: Sharing) -> None:
        """Note how others get in."""
        self.sharing = sharing
        self.info_changed.emit()

    def receive(self, message: AnyMessage) -> None:
        """Take one message from the host."""
        handler = self._HANDLERS.get(type(message))
        if handler is not None:
            handler(self, message)

    def _on_joined(self, message: m.Joined) -> None:
        self.show_replica()
        self.member_number = message.member
        self._know_self()
        self._news_after = message.last_seq
        self.roster.begin()
        self.info = RoomInfo(
            name=message.room,
            topic=message.topic,
            role=message.role,
            history=message.history,
            history_count=message.history_count,
            has_password=self.info.has_password,
            locked=message.locked,
            hosts_only=message.hosts_only,
            browser_guests=message.browser_guests,
            text_guests=message.text_guests,
        )
        # Nothing written by whoever hears of this may overtake what waited longer.
        self._outbox.close()
        self._replica.enter(message)
        self.set_connection(Connection(Phase.ONLINE))
        self.info_changed.emit()
        self._notice(NoticeKind.WELCOME, nick=self.nickname, text=message.room)
        self.joined.emit()
        if self.away:
            self._wish(m.SetAway(away=True))
        self._tell_colour()
        self._outbox.send_all()
        self.moderation.send_all()
        self.transfers.enter()
        self._replica.fetch(message.last_seq)
        self.whispers.enter(message.last_private)

    def _on_skipped(self, message: m.Skipped) -> None:
        self.roster.begin()
        self.info = replace(self.info, topic=message.topic)
        self.info_changed.emit()
        self._replica.skip(message.last_seq)
        self.whispers.skip(message.last_private)

    def _on_page(self, page: m.Page) -> None:
        self._replica.take_page(page)
        self.transcripts.take(page)

    def _on_live(self, live: m.Live) -> None:
        said = [self._named(one) for one in live.said]
        if all(one.device for one in said):
            self._replica.take_live(said)
        elif said:
            # By somebody of whom we were not told: the log tells more than the live stream.
            self._replica.skip(said[-1].seq)

    def _named(self, said: Said) -> Said:
        device = said.device or self.roster.device_of(said.author)
        return said if device == said.device else msgspec.structs.replace(said, device=device)

    @pyqtSlot()
    def _on_began_anew(self) -> None:
        self._set_unread(0)
        self.taking_back.forget()
        self.moderation.forget()
        self._amending.forget()
        self._outbox.answer_nothing()
        self._quoting.forget()
        self.shelf.look_again()

    def _on_acked(self, acked: m.Acked) -> None:
        if self.whispers.note_acked(acked.cid, acked.seq):
            return
        self.moderation.settle(acked.cid)
        self._outbox.note_acked(acked.cid, acked.seq)
        if not self._amending.note_acked(acked.cid, acked.seq, self._replica.shows[1]):
            self._replica.note_acked(acked.cid, acked.seq)
        self.acknowledged.emit(acked.cid, acked.seq)

    def _on_roster(self, message: m.Roster) -> None:
        if self.roster.take(message):
            self._note_self()
            self.info_changed.emit()

    def _on_presence(self, message: m.Presence) -> None:
        news = self._take_presence(message)
        self._writing.leave_out({change.number for change in news if isinstance(change, Went)})

    def _on_located(self, message: m.Located) -> None:
        self.roster.locate(message.addresses)

    def _on_topic_changed(self, message: m.TopicChanged) -> None:
        self.info = replace(self.info, topic=message.topic)
        self._notice(NoticeKind.TOPIC, nick=message.by, text=message.topic)
        self._keeper.write(lambda store: store.note(topic=message.topic))
        self.info_changed.emit()

    def _on_history_changed(self, message: m.HistoryChanged) -> None:
        self.info = replace(self.info, history=message.history, history_count=message.count)
        self._replica.set_history(message.history)
        self.info_changed.emit()

    def _on_typing_now(self, message: m.TypingNow) -> None:
        self._writing.hear(message.members, self.member_number)

    def _on_slowed(self, message: m.Slowed) -> None:
        if math.isfinite(message.seconds):
            self.slowed.emit(min(max(message.seconds, 0.0), MAX_SLOWED))

    def _on_found(self, message: m.Found) -> None:
        self._searching.take(message)

    def _on_files(self, message: m.Files) -> None:
        self.shelf.take(message)

    def _on_key(self, message: m.Key) -> None:
        self.whispers.take_key(message)

    def _on_whispers(self, message: m.Whispers) -> None:
        self.whispers.take(message)

    def _on_token(self, message: m.Token) -> None:
        self.transfers.take_token(message)

    def _on_rejected(self, message: m.Rejected) -> None:
        if message.cid is None and message.code == Refusal.NO_FILES:
            self.transfers.note_no_files()
            return
        if message.cid is not None and self.moderation.settle(message.cid):
            # It is no message: no row of the timeline says what became of it.
            self.refused.emit(message.code, b"")
            return
        cid = message.cid or b""
        shown = self._amending.note_failed(cid, message.code)
        if shown is not None:
            self.refused.emit(message.code, cid if shown else b"")
            return
        if message.cid is not None:
            self._outbox.note_failed(message.cid, message.code)
        elif not self.is_online:
            self.set_connection(Connection(Phase.NICKNAME, problem=message.code))
        self.refused.emit(message.code, message.cid or b"")

    def _on_closed(self, message: m.Closed) -> None:
        if message.code == Refusal.ROOM_CLOSED:
            self._notice(NoticeKind.CLOSED)

    def _know_self(self) -> None:
        self._replica.device = self.timeline.marks.device = self.device
        self.timeline.marks.nick = self.nickname

    def _notice(self, kind: NoticeKind, *, nick: str = "", text: str = "") -> None:
        self.timeline.add_notice(NoticeEntry(kind, at=self._now(), nick=nick, text=text))

    _HANDLERS: ClassVar[dict[type, Callable[..., None]]] = {
        m.Joined: _on_joined,
        m.Roster: _on_roster,
        m.Presence: _on_presence,
        m.Located: _on_located,
        m.Live: _on_live,
        m.Acked: _on_acked,
        m.Page: _on_page,
        m.Skipped: _on_skipped,
        m.Slowed: _on_slowed,
        m.Found: _on_found,
        m.Files: _on_files,
        m.TypingNow: _on_typing_now,
        m.TopicChanged: _on_topic_changed,
        m.HistoryChanged: _on_history_changed,
        m.Key: _on_key,
        m.Whispers: _on_whispers,
        m.Token: _on_token,
        m.Rejected: _on_rejected,
        m.Closed: _on_closed,
        **Moderated.ORDERS,
    }
