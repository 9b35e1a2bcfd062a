"""`Outlet`: shows an announcement where this computer has a place for it."""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QApplication

from app.ui.notifications import sound
from app.ui.notifications.wording import Announcement, without_markup

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from app.support.clock import Clock
    from app.ui.notifications.freedesktop import Freedesktop
    from app.ui.notifications.tray import Tray


class Way(Enum):
    """Where an announcement was shown."""

    SERVICE = "service"
    TRAY = "tray"
    WINDOW = "window"
    """Nowhere but by the window's entry in the task bar."""


class Outlet(QObject):
    """The desktop's notification service, or the tray, or the window's entry in the task bar.

    Signals:
        opened(int), read(int), muted(int), dismissed(int): as the service's.
        told(int, Way): the announcement of that key was shown that way.
    """

    opened = pyqtSignal(int)
    read = pyqtSignal(int)
    muted = pyqtSignal(int)
    dismissed = pyqtSignal(int)
    told = pyqtSignal(int, Way)

    def __init__(
        self, window: QWidget, tray: Tray, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tray = tray
        self._clock = clock
        self._looked = False
        self._service: Freedesktop | None = None
        tray.message_opened.connect(self.opened)

    def show(self, announcement: Announcement) -> None:
        """Show it, in the place of an earlier one of the same key."""
        if not self._looked:
            # Not before there is something to say: a start need not wait for it.
            self.use(session_service(self._clock, self))
        self._tray.look_for_place()
        if self._service is not None:
            self._service.show(announcement)
        else:
            self._on_failed(announcement)

    def use(self, service: Freedesktop | None) -> None:
        """Show announcements by this service, whose parent keeps it; None for without."""
        self._looked = True
        self._service = service
        if service is not None:
            service.shown.connect(self._on_shown)
            service.failed.connect(self._on_failed)
            service.opened.connect(self.opened)
            service.read.connect(self.read)
            service.muted.connect(self.muted)
            service.dismissed.connect(self.dismissed)

    def close(self, key: int) -> None:
        """Take it away, where that is possible."""
        if self._service is not None:
            self._service.close(key)

    def end(self) -> None:
        """Take all away: Papo ends, and nobody would answer."""
        if self._service is not None:
            self._service.close_all()
        self._tray.remove()

    @pyqtSlot(object, bool)
    def _on_shown(self, announcement: Announcement, sounds: bool) -> None:
        if announcement.sound and not sounds:
            sound.play()
        self.told.emit(announcement.key, Way.SERVICE)

    @pyqtSlot(object)
    def _on_failed(self, announcement: Announcement) -> None:
        if announcement.sound:
            sound.play()
        title, body = announcement.title, announcement.body
        if _has_service():
            # The tray may hand it on to a notification service, which may take it for markup.
            body = without_markup(body)
        if self._tray.show_message(announcement.key, title, body):
            self.told.emit(announcement.key, Way.TRAY)
        else:
            QApplication.alert(self._window)
            self.told.emit(announcement.key, Way.WINDOW)


def session_service(clock: Clock, parent: QObject) -> Freedesktop | None:
    """Return the notification service of this desktop; None where there can be none."""
    if not _has_service() or not _has_bus():
        return None
    from PyQt6.QtDBus import QDBusConnection  # noqa: PLC0415 - not every system has it

    from app.ui.notifications.freedesktop import Freedesktop  # noqa: PLC0415

    bus = QDBusConnection.sessionBus()
    return Freedesktop(clock, bus, parent) if bus.isConnected() else None


def _has_service() -> bool:
    return sys.platform not in {"win32", "darwin"}


def _has_bus() -> bool:
    """Tell whether a session bus runs: without an address, one would be looked for, and started."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return bool(folder) and Path(str(folder), "bus").exists()
