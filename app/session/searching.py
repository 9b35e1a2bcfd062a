"""Searching a room: by its host, or through the replica, a few milliseconds a turn."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from app.protocol.attachments import words_in
from app.protocol.limits import MAX_FOUND, MAX_QUERY
from app.protocol.messages import AnyMessage, Found, Said, Search
from app.session.keeping import Keeper
from app.session.transport import FoundMessages
from app.session.words import Query
from app.support.clock import Clock, Timer

BUDGET = 0.004
"""Seconds after which a search goes on in the next turn."""

ROWS = 200
"""Rows that the index found, looked at in one go."""

ROWS_UNSEEN = 500
"""Rows looked at in one go where the index is of no help."""

STRETCH = 100_000
"""Numbers looked through in one go: words that are common, but never together, take 7 ms of them."""


class ReplicaSearch:
    """One search, newest first. `done` gets what was found, and whether there may be more."""

    def __init__(
        self,
        keeper: Keeper,
        clock: Clock,
        query: Query,
        before: int,
        done: Callable[[tuple[Said, ...], bool], None],
    ) -> None:
        self._keeper = keeper
        self._clock = clock
        self._query = query
        self._match = query.as_match()
        facts = keeper.facts
        self._start = facts.start if facts.kept else 0
        self._until = facts.covered if facts.kept else 0
        if before:
            self._until = min(self._until, before - 1)
        self._found: list[Said] = []
        self._done = done
        self._timer: Timer | None = clock.call_later(0, self._step)

    def cancel(self) -> None:
        """Stop looking; nothing is told any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _step(self) -> None:
        self._timer = None
        began = self._clock.monotonic()
        while True:
            self._look()
            if len(self._found) > MAX_FOUND or self._until <= self._start:
                found = tuple(self._found[:MAX_FOUND])
                self._done(found, len(self._found) > MAX_FOUND)
                return
            if self._clock.monotonic() - began >= BUDGET:
                break
        self._timer = self._clock.call_later(0, self._step)

    def _look(self) -> None:
        """Look through the next stretch, as far as one read goes."""
        after = max(self._start, self._until - STRETCH)
        until, match = self._until, self._match
        rows = ROWS if match else ROWS_UNSEEN
        read = self._keeper.between(after, until, match, rows)
        self._found += [said for said in map(_worded, read) if self._query.matches(said.text)]
        self._until = read[-1].seq - 1 if len(read) == rows else after


class Searching:
    """The latest search of a session; `found` gets its answer, and no earlier one's."""

    def __init__(
        self,
        keeper: Keeper,
        clock: Clock,
        wish: Callable[[AnyMessage], None],
        found: Callable[[FoundMessages], None],
    ) -> None:
        self._keeper = keeper
        self._clock = clock
        self._wish = wish
        self._found = found
        self._query = ""
        self._before = 0
        self._asked: str | None = None
        """What the host was asked for."""
        self._search: ReplicaSearch | None = None

    def search(self, query: str, before: int, *, online: bool) -> None:
        """Look for something else than so far."""
        self.stop()
        self._query, self._before = query, before
        if Query.parse(query).is_empty:
            self._found(FoundMessages(query, (), from_replica=not online))
        elif online:
            self._asked = query.encode("utf-8", "replace").decode("utf-8")[:MAX_QUERY]
            self._wish(Search(query=self._asked, before=before))
        else:
            self._look_here()

    def take(self, message: Found) -> None:
        """Take the host's answer."""
        if message.query == self._asked:
            self._asked = None
            said = tuple(map(_worded, message.said))
            self._found(FoundMessages(self._query, said, message.more))

    def cut(self) -> None:
        """Look here for what the host was asked: its answer comes no more."""
        if self._asked is not None:
            self._asked = None
            self._look_here()

    def stop(self) -> None:
        """Look for nothing any more."""
        self._asked = None
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _look_here(self) -> None:
        query = Query.parse(self._query)
        self._search = ReplicaSearch(
            self._keeper, self._clock, query, self._before, self._on_found_here
        )

    def _on_found_here(self, said: tuple[Said, ...], more: bool) -> None:
        self._search = None
        self._found(FoundMessages(self._query, said, more, from_replica=True))


def _worded(said: Said) -> Said:
    """Return a line with the text that can be looked for: with files, their caption and names."""
    if said.kind != "files":
        return said
    return msgspec.structs.replace(said, text=words_in(said.text))
