"""`SettingsPlace`: shows the page of settings among a window's pages, and takes it away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QStackedWidget

    from app.session.room_session import RoomSession
    from app.support.clock import Clock
    from app.ui.settings.kept import Kept
    from app.ui.settings.preferences import Preferences
    from app.ui.settings.settings_page import SettingsPage
    from app.ui.theme.theme import Theme


class SettingsPlace(QObject):
    """Owns the page while there is one; remembers the room that one came from.

    Signals:
        left(object): the person wants to go back, to that RoomSession or, with None, the start page.
        identity_reset_requested(), shortcuts_requested(): as the page's.
    """

    left = pyqtSignal(object)
    identity_reset_requested = pyqtSignal()
    shortcuts_requested = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        kept: Kept,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._kept = kept
        self._clock = clock
        self._before: RoomSession | None = None
        self._place = ("", 0)
        self._stack: QStackedWidget | None = None
        self.page: SettingsPage | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the page is the one that is shown."""
        page, stack = self.page, self._stack
        return page is not None and stack is not None and stack.currentWidget() is page

    def show(
        self, stack: QStackedWidget, before: RoomSession | None, *, rooms_open: bool
    ) -> SettingsPage:
        """Show a new page, which says what is so now; going back leads to `before`."""
        # The window is there first; most runs end without this page.
        from app.ui.settings.settings_page import SettingsPage  # noqa: PLC0415

        self.drop()
        self._before, self._stack = before, stack
        page = self.page = SettingsPage(
            self._theme, self._preferences, self._kept, self._clock, rooms_open=rooms_open
        )
        page.back_requested.connect(self._on_back)
        page.identity_reset_requested.connect(self.identity_reset_requested)
        page.shortcuts_requested.connect(self.shortcuts_requested)
        stack.addWidget(page)
        stack.setCurrentWidget(page)
        return page

    def note_place(self) -> None:
        """Remember where the person is in the page, for `show_anew`."""
        self._place = self.page.place if self.page is not None else ("", 0)

    def show_anew(self, stack: QStackedWidget, *, rooms_open: bool) -> None:
        """Show another page in another stack, for texts are others; the person stays in place."""
        self.show(stack, self._before, rooms_open=rooms_open).return_to(self._place)

    def drop(self) -> None:
        """Delete the page that was shown last."""
        page, self.page = self.page, None
        if page is not None:
            if self._stack is not None:
                self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()

    @pyqtSlot()
    def _on_back(self) -> None:
        self.left.emit(self._before)
