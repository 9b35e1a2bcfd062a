"""`Download`: a file on its way to this computer, from where it was left off, verified by its hash."""

from __future__ import annotations

from enum import Enum, auto

from app.net.http.ranges import BadContentRange, Span, sent_span
from app.net.http.requests import Headers
from app.net.transfers.answers import failure_of, number_of
from app.net.transfers.arriving import Arriving, NotWritten
from app.net.transfers.http_link import Loss
from app.net.transfers.task import UNAUTHORISED, Task
from app.net.transfers.work import TransferCrew
from app.session.files.transfer import FileFailure, Transfer

_WORTHLESS = frozenset({FileFailure.NOT_THERE, FileFailure.HASH_WRONG, FileFailure.BROKEN})
"""After these, what came is of no use for another try."""


class State(Enum):
    """What a download is busy with."""

    OPENING = auto()
    """What is there of it is read again."""
    ASKING = auto()
    MOVING = auto()
    SETTLING = auto()
    """All of it is there."""


class Download(Task):
    """One download. Owns the open part."""

    def __init__(self, transfer: Transfer, crew: TransferCrew) -> None:
        super().__init__(crew)
        self.transfer = transfer
        self._crew: TransferCrew = crew
        self._arriving = Arriving(transfer, crew.disk)
        self._state = State.OPENING
        self._restarted = False
        self._status = 0
        self._headers = Headers(())

    def drop(self) -> None:
        """Let go; what came stays."""
        self._arriving.close()
        super().drop()

    def step(self) -> bool:
        """Open what is there, or give what is whole its place; return whether more is to do."""
        if self.is_over:
            return False
        try:
            return self._step()
        except NotWritten as problem:
            self._fail(problem.failure)
            return False

    def _step(self) -> bool:
        if self._state is State.OPENING:
            if self._arriving.step():
                return True
            self._state = State.SETTLING if self._arriving.is_complete else State.ASKING
            return True
        if self._state is State.ASKING:
            self._arriving.need_space()
            self._crew.lend(self)
        elif self._state is State.SETTLING:
            self._settle()
        return False

    def _settle(self) -> None:
        if not self._arriving.is_right:
            self._fail(FileFailure.HASH_WRONG)
            return
        path = self._arriving.settle()
        self.drop()
        self._crew.told.note_done(self.transfer.id, path)

    # --- the link ---------------------------------------------------------------------------------

    def on_ready(self) -> None:
        """Ask for the file, or for the rest of it."""
        self._state = State.ASKING
        headers: tuple[tuple[str, str], ...] = ()
        offset = self._arriving.offset
        if offset:
            etag = f'"{self.transfer.hash}"'
            headers = (("Range", f"bytes={offset}-"), ("If-Range", etag))
        self._ask("GET", f"/files/{self.transfer.hash}", headers)

    def on_head(self, status: int, headers: Headers) -> None:
        """See whether it is what was asked for."""
        self._status, self._headers = status, headers
        if status not in {200, 206}:
            return
        try:
            if status == 200 and self._arriving.offset:
                # The host gives all of it, whatever was asked for.
                self._arriving.restart()
        except NotWritten as problem:
            self._fail(problem.failure)
            return
        if not self._is_as_asked(status, headers):
            self._fail(FileFailure.BROKEN)
            return
        self._state = State.MOVING
        self._tell()

    def _is_as_asked(self, status: int, headers: Headers) -> bool:
        size, offset = self.transfer.size, self._arriving.offset
        if (headers.get("content-encoding") or "identity").strip().lower() != "identity":
            return False
        length = headers.get("content-length")
        if length is not None and number_of(length, size) != size - offset:
            return False
        if status == 200:
            return True
        try:
            span = sent_span(headers.get("content-range") or "")
        except BadContentRange:
            return False
        return span == Span(offset, size, size)

    def on_body(self, data: bytes | bytearray) -> None:
        """Keep what came."""
        if self._state is not State.MOVING:
            super().on_body(data)
            return
        if self._arriving.offset + len(data) > self.transfer.size:
            self._fail(FileFailure.BROKEN)
            return
        try:
            self._arriving.write(data)
        except NotWritten as problem:
            self._fail(problem.failure)
            return
        self._tell()

    def _tell(self) -> None:
        self._crew.told.note_progress(self.transfer.id, self._arriving.offset)

    def tell_again(self) -> None:
        """Say how far it is though it did not go on, so that its speed is not that of long ago."""
        if self._state is State.MOVING:
            self._tell()

    def on_end(self) -> None:
        """Give what is whole its place, or act on what the host said instead."""
        if self._state is State.MOVING:
            if not self._arriving.is_complete:
                self._fail(FileFailure.BROKEN)
                return
            self._state = State.SETTLING
            self._give_back()
            self._crew.soon(self)
        elif self._status == UNAUTHORISED:
            self._crew.not_admitted()
            self._lost()
        elif self._status == _NOT_IN_IT and self._arriving.offset and not self._restarted:
            self._restart()
        else:
            failure = failure_of(self._status, self._headers)
            self._lost() if failure is None else self._fail(failure)

    def _restart(self) -> None:
        self._restarted = True
        try:
            self._arriving.restart()
        except NotWritten as problem:
            self._fail(problem.failure)
        else:
            self._go_on()

    def _let_go(self, loss: Loss) -> None:
        if loss is Loss.NONSENSE:
            self._fail(FileFailure.BROKEN)
        else:
            self._lost()

    def _lost(self) -> None:
        self.drop()
        self._crew.told.note_lost(self.transfer.id)

    def _fail(self, failure: FileFailure) -> None:
        self.drop()
        if failure in _WORTHLESS or not self._arriving.offset:
            self._crew.discard_part(self.transfer)
        self._crew.told.note_failed(self.transfer.id, failure)


_NOT_IN_IT = 416
