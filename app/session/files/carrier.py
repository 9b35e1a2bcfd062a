"""What carries files, as a session sees it: implemented where there are sockets."""

from __future__ import annotations

from typing import Protocol

from app.session.files.transfer import Transfer


class Carrier(Protocol):
    """Carries files between this computer and the host, and tells `Transfers` how it goes.

    It tells by `note_hash`, `note_progress`, `note_done`, `note_failed`, `note_lost`, never from
    within a call of its own.
    """

    def admit(self, token: bytes) -> None:
        """Use this token from now on; nothing is sent or fetched without one."""

    def begin(self, transfer: Transfer) -> None:
        """Check, and send or fetch, from where it was left off."""

    def stop(self, transfer: Transfer) -> None:
        """Let go of a transfer; what is there of it stays. Harmless for one that is not begun."""

    def give_up(self, transfer: Transfer) -> None:
        """Let go of a transfer, and of what is there of it: here, and at the host."""

    def preview(self, digest: str) -> None:
        """Fetch the small picture of a file; `Transfers.previews` is told (`note`)."""

    def close(self) -> None:
        """Let go of everything, for good."""
