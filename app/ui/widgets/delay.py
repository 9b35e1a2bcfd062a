"""A call that is to come, as a signal, by the clock that everything else goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6 import sip
from PyQt6.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from app.support.clock import Clock, Timer


class Delay(QObject):
    """Waits once for each `start`. A child of the widget that it works for.

    Signals:
        passed(): the time is over.
    """

    passed = pyqtSignal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer: Timer | None = None

    @property
    def is_running(self) -> bool:
        """Whether `passed` is to come."""
        return self._timer is not None

    def start(self, seconds: float) -> None:
        """Begin to wait, anew where it has begun already."""
        self.stop()
        self._timer = self._clock.call_later(seconds, self._on_due)

    def stop(self) -> None:
        """Wait no longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_due(self) -> None:
        self._timer = None
        # The clock's calls are no Qt connections: nothing takes them back with the widget.
        if not sip.isdeleted(self):
            self.passed.emit()
