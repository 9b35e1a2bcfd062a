"""New messages are said to a screen reader while their room is looked at, wherever the keyboard is."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QObject, QTimer, pyqtSlot

from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, SendState
from app.ui.chat.names import one_line
from app.ui.chat.timeline.message_text import brief, private_line, text_of
from app.ui.chat.timeline.model import TimelineModel
from app.ui.formatting.markdown import parse
from app.ui.screen_reader import ReaderQuestion, Voice
from app.ui.texts import tr

GATHERED = 400
"""Milliseconds in which what comes is said together."""

_PAUSE = 3_000
"""Milliseconds after saying something until the next is said: a busy room is no flood of speech."""

_ONE_BY_ONE = 3
"""Messages at once that are read out; of more their number is said."""

_LONGEST = 400
"""Characters of one message; the rest is read in its row."""


class Announcer(QObject):
    """Says what others write in `session`, and which of one's own messages were not sent.

    Owned by the panel that shows the messages. Says nothing while nobody looks at the room: then the
    counts in the rail and the notifications tell.
    """

    def __init__(
        self, session: RoomSession, model: TimelineModel, voice: Voice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._voice = voice
        self._watched = False
        self._lines: list[str] = []
        self._came = 0
        self._failures: list[str] = []
        self._failed: set[bytes] = set()
        self._question = ReaderQuestion(self)
        self._question.answered.connect(self._on_answered)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_gathered)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        session.message_added.connect(self._on_message_added)
        model.dataChanged.connect(self._on_changed)

    def set_watched(self, watched: bool) -> None:
        """Say whether a person looks at the room now."""
        self._watched = watched
        if not watched:
            self._forget()

    @pyqtSlot(str)
    def say(self, text: str) -> None:
        """Say what was shown to the person in passing, where the keyboard is not."""
        if self._watched and text not in self._failures:
            self._failures = [*self._failures, text]
            self._gather()

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot(MessageEntry)
    def _on_message_added(self, entry: MessageEntry) -> None:
        if not self._watched:
            return
        self._came += 1
        if len(self._lines) < _ONE_BY_ONE:
            self._lines.append(_line(entry))
        self._gather()

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if last.row() - first.row() > 1:
            # A change of one message tells of it and the row below; others are of no news.
            return
        for row in range(first.row(), last.row() + 1):
            entry = self._model.entry(row)
            if not isinstance(entry, MessageEntry) or not entry.mine:
                continue
            edit = entry.edit
            state = edit.state if edit else entry.state
            cid = edit.cid if edit else entry.cid
            if state is not SendState.FAILED:
                self._failed.discard(cid)
            elif cid not in self._failed and self._watched:
                self._failed.add(cid)
                why = self._model.why_failed(entry)
                self._failures = [
                    tr("Your edit was not saved: {reason}", reason=why)
                    if edit
                    else tr("Your message was not sent: {reason}", reason=why)
                ]
                self._gather()

    def _gather(self) -> None:
        if not self._timer.isActive():
            self._timer.start(max(GATHERED, self._pause.remainingTime()))

    @pyqtSlot()
    def _on_gathered(self) -> None:
        if self._model.read_aloud:
            self._on_answered(True)
        else:
            self._question.ask()

    @pyqtSlot(bool)
    def _on_answered(self, has_reader: bool) -> None:
        lines = self._lines
        if self._came > _ONE_BY_ONE:
            lines = [tr("%n new message(s)", n=self._came)]
        if has_reader and (lines or self._failures):
            self._voice.say("\n".join([*lines, *self._failures]))
            self._pause.start()
        self._forget()

    def _forget(self) -> None:
        self._timer.stop()
        self._lines = []
        self._failures = []
        self._came = 0


def _line(entry: MessageEntry) -> str:
    text = text_of(entry)
    if not (entry.deleted or entry.unopened):
        text = brief(entry) if entry.files else parse(entry.text).spoken()
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rstrip()}…"
    line = tr("{name}: {text}", name=one_line(entry.nick), text=text)
    return f"{private_line(entry)}. {line}" if entry.private_with else line
