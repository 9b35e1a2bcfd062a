"""What fills the window: the rail beside the pages, bars over them, and who gives way to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.rail.drawer import Drawer
from app.ui.rail.rail import Rail
from app.ui.rail.rail_model import room_name
from app.ui.start.start_page import StartPage
from app.ui.texts import tr

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QLayout

    from app.session.room_session import RoomSession
    from app.support.clock import Clock
    from app.support.settings import SettingsFile
    from app.ui.rail.open_rooms import OpenRooms
    from app.ui.theme.theme import Theme

TILES_UNDER = 960
MENU_UNDER = 640
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


class WindowContent(QWidget):
    """Rail, start page, the stack of pages, and the drawer that holds the rail where it is narrow.

    Owns what it makes; the window makes it anew when texts change, and adds the rooms' pages.
    """

    def __init__(
        self,
        theme: Theme,
        settings: SettingsFile,
        clock: Clock,
        rooms: OpenRooms,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.behind_menu = False
        """Whether the rail is behind a button."""
        self.rail = Rail(theme, clock, self, rooms=rooms)
        self.rail.hide()
        self.start = StartPage(theme, settings, clock, self, nearby=rooms.nearby)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.start)
        self._bars = QVBoxLayout()
        self._bars.setSpacing(0)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addLayout(self._bars)
        side.addWidget(self.stack, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addLayout(side, 1)
        self.drawer = Drawer(theme, self.rail, self)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar over the pages, below those that are there."""
        self._bars.addWidget(bar)

    def hand_over_to(self, other: WindowContent, layout: QLayout | None) -> None:
        """Let another content have the place in the window's layout, and the bars still open."""
        # At once: what is hidden, or has no size yet, neither takes the keyboard nor scrolls.
        other.show()
        if layout is not None:
            layout.activate()
        while (item := self._bars.takeAt(0)) is not None:
            bar = item.widget()
            if bar is not None:
                other.add_bar(bar)
                bar.show()

    def arrange(self, width: int, *, rooms: bool) -> bool:
        """Give the rail the place that the width, and whether there are rooms, leave it.

        Returns whether it went behind the button, or came out.
        """
        behind = rooms and width < MENU_UNDER
        moved = behind != self.behind_menu
        self.rail.set_tiles_only(MENU_UNDER <= width < TILES_UNDER)
        if moved:
            self.behind_menu = behind
            self.drawer.let_go()
            if behind:
                self._row.removeWidget(self.rail)
            else:
                self._row.insertWidget(0, self.rail)
        if not self.drawer.is_open:
            self.rail.setVisible(rooms and not behind)
        self.start.top.set_rooms(open_rooms=rooms, rail_shown=rooms and not behind)
        self._row.activate()
        return moved


def window_icon(theme: Theme) -> QIcon:
    """Return Papo's own mark for the window, in the theme's colours."""
    icon = QIcon()
    for size in ICON_SIZES:
        icon.addPixmap(theme.logo(size))
    return icon


def window_title(session: RoomSession | None, *, in_settings: bool) -> str:
    """Return the window's title where that room is shown, or none."""
    if session is None:
        return tr("Settings – Papo") if in_settings else tr("Papo")
    # Qt takes a single "[*]" for the place of a mark; a room may be called so.
    return tr("{room} – Papo", room=room_name(session).replace("[*]", "[*][*]"))
