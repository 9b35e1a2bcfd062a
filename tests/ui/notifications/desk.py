"""A window at which somebody sits or does not, and a service that remembers what it was to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.messages import Live, Said
from tests.ui.chat.rooms import NOON, device
from tests.ui.settings.rooms import open_room

if TYPE_CHECKING:
    from app.session.room_session import RoomSession
    from app.ui.main_window import MainWindow
    from app.ui.notifications.choices import NotifyChoices
    from app.ui.notifications.notifier import Notifier
    from app.ui.notifications.wording import Announcement
    from app.ui.settings.preferences import Preferences
    from tests.ui.chat.rooms import ManualClock


class FakeOutletService(QObject):
    """Stands for `Freedesktop`, with its signals; takes everything, or with `missing` nothing."""

    shown = pyqtSignal(object, bool)
    failed = pyqtSignal(object)
    opened = pyqtSignal(int)
    read = pyqtSignal(int)
    muted = pyqtSignal(int)
    dismissed = pyqtSignal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.missing = False
        self.notes: list[Announcement] = []
        self.open: dict[int, Announcement] = {}

    def show(self, announcement: Announcement) -> None:
        if self.missing:
            self.failed.emit(announcement)
            return
        self.notes.append(announcement)
        self.open[announcement.key] = announcement
        self.shown.emit(announcement, False)

    def close(self, key: int) -> None:
        self.open.pop(key, None)

    def close_all(self) -> None:
        self.open.clear()


@dataclass
class Desk:
    window: MainWindow
    preferences: Preferences
    notifier: Notifier
    clock: ManualClock
    service: FakeOutletService
    sounds: int = 0
    alerts: int = 0
    seqs: dict[str, int] = field(default_factory=dict)

    @property
    def choices(self) -> NotifyChoices:
        return self.preferences.notify

    @property
    def bodies(self) -> list[str]:
        return [note.body for note in self.service.notes]

    def note_sound(self) -> None:
        self.sounds += 1

    def note_alert(self, *_window: object) -> None:
        self.alerts += 1

    def room(self, name: str = "Lab") -> RoomSession:
        session = open_room(self.window, self.clock, name)
        self.notifier.add_session(session)
        return session

    def look_away(self) -> None:
        """Nobody sees a room: the start page is shown."""
        self.window.show_start()

    def say(self, session: RoomSession, *texts: str, nick: str = "Ana") -> None:
        for text in texts:
            seq = self.seqs[session.info.name] = self.seqs.get(session.info.name, 0) + 1
            said = Said(
                seq=seq,
                author=1,
                nick=nick,
                device=device(nick),
                at=NOON * 1000,
                cid=seq.to_bytes(16, "big"),
                text=text,
            )
            session.receive(Live(said=(said,)))

    def delete(self, session: RoomSession, seq: int, nick: str = "Ana") -> None:
        number = self.seqs[session.info.name] = self.seqs[session.info.name] + 1
        said = Said(
            seq=number,
            author=1,
            nick=nick,
            device=device(nick),
            at=NOON * 1000,
            cid=number.to_bytes(16, "big"),
            text="",
            kind="delete",
            about=seq,
        )
        session.receive(Live(said=(said,)))

    def wait(self, seconds: float = 3.0) -> None:
        self.clock.advance(seconds)
