"""A small gif in the timeline plays while the pointer is over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSlot

from app.session.files.transfer import Stage
from app.ui.files.moving import MovingPicture, may_move
from app.ui.theme import motion

if TYPE_CHECKING:
    from pathlib import Path

    from app.protocol.attachments import FileRef
    from app.ui.chat.timeline.files.layout import FileSpot
    from app.ui.chat.timeline.files.painting import FilePainter
    from app.ui.chat.timeline.view import TimelineView
    from app.ui.files.message_files import MessageFiles

_MEANT = 150
"""Milliseconds over a picture until it is fetched: a pointer that only passes wants nothing."""


class Playing(QObject):
    """Fetches what is pointed at, and hands its frames to the painter. Owned by whoever hovers."""

    def __init__(self, view: TimelineView, files: MessageFiles, painter: FilePainter) -> None:
        super().__init__(view)
        self._view = view
        self._files = files
        self._painter = painter
        self._spot: FileSpot | None = None
        self._ref: FileRef | None = None
        self._moving = MovingPicture(self)
        self._moving.moved.connect(self._on_moved)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MEANT)
        self._timer.timeout.connect(self._on_meant)
        files.transfers.changed.connect(self._on_transfer)

    @property
    def plays(self) -> bool:
        """Whether anything moves now."""
        return self._moving.frame is not None

    def hover(self, spot: FileSpot | None, ref: FileRef | None) -> None:
        """Take note of what is pointed at now."""
        if spot == self._spot:
            return
        self.stop()
        if spot is None or ref is None or not may_move(ref) or not motion.moves(self._view):
            return
        self._spot, self._ref = spot, ref
        self._timer.start()

    def stop(self) -> None:
        """Let nothing move."""
        self._spot = self._ref = None
        self._timer.stop()
        self._moving.stop()

    @pyqtSlot()
    def _on_meant(self) -> None:
        if self._ref is None:
            return
        here = self._files.actions.local(self._ref)
        if here is not None:
            self._moving.play(here.path)
            return
        transfer = self._files.transfers.view(self._ref)
        if transfer.stage is Stage.DONE:
            self._play(transfer.path)

    @pyqtSlot(bytes)
    def _on_transfer(self, number: bytes) -> None:
        transfer = self._files.transfers.get(number)
        wanted = self._ref is not None and transfer is not None and transfer.hash == self._ref.hash
        if wanted and transfer is not None and transfer.stage is Stage.DONE and not self.plays:
            self._play(transfer.path)

    def _play(self, path: Path) -> None:
        if not self._timer.isActive():
            self._moving.play(path)

    @pyqtSlot()
    def _on_moved(self) -> None:
        frame = self._moving.frame
        if self._spot is not None and frame is not None:
            self._painter.frame = self._spot, frame
        else:
            self._painter.frame = None
        self._view.repaint_rows()
