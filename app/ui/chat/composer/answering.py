"""Which message is answered by what one writes to everyone."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol.errors import Refusal
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, Span
from app.ui.chat.composer.composer import Composer
from app.ui.chat.names import isolated
from app.ui.chat.timeline.quote import quoted_words
from app.ui.sentences import sentence
from app.ui.texts import tr


class Answering(QObject):
    """Shows the answered message over the box of a `Composer`, as it is now. In memory alone."""

    def __init__(self, session: RoomSession, composer: Composer, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._composer = composer
        self._seq = 0
        self._cid = b""
        composer.answer_dropped.connect(self._on_dropped)
        for signal in (
            session.timeline.changed,
            session.timeline.inserted,
            session.timeline.removed,
        ):
            signal.connect(self._on_timeline_changed)

    @property
    def number(self) -> int:
        """The message that the next text answers; 0 for none, or where it is there no more."""
        entry = self._entry()
        return 0 if entry is None or entry.deleted else entry.seq

    @pyqtSlot(object)
    def begin(self, seq: int) -> None:
        """Answer the message of that number from now on, and give the box the keyboard."""
        entry = self._session.quoted(seq)
        if entry is None or entry.deleted or not self._composer.takes_text:
            return
        # An answer is for everyone. What was written to one alone waits where it is.
        self._composer.set_private(b"")
        self._seq, self._cid = seq, entry.cid
        self._show()
        self._composer.edit.setFocus()

    def end(self) -> None:
        """Answer nothing any more."""
        if self._seq:
            self._seq, self._cid = 0, b""
            self._composer.show_answer("")

    def take_over(self, other: Answering) -> None:
        """Answer what `other` does, of another page of the session."""
        self._seq, self._cid = other._seq, other._cid
        if self._seq:
            self._show()

    @pyqtSlot()
    def _on_dropped(self) -> None:
        self._seq, self._cid = 0, b""

    @pyqtSlot(Span)
    def _on_timeline_changed(self, _span: Span) -> None:
        if self._seq:
            self._show()

    def _entry(self) -> MessageEntry | None:
        entry = self._session.quoted(self._seq)
        # In a log that began anew, the number is another message's.
        return None if entry is None or entry.cid != self._cid else entry

    def _show(self) -> None:
        entry = self._entry()
        lone = tr("What you write is a message of its own.")
        if entry is None:
            title, line = sentence(Refusal.NO_SUCH_MESSAGE), lone
        elif entry.deleted:
            title, line = tr("The message was deleted."), lone
        else:
            line = isolated(quoted_words(entry))
            title = tr("Answering {name}", name=isolated(entry.nick))
            if entry.mine:
                title = tr("Answering yourself")
        bar = self._composer.answer_bar
        if (title, line) != (bar.title, bar.line):
            self._composer.show_answer(title, line)
