"""An upload, step by step: what it does where the host's answer comes at an odd moment."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from app.net.http.requests import Headers
from app.net.transfers.http_link import HttpLink
from app.net.transfers.task import Task
from app.net.transfers.turns import Worker
from app.net.transfers.upload import Upload
from app.net.transfers.work import TransferCrew
from app.room.files.disk import Disk
from app.session.files.planning import planned_upload
from app.session.files.transfer import FileFailure, LocalFile, Transfer

_CONFLICT = Headers([(b"upload-offset", b"10"), (b"upload-length", b"100")])


class _Link:
    """Takes everything, and is good for one request."""

    is_free = False
    waiting = 0

    def __init__(self) -> None:
        self.asked: list[str] = []

    def request(self, method: str, *_rest: object, **_more: object) -> None:
        self.asked.append(method)

    def send(self, data: bytes) -> None:
        """It is taken."""

    def end_body(self) -> None:
        """It is taken."""


class _Crew:
    """Lends links that are never there at once, and counts them. Told nothing."""

    token = b"t" * 32

    def __init__(self) -> None:
        self.disk = Disk()
        self.told = self
        self.lent: list[_Link] = []
        self.due: list[Worker] = []

    def soon(self, worker: Worker) -> None:
        self.due.append(worker)

    def lend(self, task: Task, *, fresh: bool = False) -> None:
        del fresh
        self.lent.append(_Link())
        task.link = cast(HttpLink, self.lent[-1])

    def take_back(self, link: HttpLink) -> None:
        """It is not lent again."""

    def over(self, task: Task) -> None:
        """Nobody asks."""

    def not_admitted(self) -> None:
        """Nobody asks."""

    def delete_upload(self, transfer: Transfer) -> None:
        """Nobody asks."""

    def note_hash(self, number: bytes, digest: str) -> None:
        """Nobody asks."""

    def note_progress(self, number: bytes, done: int) -> None:
        """Nobody asks."""

    def note_done(self, number: bytes, path: Path | None = None) -> None:
        """Nobody asks."""

    def note_failed(self, number: bytes, failure: FileFailure) -> None:
        """Nobody asks."""

    def note_lost(self, number: bytes) -> None:
        """Nobody asks."""


def test_answer_in_mid_body_leads_to_one_other_link(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(100))
    crew = _Crew()
    transfer = planned_upload(LocalFile(path), b"c" * 16, 0, at=0, most=0)
    upload = Upload(transfer, cast(TransferCrew, crew))
    while upload.step():
        pass
    upload.on_ready()
    upload.on_continue()
    # The host wants another part, while a step of sending is due.
    upload.on_head(409, _CONFLICT)
    upload.on_end()
    assert len(crew.lent) == 2
    for worker in crew.due:
        assert not worker.step()
    assert len(crew.lent) == 2
    upload.on_ready()
    assert crew.lent[1].asked == ["PUT"]
    upload.drop()
