"""The notification service of Linux and BSD desktops, over D-Bus.

After the Desktop Notifications Specification 1.2 (specifications.freedesktop.org). Every call is
asynchronous: a service that is missing, or hangs, costs nothing but its notification.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QMetaType, QObject, QUrl, pyqtSignal, pyqtSlot
from PyQt6.QtDBus import (
    QDBusArgument,
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusPendingReply,
    QDBusServiceWatcher,
)
from PyQt6.QtGui import QGuiApplication

from app.support.resources import resource
from app.ui.notifications.sound import tone_path
from app.ui.notifications.wording import Announcement, as_markup
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.support.clock import Clock

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"

TIMEOUT_MS = 5000
"""How long a call may take before the service counts as missing."""

REST = 60.0
"""Seconds for which a service that failed is not asked again."""

_UINT = cast("int", QMetaType.Type.UInt.value)
_STRINGS = cast("int", QMetaType.Type.QStringList.value)

_BY_THE_PERSON = 2
"""The reason of `NotificationClosed` that says so; 1 is that its time was up, 3 is our own call."""


class Freedesktop(QObject):
    """Shows announcements, each in the place of the earlier one of its key. Owns no connection.

    Signals:
        shown(Announcement, bool): it was taken; whether the service plays the sound that it wants.
        failed(Announcement): there is no service, or it does not answer.
        opened(int), read(int), muted(int): the person chose this for the announcement of that key.
        dismissed(int): the person put it away.
    """

    shown = pyqtSignal(object, bool)
    failed = pyqtSignal(object)
    opened = pyqtSignal(int)
    read = pyqtSignal(int)
    muted = pyqtSignal(int)
    dismissed = pyqtSignal(int)

    def __init__(
        self,
        clock: Clock,
        bus: QDBusConnection,
        parent: QObject | None = None,
        *,
        timeout_ms: int = TIMEOUT_MS,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._bus = bus
        self._timeout = timeout_ms
        self._capabilities: frozenset[str] | None = None
        self._asking: QDBusPendingCallWatcher | None = None
        self._waiting: dict[int, Announcement] = {}
        self._sending: dict[QDBusPendingCallWatcher, Announcement] = {}
        self._unwanted: set[int] = set()
        self._ids: dict[int, int] = {}
        self._rests_until = 0.0
        for signal, slot in (
            ("ActionInvoked", self._on_action),
            ("NotificationClosed", self._on_closed),
            ("ActivationToken", self._on_token),
        ):
            bus.connect(NAME, PATH, NAME, signal, slot)
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        self._watch = QDBusServiceWatcher(NAME, bus, mode, self)
        self._watch.serviceOwnerChanged.connect(self._on_owner_changed)

    def show(self, announcement: Announcement) -> None:
        """Show an announcement, as soon as the one before it of its key has been taken."""
        if self._clock.monotonic() < self._rests_until:
            self.failed.emit(announcement)
            return
        self._unwanted.discard(announcement.key)
        self._waiting[announcement.key] = announcement
        self._go_on()

    def close(self, key: int) -> None:
        """Take an announcement away; one that is not there changes nothing."""
        self._waiting.pop(key, None)
        number = self._ids.pop(key, 0)
        if number:
            self._call("CloseNotification", [_uint(number)])
        if any(one.key == key for one in self._sending.values()):
            self._unwanted.add(key)

    def close_all(self) -> None:
        """Take all announcements away."""
        for key in {*self._waiting, *self._ids, *(one.key for one in self._sending.values())}:
            self.close(key)

    # --- calls ----------------------------------------------------------------------------------

    def _call(self, method: str, arguments: list[object]) -> QDBusPendingCallWatcher:
        message = QDBusMessage.createMethodCall(NAME, PATH, NAME, method)
        message.setArguments(arguments)
        return QDBusPendingCallWatcher(self._bus.asyncCall(message, self._timeout), self)

    def _go_on(self) -> None:
        if not self._waiting or self._asking is not None:
            return
        if self._capabilities is None:
            self._asking = self._call("GetCapabilities", [])
            self._asking.finished.connect(self._on_capabilities)
            return
        busy = {one.key for one in self._sending.values()}
        for key in [key for key in self._waiting if key not in busy]:
            self._send(self._waiting.pop(key), self._capabilities)

    def _send(self, announcement: Announcement, capabilities: frozenset[str]) -> None:
        body = announcement.body
        if "body-markup" in capabilities:
            body = as_markup(body)
        actions = []
        if announcement.actions and "actions" in capabilities:
            actions = ["default", tr("Open"), "read", tr("Mark as read"), "mute", tr("Mute room")]
        hints: dict[str, object] = {"desktop-entry": "papo", "category": "im.received"}
        if announcement.sound and "sound" in capabilities:
            hints["sound-file"] = tone_path()
        else:
            # Whether it is heard is decided here alone.
            hints["suppress-sound"] = True
        watcher = self._call(
            "Notify",
            [
                tr("Papo"),
                _uint(self._ids.get(announcement.key, 0)),
                QUrl.fromLocalFile(str(resource("icons", "papo.svg"))).toString(),
                announcement.title,
                body,
                QDBusArgument(actions, _STRINGS),
                hints,
                -1,
            ],
        )
        self._sending[watcher] = announcement
        watcher.finished.connect(self._on_notified)

    def _fail(self, *announcements: Announcement) -> None:
        self._rests_until = self._clock.monotonic() + REST
        self._capabilities = None
        lost = [*announcements, *self._waiting.values()]
        self._waiting.clear()
        for announcement in lost:
            if announcement.key not in self._unwanted:
                self.failed.emit(announcement)
            self._unwanted.discard(announcement.key)

    # --- what the service answers and tells -----------------------------------------------------

    @pyqtSlot(QDBusPendingCallWatcher)
    def _on_capabilities(self, watcher: QDBusPendingCallWatcher) -> None:
        self._asking = None
        answer = _answer(watcher)
        if isinstance(answer, list):
            self._capabilities = frozenset(str(one) for one in answer)
            self._go_on()
        else:
            self._fail()

    @pyqtSlot(QDBusPendingCallWatcher)
    def _on_notified(self, watcher: QDBusPendingCallWatcher) -> None:
        announcement = self._sending.pop(watcher)
        number = _answer(watcher)
        if not isinstance(number, int) or not number:
            self._fail(announcement)
            return
        self._ids[announcement.key] = number
        if announcement.key in self._unwanted:
            self._unwanted.discard(announcement.key)
            self.close(announcement.key)
        else:
            sounds = "sound" in (self._capabilities or ())
            self.shown.emit(announcement, sounds)
        self._go_on()

    @pyqtSlot(QDBusMessage)
    def _on_action(self, message: QDBusMessage) -> None:
        key, action = self._told(message)
        signal = {"default": self.opened, "read": self.read, "mute": self.muted}.get(str(action))
        if key is not None and signal is not None:
            self.close(key)
            signal.emit(key)

    @pyqtSlot(QDBusMessage)
    def _on_closed(self, message: QDBusMessage) -> None:
        key, reason = self._told(message)
        # One whose time was up may stand in the desktop's list still: the next one replaces it.
        if key is not None and reason == _BY_THE_PERSON:
            del self._ids[key]
            self.dismissed.emit(key)

    @pyqtSlot(QDBusMessage)
    def _on_token(self, message: QDBusMessage) -> None:
        # What Wayland wants to see before a window may come to the front; Qt reads it from there.
        key, token = self._told(message)
        if key is not None and QGuiApplication.platformName().startswith("wayland"):
            os.environ["XDG_ACTIVATION_TOKEN"] = str(token)

    @pyqtSlot(str, str, str)
    def _on_owner_changed(self, _name: str, _old: str, _new: str) -> None:
        # Another service counts anew: the numbers of the one before would be others' now.
        self._ids.clear()
        self._capabilities = None
        self._rests_until = 0.0

    def _told(self, message: QDBusMessage) -> tuple[int | None, object]:
        """Return the key that a signal is about, None where it is not ours, and what else it says."""
        arguments = message.arguments()
        if len(arguments) < 2:
            return None, None
        number, other = arguments[:2]
        return next((key for key, one in self._ids.items() if one == number), None), other


def _answer(watcher: QDBusPendingCallWatcher) -> object:
    """Return the first value that a call gave, None where it failed; the watcher goes."""
    reply = QDBusPendingReply(watcher)
    watcher.deleteLater()
    return None if reply.isError() else reply.argumentAt(0)


def _uint(number: int) -> QDBusArgument:
    return QDBusArgument(number, _UINT)
