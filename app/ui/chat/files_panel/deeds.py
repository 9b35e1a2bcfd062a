"""What is done with the files of the panel: the same as with those in the timeline, by the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol.attachments import FileRef
from app.ui.chat.timeline.files.layout import is_picture
from app.ui.files.viewer.shown import ShownPicture
from app.ui.files.wishes import FileWish

if TYPE_CHECKING:
    from app.ui.chat.files_panel.panel import FilesPanel
    from app.ui.chat.timeline.panel import TimelinePanel


class PanelDeeds(QObject):
    """Carries out what the panel wishes. A child of the panel."""

    def __init__(self, panel: FilesPanel, timeline: TimelinePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._timeline = timeline
        self._files = timeline.model.files
        panel.use_thumbnails(self._files.thumbnails)
        panel.offered = self.offered
        panel.activated.connect(self._on_activated)
        panel.wished.connect(self._on_wished)

    def offered(self, ref: FileRef) -> tuple[FileWish, ...]:
        """Return what can be done with a file as it stands now."""
        actions = self._files.actions
        if actions.local(ref) is None:
            return (FileWish.SAVE,)
        if actions.is_safe(ref):
            return FileWish.OPEN, FileWish.SHOW, FileWish.SAVE
        return FileWish.SHOW, FileWish.SAVE

    def pictures(self) -> list[ShownPicture]:
        """Return the pictures that are listed, the oldest first as in the timeline."""
        return [
            ShownPicture(file.ref, file.seq, file.nick, file.at)
            for file in reversed(self._panel.model.files)
            if is_picture(file.ref)
        ]

    @pyqtSlot(FileRef, object)
    def _on_activated(self, ref: FileRef, seq: int) -> None:
        """Show a picture, open what is here and safe; else go where its card says how it stands."""
        if is_picture(ref):
            self._timeline.view.files.view((seq, ref.hash), self.pictures)
        elif self._files.actions.is_safe(ref):
            self._files.actions.open(ref)
        else:
            self._timeline.seek.to(seq)

    @pyqtSlot(str, FileRef, object)
    def _on_wished(self, wish: str, ref: FileRef, _seq: int) -> None:
        actions = self._files.actions
        if wish == FileWish.OPEN:
            actions.open(ref)
        elif wish == FileWish.SHOW:
            actions.show_in_folder(ref)
        elif wish == FileWish.SAVE:
            actions.save_as(ref)
