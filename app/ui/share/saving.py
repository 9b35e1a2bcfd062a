"""Saving the QR code as a picture, without ever overwriting a file unasked."""

from __future__ import annotations

import re
from pathlib import Path

from PyQt6.QtCore import QDir, QObject, QStandardPaths, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QFileDialog, QWidget

from app.support.files import write_atomically
from app.ui.share.qr import QrCode, qr_picture
from app.ui.texts import tr

# The application's item views are transparent; over nothing, a table's header would be black.
DIALOG_STYLE = """
QHeaderView { background: palette(base); }
QHeaderView::section {
    background: palette(base); color: palette(text); border: none; padding: 4px 6px;
}
"""
_LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile(r"[^\w -]+")


def suggested_name(room: str) -> str:
    """Return a file name that every system takes, with what it may of the room's name."""
    words = _NOT_IN_NAMES.sub(" ", room)[:_LONGEST_NAME].split()
    return " ".join(["Papo", *words]) + ".png"


class PictureSaver(QObject):
    """Asks for a place and writes the picture there.

    Signals:
        saved(str): the picture is in the file of that name.
        taken(str): a file of that name is there already; `replace` overwrites it.
        failed(str): it could not be written, with the sentence.
    """

    saved = pyqtSignal(str)
    taken = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._picture = b""
        self._path: Path | None = None
        self.dialog: QFileDialog | None = None

    def ask(self, code: QrCode, room: str) -> None:
        """Let the person choose a file."""
        self._picture = qr_picture(code)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        if not QDir(folder).exists():
            folder = QDir.homePath()
        dialog = QFileDialog(self._window, tr("Save QR as picture"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Pictures (*.png)"))
        dialog.setDefaultSuffix("png")
        # Qt's own question is a nested event loop, and shows the name as it comes.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setStyleSheet(DIALOG_STYLE)
        dialog.selectFile(suggested_name(room))
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.destroyed.connect(self._on_destroyed)
        self.dialog = dialog
        dialog.open()

    def replace(self) -> None:
        """Overwrite the file that is in the way."""
        if self._path is not None:
            self._write(self._path, over=True)

    @pyqtSlot(str)
    def _on_chosen(self, name: str) -> None:
        path = Path(name)
        if path.suffix.lower() != ".png":
            path = path.with_name(f"{path.name}.png")
        self._path = path
        self._write(path, over=False)

    @pyqtSlot()
    def _on_destroyed(self) -> None:
        self.dialog = None

    def _write(self, path: Path, *, over: bool) -> None:
        try:
            if not over:
                path.touch(exist_ok=False)
            try:
                write_atomically(path, self._picture)
            except OSError:
                if not over:
                    path.unlink(missing_ok=True)
                raise
        except FileExistsError:
            self.taken.emit(path.name)
        except OSError as error:
            self.failed.emit(
                tr(
                    "The picture could not be saved ({reason}). Choose another folder.",
                    reason=error.strerror or error,
                )
            )
        else:
            self.saved.emit(path.name)
