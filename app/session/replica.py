"""`Replica`: a room's log as this member knows it: shown in the timeline, kept in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol import limits
from app.protocol.messages import AnyMessage, Fetch, Joined, Page, Said
from app.session.catching_up import CatchingUp, Stretch
from app.session.keeping import Keeper
from app.session.store import RoomStore
from app.session.store_file import Gap
from app.session.timeline import MessageEntry, NoticeEntry, NoticeKind, Timeline
from app.support.clock import Clock

FIRST_SIGHT = limits.MAX_PAGE
"""Messages shown at first; older ones come on scrolling."""


class Replica(QObject):
    """Brings the host's log into the timeline, each message once and in order, and keeps it.

    With a history of "none" nothing is kept on the disk. `wish` asks the host.

    Signals:
        confirmed(tuple[Said, ...]): these came into the timeline, in the log's order.
        caught_up(): everything that was known of is in the timeline.
        began_anew(): the host's log is another one; what was shown of the old one is gone.
        moved(): more of the log is shown; read `shows` anew.
    """

    confirmed = pyqtSignal(tuple)
    caught_up = pyqtSignal()
    began_anew = pyqtSignal()
    moved = pyqtSignal()

    def __init__(
        self,
        timeline: Timeline,
        keeper: Keeper,
        clock: Clock,
        wish: Callable[[AnyMessage], None],
        *,
        whole: bool,
        parent: QObject,
    ) -> None:
        """`whole`: fetch all that the host gives, oldest first, not just the latest."""
        super().__init__(parent)
        self.me = -1
        self.device = b""
        self._timeline = timeline
        self._keeper = keeper
        self._clock = clock
        self._wish = wish
        self._whole = whole
        self._part = CatchingUp()
        self._log = b""
        self._entered = False
        self._acked: dict[bytes, int] = {}
        self._above: dict[int, Said] = {}
        self._reading_older = False

    # --- coming in ------------------------------------------------------------------------------

    def show(self) -> None:
        """Show what was kept at an earlier visit."""
        facts = self._keeper.facts
        self._log = facts.log
        outbox = self._keeper.outbox
        self._acked = {one.cid: one.seq for one in outbox if one.seq and not (one.to or one.act)}
        if not facts.kept or self._whole:
            return
        said = self._keeper.before(facts.covered, FIRST_SIGHT)
        if not self._keeper.facts.kept:
            return  # It turned out to be damaged.
        self._entered = True
        oldest = said[0].seq - 1 if len(said) == FIRST_SIGHT else facts.start
        self._part.resume(oldest, facts.covered)
        self._prepend(oldest, facts.covered, said)

    def enter(self, message: Joined) -> None:
        """Be in the room, for the first time or again; `fetch` follows."""
        self.me = message.member
        if self._is_another_log(message):
            self._begin_anew()
        self._log = message.log or self._log
        if not self._entered:
            self._entered = True
            self._part.begin(0 if self._whole else max(0, message.last_seq - FIRST_SIGHT))
        self.set_history(message.history)
        log = self._log
        self._keeper.write(
            lambda store: store.note(log=log, name=message.room, topic=message.topic)
        )

    def fetch(self, last_seq: int) -> None:
        """Fetch what is missing up to the newest message."""
        self._ask(self._part.enter(last_seq), answered=True)

    def set_history(self, history: str) -> None:
        """Keep messages, or none any more, as the room's history policy is."""
        kept = self._keeper.facts.kept
        if history == "none":
            if kept:
                self._keeper.write(RoomStore.start_anew)
        elif not kept:
            covered = self._part.covered
            self._keeper.write(lambda store: store.begin(covered))

    def skip(self, last_seq: int) -> None:
        """Fetch what the live stream left out."""
        self._ask(self._part.skip(last_seq), answered=True)

    @property
    def shows(self) -> tuple[int, int]:
        """The numbers `(after, until]` of which all messages that we have are in the timeline.

        `after` is negative where there is nothing above.
        """
        return (self._part.oldest if self.has_older else -1), self._part.covered

    @property
    def log_start(self) -> int:
        """The host's log holds nothing for us at or before this number, as far as is known."""
        return self._part.log_start

    @property
    def is_loading(self) -> bool:
        """Whether the host was asked for what is new here."""
        return self._part.is_asking

    @property
    def is_loading_older(self) -> bool:
        """Whether the host was asked for the page above."""
        return self._part.is_asking_older

    @property
    def is_shown(self) -> bool:
        """Whether anything of the log is shown yet."""
        return self._entered

    def cut(self) -> None:
        """Take note that the link is gone, and with it every answer."""
        self._part.cut()

    def _is_another_log(self, message: Joined) -> bool:
        if self._log and message.log and self._log != message.log:
            return True
        # A log shorter than what was seen gives numbers anew that we know already.
        facts = self._keeper.facts
        return message.last_seq < max(self._part.covered, facts.covered if facts.kept else 0)

    def _begin_anew(self) -> None:
        if self._entered or self._keeper.facts.kept:
            self._timeline.clear_confirmed()
            self._timeline.add_notice(NoticeEntry(NoticeKind.NEW_LOG, at=self._now()))
        for cid in self._acked:
            # It was in the old log, and is gone with it.
            self._timeline.discard(cid)
            self._keeper.write(partial(RoomStore.drop_outgoing, cid=cid))
        self._acked.clear()
        self._above.clear()
        self._entered = False
        self._keeper.write(RoomStore.start_anew)
        self.began_anew.emit()

    # --- what the host gives --------------------------------------------------------------------

    def take_live(self, said: Iterable[Said]) -> None:
        """Take live messages."""
        stretch, fetch = self._part.take_live(said)
        self._take(stretch)
        self.moved.emit()
        self._ask(fetch)

    def take_page(self, page: Page) -> None:
        """Take a page, newer or older."""
        older = self._part.take_older(page)
        if older is not None:
            self._keep(older)
            self._prepend(older.after, older.until, older.said)
            return
        asking = self._part.is_asking
        stretch, fetch = self._part.take_page(page)
        self._take(stretch)
        self.moved.emit()
        self._ask(fetch, answered=asking)

    def note_acked(self, cid: bytes, seq: int) -> None:
        """Take note under which number the host's log has a message of one's own."""
        if self._timeline.find_pending(cid) is not None:
            self._acked[cid] = seq
            self._settle()

    def _take(self, stretch: Stretch | None) -> None:
        if stretch is None:
            return
        self._keep(stretch)
        if stretch.gap is not None:
            self._note_gap(stretch.gap)
        if stretch.said:
            self._timeline.confirm(stretch.said, self.me)
            for said in stretch.said:
                self._let_go(said)
            self.confirmed.emit(stretch.said)
        self._settle()

    def _let_go(self, said: Said) -> None:
        self._acked.pop(said.cid, None)
        if said.device == self.device:
            self._keeper.write(partial(RoomStore.drop_outgoing, cid=said.cid))

    def _keep(self, stretch: Stretch) -> None:
        self._keeper.write(lambda store: store.add(stretch.after, stretch.until, stretch.said))

    def _note_gap(self, gap: Gap) -> None:
        own = sum(gap.after < seq <= gap.until for seq in self._acked.values())
        if own == gap.until - gap.after:
            return
        gap = Gap(gap.after, gap.until, self._now())
        self._timeline.add_notice(NoticeEntry(NoticeKind.GAP, at=gap.at))
        self._keeper.write(lambda store: store.add_gap(gap))

    def _ask(self, fetch: Fetch | None, *, answered: bool = False) -> None:
        if fetch is not None:
            self._wish(fetch)
        elif answered and not self._part.is_asking and self._part.is_caught_up:
            self.caught_up.emit()

    # --- one's own messages that no page shows --------------------------------------------------

    def _settle(self) -> None:
        """Place one's own messages that the log has but no page shows: some hosts keep nothing."""
        for cid, seq in [item for item in self._acked.items() if item[1] <= self._part.covered]:
            del self._acked[cid]
            entry = self._timeline.find_pending(cid)
            if entry is not None:
                said = self._said(entry, seq)
                if seq > self._part.oldest:
                    self._timeline.settle(cid, seq)
                    self._keeper.write(partial(RoomStore.add_single, said=said))
                else:
                    # Its place is above what is shown; it comes with the page that belongs there.
                    self._timeline.discard(cid)
                    self._above[seq] = said
            self._keeper.write(partial(RoomStore.drop_outgoing, cid=cid))
        self._show_above()

    def _said(self, entry: MessageEntry, seq: int) -> Said:
        return Said(
            seq=seq,
            author=max(self.me, 0),
            nick=entry.nick,
            device=self.device,
            at=entry.at,
            cid=entry.cid,
            text=entry.text,
            about=entry.reply_to,
        )

    def _show_above(self) -> None:
        """Show what no page will bring."""
        if self._above and not self.has_older:
            said = tuple(self._above[seq] for seq in sorted(self._above))
            self._above.clear()
            self._timeline.prepend(said, self.me, self.device)

    # --- older messages -------------------------------------------------------------------------

    @property
    def has_older(self) -> bool:
        """Whether there are, or may be, messages above the first one here."""
        return self._has_kept_older or self._part.has_older

    @property
    def _has_kept_older(self) -> bool:
        facts = self._keeper.facts
        return facts.kept and facts.start < self._part.oldest <= facts.covered

    def load_older(self, *, online: bool) -> bool:
        """Get the page above, from the store if it has it; return whether there is one to come."""
        if self._has_kept_older:
            if not self._reading_older:
                self._reading_older = True
                # It comes as an answer does, not while whoever asked is at work.
                self._clock.call_later(0, self._on_older_due)
            return True
        if not online or not self._part.has_older:
            return False
        fetch = self._part.ask_older()
        if fetch is not None:
            self._wish(fetch)
        return True

    def _on_older_due(self) -> None:
        self._reading_older = False
        if not self._has_kept_older:
            return
        until = self._part.oldest
        said = self._keeper.before(until, limits.MAX_PAGE)
        start = self._keeper.facts.start
        if not self._keeper.facts.kept:
            return  # It turned out to be damaged.
        said = tuple(one for one in said if one.seq > start)
        after = said[0].seq - 1 if len(said) == limits.MAX_PAGE else start
        self._part.lengthen(after)
        self._prepend(after, until, said)

    def _prepend(self, after: int, until: int, said: tuple[Said, ...]) -> None:
        known = {one.seq: one for one in said}
        for seq in [seq for seq in self._above if after < seq <= until]:
            known.setdefault(seq, self._above.pop(seq))
        self._timeline.take_acts(self._keeper.acts(after, until))
        gaps = self._keeper.gaps(after, until)
        self._timeline.prepend(
            tuple(known[seq] for seq in sorted(known)),
            self.me,
            self.device,
            tuple((gap.until, NoticeEntry(NoticeKind.GAP, at=gap.at)) for gap in gaps),
        )
        self._show_above()
        self.moved.emit()

    def _now(self) -> int:
        return int(self._clock.now() * 1000)
