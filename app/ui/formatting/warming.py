"""Load the parsers before the first message needs them, in steps that hold up nobody.

The libraries take 60 to 90 ms to load, and to compile what they search by.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Final

from PyQt6.QtCore import QObject, QTimer, pyqtSlot

from app.ui.formatting.markdown import parse

BETWEEN: Final = 120
"""Milliseconds from one step to the next."""


def _spare_collections(_what: str) -> None:
    """Let the garbage collector look no more at what is loaded for good, once.

    All of it in every full collection is 30 ms in the midst of scrolling; `gc.freeze` is made for this.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()


# None takes more than 35 ms on the slowest computer it was measured on; markdown-it alone takes 30.
_STEPS: Final = (
    (import_module, "mdurl"),
    (import_module, "linkify_it"),
    (import_module, "markdown_it"),
    (import_module, "app.ui.formatting.rules"),
    (parse, "**a**"),
    (parse, "www.a.com"),
    (parse, "http://a.com"),
    (import_module, "pygments.lexers"),
    (import_module, "pygments.lexers.python"),
    (_spare_collections, ""),
)


class Warming(QObject):
    """Takes its steps from `start` on; what is loaded already costs nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BETWEEN)
        self._timer.timeout.connect(self.step)

    def start(self) -> None:
        """Begin in a moment; more than once is fine."""
        if not self.done and not self._timer.isActive():
            self._timer.start()

    @property
    def done(self) -> bool:
        """Whether all is loaded."""
        return self._next >= len(_STEPS)

    @pyqtSlot()
    def step(self) -> None:
        """Load the next part."""
        if not self.done:
            load, what = _STEPS[self._next]
            self._next += 1
            load(what)
        if self.done:
            self._timer.stop()
