"""`Warming`: loads what will be wanted soon, in steps that hold up nobody."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject, QTimer, pyqtSlot

Step = tuple[Callable[[str], object], str]
"""What loads, and what it is given; `import_module` and a module's name, mostly."""


class Warming(QObject):
    """Takes its steps from `start` on; what is loaded already costs nothing.

    A step should take no more than 35 ms on a slow computer: the event loop stands still for it.
    """

    def __init__(
        self, steps: Sequence[Step], *, between: int, parent: QObject | None = None
    ) -> None:
        """`between`: milliseconds from one step to the next, and before the first."""
        super().__init__(parent)
        self._steps = steps
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(between)
        self._timer.timeout.connect(self.step)

    def start(self) -> None:
        """Begin in a moment; more than once is fine."""
        if not self.done and not self._timer.isActive():
            self._timer.start()

    @property
    def done(self) -> bool:
        """Whether all is loaded."""
        return self._next >= len(self._steps)

    @pyqtSlot()
    def step(self) -> None:
        """Load the next part."""
        if not self.done:
            load, what = self._steps[self._next]
            self._next += 1
            if self._next == len(self._steps):
                # Not afterwards: what is loaded, or a collection of garbage, may take its page away.
                self._timer.stop()
            # What it brings stays: a collection in its midst finds nothing, and takes as long again.
            gc.disable()
            try:
                load(what)
            finally:
                gc.enable()
