"""What transfers need of the engine, and whom they tell how they go."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.net.transfers.task import Crew
from app.session.files.transfer import FileFailure, Transfer


class Told(Protocol):
    """Who is told how transfers go: `session.files.Transfers`."""

    def note_hash(self, number: bytes, digest: str) -> None:
        """Its bytes were read, and hash to this."""

    def note_progress(self, number: bytes, done: int) -> None:
        """So many bytes are read, or there."""

    def note_done(self, number: bytes, path: Path | None = None) -> None:
        """It is there as a whole."""

    def note_failed(self, number: bytes, failure: FileFailure) -> None:
        """It came to nothing."""

    def note_lost(self, number: bytes) -> None:
        """The way broke."""


class TransferCrew(Crew, Protocol):
    """What a transfer needs."""

    @property
    def told(self) -> Told:
        """Who is told."""

    def discard_part(self, transfer: Transfer) -> None:
        """Throw away what came of a download, which has let go of it."""

    def delete_upload(self, transfer: Transfer) -> None:
        """Let the host forget what it has of an upload."""
