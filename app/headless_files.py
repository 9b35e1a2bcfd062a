"""`papo send` and `papo fetch`: files to and from a room, without a window. JSON lines on stdout."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QObject, QTimer, pyqtSlot

from app.headless import ENDS, GOODBYE_MS, complain, why_ended
from app.net.signals import QuitSignals
from app.pipes import Events
from app.protocol import limits
from app.protocol.attachments import FileRef
from app.protocol.errors import Refusal
from app.protocol.messages import Said
from app.session.files.transfer import LocalFile, Purpose, Stage, Transfer
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, SendState
from app.session.transcript import Reading, ReadingFailed, Wanted
from app.support.clock import Clock
from app.ui.sentences import sentence
from app.ui.texts import tr

PROGRESS_EVERY = 0.25
"""Seconds between two words on how far a file is."""


class FileRun(QObject):
    """The base of both: joins, tells how it goes, and leaves when all is done.

    What is on its way when it is told to end goes on when the same command is given again.
    """

    def __init__(self, session: RoomSession, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._status = 0
        self._leaving = False
        self._begun = False
        self._told: dict[bytes, float] = {}
        self._events = Events(self)
        self._events.broken.connect(self._on_quit)
        self._signals = QuitSignals(self)
        self._signals.asked.connect(self._on_quit)
        session.connection_changed.connect(self._on_connection_changed)
        session.transfers.changed.connect(self._on_transfer_changed)
        self._on_connection_changed()

    def _end_when_done(self) -> None:
        """Leave, if nothing is awaited any more."""
        raise NotImplementedError

    def _on_moved(self, transfer: Transfer) -> None:
        """Look at a transfer that is over now."""
        raise NotImplementedError

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        connection = self._session.connection
        self._events.write("state", state=connection.phase.value, problem=connection.problem)
        if connection.phase in ENDS and not self._leaving:
            complain(why_ended(self._session, self._clock))
            self._exit(1)

    @pyqtSlot(bytes)
    def _on_transfer_changed(self, number: bytes) -> None:
        one = self._session.transfers.get(number)
        if one is None or self._leaving:
            return
        if one.is_over:
            self._on_moved(one)
            return
        now = self._clock.monotonic()
        if now - self._told.get(number, 0.0) >= PROGRESS_EVERY:
            self._told[number] = now
            self._events.write(
                "progress",
                name=one.name,
                stage=one.stage.value,
                done=one.done,
                size=one.size,
                rate=round(one.rate),
            )

    def _fail(self, name: str, code: str) -> None:
        self._status = 1
        self._events.write("failed", name=name, code=code)
        complain(f"{name}: {sentence(code)}")

    @pyqtSlot()
    def _on_quit(self) -> None:
        if not self._leaving:
            complain(tr("Stopped. The same command goes on from here."))
            self._leave(1)

    def _leave(self, status: int) -> None:
        if not self._leaving:
            self._leaving = True
            self._session.leave()
            self._exit(status)

    def _exit(self, status: int) -> None:
        self._leaving = True
        self._status = status
        self._events.flush()
        # The last word needs a turn of the event loop to leave.
        QTimer.singleShot(GOODBYE_MS, self._on_goodbye)

    @pyqtSlot()
    def _on_goodbye(self) -> None:
        self._session.close()
        self._events.flush()
        QCoreApplication.exit(self._status)


class HeadlessSend(FileRun):
    """Sends files, as few messages as it takes.

    A file that an earlier run was sending, and that is what it was, is gone on with.
    """

    def __init__(
        self,
        session: RoomSession,
        clock: Clock,
        files: Sequence[Path],
        caption: str,
        parent: QObject | None = None,
    ) -> None:
        self._files = files
        self._caption = caption
        self._awaited: dict[bytes, tuple[Transfer, ...]] = {}
        self._again: set[bytes] = set()
        super().__init__(session, clock, parent)
        session.joined.connect(self._on_joined)
        session.acknowledged.connect(self._on_acknowledged)
        session.confirmed.connect(self._on_confirmed)
        session.refused.connect(self._on_refused)
        session.transfers.message_failed.connect(self._on_message_failed)

    @pyqtSlot()
    def _on_joined(self) -> None:
        if not self._begun:
            self._begun = True
            # Joining goes on a little after it was told.
            QTimer.singleShot(0, self._begin)

    @pyqtSlot()
    def _begin(self) -> None:
        pending = dict(self._under_way())
        for path, cid in pending.items():
            if path in self._files:
                self._await(cid)
        fresh = [path for path in self._files if path not in pending]
        caption = self._caption
        for first in range(0, len(fresh), limits.MAX_ATTACHED):
            few = fresh[first : first + limits.MAX_ATTACHED]
            refusal = self._session.send_files([LocalFile(path) for path in few], caption)
            if refusal is not None:
                for path in few:
                    self._fail(path.name, refusal.value)
                continue
            caption = ""
            self._await(self._session.timeline.pending[-1].cid)
        self._end_when_done()

    def _under_way(self) -> Iterator[tuple[Path, bytes]]:
        """Return which files are in messages that are not in the log yet, if they are what they were."""
        for entry in self._session.timeline.pending:
            for one in self._session.transfers.of_message(entry.cid):
                try:
                    status = one.path.stat()
                except OSError:
                    continue
                if (status.st_size, status.st_mtime_ns) == (one.size, one.modified):
                    yield one.path, entry.cid

    def _await(self, cid: bytes) -> None:
        self._awaited[cid] = self._session.transfers.of_message(cid)
        entry = self._session.timeline.find_pending(cid)
        if entry is not None and entry.state is SendState.FAILED:
            self._session.retry(cid)
        for one in self._awaited[cid]:
            self._session.transfers.resume(one.id)

    def _on_moved(self, transfer: Transfer) -> None:
        """Wait for the message that it goes with."""

    @pyqtSlot(bytes, object)
    def _on_acknowledged(self, cid: bytes, seq: int) -> None:
        for one in self._awaited.pop(cid, ()):
            now = self._session.transfers.get(one.id) or one
            self._events.write("sent", name=one.name, sha256=now.hash, size=one.size, seq=seq)
        self._end_when_done()

    @pyqtSlot(tuple)
    def _on_confirmed(self, said: tuple[Said, ...]) -> None:
        for line in said:
            if line.cid in self._awaited:
                self._on_acknowledged(line.cid, line.seq)

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        if cid not in self._awaited:
            return
        if code == Refusal.NO_SUCH_FILE and cid not in self._again:
            # The host let go of them meanwhile: once more, from the beginning.
            self._again.add(cid)
            self._session.retry(cid)
            return
        for one in self._awaited.pop(cid):
            self._fail(one.name, code)
        self._end_when_done()

    @pyqtSlot(bytes, str)
    def _on_message_failed(self, cid: bytes, code: str) -> None:
        for one in self._awaited.pop(cid, ()):
            now = self._session.transfers.get(one.id)
            if now is not None and now.stage is Stage.FAILED:
                self._fail(one.name, code)
        self._end_when_done()

    def _end_when_done(self) -> None:
        if not self._awaited:
            self._leave(self._status)


class HeadlessFetch(FileRun):
    """Fetches the files of a room that one may see: all, or those of one name or hash; or lists them."""

    def __init__(
        self,
        session: RoomSession,
        clock: Clock,
        wanted: str,
        folder: Path,
        *,
        only_list: bool = False,
        parent: QObject | None = None,
    ) -> None:
        self._wanted = wanted
        self._folder = folder
        self._only_list = only_list
        self._found: dict[str, FileRef] = {}
        self._awaited: set[bytes] = set()
        self._reading: Reading | None = None
        super().__init__(session, clock, parent)
        session.caught_up.connect(self._on_caught_up)

    @pyqtSlot()
    def _on_caught_up(self) -> None:
        if not self._begun:
            self._begun = True
            online = self._session.is_online
            wanted = Wanted(from_host=True)
            self._reading = self._session.transcripts.read(wanted, self._read, online=online)
            self._read()

    @pyqtSlot()
    def _read(self) -> None:
        """Look through the room, some of it at a time."""
        reading = self._reading
        if reading is None or self._leaving:
            return
        try:
            entries = reading.take()
        except ReadingFailed as failed:
            complain(sentence(failed.problem))
            self._leave(1)
            return
        if entries is None:
            self._reading = None
            self._begin()
            return
        for entry in entries:
            if isinstance(entry, MessageEntry):
                self._note(entry)
        if not reading.is_waiting:
            QTimer.singleShot(0, self._read)

    def _note(self, entry: MessageEntry) -> None:
        for ref in entry.files:
            if self._wanted not in {"", "all", ref.name, ref.hash}:
                continue
            self._found[ref.hash] = ref
            if self._only_list:
                self._events.write(
                    "file",
                    name=ref.name,
                    sha256=ref.hash,
                    size=ref.size,
                    seq=entry.seq,
                    at=entry.at,
                    **{"from": entry.nick},
                )

    def _begin(self) -> None:
        if not self._found and self._wanted not in {"", "all"}:
            complain(tr("There is no file “{name}” in this room.", name=self._wanted))
            self._status = 1
        if not self._only_list:
            for ref in self._found.values():
                self._fetch(ref)
        self._end_when_done()

    def _fetch(self, ref: FileRef) -> None:
        transfers = self._session.transfers
        known = [one for one in transfers.all if self._is_of(one, ref)]
        if known and known[-1].stage is Stage.DONE:
            if known[-1].path.is_file() and known[-1].path.stat().st_size == ref.size:
                self._tell_saved(known[-1])
                return
            known = []
        one = known[-1] if known else transfers.save(ref, self._folder / ref.name)
        self._awaited.add(one.id)
        transfers.resume(one.id)

    def _is_of(self, transfer: Transfer, ref: FileRef) -> bool:
        same = transfer.purpose is Purpose.SAVE and transfer.hash == ref.hash
        return same and transfer.path.parent == self._folder

    def _on_moved(self, transfer: Transfer) -> None:
        if transfer.id not in self._awaited:
            return
        self._awaited.discard(transfer.id)
        if transfer.stage is Stage.DONE:
            self._tell_saved(transfer)
        else:
            self._fail(transfer.name, transfer.failure)
        self._end_when_done()

    def _tell_saved(self, transfer: Transfer) -> None:
        self._events.write(
            "saved",
            name=transfer.name,
            sha256=transfer.hash,
            size=transfer.size,
            path=os.fsencode(transfer.path).decode("utf-8", "replace"),
        )

    def _end_when_done(self) -> None:
        if not self._awaited and self._reading is None:
            self._leave(self._status)
