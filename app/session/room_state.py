"""What a window reads and hears of a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.errors import Refusal
from app.protocol.messages import Said
from app.session.connection import Connection, Phase, Sharing, Verified
from app.session.listing import Listing
from app.session.roster import Roster
from app.session.timeline import MessageEntry, Timeline, entry_of
from app.session.transport import FoundMessages, RoomInfo

if TYPE_CHECKING:
    from app.session.files.own import OwnFiles


class RoomState(QObject):
    """How one room stands, for those who look. `RoomSession` alone changes it.

    Signals:
        connection_changed(): read `connection` and `verified` anew.
        info_changed(): the room's name, topic, history, rules or role, the nickname, `muted` or
            `sharing` changed.
        message_added(MessageEntry): somebody else said something just now (not on catching up), to
            everyone or privately.
        unread_changed(): read `unread` anew.
        caught_up(): everything up to the moment of joining is in the timeline.
        acknowledged(bytes, int): one's own message, edit or reaction `cid` is in the host's log as
            `seq`; not for private ones.
        refused(str, bytes): a wish was refused with that code; the cid is empty for all but messages
            and edits.
        confirmed(tuple[Said, ...]): these lines of the log came, in its order. Some are messages in
            the timeline; the others, by their `kind`, changed one there.
        presence(tuple[Came | Went | Renamed, ...]): who came, went, and is called otherwise.
        joined(): in the room, for the first time or again.
        typing_changed(): read `typing` anew.
        colours_changed(): other colours stand for somebody; read `colour_of` anew.
        slowed(float): one writes too fast; the next message is read in so many seconds.
        found(FoundMessages): the answer to the latest `search`.
        log_moved(): more of the log is here, or asked for no more; read `is_loading` anew.
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
    colours_changed = pyqtSignal()
    slowed = pyqtSignal(float)
    found = pyqtSignal(FoundMessages)
    log_moved = pyqtSignal()
    store_failed = pyqtSignal(str)

    def __init__(self, nickname: str, room_name: str, parent: QObject | None) -> None:
        super().__init__(parent)
        self.timeline = Timeline(self)
        self.roster = Roster(self)
        self.roster.recoloured.connect(self.colours_changed)
        self.nickname = nickname
        self.member_number = -1
        """The host's number for oneself; -1 until one was in the room."""
        self.device = b""
        self.hosted_here = False
        self.own_files: OwnFiles | None = None
        """The files of the room, where it is hosted here."""
        self.listing: Listing | None = None
        """Whether others nearby see the room; None where it is hosted elsewhere."""
        self.address = ""
        """What the person joined by, as text; empty for a room hosted here."""
        self.info = RoomInfo(name=room_name)
        self.sharing = Sharing()
        self.connection = Connection(Phase.CONNECTING)
        self.verified = Verified.NOT_YET
        self.unread = 0
        self._unread_seqs: set[int] = set()
        self.away = False
        self.colour = -1
        """The colour chosen for oneself; -1: the one of the device."""
        self.muted = False
        """Whether one may only read."""
        self._watched = False
        self._news_after = 0
        self.store_problem = ""
        """A `StoreProblem` where not everything is kept on this computer."""

    @property
    def key(self) -> str:
        """What settings know this room by: its fingerprint in hexadecimal; empty before it is known."""
        return self.sharing.fingerprint.hex()

    @property
    def is_online(self) -> bool:
        """Whether one is in the room now."""
        return self.connection.phase is Phase.ONLINE

    def colour_of(self, device: bytes) -> int:
        """Return the colour that whoever has this device chose; -1: none, or none is known."""
        return self.colour if device and device == self.device else self.roster.colour_of(device)

    @property
    def may_write(self) -> Refusal | None:
        """Why one may not write now, as far as is known; None where one may."""
        if self.muted:
            return Refusal.MUTED
        if self.info.hosts_only and self.info.role == "member":
            return Refusal.HOSTS_ONLY
        return None

    def set_watched(self, watched: bool) -> None:
        """Say whether a person sees the newest messages now: then they are read."""
        self._watched = watched
        if watched:
            self._set_unread(0)

    def mark_read(self) -> None:
        """Count nothing as unread any more: the person said so, without having looked."""
        self._set_unread(0)

    @pyqtSlot(tuple)
    def _take_news(self, run: tuple[Said, ...]) -> None:
        self.confirmed.emit(run)
        for said in run:
            if said.kind == "delete" and said.about in self._unread_seqs:
                self._unread_seqs.discard(said.about)
                self._set_unread(self.unread - 1)
            if said.kind not in {"text", "files", "edited"}:
                continue
            entry = entry_of(said, self.member_number)
            # What the log held at the moment of joining is caught up with, not said just now.
            if entry.seq > self._news_after and not entry.mine:
                self.note_news(entry)

    def note_news(self, entry: MessageEntry) -> None:
        """Tell that somebody else said something just now, privately or not."""
        self.message_added.emit(entry)
        if not self._watched:
            if entry.seq:
                self._unread_seqs.add(entry.seq)
            self._set_unread(self.unread + 1)

    def _set_unread(self, unread: int) -> None:
        if not unread:
            self._unread_seqs.clear()
        if unread != self.unread:
            self.unread = unread
            self.unread_changed.emit()
