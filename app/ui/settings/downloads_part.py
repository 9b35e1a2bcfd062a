"""Where fetched files go: the folder, another one, or the usual one again."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QDir, pyqtSlot
from PyQt6.QtWidgets import QFileDialog, QLineEdit, QWidget

from app.ui.settings.parts import Setting
from app.ui.share.saving import DIALOG_STYLE
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.type import Step
from app.ui.widgets.beside import Beside
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.fields import Problem

if TYPE_CHECKING:
    from app.ui.settings.preferences import Preferences
    from app.ui.theme.theme import Theme


class DownloadsPart(Setting):
    """Shows the folder; a choice is in force at once, in every room. A bad one is said, not taken."""

    def __init__(
        self, theme: Theme, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Downloads"),
            tr("Files that you save from a room go here. Nothing that is there is overwritten."),
            parent,
        )
        self._preferences = preferences
        self.path = QLineEdit(self)
        self.path.setObjectName("downloads")
        self.path.setReadOnly(True)
        self.path.setFont(theme.font(Step.BODY))
        self.path.setAccessibleName(tr("Downloads"))
        self.change = plain_button(theme, tr("Change…"), icon=Icon.FOLDER, parent=self)
        self.change.setObjectName("downloads-change")
        self.change.setAccessibleDescription(tr("Downloads"))
        self.usual = plain_button(theme, tr("Use the usual folder"), parent=self)
        self.usual.setObjectName("downloads-usual")
        self.usual.setAccessibleDescription(tr("Downloads"))
        self._problem = Problem(theme, self)
        self.dialog: QFileDialog | None = None
        buttons = Beside(8, self)
        buttons.add(self.change)
        buttons.add(self.usual)
        self.column.addSpacing(4)
        self.column.addWidget(self.path)
        self.column.addWidget(self._problem)
        self.column.addSpacing(4)
        self.column.addWidget(buttons)
        self.change.clicked.connect(self._on_change)
        self.usual.clicked.connect(self._on_usual)
        self._show()
        if preferences.values.downloads:
            # It was fine when it was chosen; a stick may have been pulled out since.
            self._say(why_not_into(preferences.downloads))

    @property
    def problem(self) -> str:
        """Why files cannot go into a folder, or nothing."""
        return self._problem.sentence

    def choose(self, folder: Path) -> None:
        """Let files go into `folder`, or say why they cannot."""
        problem = why_not_into(folder)
        if not problem:
            self._preferences.set_downloads(folder)
            self._show()
        elif folder != self._preferences.downloads:
            problem = f"{problem} {tr('Files go where they went before.')}"
        self._say(problem)

    def _say(self, problem: str) -> None:
        self._problem.show_sentence(problem)
        self.path.setAccessibleDescription(problem)

    def _show(self) -> None:
        self.path.setText(str(self._preferences.downloads))
        self.path.setCursorPosition(0)
        self.usual.setVisible(bool(self._preferences.values.downloads))

    @pyqtSlot()
    def _on_change(self) -> None:
        if self.dialog is not None:
            return
        now = self._preferences.downloads
        begin = str(now) if now.is_dir() else QDir.homePath()
        dialog = QFileDialog(self, tr("Where downloads go"), begin)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setStyleSheet(DIALOG_STYLE)
        dialog.fileSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.destroyed.connect(self._on_dialog_gone)
        self.dialog = dialog
        dialog.open()

    @pyqtSlot(str)
    def _on_selected(self, name: str) -> None:
        if name:
            self.choose(Path(name))

    @pyqtSlot()
    def _on_dialog_gone(self) -> None:
        self.dialog = None

    @pyqtSlot()
    def _on_usual(self) -> None:
        self._preferences.set_downloads(None)
        self._say("")
        # The button that was pressed goes, and must not take the keyboard with it.
        self.change.setFocus()
        self._show()


def why_not_into(folder: Path) -> str:
    """Return why files cannot be written into `folder`, as a sentence; empty where they can.

    It is tried: what a folder's rights say is not what a full or a write-protected disk does.
    """
    try:
        # Undecodable names could not be remembered.
        os.fspath(folder).encode()
        if not folder.is_absolute() or not folder.is_dir():
            return tr("That folder is not there any more. Choose another one.")
        with tempfile.TemporaryFile(dir=folder, prefix=".papo-"):
            return ""
    except (OSError, ValueError):
        return tr("Papo may not write into that folder. Choose another one.")
