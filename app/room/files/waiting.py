"""`Waiting`: the files that came and are in no message yet, by the device that sent them."""

from __future__ import annotations

from collections.abc import Iterable

# A message is said once all of its files are here: the first ones wait for the others.
NEEDLESS = """SELECT hash FROM files WHERE (used OR (at < ? AND NOT EXISTS (
        SELECT 1 FROM senders JOIN uploads ON uploads.device = senders.device
        WHERE senders.hash = files.hash)))
    AND NOT EXISTS (SELECT 1 FROM attached WHERE attached.hash = files.hash) LIMIT ?"""
"""Finds files that may go: those sent before a time, and that many."""

AWAITED = "UPDATE files SET at = max(at, ?), used = 0 WHERE hash = ?"
"""Lets a file that was sent again wait as a new one does, from a time on."""


class Waiting:
    """How many files of each device wait for the message that they were sent for."""

    def __init__(self) -> None:
        self._of: dict[bytes, set[bytes]] = {}

    def count(self, device: bytes) -> int:
        """Return how many files of a device wait."""
        return len(self._of.get(device, ()))

    def add(self, digest: bytes, device: bytes) -> None:
        """Note that a device has sent a file."""
        self._of.setdefault(device, set()).add(digest)

    def remove(self, digest: bytes, devices: Iterable[bytes]) -> None:
        """Note that a file waits no more, whichever of these devices sent it."""
        for device in devices:
            waiting = self._of.get(device, set())
            waiting.discard(digest)
            if not waiting:
                self._of.pop(device, None)
