"""From an answer to the message that it answers, and back."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.errors import Refusal
from app.session.room_session import RoomSession
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.seek import Seek
from app.ui.chat.timeline.view import TimelineView


class Jumping(QObject):
    """Remembers one place, by the answer that stood there, until one is back or goes elsewhere.

    Signals:
        changed(): there is a place to go back to, or none any more.
    """

    changed = pyqtSignal()

    def __init__(
        self, session: RoomSession, seek: Seek, model: TimelineModel, view: TimelineView
    ) -> None:
        super().__init__(view)
        self._session = session
        self._seek = seek
        self._rows = model
        self._view = view
        self._from = 0
        self._offset = 0
        self._under_way = 0
        view.deeds.jump_requested.connect(self.jump)
        view.keys.back_requested.connect(self.go_back)
        view.end_reached.connect(self._on_end_reached)
        seek.found.connect(self._on_found)
        seek.failed.connect(self._on_failed)

    @property
    def may_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return self._from > 0

    @pyqtSlot(object, object)
    def jump(self, answer: int, answered: int) -> None:
        """Show the message `answered`, coming from the message `answer`."""
        row = self._rows.row_of(answer)
        self._under_way = answer
        # Pages that come in above shift every row; the answer stays where it was.
        self._offset = self._view.visualRect(self._rows.index(row)).top() if row >= 0 else 0
        self._seek.to(answered)

    @pyqtSlot()
    def go_back(self) -> None:
        """Show the answer again where it stood."""
        answer, self._from = self._from, 0
        row = self._rows.row_of(answer) if answer else -1
        if row >= 0:
            self._view.choose_row(row)
            self._view.return_to((row, self._offset))
            self._view.setFocus()
        self.changed.emit()

    @pyqtSlot()
    def _on_found(self) -> None:
        answer, self._under_way = self._under_way, 0
        if not answer:
            # Somebody went elsewhere by another way.
            self._forget()
            return
        row = self._rows.row_of(answer)
        place = self._view.visualRect(self._rows.index(row))
        moved = row < 0 or place.top() != self._offset
        self._from = answer if moved else 0
        self.changed.emit()

    @pyqtSlot()
    def _on_failed(self) -> None:
        if self._under_way:
            self._under_way = 0
            self._session.refused.emit(Refusal.NO_SUCH_MESSAGE.value, b"")

    @pyqtSlot(bool)
    def _on_end_reached(self, at_end: bool) -> None:
        if at_end and not self._under_way:
            self._forget()

    def _forget(self) -> None:
        if self._from:
            self._from = 0
            self.changed.emit()
