"""Work of many small steps, done between everything else that the event loop does."""

from __future__ import annotations

from collections.abc import Iterator

from PyQt6.QtCore import QDeadlineTimer, QObject, QTimer, pyqtSignal, pyqtSlot

BUDGET = 8
"""Milliseconds of work in one turn of the event loop; one step may take as long again."""


class Steps(QObject):
    """Goes through an iterator to its end.

    Signals:
        turned(): some steps were done.
        ended(object): it is through, or raised this exception of the environment or of its own;
            None for a good end. Never emitted from `start`, nor after `stop`.
    """

    turned = pyqtSignal()
    ended = pyqtSignal(object)

    def __init__(self, work: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[object] | None = work
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Begin in the next turn."""
        self._turn.start()

    def stop(self) -> None:
        """Go no further; the iterator is closed."""
        self._turn.stop()
        work, self._work = self._work, None
        close = getattr(work, "close", None)
        if close is not None:
            close()

    @pyqtSlot()
    def _on_turn(self) -> None:
        late = QDeadlineTimer(BUDGET).hasExpired
        work = self._work
        if work is None:
            return
        try:
            for _ in work:
                if late():
                    break
            else:
                self._end(None)
                return
        except Exception as error:  # noqa: BLE001 - whoever started it knows what it may raise
            self._end(error)
            return
        self._turn.start()
        self.turned.emit()

    def _end(self, error: Exception | None) -> None:
        self._work = None
        self.ended.emit(error)
