"""What a room's window shows from top to bottom: messages in the log's order, and notices.

Confirmed entries stand in the order of the host's log; those still on their way stand below them,
in the order in which they were written, until the host's word puts them in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.attachments import FileRef
from app.protocol.messages import MESSAGES, Said
from app.session.entries import (
    Entry,
    MessageEntry,
    NoticeEntry,
    NoticeKind,
    entry_of,
    marked,
)
from app.session.marks import Marks, PendingEdit, Reaction, SendState

__all__ = [
    "Entry",
    "MessageEntry",
    "NoticeEntry",
    "NoticeKind",
    "PendingEdit",
    "Reaction",
    "SendState",
    "Span",
    "Timeline",
    "entry_of",
]


@dataclass(frozen=True)
class Span:
    """A run of rows, both ends included."""

    first: int
    last: int


class Timeline(QObject):
    """The entries of one room. Owned by its `RoomSession`, which alone changes it.

    Signals:
        about_to_insert(Span), inserted(Span): rows come in at these places.
        about_to_remove(Span), removed(Span): rows go.
        changed(Span): rows have new content in the same place.
        files_gone(tuple[FileRef, ...]): messages that had these were deleted.
    """

    about_to_insert = pyqtSignal(Span)
    inserted = pyqtSignal(Span)
    about_to_remove = pyqtSignal(Span)
    removed = pyqtSignal(Span)
    changed = pyqtSignal(Span)
    files_gone = pyqtSignal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._pending = 0
        self.marks = Marks()

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __getitem__(self, row: int) -> Entry:
        return self._entries[row]

    @property
    def pending(self) -> tuple[MessageEntry, ...]:
        """One's own messages that the host has not confirmed, oldest first."""
        tail = self._entries[len(self._entries) - self._pending :]
        return tuple(entry for entry in tail if isinstance(entry, MessageEntry))

    def add_pending(self, entry: MessageEntry) -> None:
        """Put a message of one's own at the end, on its way."""
        self._pending += 1
        self._insert(len(self._entries), [entry])

    def find_pending(self, cid: bytes) -> MessageEntry | None:
        """Return the pending message of that cid, or None."""
        row = self._row_of_pending(cid)
        entry = None if row is None else self._entries[row]
        return entry if isinstance(entry, MessageEntry) else None

    def confirm(self, said: tuple[Said, ...], me: int) -> None:
        """Put messages from the host's log in, below all others that are confirmed.

        A pending entry with the same cid, of this device, becomes the confirmed one.
        """
        self.take_acts(said)
        run: list[Entry] = []
        for message in said:
            if message.kind not in MESSAGES:
                continue
            entry = self.marked(entry_of(message, me))
            row = self._row_of_pending(message.cid)
            if row is None or not self._is_ours(row, entry):
                run.append(entry)
                continue
            # Written under another nickname, it is ours all the same.
            entry = replace(entry, mine=True)
            self._insert(self._confirmed, run)
            row += len(run)
            run = []
            if row == self._confirmed:
                self._entries[row] = entry
                self._pending -= 1
                self.changed.emit(Span(row, row))
            else:
                self._remove(row)
                self._pending -= 1
                run = [entry]
        self._insert(self._confirmed, run)

    def prepend(
        self,
        said: tuple[Said, ...],
        me: int,
        device: bytes = b"",
        gaps: tuple[tuple[int, NoticeEntry], ...] = (),
    ) -> None:
        """Put an older page of the log above everything.

        `gaps` are notices with the number of the last message that is missing there. `device` tells
        one's own messages while one's number is not known.
        """
        self.take_acts(said)
        entries: list[Entry] = []
        waiting = list(gaps)
        for message in said:
            while waiting and waiting[0][0] < message.seq:
                entries.append(waiting.pop(0)[1])
            if message.kind in MESSAGES:
                entries.append(self.marked(entry_of(message, me, device)))
        self._insert(0, entries + [notice for _, notice in waiting])

    def add_private(self, entry: MessageEntry) -> None:
        """Put a confirmed private message in its place; a pending one of that cid becomes it."""
        place = self._confirmed
        for row in range(place - 1, -1, -1):
            above = self._entries[row]
            if isinstance(above, MessageEntry):
                if above.place < entry.place:
                    break
                place = row
        row_of_pending = self._row_of_pending(entry.cid) if entry.mine else None
        if row_of_pending is None:
            self._insert(place, [entry])
        elif row_of_pending == place:
            self._entries[place] = entry
            self._pending -= 1
            self.changed.emit(Span(place, place))
        else:
            self._remove(row_of_pending)
            self._pending -= 1
            self._insert(place, [entry])

    def clear_confirmed(self) -> None:
        """Take away everything but what is pending."""
        self.marks.clear()
        if self._confirmed:
            self._remove(0, self._confirmed - 1)

    def set_state(self, cid: bytes, state: SendState, failure: str = "") -> None:
        """Change how a pending message stands; an unknown cid changes nothing."""
        row = self._row_of_pending(cid)
        if row is None:
            return
        entry = self._entries[row]
        assert isinstance(entry, MessageEntry)
        self._entries[row] = replace(entry, state=state, failure=failure)
        self.changed.emit(Span(row, row))

    def set_files(self, cid: bytes, files: tuple[FileRef, ...]) -> None:
        """Change what goes with a pending message; an unknown cid changes nothing."""
        row = self._row_of_pending(cid)
        if row is None:
            return
        entry = self._entries[row]
        assert isinstance(entry, MessageEntry)
        self._entries[row] = replace(entry, files=files)
        self.changed.emit(Span(row, row))

    def settle(self, cid: bytes, seq: int) -> None:
        """Put a pending message in its place that the host's log has, but shows no more."""
        row = self._row_of_pending(cid)
        if row is None:
            return
        entry = self._entries[row]
        assert isinstance(entry, MessageEntry)
        self.discard(cid)
        place = self._confirmed
        while place and (above := self._entries[place - 1]):
            if isinstance(above, MessageEntry) and above.place < (seq, 0):
                break
            place -= 1
        self._insert(place, [self.marked(replace(entry, seq=seq, state=SendState.SENT))])

    def take_acts(self, said: Iterable[Said]) -> None:
        """Take what was done to messages, wherever they are; messages themselves are passed over."""
        self._refresh(self.marks.take(said))

    def wish(self, seq: int, edit: PendingEdit | None, reactions: Mapping[str, bool]) -> None:
        """Show what one wishes of a message and the host has not confirmed; all of it, each time."""
        self.marks.wish(seq, edit, reactions)
        self._refresh({seq})

    def find(self, seq: int) -> MessageEntry | None:
        """Return the confirmed message of that number, if it is in the timeline."""
        row = self._row_of(seq)
        entry = None if row is None else self._entries[row]
        return entry if isinstance(entry, MessageEntry) else None

    def marked(self, entry: MessageEntry) -> MessageEntry:
        """Return a message with what became of it since."""
        return marked(entry, self.marks.of(entry.seq) if entry.seq else None)

    def answer_nothing(self) -> None:
        """Let what is pending answer nothing: the numbers mean other messages now."""
        for row in range(self._confirmed, len(self._entries)):
            entry = self._entries[row]
            if isinstance(entry, MessageEntry) and entry.reply_to:
                self._entries[row] = replace(entry, reply_to=0)
                self.changed.emit(Span(row, row))

    def _refresh(self, seqs: set[int]) -> None:
        """Show messages as they are now; rows beside each other are told as one span."""
        rows = []
        gone: list[FileRef] = []
        for seq in sorted(seqs):
            row = self._row_of(seq)
            entry = None if row is None else self._entries[row]
            if row is None or not isinstance(entry, MessageEntry):
                continue
            marked = self.marked(entry)
            if marked != entry:
                self._entries[row] = marked
                rows.append(row)
                if marked.deleted:
                    gone += entry.files
        first = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                self.changed.emit(Span(rows[first], row))
                first = place + 1
        if gone:
            self.files_gone.emit(tuple(gone))

    def _row_of(self, seq: int) -> int | None:
        """Return the row of a confirmed message: they stand in order, with notices among them."""
        low, high = 0, self._confirmed
        while low < high:
            middle = row = (low + high) // 2
            while row >= low and isinstance(self._entries[row], NoticeEntry):
                row -= 1
            entry = self._entries[row]
            if row < low or not isinstance(entry, MessageEntry):
                low = middle + 1
            elif entry.place == (seq, 0) and not entry.private_with:
                return row
            elif entry.place < (seq, 0):
                low = middle + 1
            else:
                high = row
        return None

    def discard(self, cid: bytes) -> None:
        """Take a pending message away; an unknown cid changes nothing."""
        row = self._row_of_pending(cid)
        if row is not None:
            self._remove(row)
            self._pending -= 1

    def add_notice(self, notice: NoticeEntry) -> None:
        """Put a notice below all confirmed entries; comings and goings join the line above."""
        row = self._confirmed
        if notice.kind in {NoticeKind.CAME, NoticeKind.WENT} and row:
            last = self._entries[row - 1]
            if isinstance(last, NoticeEntry) and (last.came or last.went):
                self._entries[row - 1] = replace(
                    last,
                    came=last.came + notice.came,
                    went=last.went + notice.went,
                    at=notice.at,
                )
                self.changed.emit(Span(row - 1, row - 1))
                return
        self._insert(row, [notice])

    @property
    def _confirmed(self) -> int:
        return len(self._entries) - self._pending

    def _row_of_pending(self, cid: bytes) -> int | None:
        for row in range(self._confirmed, len(self._entries)):
            entry = self._entries[row]
            if isinstance(entry, MessageEntry) and entry.cid == cid:
                return row
        return None

    def _is_ours(self, row: int, entry: MessageEntry) -> bool:
        pending = self._entries[row]
        assert isinstance(pending, MessageEntry)
        return not pending.private_with and (entry.mine or entry.device == pending.device)

    def _insert(self, row: int, entries: list[Entry]) -> None:
        if not entries:
            return
        span = Span(row, row + len(entries) - 1)
        self.about_to_insert.emit(span)
        self._entries[row:row] = entries
        self.inserted.emit(span)

    def _remove(self, first: int, last: int | None = None) -> None:
        span = Span(first, first if last is None else last)
        self.about_to_remove.emit(span)
        del self._entries[span.first : span.last + 1]
        self.removed.emit(span)
