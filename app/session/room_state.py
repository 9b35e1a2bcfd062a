"""What a window reads and hears of a room."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.messages import Said
from app.session.connection import Connection, Phase, Sharing, Verified
from app.session.roster import Roster
from app.session.timeline import MessageEntry, Timeline, entry_of
from app.session.transport import FoundMessages, RoomInfo


class RoomState(QObject):
    """How one room stands, for those who look. `RoomSession` alone changes it.

    Signals:
        connection_changed(): read `connection` and `verified` anew.
        info_changed(): the room's name, topic, history or role, the nickname or `sharing` changed.
        message_added(MessageEntry): somebody else said something just now (not on catching up).
        unread_changed(): read `unread` anew.
        caught_up(): everything up to the moment of joining is in the timeline.
        acknowledged(bytes, int): one's own message `cid` is in the host's log as `seq`.
        refused(str, bytes): a wish was refused with that code; the cid is empty for all but messages.
        confirmed(tuple[Said, ...]): these came into the timeline, in the log's order.
        presence(tuple[Came | Went, ...]): who came and went.
        joined(): in the room, for the first time or again.
        typing_changed(): read `typing` anew.
        slowed(float): one writes too fast; the next message is read in so many seconds.
        found(FoundMessages): the answer to the latest `search`.
        store_failed(str): a `StoreProblem`; what follows is not kept on this computer. Told once.
    """

    connection_changed = pyqtSignal()
    info_changed = pyqtSignal()
    message_added = pyqtSignal(MessageEntry)
    unread_changed = pyqtSignal()
    caught_up = pyqtSignal()
    acknowledged = pyqtSignal(bytes, object)
    refused = pyqtSignal(str, bytes)
    confirmed = pyqtSignal(tuple)
    presence = pyqtSignal(tuple)
    joined = pyqtSignal()
    typing_changed = pyqtSignal()
    slowed = pyqtSignal(float)
    found = pyqtSignal(FoundMessages)
    store_failed = pyqtSignal(str)

    def __init__(self, nickname: str, room_name: str, parent: QObject | None) -> None:
        super().__init__(parent)
        self.timeline = Timeline(self)
        self.roster = Roster(self)
        self.nickname = nickname
        self.member_number = -1
        """The host's number for oneself; -1 until one was in the room."""
        self.device = b""
        self.hosted_here = False
        self.address = ""
        """What the person joined by, as text; empty for a room hosted here."""
        self.info = RoomInfo(name=room_name)
        self.sharing = Sharing()
        self.connection = Connection(Phase.CONNECTING)
        self.verified = Verified.NOT_YET
        self.unread = 0
        self.away = False
        self._watched = False
        self._news_after = 0
        self.store_problem = ""
        """A `StoreProblem` where not everything is kept on this computer."""

    @property
    def is_online(self) -> bool:
        """Whether one is in the room now."""
        return self.connection.phase is Phase.ONLINE

    def set_watched(self, watched: bool) -> None:
        """Say whether a person sees the newest messages now: then they are read."""
        self._watched = watched
        if watched:
            self._set_unread(0)

    @pyqtSlot(tuple)
    def _take_news(self, run: tuple[Said, ...]) -> None:
        self.confirmed.emit(run)
        for said in run:
            entry = entry_of(said, self.member_number)
            # What the log held at the moment of joining is caught up with, not said just now.
            if entry.seq > self._news_after and not entry.mine:
                self.message_added.emit(entry)
                if not self._watched:
                    self._set_unread(self.unread + 1)

    def _set_unread(self, unread: int) -> None:
        if unread != self.unread:
            self.unread = unread
            self.unread_changed.emit()
