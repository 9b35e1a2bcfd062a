"""The rooms as rows: those hosted here, then those joined, each under its section's name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar

from PyQt6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    pyqtSignal,
    pyqtSlot,
)

from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, Span
from app.ui.chat.names import isolated, one_line
from app.ui.chat.timeline.gone import held_as
from app.ui.chat.timeline.message_text import brief, gone_text
from app.ui.rail.open_rooms import OpenRooms
from app.ui.rail.times import moment_in_passing
from app.ui.texts import tr
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.support.clock import Clock

TICK = 1000
"""Milliseconds between two looks at a countdown in seconds."""

LOOKED_AT = 200
"""Entries, from the end, among which the last message is looked for."""

SHOWN = 160
"""Characters of a message that a row could ever show."""


class RailRole(IntEnum):
    """What the model tells beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole
    """A `RoomRow`; None for a section's name."""
    SESSION = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class RoomRow:
    """What a row shows. `author` stands before `preview`; `state` is a phase that takes its place."""

    name: str
    key: bytes
    hosted: bool
    time: str
    author: str
    preview: str
    state: Phase | None
    unread: int
    mentions: int = 0
    """Of `unread`, those that mention one or are for one alone."""
    muted: bool = False


class _Entry(QObject):
    """One session's place in the model; tells when its row looks different."""

    changed = pyqtSignal(object)

    def __init__(self, session: RoomSession, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.key = session.key
        session.info_changed.connect(self._on_changed)
        session.connection_changed.connect(self._on_changed)
        session.unread_changed.connect(self._on_changed)
        session.timeline.inserted.connect(self._on_timeline_changed)
        session.timeline.removed.connect(self._on_timeline_changed)
        session.timeline.changed.connect(self._on_rows_changed)
        session.taking_back.changed.connect(self._on_taking_back_changed)

    @pyqtSlot(Span)
    def _on_rows_changed(self, span: Span) -> None:
        # What is far above changes nothing here.
        if span.last >= len(self.session.timeline) - LOOKED_AT:
            self.changed.emit(self)

    @pyqtSlot(object)
    def _on_taking_back_changed(self, _message: int | bytes) -> None:
        self.changed.emit(self)

    @pyqtSlot()
    def _on_changed(self) -> None:
        self.changed.emit(self)

    @pyqtSlot(Span)
    def _on_timeline_changed(self, _span: Span) -> None:
        self.changed.emit(self)


class RailModel(QAbstractListModel):
    """Rows over `RoomSession`s, which it does not own.

    Signals:
        unread_changed(): read `unread` anew.
    """

    unread_changed = pyqtSignal()

    def __init__(
        self, clock: Clock, parent: QObject | None = None, rooms: OpenRooms | None = None
    ) -> None:
        """`rooms` outlives the model; without it nothing is muted, and no order is remembered."""
        super().__init__(parent)
        self._clock = clock
        self.rooms = rooms or OpenRooms(None, parent=self)
        self._rows: list[_Entry | str] = []
        self.unread = 0
        """Messages unread in all rooms together; of muted rooms, those that mean one."""
        self.rooms.changed.connect(self._on_room_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._on_tick)

    @property
    def sessions(self) -> tuple[RoomSession, ...]:
        """The sessions, from top to bottom."""
        return tuple(row.session for row in self._rows if isinstance(row, _Entry))

    def add_session(self, session: RoomSession) -> None:
        """Put a room into its section, where the person had it, else at the end.

        The section's name comes with its first room.
        """
        self.rooms.add(session)
        section = _section(session)
        if section not in self._rows:
            # Hosted rooms stand above joined ones.
            row = 0 if session.hosted_here else len(self._rows)
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, section)
            self.endInsertRows()
        first = self._rows.index(section) + 1
        row = first + self.rooms.place_among(session, self._section_from(first))
        self.beginInsertRows(QModelIndex(), row, row)
        entry = _Entry(session, self)
        self._rows.insert(row, entry)
        self.endInsertRows()
        entry.changed.connect(self._on_entry_changed)
        self._recount()

    def move_session(self, session: RoomSession, place: int) -> bool:
        """Put a room at that place of its section, as far as there are places; tell if it moved."""
        row = self.row_of(session)
        if row < 0:
            return False
        first = self.first_row(session)
        place = max(0, min(place, len(self._section_from(first)) - 1))
        to = first + place
        if to == row:
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to + (to > row))
        self._rows.insert(to, self._rows.pop(row))
        self.endMoveRows()
        return True

    def first_row(self, session: RoomSession) -> int:
        """Return the row of the first room in the section of `session`, which is in the model."""
        return self._rows.index(_section(session)) + 1

    def neighbours(self, session: RoomSession) -> tuple[RoomSession, ...]:
        """Return the rooms in the section of `session`, itself included; none if it is not here."""
        return self._section_from(self.first_row(session)) if self.row_of(session) >= 0 else ()

    def _section_from(self, first: int) -> tuple[RoomSession, ...]:
        found = []
        for row in self._rows[first:]:
            if not isinstance(row, _Entry):
                break
            found.append(row.session)
        return tuple(found)

    def remove_session(self, session: RoomSession) -> None:
        """Take a room away; an unknown one changes nothing."""
        row = self.row_of(session)
        if row < 0:
            return
        self.rooms.remove(session)
        entry = self._rows[row]
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()
        if isinstance(entry, _Entry):
            entry.changed.disconnect(self._on_entry_changed)
            entry.deleteLater()
        alone = row == len(self._rows) or not isinstance(self._rows[row], _Entry)
        if alone and not isinstance(self._rows[row - 1], _Entry):
            self.beginRemoveRows(QModelIndex(), row - 1, row - 1)
            del self._rows[row - 1]
            self.endRemoveRows()
        self._recount()

    def row_of(self, session: RoomSession | None) -> int:
        """Return the row of a session, or -1."""
        for row, entry in enumerate(self._rows):
            if isinstance(entry, _Entry) and entry.session is session:
                return row
        return -1

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many rows there are, names of sections included."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Let nobody step onto the name of a section."""
        if not index.isValid() or not isinstance(self._rows[index.row()], _Entry):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `RailRole` and Qt's own roles ask for."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        entry = self._rows[index.row()]
        if not isinstance(entry, _Entry):
            shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return entry if shown else None
        make = self._ANSWERS.get(role)
        return None if make is None else make(self, entry.session)

    def _session(self, session: RoomSession) -> RoomSession:
        return session

    def _name(self, session: RoomSession) -> str:
        return room_name(session)

    def _spoken(self, session: RoomSession) -> str:
        return _spoken(self._describe(session))

    def _tooltip(self, session: RoomSession) -> str:
        return plain_tooltip(room_name(session))

    def _describe(self, session: RoomSession) -> RoomRow:
        message = _last_message(session)
        author = preview = time = ""
        if message is not None:
            author = tr("You") if message.mine else isolated(message.nick)
            # What is for two people alone does not stand in a list that is always in sight.
            private = bool(message.private_with)
            text = tr("Private message") if private else _text_now(session, message)
            preview = isolated(text[:SHOWN])
            time = moment_in_passing(message.at / 1000, self._clock.now())
        phase = session.connection.phase
        state = None if phase is Phase.ONLINE else phase
        if state is not None:
            author, preview = "", self._state_text(session)
        return RoomRow(
            name=room_name(session),
            key=room_key(session),
            hosted=session.hosted_here,
            time=time,
            author=author,
            preview=preview,
            state=state,
            unread=session.unread,
            mentions=self.rooms.mentions(session),
            muted=self.rooms.is_muted(session),
        )

    def _state_text(self, session: RoomSession) -> str:
        connection = session.connection
        if connection.phase is Phase.WAITING:
            if connection.retry_at is None:
                return tr("Trying again…")
            left = max(0, math.ceil(connection.retry_at - self._clock.monotonic()))
            return tr("Trying again in {seconds} s", seconds=left)
        return {
            Phase.CONNECTING: tr("Connecting…"),
            Phase.ASKING: tr("New host. Have a look"),
            Phase.CHANGED: tr("The fingerprint changed"),
            Phase.PASSWORD: tr("Asks for its password"),
            Phase.NICKNAME: tr("Choose another nickname"),
            Phase.STOPPED: tr("Not connected"),
        }.get(connection.phase, "")

    def _recount(self) -> None:
        unread = sum(self.rooms.counted(session) for session in self.sessions)
        if unread != self.unread:
            self.unread = unread
            self.unread_changed.emit()
        waiting = any(_counts_down(session) for session in self.sessions)
        if waiting != self._timer.isActive():
            if waiting:
                self._timer.start()
            else:
                self._timer.stop()

    @pyqtSlot(object)
    def _on_entry_changed(self, entry: _Entry) -> None:
        if entry not in self._rows:
            return
        if entry.key != entry.session.key:
            # Only now is it known which room this is, and so where the person had it.
            entry.key = entry.session.key
            others = [one for one in self.neighbours(entry.session) if one is not entry.session]
            if self.rooms.has_place(entry.session):
                place = self.rooms.place_among(entry.session, tuple(others))
                self.move_session(entry.session, place)
        self._refresh(entry.session)

    @pyqtSlot(object)
    def _on_room_changed(self, session: RoomSession) -> None:
        if self.row_of(session) >= 0:
            self._refresh(session)

    def _refresh(self, session: RoomSession) -> None:
        index = self.index(self.row_of(session))
        self.dataChanged.emit(index, index)
        self._recount()

    @pyqtSlot()
    def _on_tick(self) -> None:
        for session in self.sessions:
            if _counts_down(session):
                index = self.index(self.row_of(session))
                self.dataChanged.emit(index, index)

    _ANSWERS: ClassVar[dict[int, Callable[[RailModel, RoomSession], object]]] = {
        RailRole.SESSION: _session,
        RailRole.ROW: _describe,
        Qt.ItemDataRole.DisplayRole: _name,
        Qt.ItemDataRole.AccessibleTextRole: _spoken,
        Qt.ItemDataRole.ToolTipRole: _tooltip,
    }


def room_name(session: RoomSession) -> str:
    """Return what to call the room: its name, or while that is not known where it is."""
    return one_line(session.info.name) or one_line(session.address) or tr("New room")


def room_key(session: RoomSession) -> bytes:
    """Return what the room's colour is chosen by, the same on every screen."""
    return room_name(session).encode("utf-8", "replace")


def _section(session: RoomSession) -> str:
    return tr("Hosted by you") if session.hosted_here else tr("Joined")


def _counts_down(session: RoomSession) -> bool:
    connection = session.connection
    return connection.phase is Phase.WAITING and connection.retry_at is not None


def _last_message(session: RoomSession) -> MessageEntry | None:
    count = len(session.timeline)
    for row in range(count - 1, max(-1, count - 1 - LOOKED_AT), -1):
        entry = session.timeline[row]
        if isinstance(entry, MessageEntry):
            return entry
    return None


def _text_now(session: RoomSession, message: MessageEntry) -> str:
    """Return what a message says, with what one did to it just now."""
    if held_as(message) in session.taking_back.held:
        return gone_text(message)
    return brief(message) if message.edit is None else message.edit.text


def counts_in_words(unread: int, mentions: int, *, muted: bool) -> list[str]:
    """Return what is said of a room's counts, and of its being muted."""
    words = []
    if unread:
        words.append(tr("%n unread message(s)", n=unread))
    if mentions:
        words.append(tr("%n mention(s)", n=mentions))
    if muted:
        words.append(tr("muted"))
    return words


def _spoken(row: RoomRow) -> str:
    parts = [row.name]
    parts += counts_in_words(row.unread, row.mentions, muted=row.muted)
    if row.preview:
        parts.append(
            tr("{author}: {text}", author=row.author, text=row.preview)
            if row.author
            else row.preview
        )
    if row.time:
        parts.append(row.time)
    return ", ".join(parts)
