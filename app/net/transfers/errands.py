"""Errands to the host: small pictures fetched, uploads given up. Nobody waits for them."""

from __future__ import annotations

from collections.abc import Callable

from app.net.http.requests import Headers
from app.net.transfers.http_link import Loss
from app.net.transfers.task import UNAUTHORISED, Crew, Task

MAX_PREVIEW = 256 * 1024
"""Bytes of a small picture: the host makes none that is larger."""


class Preview(Task):
    """Fetches the small picture of a file.

    `done` is told the hash, and the picture: empty where there is none, None where it did not come.
    """

    def __init__(self, digest: str, crew: Crew, done: Callable[[str, bytes | None], None]) -> None:
        super().__init__(crew)
        self.digest = digest
        self._done = done
        self._status = 0
        self._data = bytearray()

    def on_ready(self) -> None:
        """Ask for it."""
        self._ask("GET", f"/files/{self.digest}/thumbnail")

    def on_head(self, status: int, headers: Headers) -> None:
        """Take the head of the answer."""
        del headers
        self._status = status

    def on_body(self, data: bytes | bytearray) -> None:
        """Keep what came, or leave it where it is too much."""
        self._data += data
        if len(self._data) > MAX_PREVIEW:
            self._end(b"")

    def on_end(self) -> None:
        """Hand it over."""
        if self._status == 200:
            self._end(bytes(self._data))
        elif self._status == UNAUTHORISED:
            self._crew.not_admitted()
            self._end(None)
        else:
            later = self._status == 429 or self._status >= 500
            self._end(None if later else b"")

    def _let_go(self, loss: Loss) -> None:
        self._end(b"" if loss is Loss.NONSENSE else None)

    def _end(self, data: bytes | None) -> None:
        self.drop()
        self._done(self.digest, data)


class Deletion(Task):
    """Lets the host forget an upload; where that fails, it does so by itself after a day."""

    def __init__(self, upload: bytes, crew: Crew) -> None:
        super().__init__(crew)
        self._upload = upload

    def on_ready(self) -> None:
        """Ask for it."""
        self._ask("DELETE", f"/files/{self._upload.hex()}")

    def on_head(self, status: int, headers: Headers) -> None:
        """Whatever the answer is, it was asked for."""

    def on_end(self) -> None:
        """Be done."""
        self.drop()

    def _let_go(self, loss: Loss) -> None:
        del loss
        self.drop()
