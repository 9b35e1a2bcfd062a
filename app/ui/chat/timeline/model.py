"""The session's timeline as a Qt model: one row an entry, with all that its place adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSlot

from app.session.room_session import RoomSession
from app.session.timeline import (
    Entry,
    MessageEntry,
    NoticeEntry,
    NoticeKind,
    SendState,
    Span,
)
from app.support.clock import Clock
from app.ui.chat import times
from app.ui.chat.about import about, history_sentence
from app.ui.chat.people.guests import guest_word
from app.ui.chat.people.member_deeds import may_write_privately
from app.ui.chat.timeline import row_words
from app.ui.chat.timeline.folds import Folds
from app.ui.chat.timeline.gone import Gone
from app.ui.chat.timeline.message_text import gone_text, private_line, text_of, words_of
from app.ui.chat.timeline.notices import is_foldable, notice_text
from app.ui.chat.timeline.quote import QuoteLine
from app.ui.chat.timeline.remarks import Remarks
from app.ui.chat.timeline.room_names import RoomNames
from app.ui.chat.timeline.shown_entries import ShownEntries, continues
from app.ui.files.message_files import MessageFiles, is_told_by_card
from app.ui.formatting.markdown import parse
from app.ui.sentences import sentence
from app.ui.texts import tr


class RowRole(IntEnum):
    """What a row can be asked for, beside the text that Qt's own roles give."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `TimelineRow`."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An entry, and what its place among the others adds."""

    entry: Entry
    day: str
    """The date to stand above it; empty where the row above is of the same day."""
    first_unread: bool
    leads: bool
    """Whether it begins a group, and so shows who writes."""
    tag: str
    """The sender's role where it is more than member, as a word."""
    notice: str
    """The line of a notice; empty for a message."""
    text: str = ""
    """What a message says, or what stands where there is nothing to read."""
    quiet: bool = False
    """Whether `text` is said by nobody: the message was deleted, or could not be opened."""
    private: str = ""
    """With whom it is private, as a line to stand above; empty where it is for everyone."""
    gone: bool = False
    """Whether it was deleted just now, and can be kept instead."""
    why: str = ""
    """Why it was not sent."""
    as_typed: bool = False
    """Whether it is shown with the signs that it was formatted by."""
    foldable: bool = False
    """Whether a notice has more names than it shows while it is folded."""
    unfolded: bool = False
    quote: QuoteLine | None = None
    """What a message answers."""


class TimelineModel(QAbstractListModel):
    """Follows `session.timeline` row by row; owned by the view that shows it."""

    def __init__(self, session: RoomSession, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timeline = ShownEntries(session.timeline, self)
        self._clock = clock
        self._unread: tuple[int, int] | None = None
        self._as_typed: set[bytes] = set()
        self.folds = Folds(self)
        self.taking_back = session.taking_back
        self.gone = Gone(self.taking_back, self._timeline)
        self.names = RoomNames(session, self)
        self.remarks = Remarks(session, self.gone, self)
        self.files = MessageFiles(session, self)
        self.read_aloud = False
        """Whether a row was ever asked for by a screen reader."""
        self._welcome: NoticeEntry | None = None
        self._promise = ""
        self._messages = sum(
            isinstance(self._timeline[row], MessageEntry) for row in range(len(self._timeline))
        )
        self._rows = len(self._timeline)
        self._today = self._day_of_now()
        self._note_welcome(Span(0, self._rows - 1))
        self._timeline.about_to_insert.connect(self._on_about_to_insert)
        self._timeline.inserted.connect(self._on_inserted)
        self._timeline.about_to_remove.connect(self._on_about_to_remove)
        self._timeline.removed.connect(self._on_removed)
        self._timeline.changed.connect(self._on_changed)
        self.taking_back.changed.connect(self._on_taking_back_changed)

    # --- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many entries there are."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row's part for `role`."""
        if not index.isValid() or index.row() >= self._rows:
            return None
        if role == RowRole.ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            entry = self._timeline[index.row()]
            if isinstance(entry, MessageEntry):
                return self._shown_text(entry)
            return self._notice_of(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            self.read_aloud = True
            return self.spoken(index.row())
        return None

    # --- what the view asks ---------------------------------------------------------------------

    @property
    def has_messages(self) -> bool:
        """Whether anything was said, as far as this window knows."""
        return self._messages > 0

    def entry(self, row: int) -> Entry:
        """Return the entry of a row."""
        return self._timeline[row]

    def row(self, row: int) -> TimelineRow:
        """Return an entry with what its place adds to it."""
        entry = self._timeline[row]
        above = self._timeline[row - 1] if row else None
        first_unread = self._is_first_unread(entry)
        day = self._day_above(row)
        new_day = bool(day)
        leads = new_day or first_unread or not continues(above, entry)
        if isinstance(entry, NoticeEntry):
            return TimelineRow(
                entry,
                day,
                first_unread,
                leads,
                tag="",
                notice=self._notice_of(row),
                foldable=is_foldable(entry),
                unfolded=self.folds.is_unfolded(row),
            )
        gone = entry in self.gone
        # What stands in a row between the same two is said to be private once.
        between = (
            isinstance(above, MessageEntry)
            and above.private_with == entry.private_with
            and not (new_day or first_unread)
        )
        return TimelineRow(
            entry=entry,
            day=day,
            first_unread=first_unread,
            leads=leads,
            tag=self._tag(entry),
            notice="",
            text=gone_text(entry) if gone else words_of(entry),
            quiet=gone or entry.deleted or entry.unopened,
            private="" if between else private_line(entry),
            gone=gone,
            why="" if gone or is_told_by_card(entry) else self.why_failed(entry),
            as_typed=entry.cid in self._as_typed,
            quote=None if gone else self.remarks.quote(entry),
        )

    def notice(self, entry: NoticeEntry, *, unfolded: bool = False) -> str:
        """Return the line for a notice; the first welcome tells what newcomers see here."""
        if entry is self._welcome and self._promise:
            return f"{notice_text(entry)} · {self._promise}"
        return notice_text(entry, unfolded=unfolded)

    def _notice_of(self, row: int) -> str:
        entry = self._timeline[row]
        assert isinstance(entry, NoticeEntry)
        return self.notice(entry, unfolded=self.folds.is_unfolded(row))

    def toggle_fold(self, row: int) -> bool:
        """Name everybody in a notice, or not any more; return whether it has more to name."""
        if not self.can_fold(row):
            return False
        self.folds.toggle(row)
        self._tell(row, row)
        return True

    def can_fold(self, row: int) -> bool:
        """Tell whether a row is a notice that has more to name; no row has not."""
        entry = self._timeline[row] if 0 <= row < self._rows else None
        return isinstance(entry, NoticeEntry) and is_foldable(entry)

    def has_mentions(self, row: int) -> bool:
        """Tell whether a message may name somebody."""
        entry = self._timeline[row]
        return isinstance(entry, MessageEntry) and "@" in entry.text

    def set_comings_shown(self, shown: bool) -> None:
        """Tell who came and went, or do not."""
        self._timeline.set_comings_shown(shown)

    def why_failed(self, entry: MessageEntry) -> str:
        """Return why a message, or its other text, was not sent; empty where that is not so."""
        failure = entry.failure or (entry.edit.failure if entry.edit else "")
        return sentence(failure, **about(self._session), mine=True) if failure else ""

    def tip(self, row: int) -> str:
        """Return what hovering over a row tells: why it was not sent. -1 is no row."""
        entry = self._timeline[row] if row >= 0 else None
        return self.why_failed(entry) if isinstance(entry, MessageEntry) else ""

    def spoken(self, row: int) -> str:
        """Return the row as a screen reader says it."""
        return row_words.spoken(self, row)

    def copied(self, row: int) -> str:
        """Return the row as a line to be pasted elsewhere; empty for a notice."""
        return row_words.copied(self, row)

    def is_formatted(self, entry: MessageEntry) -> bool:
        """Tell whether a message can be shown otherwise than as it was typed."""
        if entry.deleted or entry.unopened or entry in self.gone:
            return False
        return not parse(entry.text).plain

    def is_as_typed(self, entry: MessageEntry) -> bool:
        """Tell whether a message is shown as it was typed."""
        return entry.cid in self._as_typed

    def show_as_typed(self, row: int, typed: bool) -> None:
        """Show the message of a row as it was typed, or formatted again."""
        entry = self._timeline[row]
        if isinstance(entry, MessageEntry) and (entry.cid in self._as_typed) is not typed:
            self._as_typed ^= {entry.cid}
            self._tell(row, row)

    def may_answer_privately(self, entry: MessageEntry) -> bool:
        """Tell whether one may write to the other one of a private message, or to the author, alone."""
        other = entry.private_with or entry.device
        return may_write_privately(self._session, other)

    # --- deleting -------------------------------------------------------------------------------

    def may_delete(self, entry: Entry) -> bool:
        """Tell whether one may take a message away from everyone."""
        if not isinstance(entry, MessageEntry) or not entry.seq or entry.private_with:
            return False
        moderates = self._session.info.role in {"host", "moderator"}
        gone = entry.deleted or entry in self.gone
        return self._session.is_online and not gone and (entry.mine or moderates)

    def count_on_their_way(self) -> int:
        """Return how many of one's own messages wait for the host's word."""
        count = 0
        for row in range(self._rows - 1, -1, -1):
            entry = self._timeline[row]
            if not isinstance(entry, MessageEntry) or entry.seq:
                break
            count += entry.state is SendState.SENDING
        return count

    @property
    def oldest_seq(self) -> int:
        """The number of the first message here; 0 where there is none."""
        for row in range(self._rows):
            entry = self._timeline[row]
            if isinstance(entry, MessageEntry) and entry.seq:
                return entry.seq
        return 0

    def row_of(self, seq: int) -> int:
        """Return the row of the message of that number, or -1."""
        for row in range(self._rows - 1, -1, -1):
            entry = self._timeline[row]
            if isinstance(entry, MessageEntry) and entry.seq:
                if entry.seq == seq:
                    return row
                if entry.seq < seq:
                    return -1
        return -1

    # --- where the unread ones begin ------------------------------------------------------------

    @property
    def unread_row(self) -> int:
        """The row that stands below the unread line, or -1."""
        return -1 if self._unread is None else self._timeline.row_at(self._unread)

    @property
    def first_unread(self) -> tuple[int, int] | None:
        """The place of the message below the unread line; None where there is no line."""
        return self._unread

    def set_first_unread(self, place: tuple[int, int] | None) -> None:
        """Draw the unread line above the message at that `MessageEntry.place`; None takes it away."""
        if place == self._unread:
            return
        before = self.unread_row
        self._unread = place
        for row in {before, self.unread_row} - {-1}:
            self._tell(row, row)

    def refresh_days(self) -> None:
        """Name the days anew if midnight has passed."""
        times.forget_time_zone()
        today = self._day_of_now()
        if today != self._today and self._rows:
            self._today = today
            self._tell(0, self._rows - 1)

    # --- what the timeline tells ----------------------------------------------------------------

    @pyqtSlot(Span)
    def _on_about_to_insert(self, span: Span) -> None:
        self.beginInsertRows(QModelIndex(), span.first, span.last)

    @pyqtSlot(Span)
    def _on_inserted(self, span: Span) -> None:
        self._rows = len(self._timeline)
        self._messages += self._count(span)
        self._note_welcome(span)
        self.endInsertRows()
        self._tell(span.last + 1, span.last + 1)

    @pyqtSlot(Span)
    def _on_about_to_remove(self, span: Span) -> None:
        self.beginRemoveRows(QModelIndex(), span.first, span.last)
        self._messages -= self._count(span)

    @pyqtSlot(Span)
    def _on_removed(self, span: Span) -> None:
        self._rows = len(self._timeline)
        self.endRemoveRows()
        self._tell(span.first, span.first)

    @pyqtSlot(Span)
    def _on_changed(self, span: Span) -> None:
        self._tell(span.first, span.last + 1)

    @pyqtSlot(object)
    def _on_taking_back_changed(self, message: int | bytes) -> None:
        row = self.gone.row_of(message)
        self._tell(row, row)

    # --- parts ----------------------------------------------------------------------------------

    def _day_above(self, row: int) -> str:
        at = self._timeline[row].at
        if row and times.day_number(self._timeline[row - 1].at) == times.day_number(at):
            return ""
        return times.day_name(at, int(self._clock.now() * 1000))

    def _shown_text(self, entry: MessageEntry) -> str:
        return gone_text(entry) if entry in self.gone else text_of(entry)

    def _tell(self, first: int, last: int) -> None:
        last = min(last, self._rows - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _count(self, span: Span) -> int:
        rows = range(span.first, span.last + 1)
        return sum(isinstance(self._timeline[row], MessageEntry) for row in rows)

    def _note_welcome(self, span: Span) -> None:
        """Tell a newcomer, once, what this room shows of its history where that is not all."""
        info = self._session.info
        # Where nothing is kept, the timeline is empty then, and says so itself.
        silent = info.role == "host" or info.history in {"all", "none"}
        if self._welcome is not None or silent:
            return
        for row in range(span.first, span.last + 1):
            entry = self._timeline[row]
            if isinstance(entry, NoticeEntry) and entry.kind is NoticeKind.WELCOME:
                self._welcome, self._promise = entry, history_sentence(self._session)
                return

    def _is_first_unread(self, entry: Entry) -> bool:
        return (
            self._unread is not None
            and isinstance(entry, MessageEntry)
            and bool(entry.seq or entry.number)
            and entry.place == self._unread
        )

    def _tag(self, entry: Entry) -> str:
        if isinstance(entry, NoticeEntry):
            return ""
        guest = guest_word(self._session.roster.guest_of(entry.device))
        member = self._session.roster.get(entry.author)
        if guest or member is None or member.device != entry.device:
            return guest
        if member.role == "host":
            return tr("Host")
        return tr("Moderator") if member.role == "moderator" else ""

    def _day_of_now(self) -> int:
        return times.day_number(int(self._clock.now() * 1000))
