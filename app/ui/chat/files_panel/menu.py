"""What can be done with a file of the list: the menu of its row."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import cast

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QWidget

from app.ui.files.wishes import FileWish, wish_text
from app.ui.texts import tr


class Deed(Enum):
    """What the panel itself sees to."""

    GO = auto()
    COPY = auto()


class FileMenu(QMenu):
    """The menu of one file; it goes when it closes.

    Signals:
        chosen(object): a `FileWish` or a `Deed`.
    """

    chosen = pyqtSignal(object)

    def __init__(self, wishes: Iterable[FileWish], parent: QWidget) -> None:
        """`wishes` are what somebody is there to carry out."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for wish in wishes:
            self._offer(wish_text(wish), wish)
        if not self.isEmpty():
            self.addSeparator()
        self._offer(tr("Go to message"), Deed.GO)
        self._offer(tr("Copy name"), Deed.COPY)
        self.triggered.connect(self._on_triggered)

    def _offer(self, text: str, deed: FileWish | Deed) -> None:
        cast("QAction", self.addAction(text)).setData(deed)

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())
