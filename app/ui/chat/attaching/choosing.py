"""The dialogs in which files and folders are chosen."""

from __future__ import annotations

from PyQt6.QtCore import QDir, QObject, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QFileDialog, QWidget

from app.ui.share.saving import DIALOG_STYLE
from app.ui.texts import tr


class Choosing(QObject):
    """One dialog at a time, over `page`; it begins where the last one ended.

    Signals:
        chosen(list[str]): these paths.
    """

    chosen = pyqtSignal(list)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.folder = ""
        """Where the last dialog was; empty before the first."""
        self.dialog: QFileDialog | None = None

    def ask_for_files(self) -> None:
        """Let the person choose files, as many as they like."""
        self._ask(tr("Attach files"), QFileDialog.FileMode.ExistingFiles)

    def ask_for_folder(self) -> None:
        """Let the person choose a folder."""
        self._ask(tr("Attach a folder"), QFileDialog.FileMode.Directory)

    def _ask(self, title: str, mode: QFileDialog.FileMode) -> None:
        if self.dialog is not None:
            return
        dialog = QFileDialog(self._page, title, self.folder or QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(mode)
        dialog.setStyleSheet(DIALOG_STYLE)
        dialog.filesSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.destroyed.connect(self._on_destroyed)
        self.dialog = dialog
        dialog.open()

    @pyqtSlot("QStringList")
    def _on_selected(self, names: list[str]) -> None:
        if self.dialog is not None:
            directory = self.dialog.directory()
            if self.dialog.fileMode() is QFileDialog.FileMode.Directory:
                directory.cdUp()
            self.folder = directory.absolutePath()
        self.chosen.emit(names)

    @pyqtSlot()
    def _on_destroyed(self) -> None:
        self.dialog = None
