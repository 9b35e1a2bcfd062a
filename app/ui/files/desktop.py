"""What the desktop does with files: open one in the program for it, show one in its folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol, cast

from PyQt6.QtCore import QMetaType, QObject, QProcess, QUrl, pyqtSlot
from PyQt6.QtDBus import (
    QDBusArgument,
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusPendingReply,
)

from app.ui.opening import open_file, open_folder

_SERVICE = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"
_STRINGS = cast("int", QMetaType.Type.QStringList.value)

_TIMEOUT = 3000
"""Milliseconds that a file manager may take to answer; the bus may have to start it."""


class Desktop(Protocol):
    """Hands a file to the system. Whoever asks has made sure that it is safe."""

    def open(self, path: Path) -> bool:
        """Open a file in the person's program for it; return whether there was one."""

    def show(self, path: Path) -> bool:
        """Show a file in its folder; return whether that could be asked for."""


class SystemDesktop(QObject):
    """The desktop of this computer.

    No shell ever sees a path: it is one argument of a program that is named here, or part of a message
    on the bus (freedesktop.org, File Manager D-Bus Interface). Nothing waits for an answer.
    """

    def __init__(self, parent: QObject | None = None, bus: QDBusConnection | None = None) -> None:
        """`bus` is asked in place of the session's."""
        super().__init__(parent)
        self._bus = bus
        self._asked: dict[QDBusPendingCallWatcher, Path] = {}

    def open(self, path: Path) -> bool:
        """Open a file in the person's program for it; return whether there was one."""
        return open_file(path)

    def show(self, path: Path) -> bool:
        """Show a file in its folder, chosen there where the system can do that."""
        if sys.platform == "win32":
            return QProcess.startDetached("explorer.exe", ["/select,", str(path)])[0]
        if sys.platform == "darwin":
            return QProcess.startDetached("/usr/bin/open", ["-R", str(path)])[0]
        bus = self._bus or QDBusConnection.sessionBus()
        if not bus.isConnected():
            return open_folder(path.parent)
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "ShowItems")
        url = QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
        message.setArguments([QDBusArgument([url], _STRINGS), ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _TIMEOUT), self)
        self._asked[watcher] = path
        watcher.finished.connect(self._on_answered)
        return True

    @pyqtSlot(QDBusPendingCallWatcher)
    def _on_answered(self, watcher: QDBusPendingCallWatcher) -> None:
        path = self._asked.pop(watcher, None)
        watcher.deleteLater()
        if path is not None and QDBusPendingReply(watcher).isError():
            open_folder(path.parent)
