"""`Badge`: how much waits to be read, on Papo's icon and before the window's title."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSlot
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QWidget

from app.ui.texts import locale, tr

_MOST = 999


class Badge(QObject):
    """Follows the window's title, and puts a number before it. Owned by the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._title = self._shown = window.windowTitle()
        self.count = 0
        window.windowTitleChanged.connect(self._on_title_changed)

    def set_count(self, count: int) -> None:
        """Say how much waits; 0 shows no number."""
        if count == self.count:
            return
        self.count = count
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.setBadgeNumber(count)
        self._show()

    def _show(self) -> None:
        self._shown = self._title
        if self.count:
            more = self.count > _MOST
            count = f"{locale().toString(min(self.count, _MOST))}{'+' if more else ''}"
            self._shown = tr("({count}) {title}", count=count, title=self._title)
        self._window.setWindowTitle(self._shown)

    @pyqtSlot(str)
    def _on_title_changed(self, title: str) -> None:
        if title != self._shown:
            self._title = title
            self._show()
