"""`Upload`: a file on its way to the host: read, announced, and sent from where it was left off."""

from __future__ import annotations

import base64
from enum import Enum, auto
from urllib.parse import quote

from app.net import limits
from app.net.http.requests import Headers
from app.net.transfers.answers import failure_of, number_of
from app.net.transfers.http_link import Loss
from app.net.transfers.source import Source, Unsendable
from app.net.transfers.task import UNAUTHORISED, Task
from app.net.transfers.work import TransferCrew
from app.session.files.transfer import FileFailure, Transfer

REREAD = 20 * 1024 * 1024
"""Bytes a second at which a slow host reads again what it has, before it wants the rest."""

MOST_CORRECTIONS = 3
"""Times that the host may tell where to go on before it counts as nonsense."""


class State(Enum):
    """What an upload is busy with."""

    OPENING = auto()
    HASHING = auto()
    ASKING = auto()
    """How much the host has (HEAD)."""
    ANNOUNCING = auto()
    """The head of the PUT is sent: does the host want the body?"""
    MOVING = auto()
    AWAITING = auto()
    """All is sent, or enough was answered already."""


class Upload(Task):
    """One upload. Owns the open file."""

    def __init__(self, transfer: Transfer, crew: TransferCrew) -> None:
        super().__init__(crew)
        self.transfer = transfer
        self._crew: TransferCrew = crew
        self._source = Source(transfer)
        self._state = State.OPENING
        self._digest = transfer.hash
        # Where the hash is known, the host may have some of it.
        self._ask_first = bool(transfer.hash)
        self._first = 0
        self._at = 0
        self._waits = False
        self._corrected = 0
        self._status = 0
        self._headers = Headers(())

    def drop(self) -> None:
        """Let go; what the host has stays there."""
        self._source.close()
        super().drop()

    def step(self) -> bool:
        """Open the file, read it, or send some of it; return whether more can be done at once."""
        if self.is_over:
            return False
        try:
            return self._step()
        except Unsendable as unsendable:
            self._fail(unsendable.failure)
            return False

    def _step(self) -> bool:
        if self._state is State.OPENING:
            self._source.open()
            self._state = State.ASKING if self._digest else State.HASHING
        elif self._state is State.HASHING:
            more = self._source.look()
            self._crew.told.note_progress(self.transfer.id, self._source.hashed)
            if more or self.is_over:
                return more and not self.is_over
            self._digest = self._source.digest
            self._state = State.ANNOUNCING
            self._crew.told.note_hash(self.transfer.id, self._digest)
        elif self._state is State.MOVING:
            return self._send_slice()
        else:
            # A step may be due from before the host answered: then there is a link already.
            if self.link is None:
                self._crew.lend(self)
            return False
        return not self.is_over

    # --- the link ---------------------------------------------------------------------------------

    def on_ready(self) -> None:
        """Ask how much the host has, or announce the file."""
        target = f"/files/{self.transfer.id.hex()}"
        if self._ask_first:
            self._state = State.ASKING
            self._ask("HEAD", target)
            return
        size, first = self.transfer.size, self._first
        digest = base64.b64encode(bytes.fromhex(self._digest)).decode()
        headers = [
            ("Content-Length", str(size - first)),
            ("Repr-Digest", f"sha-256=:{digest}:"),
        ]
        if first < size:
            headers.append(("Content-Range", f"bytes {first}-{size - 1}/{size}"))
            headers.append(("Expect", "100-continue"))
        elif size:
            headers.append(("Content-Range", f"bytes */{size}"))
        self._at = first
        self._state = State.ANNOUNCING
        self._ask(
            "PUT",
            f"{target}?name={quote(self.transfer.name, safe='')}",
            tuple(headers),
            has_body=True,
            patience=limits.HTTP_IDLE + first / REREAD,
        )
        if first == size:
            self._end_body()

    def on_continue(self) -> None:
        """Begin to send."""
        if self._state is State.ANNOUNCING:
            self._state = State.MOVING
            self._crew.told.note_progress(self.transfer.id, self._at)
            self._crew.soon(self)

    def on_writable(self) -> None:
        """Go on."""
        if self._state is State.MOVING or self._state is State.AWAITING:
            self._tell()
        if self._waits and not self.is_over:
            self._waits = False
            self._crew.soon(self)

    def _send_slice(self) -> bool:
        assert self.link is not None
        if self.link.waiting >= limits.FILE_AHEAD:
            self._waits = True
            return False
        left = self.transfer.size - self._at
        data = self._source.read(self._at, min(limits.FILE_SLICE, left))
        self.link.send(data)
        self._at += len(data)
        self._tell()
        if self._at == self.transfer.size and not self.is_over:
            self._end_body()
        return self._state is State.MOVING and not self.is_over

    def _end_body(self) -> None:
        assert self.link is not None
        self._state = State.AWAITING
        self.link.end_body()

    def _tell(self) -> None:
        assert self.link is not None
        done = max(self._first, self._at - self.link.waiting)
        self._crew.told.note_progress(self.transfer.id, done)

    def tell_again(self) -> None:
        """Say how far it is though it did not go on, so that its speed is not that of long ago."""
        if self.link is not None and self._state in {State.MOVING, State.AWAITING}:
            self._tell()

    # --- the answer -------------------------------------------------------------------------------

    def on_head(self, status: int, headers: Headers) -> None:
        """Take the answer's head; it may come in mid-body, and then nothing more is sent."""
        if self._state is not State.ASKING:
            self._state = State.AWAITING
        self._waits = False
        self._status, self._headers = status, headers

    def on_end(self) -> None:
        """Go on with byte so and so, or be done."""
        status = self._status
        if status == UNAUTHORISED:
            self._crew.not_admitted()
            self._lost()
        elif self._state is State.ASKING and status in {200, 404}:
            self._on_offset(status)
        elif status in {200, 201} and self._state is State.AWAITING:
            self.drop()
            self._crew.told.note_done(self.transfer.id)
        elif status == _CONFLICT and self._headers.get("upload-offset") is not None:
            self._on_correction()
        else:
            failure = failure_of(status, self._headers)
            self._lost() if failure is None else self._fail(failure)

    def _on_offset(self, status: int) -> None:
        failure = failure_of(status, self._headers)
        if status != 200 and failure is not FileFailure.NOT_THERE:
            self._fail(failure or FileFailure.BROKEN)
            return
        size = self.transfer.size
        same = number_of(self._headers.get("upload-length"), size) == size
        offset = number_of(self._headers.get("upload-offset"), size)
        self._first = offset if status == 200 and same and offset is not None else 0
        self._ask_first = False
        self._go_on()

    def _on_correction(self) -> None:
        offset = number_of(self._headers.get("upload-offset"), self.transfer.size)
        self._corrected += 1
        if offset is None or self._corrected > MOST_CORRECTIONS:
            self._fail(FileFailure.BROKEN)
            return
        self._first = offset
        self._go_on()

    def _let_go(self, loss: Loss) -> None:
        if loss is Loss.NONSENSE:
            self._fail(FileFailure.BROKEN)
        else:
            self._lost()

    def on_lost(self, loss: Loss) -> None:
        """Ask anew how far it is, where another link is tried."""
        self._ask_first = True
        self._waits = False
        self._state = State.ASKING
        super().on_lost(loss)

    def _lost(self) -> None:
        self.drop()
        self._crew.told.note_lost(self.transfer.id)

    def _fail(self, failure: FileFailure) -> None:
        self.drop()
        if failure is FileFailure.CHANGED and self._digest:
            self._crew.delete_upload(self.transfer)
        self._crew.told.note_failed(self.transfer.id, failure)


_CONFLICT = 409
