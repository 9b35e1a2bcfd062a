"""`IdleWatch`: notices when nobody uses Papo for a while, and when somebody does again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QWindow

if TYPE_CHECKING:
    from app.support.clock import Clock, Timer

_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletMove,
    }
)

_BEGINS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
"""What is not over yet: a button that goes down may be the one that says that one is back."""


class IdleWatch(QObject):
    """Watches the windows that have the keyboard, one after the other.

    Only the windows themselves: a filter on the application would see every event of every object.
    Of what is done in other programs it knows nothing.

    Signals:
        idle_changed(bool): nobody has used Papo for the minutes set, or somebody does again.
    """

    idle_changed = pyqtSignal(bool)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._after = 0.0
        self._last = clock.monotonic()
        self._timer: Timer | None = None
        self._coming: Timer | None = None
        self._window: QWindow | None = None
        self.idle = False

    def set_minutes(self, minutes: int) -> None:
        """Take so many minutes without use for idle, from now on; 0 for never."""
        self._after = minutes * 60.0
        self._last = self._clock.monotonic()
        self._come_back()
        self._wait()

    @pyqtSlot("QWindow*")
    def follow(self, window: QWindow | None) -> None:
        """Watch this window: it has the keyboard now."""
        if window is None or window is self._window:
            return
        if self._window is not None and not sip.isdeleted(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)
        self._use(done=True)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        """Notice what is done in the window; take nothing from it."""
        if event is not None and event.type() in _USE:
            self._use(done=event.type() not in _BEGINS)
        return False

    def _use(self, *, done: bool) -> None:
        self._last = self._clock.monotonic()
        if self.idle and done and self._coming is None:
            # Once the event has done its work: it may be a click on what says that one is back.
            self._coming = self._clock.call_later(0, self._come_back)

    def _come_back(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None
        if self.idle:
            self.idle = False
            self.idle_changed.emit(False)
            self._wait()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._after and not self.idle:
            left = self._last + self._after - self._clock.monotonic()
            self._timer = self._clock.call_later(max(left, 0.0), self._on_due)

    def _on_due(self) -> None:
        self._timer = None
        if self._clock.monotonic() - self._last < self._after:
            self._wait()
            return
        self.idle = True
        self.idle_changed.emit(True)
