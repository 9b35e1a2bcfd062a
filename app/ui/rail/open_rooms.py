"""What the window knows of the rooms that are open, beside what their sessions tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.support.settings import Settings
from app.ui.mentioned import mentions_me
from app.ui.notifications.choices import NotifyChoices
from app.ui.start.nearby_rooms import NearbyRooms

if TYPE_CHECKING:
    from app.protocol.messages import Said
    from app.support.settings import SettingsFile

MAX_ORDER = 200
"""Rooms whose place is remembered: far more than anybody has open."""


class OpenRooms(QObject):
    """Mentions that are unread, which rooms are muted, their order, and when they were looked at.

    Outlives the widgets that show it, which are made anew when texts change. Reads and writes
    `room_notify` and `rail_order` of the settings; without a file it remembers nothing.

    Signals:
        changed(RoomSession): the mentions of that room, or whether it is muted, changed.
        not_saved(OSError): a choice is in force but could not be written.
    """

    changed = pyqtSignal(object)
    not_saved = pyqtSignal(object)

    def __init__(
        self,
        settings: SettingsFile | None,
        notify: NotifyChoices | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`notify` decides which rooms are muted; without it this does, in the same settings."""
        super().__init__(parent)
        self._file = settings
        self._values = Settings() if settings is None else settings.values
        self._notify = notify or NotifyChoices(self._values, self._save, self)
        self._notify.changed.connect(self._on_levels_changed)
        self.nearby = NearbyRooms(self)
        """The rooms of others, to be shown on the start page."""
        self._counters: dict[RoomSession, _Mentions] = {}
        self._visited: list[RoomSession] = []

    def add(self, session: RoomSession) -> None:
        """Count the mentions of a room from now on; a known one goes on as it is."""
        if session not in self._counters:
            counter = _Mentions(session, self)
            counter.changed.connect(self.changed)
            self._counters[session] = counter

    def remove(self, session: RoomSession) -> None:
        """Forget a room that is not open any more."""
        counter = self._counters.pop(session, None)
        if counter is not None:
            counter.changed.disconnect(self.changed)
            counter.deleteLater()
        if session in self._visited:
            self._visited.remove(session)

    # --- counts ---------------------------------------------------------------------------------

    def mentions(self, session: RoomSession) -> int:
        """Return how many unread messages mention one, or are for one alone."""
        counter = self._counters.get(session)
        return 0 if counter is None else counter.count

    def counted(self, session: RoomSession) -> int:
        """Return what a room adds to the count of all: of a muted one, only what means one."""
        return self.mentions(session) if self.is_muted(session) else session.unread

    def wants_attention(self, session: RoomSession) -> bool:
        """Tell whether a room is among those that the keys for unread rooms go through."""
        return self.counted(session) > 0

    # --- muting ---------------------------------------------------------------------------------

    def is_muted(self, session: RoomSession) -> bool:
        """Tell whether nothing of that room is announced."""
        return bool(session.key) and self._values.room_notify.get(session.key) == "none"

    def set_muted(self, session: RoomSession, muted: bool) -> None:
        """Mute a room, or take its own choice away; a room that is not known yet stays as it is."""
        if session.key and muted != self.is_muted(session):
            self._notify.set_room_level(session.key, "none" if muted else None)

    @pyqtSlot()
    def _on_levels_changed(self) -> None:
        for session in self._counters:
            self.changed.emit(session)

    # --- the order ------------------------------------------------------------------------------

    def has_place(self, session: RoomSession) -> bool:
        """Tell whether the person ever put that room somewhere."""
        return self._rank(session) >= 0

    def place_among(self, session: RoomSession, others: tuple[RoomSession, ...]) -> int:
        """Return where among `others` a room goes: as the person had them, else at their end."""
        own = self._rank(session)
        if own < 0:
            return len(others)
        ranks = [self._rank(other) for other in others]
        above = [place for place, rank in enumerate(ranks) if 0 <= rank < own]
        below = [place for place, rank in enumerate(ranks) if rank > own]
        if above:
            return above[-1] + 1
        return below[0] if below else len(others)

    def remember_order(self, sessions: tuple[RoomSession, ...]) -> None:
        """Remember the order of the open rooms; each other room stays below the one it was below."""
        self._values.rail_order = merged_order(
            self._values.rail_order, [session.key for session in sessions if session.key]
        )
        self._save()

    def _rank(self, session: RoomSession) -> int:
        order = self._values.rail_order
        return order.index(session.key) if session.key and session.key in order else -1

    # --- visits ---------------------------------------------------------------------------------

    def note_visited(self, session: RoomSession) -> None:
        """Remember that the person looks at that room now."""
        if session in self._visited:
            self._visited.remove(session)
        self._visited.insert(0, session)

    def visited(self, session: RoomSession) -> int:
        """Return how many rooms were looked at since that one was; never looked at is last."""
        return self._visited.index(session) if session in self._visited else len(self._counters)

    def _save(self) -> None:
        if self._file is None:
            return
        try:
            self._file.save()
        except OSError as error:
            self.not_saved.emit(error)


def merged_order(before: list[str], now: list[str]) -> list[str]:
    """Return the rooms in the order of `now`, and between them those only in `before`.

    Each of these follows whatever it followed before. No room is there twice, and there are no more
    than `MAX_ORDER`: the last of those only in `before` go first.
    """
    order = list(dict.fromkeys(now))[:MAX_ORDER]
    shown = set(order)
    last = ""
    for key in dict.fromkeys(before):
        if key not in shown:
            order.insert(order.index(last) + 1 if last in order else 0, key)
        last = key
    others = [key for key in order if key not in shown]
    dropped = set(others[max(0, MAX_ORDER - len(shown)) :])
    return [key for key in order if key not in dropped]


class _Mentions(QObject):
    """Counts the unread messages of one room that mean the reader."""

    changed = pyqtSignal(object)

    def __init__(self, session: RoomSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._unread = session.unread
        self._latest: tuple[int, int] | None = None
        self._found: set[tuple[int, int]] = set()
        session.message_added.connect(self._on_message_added)
        session.unread_changed.connect(self._on_unread_changed)
        session.confirmed.connect(self._on_confirmed)

    @property
    def count(self) -> int:
        return len(self._found)

    @pyqtSlot(MessageEntry)
    def _on_message_added(self, entry: MessageEntry) -> None:
        # Whether it stays unread is told right after, or not at all.
        meant = mentions_me(self._session, entry)
        self._latest = (entry.seq, entry.number) if meant else None

    @pyqtSlot()
    def _on_unread_changed(self) -> None:
        before, self._unread = self._unread, self._session.unread
        count = len(self._found)
        if not self._unread:
            self._found.clear()
        elif self._unread > before and self._latest is not None:
            self._found.add(self._latest)
        self._latest = None
        if len(self._found) != count:
            self.changed.emit(self._session)

    @pyqtSlot(tuple)
    def _on_confirmed(self, run: tuple[Said, ...]) -> None:
        # Private messages come here too; what is deleted is in the log, which has none of them.
        gone = {(line.about, 0) for line in run if getattr(line, "kind", "") == "delete"}
        if self._found & gone:
            self._found -= gone
            self.changed.emit(self._session)
