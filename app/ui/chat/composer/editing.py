"""Another text for a message of one's own: which message, how it is saved, what comes of it."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol.errors import Refusal
from app.session.room_session import RoomSession
from app.session.timeline import Entry, MessageEntry, PendingEdit, SendState, Span
from app.ui.chat.about import about
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.purpose import Purpose
from app.ui.chat.names import isolated, one_line
from app.ui.sentences import sentence
from app.ui.texts import tr

_SHOWN = 200
"""Characters of a text that cannot be put back which are told."""


class Editing(QObject):
    """Lets messages be edited in a `Composer`; a text whose message goes meanwhile is given back."""

    def __init__(self, session: RoomSession, composer: Composer, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._composer = composer
        self._cid = b""
        self._wished: dict[bytes, PendingEdit] = {}
        """By the message's cid, the edits that were on their way, or refused, when last looked at."""
        self._lost = ""
        """The text of the edit that went just now without becoming the message's."""
        composer.last_requested.connect(self._on_last)
        composer.save_requested.connect(self._on_save)
        composer.edit.undo_requested.connect(self._on_undo)
        session.timeline.changed.connect(self._on_changed)
        session.timeline.inserted.connect(self._on_changed)
        for entry in session.timeline:
            self._follow(entry)

    @pyqtSlot(object)
    def begin(self, seq: int) -> None:
        """Put the text of one's own message of that number in the box, and the keyboard there."""
        entry = self._session.quoted(seq)
        if entry is None or not self._may_edit(entry) or not self._composer.takes_text:
            return
        self._cid = entry.cid
        self._composer.begin_edit(seq, entry.edit.text if entry.edit else entry.text)
        self._composer.edit.setFocus()

    def take_over(self, other: Editing) -> None:
        """Go on where `other` was, of another page of the session; the text is the composer's."""
        self._cid = other._cid

    def explains(self, code: str) -> bool:
        """Tell what became of the text that the host refused with `code`; return whether it is told."""
        if code != Refusal.NO_SUCH_MESSAGE:
            return False
        lost, self._lost = self._lost, ""
        if lost:
            self._give_back(lost)
        return bool(lost)

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot()
    def _on_last(self) -> None:
        for entry in reversed(list(self._session.timeline)):
            if isinstance(entry, MessageEntry) and self._may_edit(entry):
                self.begin(entry.seq)
                return

    @pyqtSlot()
    def _on_undo(self) -> None:
        taking_back = self._session.taking_back
        if taking_back.held:
            taking_back.undo(taking_back.held[-1])

    @pyqtSlot(str)
    def _on_save(self, text: str) -> None:
        composer, seq = self._composer, self._composer.editing
        entry = self._entry(seq)
        if entry is None or entry.deleted:
            self._give_up()
            return
        if not text:
            self._delete(seq)
            return
        failed = entry.edit is not None and entry.edit.state is SendState.FAILED
        refusal = None
        if composer.is_changed or failed:
            wished = entry.edit.text if entry.edit else entry.text
            refusal = self._session.edit(seq, text if composer.is_changed else wished)
        if refusal is not None:
            composer.refuse(sentence(refusal, **about(self._session)))
        else:
            composer.end_edit()

    def _delete(self, seq: int) -> None:
        if not self._session.is_online:
            text = tr("There is no connection now. Try again when you are back in the room.")
            self._composer.refuse(text)
            return
        self._composer.end_edit()
        self._session.taking_back.hold(seq)

    def _may_edit(self, entry: MessageEntry) -> bool:
        held = entry.seq in self._session.taking_back.held
        mine = entry.mine or entry.device == self._session.device
        fixed = entry.private_with or entry.deleted or entry.files or held
        return mine and entry.seq > 0 and not fixed

    # --- what the session tells -----------------------------------------------------------------

    @pyqtSlot(Span)
    def _on_changed(self, span: Span) -> None:
        timeline = self._session.timeline
        self._lost = ""
        for row in range(span.first, min(span.last + 1, len(timeline))):
            self._follow(timeline[row])
        seq = self._composer.editing
        if seq:
            entry = self._session.quoted(seq)
            if entry is not None and (entry.deleted or entry.cid != self._cid):
                self._give_up()

    def _follow(self, entry: Entry) -> None:
        """Notice where an edit goes without becoming the message's text."""
        if not isinstance(entry, MessageEntry) or not entry.seq:
            return
        if entry.edit is not None:
            self._wished[entry.cid] = entry.edit
            return
        before = self._wished.pop(entry.cid, None)
        if before is None or entry.text == before.text:
            return
        if entry.deleted:
            # Whoever deletes a message of one's own oneself wants no text of it.
            if entry.deleted_by != self._session.nickname:
                self._give_back(before.text)
        elif before.state is SendState.SENDING:
            # The host refused it, which is told next.
            self._lost = before.text

    def _entry(self, seq: int) -> MessageEntry | None:
        entry = self._session.quoted(seq)
        # In a log that began anew, the number is another message's.
        return None if entry is None or entry.cid != self._cid else entry

    def _give_up(self) -> None:
        """Let the text of a message that is gone be a draft, if the person changed it."""
        composer = self._composer
        text, changed = composer.edit.toPlainText(), composer.is_changed
        composer.end_edit()
        if changed and text.strip():
            composer.give_back(text)
            composer.tell(_kept())
        else:
            composer.tell(tr("The message that you were editing was deleted."))

    def _give_back(self, text: str) -> None:
        """Offer a text that was saved, and was not in time, where nothing else is written."""
        composer = self._composer
        if composer.purpose is Purpose.SEND and not composer.edit.toPlainText():
            composer.give_back(text)
            composer.tell(_kept())
        else:
            shown = one_line(text)
            shown = f"{shown[:_SHOWN]}…" if len(shown) > _SHOWN else shown
            composer.tell(
                tr(
                    "A message was deleted before your other text for it arrived: “{text}”",
                    text=isolated(shown),
                )
            )


def _kept() -> str:
    return tr("The message was deleted. Your text is a new message now: send it, or leave it.")
