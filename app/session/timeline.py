"""What a room's window shows from top to bottom: messages in the log's order, and notices.

Confirmed entries stand in the order of the host's log; those still on their way stand below them,
in the order in which they were written, until the host's word puts them in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.messages import Said


class SendState(Enum):
    """How far one's own message has come. There is no "read": nobody can promise that."""

    SENDING = "sending"
    SENT = "sent"
    """In the host's log."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """A message. `seq` is 0 while it is not confirmed; `at` is in Unix milliseconds."""

    cid: bytes
    seq: int
    author: int
    nick: str
    device: bytes
    at: int
    text: str
    mine: bool
    state: SendState = SendState.SENT
    failure: str = ""
    """The refusal's code where `state` is FAILED."""
    private_with: bytes = b""
    """The device of the other one, where the message is private; its `seq` is always 0."""
    private_nick: str = ""
    number: int = 0
    """A private message's number; 0 while it is not confirmed."""
    after: int = 0
    """The message of the log that a private one stands below."""
    deleted: bool = False
    """Its text was deleted; `text` is empty."""
    deleted_by: str = ""
    """The nickname of who deleted it; empty where that is not known here."""
    unopened: bool = False
    """It was not sealed to us by that author: there is no text to show."""

    @property
    def place(self) -> tuple[int, int]:
        """What confirmed entries stand in order of."""
        return (self.after, self.number) if self.private_with else (self.seq, 0)


class NoticeKind(Enum):
    """What a notice tells."""

    CAME = "came"
    WENT = "went"
    TOPIC = "topic"
    WELCOME = "welcome"
    """You are in (again)."""
    CLOSED = "closed"
    PORT = "port"
    """The room listens on another port (`text`) than the one asked for (`nick`)."""
    GAP = "gap"
    """Some messages are missing here: the host had them not to give."""
    RENAMED = "renamed"
    """Who was called `nick` is called `text` now."""
    REMOVED = "removed"
    """`nick` was shown out."""
    RULES = "rules"
    """By `nick`; `text` is "locked", "unlocked", "hosts-only" or "everyone"."""
    NEW_LOG = "new-log"
    """The host's log began anew; what was said before is not in it any more."""


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """Something that happened in the room, said by nobody. Consecutive comings and goings merge.

    `came` and `went` hold nicknames, in order.
    """

    kind: NoticeKind
    at: int
    nick: str = ""
    text: str = ""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


Entry = MessageEntry | NoticeEntry


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
    """

    about_to_insert = pyqtSignal(Span)
    inserted = pyqtSignal(Span)
    about_to_remove = pyqtSignal(Span)
    removed = pyqtSignal(Span)
    changed = pyqtSignal(Span)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._pending = 0
        self._deleted: dict[int, str] = {}

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
        self._note_deletes_in(said)
        run: list[Entry] = []
        for message in said:
            if message.kind == "delete":
                continue
            entry = self._marked(entry_of(message, me))
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
        self._note_deletes_in(said)
        entries: list[Entry] = []
        waiting = list(gaps)
        for message in said:
            while waiting and waiting[0][0] < message.seq:
                entries.append(waiting.pop(0)[1])
            if message.kind != "delete":
                entries.append(self._marked(entry_of(message, me, device)))
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
        self._deleted.clear()
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
        self._insert(place, [self._marked(replace(entry, seq=seq, state=SendState.SENT))])

    def note_deletes(self, deletes: dict[int, str]) -> None:
        """Take the text of these messages away, by their number; the value is who deleted each.

        Wherever they come from later, here they have no text any more.
        """
        if not deletes:
            return
        self._deleted.update(deletes)
        first = min(deletes)
        for row in range(self._confirmed - 1, -1, -1):
            entry = self._entries[row]
            if not isinstance(entry, MessageEntry) or not entry.seq:
                continue
            if entry.seq < first:
                break
            marked = self._marked(entry)
            if marked != entry:
                self._entries[row] = marked
                self.changed.emit(Span(row, row))

    def deleted_by(self, seq: int) -> str | None:
        """Return the nickname of who deleted a message, None where nobody is known to have."""
        return self._deleted.get(seq)

    def _note_deletes_in(self, said: tuple[Said, ...]) -> None:
        self.note_deletes({one.about: one.nick for one in said if one.kind == "delete"})

    def _marked(self, entry: MessageEntry) -> MessageEntry:
        by = self._deleted.get(entry.seq)
        if by is None or entry.deleted_by:
            return entry
        return replace(entry, text="", deleted=True, deleted_by=by)

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


def entry_of(said: Said, me: int, device: bytes = b"") -> MessageEntry:
    """Return the line of the log as an entry, for the member of number `me`.

    A negative `me` is not known yet: then the messages of `device` are one's own.
    """
    return MessageEntry(
        cid=said.cid,
        seq=said.seq,
        author=said.author,
        nick=said.nick,
        device=said.device,
        at=said.at,
        text="" if said.kind == "deleted" else said.text,
        deleted=said.kind == "deleted",
        mine=said.author == me if me >= 0 else said.device == device,
    )
