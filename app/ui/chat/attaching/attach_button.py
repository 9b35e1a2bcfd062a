"""The paper clip at the box to write in: files or a folder, or why neither."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu, QWidget

from app.ui.shortcuts import Command, sequences
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import plain_tooltip


class AttachButton(IconButton):
    """Opens a menu over itself.

    Signals:
        files_requested(), folder_requested(): these are to be chosen.
    """

    files_requested = pyqtSignal()
    folder_requested = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        keys = sequences(Command.ATTACH)[0]
        shortcut = keys.toString(QKeySequence.SequenceFormat.PortableText)
        super().__init__(theme, Icon.ATTACH, tr("Attach files"), shortcut=shortcut, parent=parent)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(tr("Attach files"))
        self.files = QAction(tr("Files…"), self._menu)
        self.folder = QAction(tr("Folder…"), self._menu)
        self._menu.addActions([self.files, self.folder])
        self.files.triggered.connect(self.files_requested)
        self.folder.triggered.connect(self.folder_requested)
        self.clicked.connect(self._on_clicked)

    @property
    def menu_shown(self) -> QMenu:
        """The menu."""
        return self._menu

    def bar(self, reason: str) -> None:
        """Let nothing be attached, and say why; an empty reason lets everything be."""
        self.setEnabled(not reason)
        self.set_name(tr("Attach files"))
        if reason:
            self.setToolTip(plain_tooltip(reason))
            self.setAccessibleDescription(reason)

    @pyqtSlot()
    def _on_clicked(self) -> None:
        corner = self.mapToGlobal(QPoint(0, -self._menu.sizeHint().height() - 4))
        self._menu.popup(corner)
        self._menu.setActiveAction(self.files)
