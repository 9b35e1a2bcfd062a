"""`Shelf`: the files of a room, newest first: asked of its host, or read from what is kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.attachments import clean_ref
from app.protocol.limits import MAX_LISTED, MAX_QUERY
from app.protocol.messages import (
    AnyMessage,
    FileLine,
    FileRef,
    Files,
    FileSort,
    ListFiles,
    Said,
)
from app.session.entries import MessageEntry, entry_of
from app.session.keeping import Keeper
from app.session.words import Query
from app.support.clock import Clock, Timer

if TYPE_CHECKING:
    from app.session.room_session import RoomSession

BUDGET = 0.004
"""Seconds after which reading goes on in the next turn."""

ROWS = 100
"""Kept messages with files that are read in one go."""

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class ShelfFile:
    """One file of one message; the same file may be in several."""

    seq: int
    """The message's number."""
    at: int
    """When it was said, in Unix milliseconds by the host's clock."""
    nick: str
    """Its sender's nickname at that time."""
    device: bytes
    ref: FileRef
    """Its name is clean."""


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """Some of the files, newest first. `more`: there are older ones.

    `from_replica`: the host could not be asked, so these are only those known to this computer.
    """

    files: tuple[ShelfFile, ...]
    more: bool
    from_replica: bool


class Shelf(QObject):
    """What somebody looks at of a room's files; one look at a time. Owned by its `RoomSession`.

    Nothing is asked or told before `look`, and nothing after `rest`.

    Signals:
        shown(ShelfPage): these are what was asked for; forget what came before.
        added(ShelfPage): these come below.
        came(tuple[ShelfFile, ...]): said just now; these stand above all others, newest first.
        gone(frozenset[int]): the messages of these numbers, and so their files, were deleted.
    """

    shown = pyqtSignal(ShelfPage)
    added = pyqtSignal(ShelfPage)
    came = pyqtSignal(tuple)
    gone = pyqtSignal(frozenset)

    def __init__(
        self,
        session: RoomSession,
        keeper: Keeper,
        clock: Clock,
        wish: Callable[[AnyMessage], None],
    ) -> None:
        super().__init__(session)
        self._session = session
        self._keeper = keeper
        self._clock = clock
        self._looking = False
        self._send = wish
        self._query = Query.parse("")
        self._wish = ListFiles()
        """What is awaited, or was answered last."""
        self._waits = False
        self._reading: Timer | None = None
        self._found: list[ShelfFile] = []
        self._until = 0
        self._newest = 0
        self._oldest = 0
        self._more = False
        self._partial = False
        """Whether any of what is shown is only what is known here."""
        self._fresh: list[ShelfFile] = []
        session.confirmed.connect(self._on_confirmed)
        session.connection_changed.connect(self._on_connection_changed)

    @property
    def is_loading(self) -> bool:
        """Whether an answer is awaited."""
        return self._waits

    def look(self, query: str, sort: FileSort) -> None:
        """Show the newest files of a sort, and with a query those that hold its words.

        Words are looked for in a file's name and its sender's nickname. `shown` tells, and from
        then on `came` and `gone`.
        """
        self._looking = True
        self._query = Query.parse(query)
        asked = query.strip().encode("utf-8", "replace").decode("utf-8")[:MAX_QUERY]
        self._wish = ListFiles(query=asked, sort=sort)
        self._fresh = []
        self._ask()

    def look_on(self) -> None:
        """Ask for what comes below what was told last, if there is anything; `added` tells."""
        if self._looking and self._more and not self._waits:
            self._wish = ListFiles(
                query=self._wish.query, sort=self._wish.sort, before=self._oldest
            )
            self._ask()

    def rest(self) -> None:
        """Ask and tell nothing any more, until somebody looks again."""
        self._looking = self._waits = False
        self._stop_reading()

    def look_again(self) -> None:
        """Show the newest anew: the host has another log, or can be asked now."""
        if self._looking:
            self._wish = ListFiles(query=self._wish.query, sort=self._wish.sort)
            self._fresh = []
            self._ask()

    # --- asking the host ------------------------------------------------------------------------

    def _ask(self) -> None:
        self._stop_reading()
        self._waits = True
        # A host that keeps nothing has none to tell of; what is in sight is all there is.
        if self._session.is_online and self._session.info.history != "none":
            self._send(self._wish)
        else:
            self._read()

    def take(self, message: Files) -> None:
        """Take the host's answer."""
        wish = self._wish
        asked = (wish.query, wish.sort, wish.before)
        if not self._waits or (message.query, message.sort, message.before) != asked:
            return
        files: list[ShelfFile] = []
        below = wish.before or 2**63
        for line in message.lines:
            # A host may send anything, but nothing stands out of order, or twice.
            if line.seq < below:
                below = line.seq
                files += _files_of(line)
        self._tell(files, more=message.more and bool(files), here=False)

    # --- reading what is here -------------------------------------------------------------------

    def _read(self) -> None:
        self._found = []
        facts = self._keeper.facts
        self._until = (self._wish.before - 1) if self._wish.before else facts.covered
        self._reading = self._clock.call_later(0, self._read_on)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _read_on(self) -> None:
        self._reading = None
        keeper = self._keeper
        if not keeper.facts.kept:
            self._tell(self._in_sight(), more=False, here=not self._session.is_online)
            return
        began = self._clock.monotonic()
        start = keeper.facts.start
        while self._until > start and len(self._found) < MAX_LISTED:
            if self._clock.monotonic() - began >= BUDGET:
                self._reading = self._clock.call_later(0, self._read_on)
                return
            read = keeper.between(start, self._until, "", ROWS, files=True)
            for said in read:
                if len(self._found) >= MAX_LISTED:
                    break
                self._found += self._wanted(entry_of(said, -1))
                self._until = said.seq - 1
            else:
                if len(read) < ROWS:
                    self._until = start
        self._tell(self._found, more=self._until > start, here=True)

    def _in_sight(self) -> list[ShelfFile]:
        """Return what the timeline has: all there is where nothing is kept."""
        found: list[ShelfFile] = []
        for entry in reversed(tuple(self._session.timeline)):
            if isinstance(entry, MessageEntry):
                found += self._wanted(entry)
        return found

    def _wanted(self, entry: MessageEntry) -> Iterable[ShelfFile]:
        """Return those files of a message that are looked for."""
        if entry.deleted or not entry.seq or entry.private_with:
            return
        for ref in entry.files:
            if self._wish.sort != "all":
                is_picture = ref.media in _PICTURES
                if is_picture is not (self._wish.sort == "pictures"):
                    continue
            if self._wish.query and not self._query.matches(f"{ref.name}\n{entry.nick}"):
                continue
            yield ShelfFile(entry.seq, entry.at, entry.nick, entry.device, ref)

    # --- telling --------------------------------------------------------------------------------

    def _tell(self, files: Sequence[ShelfFile], *, more: bool, here: bool) -> None:
        self._waits = False
        self._more = more
        if files:
            self._oldest = files[-1].seq
        if self._wish.before:
            self._partial |= here
            self.added.emit(ShelfPage(tuple(files), more, self._partial))
            return
        newest = files[0].seq if files else 0
        fresh = [one for one in self._fresh if one.seq > newest]
        self._fresh = []
        self._newest = fresh[0].seq if fresh else newest
        self._partial = here
        self.shown.emit(ShelfPage((*fresh, *files), more, here))

    @pyqtSlot(tuple)
    def _on_confirmed(self, run: tuple[Said, ...]) -> None:
        if not self._looking:
            return
        gone = frozenset(said.about for said in run if said.kind == "delete")
        came: list[ShelfFile] = []
        for said in reversed(run):
            if said.kind == "files" and said.seq not in gone:
                came += self._wanted(entry_of(said, -1))
        if gone:
            self._fresh = [one for one in self._fresh if one.seq not in gone]
        if self._waits and not self._wish.before:
            # Not in the answer yet, perhaps; and what is shown until then is of another look.
            self._fresh[:0] = came
        else:
            came = [one for one in came if one.seq > self._newest]
            if came:
                self._newest = came[0].seq
                self.came.emit(tuple(came))
        if gone:
            self.gone.emit(gone)

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        if not self._looking:
            return
        if self._session.is_online:
            if self._partial or self._reading is not None:
                self.look_again()
        elif self._waits and self._reading is None:
            self._read()


def _files_of(line: FileLine) -> list[ShelfFile]:
    return [
        ShelfFile(line.seq, line.at, line.nick, line.device, clean_ref(ref)) for ref in line.files
    ]
