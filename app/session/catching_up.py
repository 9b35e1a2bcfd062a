"""`CatchingUp`: which part of the host's log is here, and what is to be asked for next.

No Qt, no socket, no clock. Messages come live and in pages, in any order and more than once; what
comes out is each message once, in the log's order, and the places where some are missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.protocol import limits
from app.protocol.messages import Fetch, Page, Said
from app.session.store_file import Gap

MAX_AHEAD = 5 * limits.MAX_PAGE
"""Live messages kept while those before them are fetched; further ones are fetched as well."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What goes on from `after` to `until`: a gap, perhaps, and below it messages in order."""

    after: int
    until: int
    said: tuple[Said, ...]
    gap: Gap | None = None


class CatchingUp:
    """Everything in `(oldest, covered]` is here, but for gaps; the host has nothing up to `log_start`.

    At most one stretch is asked for at a time. `caught_up` holds from the answer that brought all
    that was known of, until something is missing again.
    """

    def __init__(self) -> None:
        self.oldest = 0
        self.covered = 0
        self.log_start = 0
        # Whether we have been in this log before: then what cannot be had is missing.
        self._known = False
        self._target = 0
        self._asked: int | None = None
        self._asked_older = False
        self._ahead: dict[int, Said] = {}

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._asked is not None

    @property
    def is_asking_older(self) -> bool:
        """Whether the page above is awaited."""
        return self._asked_older

    @property
    def has_older(self) -> bool:
        """Whether the host may hold messages above the first one here."""
        return self.oldest > self.log_start

    def begin(self, at: int) -> None:
        """Know nothing: what comes after `at` is of interest, older messages when asked for."""
        self.oldest = self.covered = at
        self.log_start = 0
        self._known = False
        self.cut()

    def resume(self, oldest: int, covered: int) -> None:
        """Know `(oldest, covered]` from an earlier visit."""
        self.oldest, self.covered = oldest, covered
        self._known = True

    def cut(self) -> None:
        """Forget what was asked for: the link that was to bring it is gone."""
        self._target = self.covered
        self._asked = None
        self._asked_older = False
        self._ahead.clear()

    def enter(self, last_seq: int) -> Fetch | None:
        """Be in the room, whose newest message is `last_seq`; return what to ask for."""
        self.cut()
        self._target = last_seq
        return self._ask()

    def skip(self, last_seq: int) -> Fetch | None:
        """Go on after the live stream left us out up to `last_seq`; return what to ask for.

        What was asked for before may have been left out too, so it is asked for again.
        """
        self._asked_older = False
        self._target = max(self._target, last_seq)
        self._asked = None
        return self._ask()

    def ask_older(self) -> Fetch | None:
        """Return what to ask for to see what is above; None if that was asked already."""
        if self._asked_older or not self.has_older:
            return None
        self._asked_older = True
        return Fetch(after=0, until=self.oldest, newest=True)

    def lengthen(self, oldest: int) -> None:
        """Take note that the messages down to `oldest` are here now, from elsewhere."""
        self.oldest = oldest
        self._asked_older = False

    def take_older(self, page: Page) -> Stretch | None:
        """Return what a page brings if it is the older one that was asked for."""
        self.log_start = max(self.log_start, page.start)
        if not self._asked_older or page.until != self.oldest or page.after > page.until:
            return None
        self.lengthen(page.after)
        return Stretch(page.after, page.until, _in_order(page, page.after))

    def take_live(self, said: Iterable[Said]) -> tuple[Stretch | None, Fetch | None]:
        """Take live messages; return what may be shown now and what to ask for."""
        after = self.covered
        run: list[Said] = []
        fetch = None
        for one in said:
            if one.seq == self.covered + 1:
                self.covered = one.seq
                run.append(one)
            elif one.seq > self.covered:
                self._target = max(self._target, one.seq)
                if len(self._ahead) < MAX_AHEAD:
                    self._ahead[one.seq] = one
                if self._asked is None:
                    self._asked = self.covered
                    fetch = Fetch(after=self.covered, until=one.seq - 1)
        return self._go_on(after, tuple(run), None) if run else None, fetch

    def take_page(self, page: Page) -> tuple[Stretch | None, Fetch | None]:
        """Take a page that was asked for; return what may be shown now and what to ask for."""
        asked = self._asked
        if asked is None:
            return None, None
        stretch = None
        covered = self.covered
        if page.after <= covered < page.until:
            gap = None
            missing_until = min(page.start, page.until)
            if missing_until > covered and self._known:
                gap = Gap(covered, missing_until)
            self.covered = page.until
            stretch = self._go_on(covered, _in_order(page, covered), gap)
        if page.after != asked and self.covered == asked:
            return stretch, None
        self._asked = None
        # A host that gives nothing is not asked for ever.
        return stretch, self._ask() if self.covered > asked else None

    @property
    def is_caught_up(self) -> bool:
        """Whether all is here that is known of."""
        return self.covered >= self._target

    def _go_on(self, after: int, said: tuple[Said, ...], gap: Gap | None) -> Stretch:
        run = list(said)
        if said:
            self.covered = max(self.covered, said[-1].seq)
        while (ahead := self._ahead.pop(self.covered + 1, None)) is not None:
            self.covered = ahead.seq
            run.append(ahead)
        for seq in [seq for seq in self._ahead if seq <= self.covered]:
            del self._ahead[seq]
        self._known = True
        return Stretch(after, self.covered, tuple(run), gap)

    def _ask(self) -> Fetch | None:
        if self.covered >= self._target:
            self._known = True
            return None
        self._asked = self.covered
        return Fetch(after=self.covered, until=self._target)


def _in_order(page: Page, after: int) -> tuple[Said, ...]:
    """Return what a page holds after `after`, each number once, whatever the host put into it."""
    by_seq = {said.seq: said for said in page.said if after < said.seq <= page.until}
    return tuple(by_seq[seq] for seq in sorted(by_seq))
