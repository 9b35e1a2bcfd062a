"""The true clock: the system's time, and Qt's timers."""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSlot


class QtTimer(QObject):
    """One delayed call; deletes itself once it has come or was cancelled."""

    def __init__(self, delay: float, call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._call: Callable[[], None] | None = call
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(max(0, round(delay * 1000)))

    def cancel(self) -> None:
        """Let it not come."""
        if self._call is not None:
            self._call = None
            self._timer.stop()
            self.deleteLater()

    @pyqtSlot()
    def _on_timeout(self) -> None:
        call, self._call = self._call, None
        self.deleteLater()
        if call is not None:
            call()


class QtClock(QObject):
    """`support.clock.Clock` by Qt's event loop. Owns the timers that it gives out."""

    def now(self) -> float:
        """Return Unix seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that only go forward."""
        return time.monotonic()

    def call_later(self, delay: float, call: Callable[[], None]) -> QtTimer:
        """Call `call` once, `delay` seconds from now."""
        return QtTimer(delay, call, self)
