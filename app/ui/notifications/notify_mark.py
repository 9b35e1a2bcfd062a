"""The mark beside a room's name that says that nothing is announced of it, and the menu for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSlot

from app.ui.notifications.room_menu import RoomNotifyMenu
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.widgets.labels import plain_tooltip
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QMenu, QWidget

    from app.session.room_session import RoomSession
    from app.support.clock import Clock
    from app.ui.notifications.choices import NotifyChoices
    from app.ui.theme.theme import Theme


class NotifyMark(IconLabel):
    """Hidden until it knows what was chosen, and while anything is announced."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Icon.BELL_OFF, Role.TEXT_SECOND, 16, parent)
        self._session = session
        self._choices: NotifyChoices | None = None
        self._clock: Clock | None = None
        text = tr("Notifications are off for this room.")
        self.setAccessibleName(text)
        self.setToolTip(plain_tooltip(text))
        self.hide()
        session.info_changed.connect(self._on_changed)

    def follow(self, choices: NotifyChoices, clock: Clock) -> None:
        """Show what is chosen from now on. Once."""
        self._choices, self._clock = choices, clock
        choices.changed.connect(self._on_changed)
        self._on_changed()

    def add_menu(self, menu: QMenu) -> None:
        """Put the choices for this room into a menu."""
        if self._choices is not None and self._clock is not None:
            menu.addMenu(RoomNotifyMenu(self._session.key, self._choices, self._clock, menu))

    @pyqtSlot()
    def _on_changed(self) -> None:
        if self._choices is not None:
            self.setVisible(self._choices.level_of(self._session.key) == "none")
