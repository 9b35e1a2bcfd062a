"""The files of a room that is hosted in this very process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.room.files.quotas import FilesUse, Quotas

if TYPE_CHECKING:
    from app.net.host import Host
    from app.room.files.store import FileStore


class LocalFiles:
    """The session's `OwnFiles`."""

    def __init__(self, host: Host, store: FileStore) -> None:
        self._host = host
        self._store = store

    @property
    def quotas(self) -> Quotas:
        """How much the room takes."""
        return self._store.quotas

    @property
    def use(self) -> FilesUse:
        """What is there now; raises OSError where the disk does not tell."""
        return self._store.use

    def set_quotas(self, quotas: Quotas) -> None:
        """Let the room take as much from now on, and when it is hosted again."""
        self._host.set_quotas(quotas)
