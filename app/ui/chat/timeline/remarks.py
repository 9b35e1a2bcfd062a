"""What is known of messages beside what they say: what they answer, and what one may add to them."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.messages import MESSAGES, Said
from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.session.timeline import Entry, MessageEntry, Span
from app.ui.chat.timeline.gone import Gone
from app.ui.chat.timeline.quote import QuoteLine, quote_line


class Remarks(QObject):
    """Asks the session about the messages of one timeline. Owned by its model.

    Signals:
        changed(): a message was changed that others in sight may answer; no row is higher for that.
    """

    changed = pyqtSignal()

    def __init__(self, session: RoomSession, gone: Gone, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._gone = gone
        session.timeline.changed.connect(self._on_changed)
        session.confirmed.connect(self._on_confirmed)
        session.taking_back.changed.connect(self._on_taking_back_changed)

    def quote(self, entry: MessageEntry) -> QuoteLine | None:
        """Return what stands above an answer, as it is now; None above any other message."""
        if not entry.reply_to or entry.deleted or entry.unopened:
            return None
        answered = self._session.quoted(entry.reply_to)
        gone = answered is not None and answered in self._gone
        return quote_line(entry.reply_to, answered, gone=gone)

    def may_answer(self, entry: Entry) -> bool:
        """Tell whether one may answer a message, and put emoji to it."""
        return (
            isinstance(entry, MessageEntry)
            and entry.seq > 0
            and not (entry.private_with or entry.deleted or entry.unopened)
            and entry not in self._gone
            and self._session.may_write is None
            and self._session.connection.phase is not Phase.STOPPED
        )

    def may_edit(self, entry: Entry) -> bool:
        """Tell whether one may give a message another text; what came with files stays as it is."""
        mine = isinstance(entry, MessageEntry) and entry.mine and not entry.files
        return mine and self.may_answer(entry)

    def has(self, entry: MessageEntry, emoji: str) -> bool:
        """Tell whether one's own emoji stands at a message."""
        return any(one.mine and one.emoji == emoji for one in entry.reactions)

    @pyqtSlot(Span)
    def _on_changed(self, _span: Span) -> None:
        self.changed.emit()

    @pyqtSlot(tuple)
    def _on_confirmed(self, run: tuple[Said, ...]) -> None:
        # What is answered need not be loaded, and then no row of it changes.
        if any(said.kind not in MESSAGES for said in run):
            self.changed.emit()

    @pyqtSlot(object)
    def _on_taking_back_changed(self, _message: int | bytes) -> None:
        self.changed.emit()
