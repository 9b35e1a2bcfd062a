"""`Pictures`: what is to be done with pictures, done one after the other in a process of its own.

A picture may be made so that its decoder takes all memory, all time, or does what it should not. Here
that is the end of one job: its process is killed, its `done` hears None, and the next gets a new one.
"""

from __future__ import annotations

import json
import logging
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PyQt6.QtCore import QCoreApplication, QObject, QTemporaryDir, QTimer, pyqtSlot

from app.pictures import limits
from app.pictures.command import Command, worker_command
from app.pictures.process import WorkerProcess
from app.pictures.results import Cleaned, Frames, Look, Pixels, Resized, Thumbnail
from app.support.clock import Clock, Timer

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

    from app.pictures.images import Frame

log = logging.getLogger(__name__)


class _Answer(msgspec.Struct):
    """What the worker says. Not believed: each part is checked."""

    id: int
    result: msgspec.Raw = msgspec.Raw()
    error: str = ""


_answers = msgspec.json.Decoder(_Answer)


class Job:
    """Something that is to be done, or is being done; `Pictures` makes them."""

    def __init__(
        self,
        owner: Pictures,
        what: str,
        values: list[str | int],
        *,
        target: Path | None,
        kind: type,
        done: Callable[[Any], None],
    ) -> None:
        self.what = what
        self.values = values
        self.kind = kind
        """What its result is."""
        self.done = done
        self.target = target
        """What it writes; not there before."""
        self.deadline = limits.JOB_DEADLINE
        self._owner = owner

    def cancel(self) -> None:
        """Let it be: `done` is not called, and what it would have written is not there.

        Harmless where it is over.
        """
        self._owner.cancel(self)


class Pictures(QObject):
    """Owns the worker: started with the first job, ended when none came for a while.

    `done` is called later, never within the call, with the result, or None where there is none: no
    picture, one too large, a broken one, one that took too long, a disk that refuses. A file that a
    job writes must not be there before, and is not there where the job failed. Nothing here opens a
    window's library, but `decode`, for whoever shows what it brings.
    """

    def __init__(
        self, clock: Clock, parent: QObject | None = None, command: Command | None = None
    ) -> None:
        """`command` starts the worker, in place of the true one."""
        super().__init__(parent)
        self._clock = clock
        self._command = command or worker_command()
        self._worker: WorkerProcess | None = None
        self._waiting: deque[Job] = deque()
        self._current: Job | None = None
        self._numbered = 0
        self._late: Timer | None = None
        self._idle: Timer | None = None
        self._scratch: QTemporaryDir | None = None
        self._scratched = 0
        self._closed = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    # --- jobs -------------------------------------------------------------------------------------

    def look(self, path: Path, done: Callable[[Look | None], None]) -> Job:
        """Find out what a picture is, without decoding it."""
        return self._add(Job(self, "look", [str(path)], target=None, kind=Look, done=done))

    def thumbnail(
        self, source: Path, target: Path, done: Callable[[Thumbnail | None], None]
    ) -> Job:
        """Write a small picture of a picture: upright, its first frame, nothing of its metadata."""
        job = Job(
            self, "thumbnail", [str(source), str(target)], target=target, kind=Thumbnail, done=done
        )
        job.deadline = limits.THUMBNAIL_DEADLINE
        return self._add(job)

    def decode(
        self, path: Path, width: int, height: int, done: Callable[[QImage | None], None]
    ) -> Job:
        """Decode a picture's first frame, upright, made smaller where it does not fit the box."""
        target = self._scratch_file()

        def show(said: Pixels | None) -> None:
            # A headless host has no library for this, and needs none.
            from app.pictures.images import image_of  # noqa: PLC0415

            image = image_of(target, said) if said is not None else None
            _remove(target)
            done(image)

        values: list[str | int] = [str(path), str(target), max(1, width), max(1, height)]
        return self._add(Job(self, "decode", values, target=target, kind=Pixels, done=show))

    def frames(
        self, path: Path, width: int, height: int, done: Callable[[tuple[Frame, ...] | None], None]
    ) -> Job:
        """Decode an animation's frames, made smaller where they do not fit box and memory.

        None as well for what does not move.
        """
        target = self._scratch_file()

        def show(said: Frames | None) -> None:
            # A headless host has no library for this, and needs none.
            from app.pictures.images import frames_of  # noqa: PLC0415

            shown = frames_of(target, said) if said is not None else None
            _remove(target)
            done(shown)

        values: list[str | int] = [str(path), str(target), max(1, width), max(1, height)]
        return self._add(Job(self, "frames", values, target=target, kind=Frames, done=show))

    def resize(
        self, source: Path, target: Path, longest: int, done: Callable[[Resized | None], None]
    ) -> Job:
        """Write a picture whose longer side is `longest` at most: upright, without metadata.

        An animated one is refused: it would move no more.
        """
        values: list[str | int] = [str(source), str(target), max(1, longest)]
        return self._add(Job(self, "resize", values, target=target, kind=Resized, done=done))

    def clean(self, source: Path, target: Path, done: Callable[[Cleaned | None], None]) -> Job:
        """Write a copy without metadata: the same picture, byte for byte, and which way up it is."""
        return self._add(
            Job(self, "clean", [str(source), str(target)], target=target, kind=Cleaned, done=done)
        )

    def _add(self, job: Job) -> Job:
        if len(self._waiting) >= limits.MAX_JOBS or self._closed:
            # It fails in its turn, without a worker.
            job.what = ""
        self._waiting.append(job)
        self._turn.start(0)
        return job

    def cancel(self, job: Job) -> None:
        """Forget a job; the worker that does it is killed."""
        if job is self._current:
            self._kill()
            self._end_job(None, told=False)
        elif job in self._waiting:
            self._waiting.remove(job)

    @pyqtSlot()
    def close(self) -> None:
        """End the worker, and forget all jobs, untold."""
        self._closed = True
        self._turn.stop()
        self._waiting.clear()
        if self._current is not None:
            self._end_job(None, told=False)
        if self._idle is not None:
            self._idle.cancel()
        self._worker = None
        for worker in self.findChildren(WorkerProcess):
            worker.reap()
        self._scratch = None

    # --- the worker -------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_turn(self) -> None:
        if self._current is not None or not self._waiting:
            return
        job = self._current = self._waiting.popleft()
        self._numbered += 1
        if not job.what or (job.target is not None and os.path.lexists(job.target)):
            # What is there is somebody else's.
            job.target = None
            self._end_job(None)
            return
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        self._late = self._clock.call_later(job.deadline, self._on_late)
        # ASCII: a path that is no text travels as it came.
        line = json.dumps({"id": self._numbered, "do": job.what, "with": job.values}).encode()
        worker = self._worker or self._start()
        if self._current is job:
            worker.send(line)

    def _start(self) -> WorkerProcess:
        worker = WorkerProcess(self._command, self)
        self._worker = worker
        worker.answered.connect(self._on_answered)
        worker.ended.connect(self._on_ended)
        worker.start()
        return worker

    @pyqtSlot(bytes)
    def _on_answered(self, line: bytes) -> None:
        job = self._current
        try:
            answer = _answers.decode(line)
            if job is None or answer.id != self._numbered:
                raise msgspec.ValidationError("nobody asked")
            result = None if answer.error else msgspec.json.decode(answer.result, type=job.kind)
        except (msgspec.MsgspecError, ValueError) as error:
            log.warning("a worker makes no sense: %s", error)
            self._kill()
            self._end_job(None)
            return
        if answer.error:
            log.info("%s: %s", job.what, answer.error[:100])
        self._end_job(result)

    @pyqtSlot()
    def _on_ended(self) -> None:
        log.info("a worker has ended")
        self._worker = None
        self._end_job(None)

    def _on_late(self) -> None:
        log.info("a picture took too long")
        self._kill()
        self._end_job(None)

    def _on_idle(self) -> None:
        self._idle = None
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.let_go()

    def _kill(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()

    def _end_job(self, result: object, *, told: bool = True) -> None:
        """Be done with the job that was being done, and go on with the next."""
        job, self._current = self._current, None
        if self._late is not None:
            self._late.cancel()
            self._late = None
        if not self._closed:
            if self._waiting:
                self._turn.start(0)
            elif self._worker is not None and self._idle is None:
                self._idle = self._clock.call_later(limits.IDLE_AFTER, self._on_idle)
        if job is None:
            return
        if result is None and job.target is not None:
            _remove(job.target)
        if told:
            job.done(result)

    def _scratch_file(self) -> Path:
        """Return a place of our own for pixels on their way."""
        if self._scratch is None:
            self._scratch = QTemporaryDir()
        self._scratched += 1
        return Path(self._scratch.filePath(str(self._scratched)))


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
