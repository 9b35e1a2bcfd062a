"""Bring a message of the log into sight, be it far above what is loaded."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from app.session.room_session import RoomSession
from app.session.timeline import Span
from app.support.clock import Clock
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.view import TimelineView
from app.ui.widgets.delay import Delay

MOST_PAGES = 50
"""Pages loaded to get to one message: 10,000 messages."""

PATIENCE = 5.0
"""Seconds that one page may take."""

FLASH = 1.2
"""Seconds for which the row holds its colour."""


class Seek(QObject):
    """Scrolls a timeline to a message. A child of the panel that holds the timeline.

    Signals:
        found(): the message is in sight, and marked for a moment.
        failed(): it could not be loaded.
    """

    found = pyqtSignal()
    failed = pyqtSignal()

    def __init__(
        self,
        session: RoomSession,
        model: TimelineModel,
        view: TimelineView,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._view = view
        self._seq = 0
        self._pages = 0
        self._patience = Delay(clock, self)
        self._patience.passed.connect(self._on_patience_over)
        self._flash = Delay(clock, self)
        self._flash.passed.connect(self._on_flash_over)
        # Looked at once the page is in all models, not while it is being put in.
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._go_on)
        session.timeline.inserted.connect(self._on_inserted)

    def to(self, seq: int) -> None:
        """Show the message of that number; `found` or `failed` tells how it went."""
        self._seq = seq
        self._pages = MOST_PAGES
        self._go_on()

    @pyqtSlot()
    def _go_on(self) -> None:
        if not self._seq:
            return
        row = self._model.row_of(self._seq)
        if row >= 0:
            self._show(row)
        elif self._may_load():
            self._pages -= 1
            self._patience.start(PATIENCE)
        else:
            self._end()
            self.failed.emit()

    def _may_load(self) -> bool:
        oldest = self._model.oldest_seq
        too_new = oldest and oldest < self._seq
        return not too_new and self._pages > 0 and self._session.load_older()

    def _show(self, row: int) -> None:
        seq = self._seq
        self._end()
        self._view.show_message(row)
        self._view.mark(seq)
        self._flash.start(FLASH)
        self.found.emit()

    def _end(self) -> None:
        self._seq = 0
        self._patience.stop()

    @pyqtSlot(Span)
    def _on_inserted(self, span: Span) -> None:
        if self._seq and span.first == 0:
            self._look.start()

    @pyqtSlot()
    def _on_patience_over(self) -> None:
        self._end()
        self.failed.emit()

    @pyqtSlot()
    def _on_flash_over(self) -> None:
        self._view.mark(0)
