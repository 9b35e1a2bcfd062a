"""One export at work: reads the room and writes the file, a few milliseconds a turn."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from PyQt6.QtCore import QDeadlineTimer, QElapsedTimer, QObject, QTimer, pyqtSignal, pyqtSlot

from app.session.connection import Problem
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.session.transcript import ReadingFailed, Wanted
from app.support.growing_file import GrowingFile
from app.ui.chat.export.writers import Writer
from app.ui.texts import tr

BUDGET = 8
"""Milliseconds of work in one turn of the event loop."""

TELL_EVERY = 150
"""Milliseconds between two `progressed`."""


class ExportState(Enum):
    """How an export stands; from all but RUNNING there is no way on."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """`problem` says why, as a sentence."""
    CANCELLED = "cancelled"
    """By the person, or because the room was closed."""


class Export(QObject):
    """Writes `path`. A child of the session, so that it outlives a page that is made anew.

    While it runs there is but a file beside `path`, and that is gone if it comes to no good end.

    Signals:
        progressed(): read `count` and `part` anew.
        finished(): `state` is not RUNNING any more. Never emitted from `start`.
    """

    progressed = pyqtSignal()
    finished = pyqtSignal()

    def __init__(
        self, session: RoomSession, writer: Writer, wanted: Wanted, path: Path, *, over: bool
    ) -> None:
        """`over`: the person said that a file of that name may go."""
        super().__init__(session)
        self.path = path
        self.state = ExportState.RUNNING
        self.problem = ""
        self.count = 0
        """Messages written."""
        self._writer = writer
        self._over = over
        self._file: GrowingFile | None = None
        self._pieces: Iterator[str | None] = iter(())
        self._reading = session.transcripts.read(wanted, self._on_ready, online=session.is_online)
        self._told = QElapsedTimer()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    @property
    def part(self) -> float:
        """How much is done, from 0 to 1."""
        return self._reading.part

    def start(self) -> None:
        """Begin in the next turn."""
        self._told.start()
        self._pieces = self._all_pieces()
        self._turn.start()

    @pyqtSlot()
    def cancel(self) -> None:
        """Stop, and leave nothing behind."""
        self._end(ExportState.CANCELLED)

    # --- at work --------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_turn(self) -> None:
        if self.state is not ExportState.RUNNING:
            return
        try:
            if self._write_some():
                assert self._file is not None
                self._file.finish(over=self._over)
                self._file = None
                self._end(ExportState.DONE)
        except ReadingFailed as failed:
            if failed.problem:
                self._fail(reading_sentence(failed.problem))
            else:
                self._end(ExportState.CANCELLED)
        except OSError as error:
            self._fail(disk_sentence(error))
        else:
            self._tell()

    def _write_some(self) -> bool:
        """Write what a few milliseconds give; return whether that was the end."""
        if self._file is None:
            self._file = GrowingFile(self.path)
        late = QDeadlineTimer(BUDGET).hasExpired
        parts: list[str] = []
        at_end = False
        for piece in self._pieces:
            if piece is None:
                break
            parts.append(piece)
            if late():
                self._turn.start()
                break
        else:
            at_end = True
        if parts:
            # Half a surrogate pair is no text; nothing of it may stop the rest.
            self._file.write("".join(parts).encode("utf-8", "replace"))
        return at_end

    def _all_pieces(self) -> Iterator[str | None]:
        """Yield the whole file; None where the host is still to answer."""
        yield self._writer.head()
        while (entries := self._reading.take()) is not None:
            if not entries and self._reading.is_waiting:
                yield None
                continue
            # What gives nothing takes its time, too.
            yield ""
            for entry in entries:
                yield from self._writer.entry(entry)
                self.count += isinstance(entry, MessageEntry)
        yield self._writer.foot()

    def _on_ready(self) -> None:
        if self.state is not ExportState.RUNNING:
            return
        if self._reading.has_failed:
            # The session may be gone in the next turn, and with it this object.
            self._on_turn()
        elif not self._turn.isActive():
            self._turn.start()

    def _tell(self) -> None:
        if self.state is ExportState.RUNNING and self._told.elapsed() >= TELL_EVERY:
            self._told.restart()
            self.progressed.emit()

    def _fail(self, problem: str) -> None:
        self.problem = problem
        self._end(ExportState.FAILED)

    def _end(self, state: ExportState) -> None:
        if self.state is not ExportState.RUNNING:
            return
        self.state = state
        self._turn.stop()
        self._reading.stop()
        self._pieces = iter(())
        file, self._file = self._file, None
        if file is not None:
            file.discard()
        self.finished.emit()


def disk_sentence(error: OSError) -> str:
    """Return what the disk said, and what to do about it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return tr("There is not enough room on the disk. Make some, or choose another place.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return tr("Papo may not write there. Choose another folder.")
    if isinstance(error, FileExistsError):
        return tr("A file of that name has come up meanwhile. Choose another name.")
    reason = error.strerror or str(error)
    return tr("The transcript could not be saved ({reason}). Choose another folder.", reason=reason)


def reading_sentence(problem: str) -> str:
    """Return why the room could not be read to its end."""
    if problem == Problem.NO_ANSWER:
        return tr("The host did not give the older messages in time. Try again later.")
    if problem == Problem.LOST:
        return tr(
            "There is no connection to the host, which has the older messages. Try again when you"
            " are back, or export what is on this computer."
        )
    return tr("What this computer keeps of the room could not be read to its end.")
