"""What another program would be given to open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PyQt6.QtCore import QObject, QUrl, pyqtSlot
from PyQt6.QtGui import QDesktopServices

SCHEMES = ("http", "https", "mailto", "papo", "file", "javascript", "data", "smb")


class Opened(QObject):
    """Takes what another program would be given."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.urls: list[str] = []

    @pyqtSlot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toString())


@contextmanager
def caught(parent: QObject) -> Iterator[Opened]:
    """Let nothing be opened, and note what would have been."""
    catcher = Opened(parent)
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, catcher, "take")
    try:
        yield catcher
    finally:
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)
