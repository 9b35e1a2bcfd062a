"""What a member may read of the log, cut into what a frame holds."""

from __future__ import annotations

import msgspec

from app.protocol.limits import ROSTER_PAGE
from app.protocol.messages import (
    Fetch,
    FileLine,
    Files,
    Found,
    ListFiles,
    Live,
    Member,
    Page,
    Roster,
    Said,
    Search,
)
from app.room.log import Log

PAGE_BYTES = 60_000
"""About the most bytes of one page: with the largest overhead it still fits a frame."""

_SAID_OVERHEAD = 100
"""The most bytes of a message in a page beside its text and nickname."""

_SURELY_FITS = 2
"""So many of the longest messages, in characters of four bytes, fit one frame."""


def page(log: Log, floor: int, wish: Fetch) -> Page:
    """Return the page that answers `wish`, for somebody who may read after `floor`.

    It covers all of the range that was asked for, but for what did not fit at its far end.
    """
    start = max(floor, log.start)
    after = max(wish.after, start)
    until = min(wish.until, log.last_seq)
    said = log.between(after, until, wish.limit, newest=wish.newest)
    fitting = _fit(said, newest=wish.newest)
    first, last = wish.after, max(until, wish.after)
    if fitting and (len(said) == wish.limit or len(fitting) < len(said)):
        if wish.newest:
            first = fitting[0].seq - 1
        else:
            last = fitting[-1].seq
    return Page(after=first, until=last, said=tuple(fitting), start=start)


def found(log: Log, floor: int, wish: Search) -> Found:
    """Return the answer to a search, for somebody who may read after `floor`."""
    before = wish.before or log.last_seq + 1
    said = log.search(wish.query, max(floor, log.start), before, wish.limit + 1)
    # Newest first, so the page's near end is the list's beginning.
    fitting = _fit(said, newest=False)[: wish.limit]
    return Found(query=wish.query, said=tuple(fitting), more=len(fitting) < len(said))


def files(log: Log, floor: int, wish: ListFiles) -> Files:
    """Return which files there are of those asked for, for somebody who may read after `floor`."""
    lines, more = log.files(wish, max(floor, log.start))
    room = PAGE_BYTES
    fitting: list[FileLine] = []
    for line in lines:
        room -= len(msgspec.msgpack.encode(line))
        if room < 0 and fitting:
            more = True
            break
        fitting.append(line)
    return Files(
        query=wish.query, sort=wish.sort, before=wish.before, lines=tuple(fitting), more=more
    )


def live_pages(said: list[Said]) -> list[Live]:
    """Return what was just said, in as many messages as frames need."""
    if not said:
        return []
    if len(said) <= _SURELY_FITS:
        return [Live(said=tuple(said))]
    pages = []
    while said:
        fitting = _fit(said, newest=False)
        pages.append(Live(said=tuple(fitting)))
        said = said[len(fitting) :]
    return pages


def roster_pages(members: tuple[Member, ...]) -> list[Roster]:
    """Return who is here, in as many messages as frames need."""
    return [
        Roster(
            members=members[start : start + ROSTER_PAGE], more=start + ROSTER_PAGE < len(members)
        )
        for start in range(0, len(members), ROSTER_PAGE)
    ]


class RosterPages:
    """Who is here, in as many messages as frames need.

    A page that is as it was is the very object that it was, so that it need not be encoded anew.
    """

    def __init__(self) -> None:
        self._last: list[Roster] = []

    def of(self, members: tuple[Member, ...]) -> list[Roster]:
        """Return the pages for these members."""
        pages = roster_pages(members)
        for place, before in enumerate(self._last[: len(pages)]):
            if pages[place] == before:
                pages[place] = before
        self._last = pages
        return pages


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
