"""What comes to the window from outside: an invite that the system opens, a wish to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFileOpenEvent

from app.security.finding import find_target
from app.security.invite import SCHEME, Address, InvalidTarget, Invite

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class Coming(QObject):
    """Shows invites that come from outside, filled in for the person; none is joined by itself.

    One that comes while a room is on its way is left out: that was the person’s own wish.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @pyqtSlot()
    def raise_window(self) -> None:
        """Let the window be seen, and have the keyboard where the system allows that."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    @pyqtSlot(object)
    def show_target(self, target: Address | Invite) -> None:
        """Fill in where to join, and let the window be seen."""
        self.raise_window()
        page = self._window.start_page
        self._window.show_start()
        if page.is_busy:
            return
        page.join_card.forget_password()
        page.join_card.set_target(target.link() if isinstance(target, Invite) else str(target))
        field = page.join_card.first_empty()
        (field or page.join_card.main).setFocus(Qt.FocusReason.OtherFocusReason)


class OpenEvents(QObject):
    """Takes the invites that macOS hands to the program as events; watches the application.

    Signals:
        target_came(object): an Address or Invite was opened.
    """

    target_came = pyqtSignal(object)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take a link of ours; everything else goes its way."""
        if isinstance(event, QFileOpenEvent) and event.url().scheme().lower() == SCHEME:
            try:
                target = find_target(event.url().toString())
            except InvalidTarget:
                return True
            self.target_came.emit(target)
            return True
        return super().eventFilter(watched, event)
