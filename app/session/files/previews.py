"""Small pictures of files, as the host made them: fetched when they are looked for, kept in memory."""

from __future__ import annotations

from collections import OrderedDict

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.attachments import FileRef

KEPT_BYTES = 32 * 1024 * 1024
"""What is kept in memory, the latest looked at: a thousand and more, at some 20 KiB each."""


class Previews(QObject):
    """The small pictures of one room.

    Signals:
        wanted(): somebody looked for one that is not here.
        ready(str): `get` has the one of the file with that hash now.
    """

    wanted = pyqtSignal()
    ready = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._here: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """The hashes of what was looked for and did not come yet."""
        return tuple(self._missing)

    def get(self, ref: FileRef) -> bytes | None:
        """Return the small picture of a file, or None; it is fetched then, where there is one.

        Cheap enough to be called while painting. It comes from a peer: to be decoded with care.
        """
        known = self._here.get(ref.hash)
        if known is not None:
            self._here.move_to_end(ref.hash)
            return known or None
        if ref.hash and ref.hash not in self._missing:
            self._missing[ref.hash] = None
            self.wanted.emit()
        return None

    def here(self, ref: FileRef) -> bytes | None:
        """Return the small picture of a file where it is in memory; nothing is fetched for that."""
        return self._here.get(ref.hash) or None

    def note(self, digest: str, data: bytes) -> None:
        """Take the picture of a file; empty where there is none."""
        self._missing.pop(digest, None)
        self._size += len(data) - len(self._here.get(digest, b""))
        self._here[digest] = data
        while self._size > KEPT_BYTES:
            self._size -= len(self._here.popitem(last=False)[1])
        if data:
            self.ready.emit(digest)

    def give_up(self) -> None:
        """Look for nothing any more, until somebody does again."""
        self._missing.clear()
