"""The book of a session's transfers: each as it stands now, kept on the disk, and told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol.messages import Attach
from app.session.files.speed import Speed
from app.session.files.transfer import Purpose, Stage, Transfer
from app.session.keeping import Keeper
from app.support.clock import Clock
from app.support.removing import Remover


class Book(QObject):
    """Every transfer of a session, in the order in which they were begun.

    Signals:
        added(bytes), changed(bytes), removed(bytes): a transfer, by its id. Progress is told a few
            times a second.
    """

    added = pyqtSignal(bytes)
    changed = pyqtSignal(bytes)
    removed = pyqtSignal(bytes)

    def __init__(self, keeper: Keeper, clock: Clock, parent: QObject | None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._clock = clock
        self._remover = Remover(clock)
        self._book: dict[bytes, Transfer] = {}
        self._speeds: dict[bytes, Speed] = {}
        self._told: dict[bytes, float] = {}

    @property
    def all(self) -> tuple[Transfer, ...]:
        """Every transfer that is known, in the order in which they were begun."""
        return tuple(self._book.values())

    def get(self, number: bytes) -> Transfer | None:
        """Return a transfer as it stands now, or None."""
        return self._book.get(number)

    def of_message(self, cid: bytes) -> tuple[Transfer, ...]:
        """Return the uploads of a message, in their order."""
        found = [one for one in self._book.values() if one.is_upload and one.cid == cid]
        return tuple(sorted(found, key=lambda one: one.place))

    def attached(self, cid: bytes) -> tuple[Attach, ...] | None:
        """Return the files of a message as the host knows them, or None while some are missing."""
        uploads = self.of_message(cid)
        if not uploads or any(one.stage is not Stage.DONE for one in uploads):
            return None
        return tuple(Attach(hash=bytes.fromhex(one.hash), name=one.name) for one in uploads)

    def of_file(self, digest: str) -> Transfer | None:
        """Return the newest transfer that is about a file, not counting what is only looked at.

        Of an upload of one's own, the file is here already.
        """
        for one in reversed(self._book.values()):
            if one.hash == digest and one.purpose is not Purpose.VIEW:
                return one
        return None

    def viewed(self, digest: str) -> Transfer | None:
        """Return the fetching of a file to be looked at, or None."""
        for one in self._book.values():
            if one.hash == digest and one.purpose is Purpose.VIEW:
                return one
        return None

    @property
    def on_their_way(self) -> int:
        """How many files are neither here or there nor given up, nor resting."""
        return sum(not one.is_over and one.stage is not Stage.PAUSED for one in self._book.values())

    # --- for those who change it ------------------------------------------------------------------

    def keep_all(self) -> None:
        """Put everything into a store that was not there before."""
        for one in self._book.values():
            self._keep(one)

    def keep(self, planned: Sequence[Transfer]) -> None:
        """Put what is to be sent into the store; nothing begins, and nobody is told."""
        for transfer in planned:
            self._keep(transfer)

    def _now(self) -> int:
        return int(self._clock.now() * 1000)

    def _add(self, transfer: Transfer) -> None:
        self._book[transfer.id] = transfer
        self._keep(transfer)
        self.added.emit(transfer.id)

    def _change(self, transfer: Transfer) -> None:
        before = self._book[transfer.id]
        self._book[transfer.id] = transfer
        if (before.stage, before.hash, before.path) != (
            transfer.stage,
            transfer.hash,
            transfer.path,
        ):
            self._keep(transfer)
        self.changed.emit(transfer.id)

    def _keep(self, transfer: Transfer) -> None:
        if transfer.purpose is not Purpose.VIEW:
            self._keeper.write(lambda store: store.put_transfer(transfer))

    def _remove(self, number: bytes) -> None:
        self._forget_speed(number)
        transfer = self._book.pop(number, None)
        if transfer is not None:
            self._keeper.write(lambda store: store.drop_transfer(number))
            self.removed.emit(number)

    def _forget_speed(self, number: bytes) -> None:
        self._speeds.pop(number, None)
        self._told.pop(number, None)

    def _delete_temporary(self, transfer: Transfer) -> None:
        if transfer.temporary:
            self._delete(transfer.path)

    def _delete(self, path: Path) -> None:
        # What stays lies in a folder of ours that is swept at a later start.
        self._remover.remove(path)
