"""`FileActions`: all that a person can do with a file of a message, for everything that shows files."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from PyQt6.QtCore import QObject, QPoint, QStandardPaths, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QCursor, QGuiApplication, QImage
from PyQt6.QtWidgets import QFileDialog, QToolTip, QWidget

from app.protocol.attachments import FileRef
from app.room.files.kinds import HEAD, Kind, kind_of
from app.session.files.transfer import Purpose, Stage, Transfer
from app.session.files.transfers import Transfers
from app.ui.files.desktop import Desktop, SystemDesktop
from app.ui.files.sentences import LocalProblem
from app.ui.sentences import sentence
from app.ui.share.saving import DIALOG_STYLE
from app.ui.texts import tr
from app.ui.widgets.labels import plain_tooltip

_BELIEVED = 3.0
"""Seconds for which a file that was there is taken to be there still, while nobody clicks it."""


@dataclass(frozen=True, slots=True)
class FileHere:
    """A file of a message as it is on this computer. `kind` is told by its own bytes and name."""

    path: Path
    kind: Kind


class FileActions(QObject):
    """Opens, shows, saves and copies the files of one room. One of these serves the whole room.

    Whether a file may be opened is decided from the file on the disk, at the click: by its first bytes
    and its name there, never by what a peer says of it.

    Signals:
        said(str): that sentence was shown to the person.
    """

    said = pyqtSignal(str)

    def __init__(
        self, transfers: Transfers, parent: QObject, desktop: Desktop | None = None
    ) -> None:
        super().__init__(parent)
        self._transfers = transfers
        self._window: QWidget | None = None
        self.desktop: Desktop = desktop or SystemDesktop(self)
        self._seen: dict[tuple[Path, int], tuple[float, FileHere | None]] = {}
        self.dialog: QFileDialog | None = None
        self._asked: FileRef | None = None
        transfers.changed.connect(self._on_changed)
        transfers.removed.connect(self._on_changed)

    def use_window(self, window: QWidget) -> None:
        """Let dialogs and hints stand over `window`, which lives as long as this."""
        self._window = window

    # --- what is known ----------------------------------------------------------------------------

    def local(self, ref: FileRef) -> FileHere | None:
        """Return a file as it is on this computer, or None where it is not. Cheap while painting."""
        transfer = self._transfers.of_file(ref.hash) if ref.hash else None
        if transfer is None or not _is_here(transfer):
            return None
        return self.looked_at(transfer.path, transfer.size)

    def looked_at(self, path: Path, size: int = -1, *, anew: bool = False) -> FileHere | None:
        """Return what a file of this computer is, or None where there is none (of that size)."""
        key = (path, size)
        now = perf_counter()
        known = self._seen.get(key)
        if known is not None and not anew and now - known[0] < _BELIEVED:
            return known[1]
        found = _look(path, size)
        self._seen[key] = (now, found)
        return found

    def is_safe(self, ref: FileRef) -> bool:
        """Tell whether Open may be offered for a file that is here."""
        here = self.local(ref)
        return here is not None and here.kind.opened

    # --- doing ------------------------------------------------------------------------------------

    def open(self, ref: FileRef) -> bool:
        """Open a file that is here in the program for it, where that is safe; else say why not."""
        here = self._here_now(ref)
        if here is None:
            return False
        if not here.kind.opened:
            return self._say(LocalProblem.UNSAFE)
        transfer = self._transfers.of_file(ref.hash)
        if transfer is not None and transfer.purpose is Purpose.SAVE:
            _never_run(here.path)
        return self.desktop.open(here.path) or self._say(LocalProblem.NO_PROGRAM)

    def show_in_folder(self, ref: FileRef) -> bool:
        """Show a file that is here in its folder."""
        here = self._here_now(ref)
        if here is None:
            return False
        return self.desktop.show(here.path) or self._say(LocalProblem.NO_FOLDER)

    def download(self, ref: FileRef) -> None:
        """Fetch a file into the folder for such, unless it is on its way already."""
        known = self._transfers.of_file(ref.hash) if ref.hash else None
        if known is not None and known.purpose is Purpose.SAVE and known.stage is not Stage.DONE:
            self._transfers.resume(known.id)
        elif ref.hash:
            self._transfers.save(ref)

    def save_as(self, ref: FileRef, over: QWidget | None = None) -> None:
        """Let the person choose where a file is saved."""
        window = over or self._window
        if not ref.hash or self.dialog is not None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(window, tr("Save file"), folder)
        dialog.setStyleSheet(DIALOG_STYLE)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there is never overwritten: another name is found. Qt's own question is a nested
        # event loop, and shows the name as it comes.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(ref.name)
        self._asked = ref
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.destroyed.connect(self._on_dialog_gone)
        self.dialog = dialog
        dialog.open()

    def copy_picture(self, image: QImage) -> None:
        """Put a decoded picture on the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and not image.isNull():
            clipboard.setImage(image)

    def copy_name(self, ref: FileRef) -> None:
        """Put a file's name on the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(ref.name)

    # --- parts ----------------------------------------------------------------------------------

    def _here_now(self, ref: FileRef) -> FileHere | None:
        transfer = self._transfers.of_file(ref.hash) if ref.hash else None
        if transfer is None or not _is_here(transfer):
            self._say(LocalProblem.MISSING)
            return None
        here = self.looked_at(transfer.path, transfer.size, anew=True)
        if here is None:
            # Somebody moved it away: it can be fetched again.
            if transfer.purpose is Purpose.SAVE:
                self._transfers.cancel(transfer.id)
            self._say(LocalProblem.MISSING)
        return here

    def _say(self, problem: LocalProblem) -> bool:
        text = sentence(problem)
        window = self._window
        if window is not None and window.isVisible():
            at = QCursor.pos()
            if not window.rect().contains(window.mapFromGlobal(at)):
                at = window.mapToGlobal(window.rect().center())
            QToolTip.showText(at + QPoint(0, 4), plain_tooltip(text), window)
        self.said.emit(text)
        return False

    @pyqtSlot(str)
    def _on_chosen(self, name: str) -> None:
        if self._asked is not None and name:
            self._transfers.save(self._asked, Path(name))

    @pyqtSlot()
    def _on_dialog_gone(self) -> None:
        self.dialog = None

    @pyqtSlot(bytes)
    def _on_changed(self, _number: bytes) -> None:
        if self._seen and len(self._seen) > 500:
            self._seen.clear()


def _is_here(transfer: Transfer) -> bool:
    """Tell whether the whole file is on this computer: fetched, or one's own."""
    return transfer.stage is Stage.DONE or (transfer.is_upload and not transfer.temporary)


def _look(path: Path, size: int) -> FileHere | None:
    """Open a file without following what it is not, and tell what it is."""
    try:
        # What a link is called says nothing about what it leads to.
        path = path.resolve(strict=True)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or (size >= 0 and status.st_size != size):
                return None
            return FileHere(path, kind_of(path.name, os.read(descriptor, HEAD)))
        finally:
            os.close(descriptor)
    except (OSError, ValueError, RuntimeError):
        return None


def _never_run(path: Path) -> None:
    """Take away whatever lets a file be run as a program."""
    if sys.platform == "win32":
        return
    try:
        mode = path.stat().st_mode
        if mode & 0o111:
            path.chmod(stat.S_IMODE(mode) & ~0o111)
    except OSError:
        return
