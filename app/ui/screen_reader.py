"""Say something to a screen reader, whatever has the keyboard.

PyQt6 does not wrap `QAccessible`, and no Qt widget announces anything. Qt Quick does: `announce` of its
attached `Accessible` (Qt 6.8) sends `QAccessible::Announcement`, which is the `Announcement` signal of
AT-SPI, a notification of UI Automation on Windows, and an announcement on macOS. So one item of Qt
Quick is made, in no window. That takes 17 MB and 40 ms, and is done only for whoever has a reader.

No script runs: the item is a constant that has none, and what is said is an argument of a C++ method.
"""

from __future__ import annotations

import os
import sys

from PyQt6.QtCore import (
    Q_ARG,
    QCoreApplication,
    QMetaObject,
    QObject,
    Qt,
    QUrl,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusPendingReply,
)

_BUS = "org.a11y.Bus"
_BUS_PATH = "/org/a11y/bus"
_STATUS = "org.a11y.Status"
_ALWAYS = "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"
_SPI_GETSCREENREADER = 0x46

_ITEM = b"import QtQuick; Item { Accessible.role: Accessible.StaticText }"


class Voice(QObject):
    """What is said comes from here. One is enough; owned by the application."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speaker: QObject | None = None
        self._is_mute = False

    @classmethod
    def of_application(cls) -> Voice:
        """Return the application's, made when it is first wanted."""
        application = QCoreApplication.instance()
        found = application.findChild(cls) if application is not None else None
        return found if found is not None else cls(application)

    def say(self, text: str) -> None:
        """Say `text` when the reader has said what it is saying."""
        if self._speaker is None and not self._is_mute:
            self._speaker = self._made()
            # Without Qt Quick's files nothing is said; all else goes on.
            self._is_mute = self._speaker is None
        if self._speaker is not None:
            how = Qt.ConnectionType.DirectConnection
            QMetaObject.invokeMethod(self._speaker, "announce", how, Q_ARG(str, text))

    def _made(self) -> QObject | None:
        # Loaded here: it is large, and most people have no use for it.
        from PyQt6.QtQml import QQmlComponent, QQmlEngine  # noqa: PLC0415

        component = QQmlComponent(QQmlEngine(self), self)
        component.setData(_ITEM, QUrl())
        item = component.create()
        if item is None:
            return None
        item.setParent(self)
        return next(iter(item.children()), None)


class ReaderQuestion(QObject):
    """Asks the system whether anybody has a screen reader.

    Signals:
        answered(bool): once for each `ask`, perhaps at once.
    """

    answered = pyqtSignal(bool)

    def ask(self) -> None:
        """Ask anew: a reader may have been started since."""
        if os.environ.get(_ALWAYS, "0") != "0":
            self.answered.emit(True)
        elif sys.platform == "win32":
            self.answered.emit(_windows_has_reader())
        elif sys.platform == "linux":
            self._ask_bus()
        else:
            self.answered.emit(False)

    def _ask_bus(self) -> None:
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self.answered.emit(False)
            return
        interface = "org.freedesktop.DBus.Properties"
        call = QDBusMessage.createMethodCall(_BUS, _BUS_PATH, interface, "GetAll")
        call.setArguments([_STATUS])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(call), self)
        watcher.finished.connect(self._on_finished)

    @pyqtSlot(QDBusPendingCallWatcher)
    def _on_finished(self, watcher: QDBusPendingCallWatcher) -> None:
        arguments = QDBusPendingReply(watcher).reply().arguments()
        watcher.deleteLater()
        status = arguments[0] if arguments and isinstance(arguments[0], dict) else {}
        self.answered.emit(bool(status.get("IsEnabled") or status.get("ScreenReaderEnabled")))


def _windows_has_reader() -> bool:
    import ctypes  # noqa: PLC0415

    found = ctypes.c_int(0)
    windll = getattr(ctypes, "windll")  # noqa: B009
    windll.user32.SystemParametersInfoW(_SPI_GETSCREENREADER, 0, ctypes.byref(found), 0)
    return bool(found.value)
