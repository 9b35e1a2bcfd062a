"""`Transcripts`: reads a room from its first message on, a page at a time, for whoever writes it down.

Nothing of it goes into the timeline, so a room of a million messages is read in the memory of one
page. What this computer keeps comes from its store; what is older comes from the host, where that is
wanted, and is not kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from app.protocol.messages import MESSAGES, AnyMessage, Fetch, Page, Said
from app.session.connection import Problem
from app.session.entries import marked
from app.session.keeping import Keeper
from app.session.marks import Marks
from app.session.replica import Replica
from app.session.store_file import StoreProblem
from app.session.timeline import (
    Entry,
    MessageEntry,
    NoticeEntry,
    NoticeKind,
    SendState,
    Timeline,
    entry_of,
)
from app.session.whisper_store import PrivateLine, entry_of_line
from app.support.clock import Clock, Timer

ROWS = 200
"""Messages of one read from the store: about a millisecond."""

PATIENCE = 30.0
"""Seconds that the host may take for a page."""


class ReadingFailed(Exception):
    """The rest cannot be read. `problem` is a `Problem` or a `StoreProblem`; empty: the room closed."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Wanted:
    """What is to be read.

    `from_host`: what is older than what is here, too. `since`: nothing from before that moment, in
    Unix milliseconds.
    """

    from_host: bool = False
    private: bool = False
    since: int = 0


@dataclass(frozen=True)
class Source:
    """What a session has of a room, and its way to the host."""

    keeper: Keeper
    replica: Replica
    timeline: Timeline
    clock: Clock
    wish: Callable[[AnyMessage], None]


class Reading:
    """One reading of a room: messages and gaps in the log's order, up to where it began.

    `take` gives them; while the host is asked there is nothing to take, and `ready` is called once
    there is, or once it failed.
    """

    def __init__(
        self, source: Source, wanted: Wanted, ready: Callable[[], None], *, online: bool
    ) -> None:
        self._keeper = keeper = source.keeper
        self._replica = replica = source.replica
        self._timeline = source.timeline
        self._clock = source.clock
        self._wish = source.wish
        self._wanted = wanted
        self._ready = ready
        facts = keeper.facts
        self._kept = facts.kept
        oldest, covered = replica.shows
        self._first = facts.start if facts.kept else max(0, oldest)
        self._until = facts.covered if facts.kept else covered
        self._privates: deque[PrivateLine] = deque()
        self._private_number = -1
        self._more_privates = wanted.private and facts.kept
        self._shown: deque[Entry] = deque(() if facts.kept else source.timeline)
        self._problem: str | None = None
        self._timer: Timer | None = None
        self._page: Page | None = None
        self._at = self._began = self._first
        self._asking = wanted.from_host and self._first > 0
        if self._asking:
            self._at = self._began = 0
            self._problem = None if online else Problem.LOST

    @property
    def part(self) -> float:
        """How much of it is read, from 0 to 1, by the messages' numbers."""
        whole = self._until - self._began
        return min(1.0, (self._at - self._began) / whole) if whole > 0 else 1.0

    @property
    def is_waiting(self) -> bool:
        """Whether there is nothing to take before the host has answered."""
        return self._asking and self._page is None and self._problem is None

    @property
    def has_failed(self) -> bool:
        """Whether `take` would raise."""
        return self._problem is not None

    def take(self) -> tuple[Entry, ...] | None:
        """Return what comes next, perhaps nothing yet; None at the end.

        Raises ReadingFailed.
        """
        if self._problem is not None:
            raise ReadingFailed(self._problem)
        if self._asking:
            return self._take_page()
        if self._kept:
            return self._take_kept()
        if self._shown:
            few = [self._shown.popleft() for _ in range(min(ROWS, len(self._shown)))]
            return tuple(self._fresh(few))
        return None

    # --- what the session tells -----------------------------------------------------------------

    def note_page(self, page: Page) -> None:
        """Take a page of the host's, if it is one that goes on from what was read."""
        if not self._asking or self._timer is None:
            return
        goes_on = page.after <= self._at < page.until
        if goes_on or page.after == self._at:
            self._stop_waiting()
            self._page = page
            self._ready()

    def fail(self, problem: str) -> None:
        """Be of no use any more."""
        self._stop_waiting()
        if self._problem is None:
            self._problem = problem
            self._ready()

    def fail_online(self) -> None:
        """Fail where the host is still needed, which cannot be reached now."""
        if self._asking:
            self.fail(Problem.LOST)

    def stop(self) -> None:
        """Ask for nothing more; `ready` is not called any more."""
        self._stop_waiting()
        self._problem = self._problem or ""

    # --- from the host --------------------------------------------------------------------------

    def _ask(self) -> None:
        self._timer = self._clock.call_later(PATIENCE, self._on_no_answer)
        self._wish(Fetch(after=self._at, until=self._first))

    def _on_no_answer(self) -> None:
        self._timer = None
        self.fail(Problem.NO_ANSWER)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _take_page(self) -> tuple[Entry, ...]:
        page, self._page = self._page, None
        if page is None:
            if self._timer is None:
                self._ask()
            return ()
        by_seq = {one.seq: one for one in page.said if self._at < one.seq <= self._first}
        said = [by_seq[seq] for seq in sorted(by_seq)]
        marks = self._marks_in(self._at, min(page.until, self._first), said)
        if self._at == self._began and said:
            self._began = said[0].seq - 1
        until = min(page.until, self._first)
        # A host that gives nothing is not asked for ever.
        self._asking = self._at < until < self._first
        self._at = until if self._asking else self._first
        if self._asking:
            self._ask()
        return tuple(self._entries(said, (), marks))

    # --- from here ------------------------------------------------------------------------------

    def _take_kept(self) -> tuple[Entry, ...] | None:
        facts = self._keeper.facts
        if not facts.kept or facts.start > self._at or facts.covered < self._until:
            # It was damaged, or began anew.
            raise ReadingFailed(StoreProblem.DAMAGED)
        said = self._keeper.following(self._at, self._until, ROWS)
        if not self._keeper.facts.kept:
            raise ReadingFailed(StoreProblem.DAMAGED)
        until = said[-1].seq if len(said) == ROWS else self._until
        gaps = [
            (gap.until, NoticeEntry(NoticeKind.GAP, at=gap.at))
            for gap in self._keeper.gaps(self._at, until)
        ]
        marks = self._marks_in(self._at, until, said)
        self._at = until
        entries = tuple(self._entries(said, gaps, marks))
        if said or entries:
            return entries
        # Those that stand below the last message of all.
        return tuple(islice(self._privates_below(None), ROWS)) or None

    def _marks_in(self, after: int, until: int, said: Iterable[Said]) -> Marks:
        """Return what became of the messages of `(after, until]`, as far as it is in reach."""
        marks = Marks()
        marks.device = self._replica.device
        marks.take(said)
        marks.take(self._keeper.acts(after, until))
        return marks

    def _entries(
        self, said: Iterable[Said], gaps: Iterable[tuple[int, NoticeEntry]], marks: Marks
    ) -> Iterator[Entry]:
        waiting = deque(gaps)
        for one in said:
            yield from self._privates_below(one.seq)
            while waiting and waiting[0][0] < one.seq:
                yield waiting.popleft()[1]
            if one.kind in MESSAGES and one.at >= self._wanted.since:
                entry = entry_of(one, self._replica.me, self._replica.device)
                yield marked(entry, marks.of(one.seq))
        for _, notice in waiting:
            yield notice

    def _privates_below(self, seq: int | None) -> Iterator[MessageEntry]:
        """Yield the private messages that stand above message `seq`; all that are left for None."""
        while self._more_privates:
            if not self._privates:
                self._privates.extend(self._keeper.privates_after(self._private_number, ROWS))
            if not self._privates:
                self._more_privates = False
                return
            line = self._privates[0]
            if seq is not None and line.after >= seq:
                return
            self._privates.popleft()
            self._private_number = line.number
            if line.at >= self._wanted.since:
                yield entry_of_line(line, self._replica.me, self._replica.device)

    def _fresh(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield what is wanted of the timeline, as it is now."""
        for entry in entries:
            if isinstance(entry, NoticeEntry):
                if entry.kind is NoticeKind.GAP:
                    yield entry
                continue
            private = bool(entry.private_with)
            self._at = max(self._at, entry.seq)
            if entry.state is not SendState.SENT or entry.at < self._wanted.since:
                continue
            if private and not self._wanted.private:
                continue
            yield replace(self._timeline.marked(entry), edit=None)


class Transcripts:
    """The readings of one session; one at a time, a new one ends the one before."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._reading: Reading | None = None

    def read(self, wanted: Wanted, ready: Callable[[], None], *, online: bool) -> Reading:
        """Begin to read. `ready` is called when there is more to `take` after there was nothing."""
        self.close()
        self._reading = Reading(self._source, wanted, ready, online=online)
        return self._reading

    @property
    def is_readable(self) -> bool:
        """Whether there is a room to read: one was in it, or something of it is kept here."""
        return self._source.replica.is_shown

    @property
    def is_older_elsewhere(self) -> bool:
        """Whether the host has, or may have, messages that this computer has not."""
        facts, replica = self._source.keeper.facts, self._source.replica
        first = facts.start if facts.kept else max(0, replica.shows[0])
        return first > replica.log_start

    def take(self, page: Page) -> None:
        """Take a page that the host gave."""
        if self._reading is not None:
            self._reading.note_page(page)

    def cut(self) -> None:
        """Take note that the link is gone."""
        if self._reading is not None:
            self._reading.fail_online()

    def close(self) -> None:
        """End: the room is closed here, or what was kept of it is gone."""
        reading, self._reading = self._reading, None
        if reading is not None:
            reading.fail("")
