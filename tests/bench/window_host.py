"""A host with its window, offscreen, and how late its event loop is: run by `window.py`.

`python -m tests.bench.window_host RESULT papo's arguments…` writes to RESULT, when the window ends,
one line a tick: when it came (nanoseconds of the monotonic clock) and how late (milliseconds).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QObject, Qt, QTimer, pyqtSlot
from PyQt6.QtWidgets import QApplication

from app.cli import main

TICK_MS = 5


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


def run(result: Path, arguments: list[str]) -> int:
    """Run Papo with a probe in its event loop."""
    execute = QApplication.exec

    def watched(*_: object) -> int:
        app = QCoreApplication.instance()
        assert app is not None
        probe = Probe(app)
        status = execute()
        result.write_text("".join(f"{at} {late:.3f}\n" for at, late in probe.ticks), "ascii")
        return status

    setattr(QApplication, "exec", watched)  # noqa: B010 - mypy takes no method for assignable
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
