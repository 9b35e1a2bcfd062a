"""The top of the start page: what this is, or the way back to the rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.count_badge import CountBadge
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import LogoLabel

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme


class TopBar(QWidget):
    """Logo and name while there is no rail; menu and back buttons where rooms are open.

    Signals:
        menu_requested(), back_requested(), identity_requested(), settings_requested(): the buttons
            were pressed.
    """

    menu_requested = pyqtSignal()
    back_requested = pyqtSignal()
    identity_requested = pyqtSignal()
    settings_requested = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(56)
        self.menu = IconButton(theme, Icon.MENU, tr("Rooms"), parent=self)
        self.back = IconButton(
            theme, Icon.LEFT, tr("Back to the room"), shortcut="Esc", parent=self
        )
        self.identity = IconButton(theme, Icon.FINGERPRINT, tr("Your identity"), parent=self)
        self.settings = IconButton(
            theme, Icon.SETTINGS, tr("Settings"), shortcut="Ctrl+,", parent=self
        )
        self.open_rooms = False
        """Whether rooms are open."""
        self._logo = LogoLabel(theme, 26, self)
        self._name = PlainLabel(theme, tr("Papo"), Step.TITLE, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self.menu)
        row.addWidget(self.back)
        row.addWidget(self._logo)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self.identity)
        row.addWidget(self.settings)
        self._count = CountBadge(theme, self.menu, self)
        self.menu.clicked.connect(self.menu_requested)
        self.back.clicked.connect(self.back_requested)
        self.identity.clicked.connect(self.identity_requested)
        self.settings.clicked.connect(self.settings_requested)
        self.set_rooms(open_rooms=False, rail_shown=False)

    def set_rooms(self, *, open_rooms: bool, rail_shown: bool) -> None:
        """Say whether rooms are open, and whether the rail shows them beside this page."""
        self.open_rooms = open_rooms
        self.menu.setVisible(open_rooms and not rail_shown)
        self.back.setVisible(open_rooms)
        self._logo.setVisible(not open_rooms)
        self._name.setVisible(not open_rooms)

    def set_count(self, count: int) -> None:
        """Show how many messages are unread behind the menu button."""
        self._count.set_count(count)
