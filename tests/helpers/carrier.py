"""A carrier that carries nothing, and keeps what it was asked for."""

from __future__ import annotations

from app.session.files.transfer import Transfer


class RecordingCarrier:
    """A `Carrier`. `running` are the transfers that were begun and not let go of."""

    def __init__(self) -> None:
        self.tokens: list[bytes] = []
        self.begun: list[Transfer] = []
        self.running: dict[bytes, Transfer] = {}
        self.given_up: list[bytes] = []
        self.previews: list[str] = []
        self.closed = False

    def admit(self, token: bytes) -> None:
        self.tokens.append(token)

    def begin(self, transfer: Transfer) -> None:
        self.begun.append(transfer)
        self.running[transfer.id] = transfer

    def stop(self, transfer: Transfer) -> None:
        self.running.pop(transfer.id, None)

    def give_up(self, transfer: Transfer) -> None:
        self.running.pop(transfer.id, None)
        self.given_up.append(transfer.id)

    def preview(self, digest: str) -> None:
        self.previews.append(digest)

    def close(self) -> None:
        self.closed = True
