"""SIGTERM and Ctrl+C as Qt signals, so that a host ends gracefully.

Python runs its signal handlers between two bytecodes, which Qt's event loop never reaches while it is
idle; a socket pair wakes it up (`signal.set_wakeup_fd`).
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PyQt6 import sip
from PyQt6.QtCore import QObject, QSocketNotifier, pyqtSignal, pyqtSlot


class QuitSignals(QObject):
    """Listens for the system's wish to end. At most one at a time; owns the two sockets.

    Signals:
        asked(): the process was asked to end.
    """

    asked = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _ignore)
        self._notifier = QSocketNotifier(
            sip.voidptr(self._read.fileno()), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._on_activated)

    @pyqtSlot()
    def _on_activated(self) -> None:
        try:
            woken = self._read.recv(64)
        except BlockingIOError:
            return
        if {signal.SIGTERM, signal.SIGINT} & set(woken):
            self.asked.emit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Let the wake-up socket do the work; Python wants a handler all the same."""
