"""A host with its window, offscreen: how late its event loop is, and when a typed message has its tick.

Run by `window.py` as `python tests/bench/window_host.py RESULT papo's arguments…`. When the window
ends it writes to RESULT one line each: `late` or `typed`, when it was (nanoseconds of the monotonic
clock) and how long it took (milliseconds).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, pyqtSlot
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from app.cli import main
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.composer.edit import ComposerEdit
from app.ui.chat.timeline.view import TimelineView

TICK_MS = 5
TYPE_EVERY_MS = 400


class Probe(QObject):
    """A timer that notes how late it is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ticks: list[tuple[int, float]] = []
        self._due = time.monotonic_ns() + TICK_MS * 1_000_000
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._on_tick)
        timer.start(TICK_MS)

    @pyqtSlot()
    def _on_tick(self) -> None:
        now = time.monotonic_ns()
        self.ticks.append((now, max(0.0, (now - self._due) / 1e6)))
        self._due = now + TICK_MS * 1_000_000


class Typist(QObject):
    """Types into the window's own composer, and waits until the message is painted with its tick."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.typed: list[tuple[int, float]] = []
        self._page: ChatPage | None = None
        self._cid = b""
        self._began = 0
        timer = QTimer(self)
        timer.timeout.connect(self._on_due)
        timer.start(TYPE_EVERY_MS)

    @pyqtSlot()
    def _on_due(self) -> None:
        edit = self._find()
        if edit is None or self._page is None or self._cid:
            return
        self._began = time.monotonic_ns()
        _press(edit, "typed in a window")
        pending = self._page.session.timeline.pending
        self._cid = pending[-1].cid if pending else b""

    def _find(self) -> ComposerEdit | None:
        for window in QApplication.topLevelWidgets():
            page = next(iter(window.findChildren(ChatPage)), None)
            if page is None:
                continue
            if self._page is not page:
                self._page = page
                viewport = page.findChild(TimelineView).viewport()
                assert viewport is not None
                viewport.installEventFilter(self)
            return page.findChild(ComposerEdit)
        return None

    def eventFilter(  # noqa: N802 - Qt's name
        self, _watched: QObject | None, event: QEvent | None
    ) -> bool:
        """Note the first painting after the message is on the disk."""
        if self._cid and event is not None and event.type() is QEvent.Type.Paint:
            assert self._page is not None
            if self._page.session.timeline.find_pending(self._cid) is None:
                self._cid = b""
                # It is painted once this event is over.
                QTimer.singleShot(0, self._on_painted)
        return False

    @pyqtSlot()
    def _on_painted(self) -> None:
        now = time.monotonic_ns()
        self.typed.append((now, (now - self._began) / 1e6))


def _press(edit: ComposerEdit, text: str) -> None:
    """Write by keys, and press Enter."""
    # PyQt's stubs take QTest's functions for methods.
    keys: Any = QTest
    keys.keyClicks(edit, text)
    keys.keyClick(edit, Qt.Key.Key_Return)


def run(result: Path, arguments: list[str]) -> int:
    """Run Papo with a probe and a typist in its event loop."""
    execute = QApplication.exec

    def watched(*_: object) -> int:
        app = QCoreApplication.instance()
        assert app is not None
        probe, typist = Probe(app), Typist(app)
        status = execute()
        lines = [f"late {at} {late:.3f}\n" for at, late in probe.ticks]
        lines += [f"typed {at} {took:.3f}\n" for at, took in typist.typed]
        result.write_text("".join(lines), "ascii")
        return status

    setattr(QApplication, "exec", watched)  # noqa: B010 - mypy takes no method for assignable
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
