"""`Turns`: lets long work go on a step at a time, and never longer than the event loop can spare."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from PyQt6.QtCore import QObject, QTimer, pyqtSlot

from app.net import limits
from app.support.clock import Clock


class Worker(Protocol):
    """Who has long work to do."""

    def step(self) -> bool:
        """Do a millisecond or two of it; return whether more can be done at once."""


class Turns(QObject):
    """Whose turn it is. All workers together get TURN_BUDGET of each turn of the event loop."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ready: deque[Worker] = deque()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)

    def soon(self, worker: Worker) -> None:
        """Call `step` in one of the next turns, and again as long as it returns True."""
        self._ready.append(worker)
        if not self._turn.isActive():
            self._turn.start(0)

    @pyqtSlot()
    def _on_turn(self) -> None:
        until = self._clock.monotonic() + limits.TURN_BUDGET
        # At least one step, whatever the clock says.
        while self._ready:
            worker = self._ready.popleft()
            if worker.step():
                self._ready.append(worker)
            if self._clock.monotonic() >= until:
                break
        if self._ready:
            self._turn.start(0)
