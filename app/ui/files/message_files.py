"""The files of one room's messages, as its window shows them: how each stands, and its small picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.room.files.kinds import Kind
from app.session.connection import Phase
from app.session.files.transfer import FileFailure, Stage, Transfer
from app.ui.files.actions import FileActions
from app.ui.files.kind_icons import kind_of_ref
from app.ui.files.room_thumbnails import RoomThumbnails
from app.ui.files.states import (
    FileState,
    is_fetching,
    kind_name,
    state_at_rest,
    state_here,
    state_of,
)

if TYPE_CHECKING:
    from app.protocol.messages import Said
    from app.session.room_session import RoomSession
    from app.session.timeline import MessageEntry
    from app.ui.files.desktop import Desktop

_FILE_FAILURES = frozenset(FileFailure)


class MessageFiles(QObject):
    """Owns what all who show files of a room share: `thumbnails` and `actions`.

    Signals:
        changed(): a file stands otherwise, or its small picture has come; nothing is higher for that.
        deleted(frozenset[int]): the messages of these numbers were deleted, and so their files.
    """

    changed = pyqtSignal()
    deleted = pyqtSignal(frozenset)

    def __init__(
        self, session: RoomSession, parent: QObject, desktop: Desktop | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.transfers = session.transfers
        self.thumbnails = RoomThumbnails(session.transfers.previews, self)
        self.actions = FileActions(session.transfers, self, desktop)
        self.thumbnails.ready.connect(self._on_ready)
        for signal in (self.transfers.added, self.transfers.changed, self.transfers.removed):
            signal.connect(self._on_transfer)
        session.connection_changed.connect(self._on_connection_changed)
        session.confirmed.connect(self._on_confirmed)

    def transfer(self, entry: MessageEntry, number: int) -> Transfer | None:
        """Return what is on its way of a file, or was: of one's own message up, of any other down."""
        ref = entry.files[number]
        if not entry.seq and entry.mine:
            uploads = self.transfers.of_message(entry.cid)
            if len(uploads) == len(entry.files):
                return uploads[number]
            return next((one for one in uploads if one.place == number), None)
        return self.transfers.of_file(ref.hash) if ref.hash else None

    def kind(self, entry: MessageEntry, number: int) -> Kind:
        """Return what a file is: by its own bytes where it is here, else as its host says."""
        ref = entry.files[number]
        if entry.mine and not entry.seq:
            transfer = self.transfer(entry, number)
            here = self.actions.looked_at(transfer.path) if transfer is not None else None
            return here.kind if here is not None else kind_of_ref(ref)
        return kind_of_ref(ref)

    def state(self, entry: MessageEntry, number: int) -> FileState:
        """Return how a file stands. Cheap enough to be asked for while painting."""
        ref = entry.files[number]
        name = kind_name(ref, self.kind(entry, number).icon)
        transfer = self.transfer(entry, number)
        if not entry.seq and entry.mine:
            # It is sent once the message is in the log.
            if transfer is None:
                return state_here(ref, name, safe=False, upload=True)
            return state_of(transfer, offline=self.is_offline)
        if transfer is not None and is_fetching(transfer):
            return state_of(transfer, offline=self.is_offline)
        here = self.actions.local(ref)
        if here is None:
            return state_at_rest(ref, name)
        return state_here(ref, name, safe=here.kind.opened)

    @property
    def is_offline(self) -> bool:
        """Whether the room is not reached now."""
        return self._session.connection.phase is not Phase.ONLINE

    # --- doing ------------------------------------------------------------------------------------

    def pause(self, entry: MessageEntry, number: int) -> None:
        """Let a file rest."""
        transfer = self.transfer(entry, number)
        if transfer is not None:
            self.transfers.pause(transfer.id)

    def go_on(self, entry: MessageEntry, number: int) -> None:
        """Go on with a file that rests or failed; with the whole message where that failed."""
        transfer = self.transfer(entry, number)
        if transfer is None:
            return
        if transfer.is_upload and transfer.stage is Stage.FAILED:
            self._session.retry(entry.cid)
        else:
            self.transfers.resume(transfer.id)

    def cancel(self, entry: MessageEntry, number: int) -> None:
        """Give a file up; with the last one of a message that is not sent yet, the message too."""
        transfer = self.transfer(entry, number)
        if transfer is not None and transfer.is_upload and len(entry.files) == 1:
            self._session.discard(entry.cid)
        elif transfer is not None:
            self.transfers.cancel(transfer.id)

    # --- what is told -----------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_ready(self, _hash: str) -> None:
        self.changed.emit()

    @pyqtSlot(bytes)
    def _on_transfer(self, _number: bytes) -> None:
        self.changed.emit()

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        self.changed.emit()

    @pyqtSlot(tuple)
    def _on_confirmed(self, run: tuple[Said, ...]) -> None:
        gone = frozenset(said.about for said in run if said.kind == "delete")
        if gone:
            self.deleted.emit(gone)


def is_told_by_card(entry: MessageEntry) -> bool:
    """Tell whether a message was not sent because of a file, whose card says why."""
    return bool(entry.files) and entry.failure in _FILE_FAILURES
