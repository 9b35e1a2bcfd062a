"""The files of a room that is hosted here, as its window sees them: implemented where the host is."""

from __future__ import annotations

from typing import Protocol

from app.room.files.quotas import FilesUse, Quotas


class OwnFiles(Protocol):
    """What the files of the room take, and how much they may."""

    @property
    def quotas(self) -> Quotas:
        """How much the room takes."""

    @property
    def use(self) -> FilesUse:
        """What is there now; raises OSError where the disk does not tell."""

    def set_quotas(self, quotas: Quotas) -> None:
        """Let the room take as much from now on, and when it is hosted again."""
