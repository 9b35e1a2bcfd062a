"""The rail: the rooms that are open, the way to open more, and who one is oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.ui.rail.identity_button import IdentityButton
from app.ui.rail.rail_delegate import RailDelegate
from app.ui.rail.rail_model import RailModel, RailRole
from app.ui.rail.room_menu import RoomMenu
from app.ui.rail.rooms_view import RoomsView
from app.ui.shortcuts import Command, sequences, text_of
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import LogoLabel

if TYPE_CHECKING:
    from app.support.clock import Clock
    from app.ui.rail.open_rooms import OpenRooms
    from app.ui.theme.theme import Theme

WIDE = 264
NARROW = 64


class Rail(QFrame):
    """The rooms at the window's side; 264 wide, or 64 with only their tiles.

    Signals:
        session_chosen(RoomSession): the person wants to see that room.
        leave_requested(RoomSession): the person wants to leave that room.
        switcher_requested(): the person wants to go somewhere by its name.
        start_requested(): the person wants to host or join another room.
        settings_requested(): the person wants to see the settings.
        unread_changed(): read `unread` anew.
        away_chosen(bool): the person is away from now on, or back.
    """

    session_chosen = pyqtSignal(RoomSession)
    leave_requested = pyqtSignal(RoomSession)
    switcher_requested = pyqtSignal()
    start_requested = pyqtSignal()
    settings_requested = pyqtSignal()
    unread_changed = pyqtSignal()
    away_chosen = pyqtSignal(bool)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
        *,
        rooms: OpenRooms | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self.model = RailModel(clock, self, rooms)
        self.view = RoomsView(theme, self.model, self)
        self.menu = RoomMenu(self.model, self.view)
        self._delegate = RailDelegate(theme, self)
        self.view.setItemDelegate(self._delegate)
        self.setFocusProxy(self.view)

        self._logo = LogoLabel(theme, 26, self)
        self._name = PlainLabel(theme, tr("Papo"), Step.TITLE, parent=self)
        self.plus = IconButton(
            theme,
            Icon.PLUS,
            tr("Host or join a room"),
            shortcut=QKeySequence.StandardKey.New,
            parent=self,
        )
        self.search = IconButton(
            theme,
            Icon.SEARCH,
            text_of(Command.SWITCH),
            shortcut=sequences(Command.SWITCH)[0],
            parent=self,
        )
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignCenter)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self.search, 0, Qt.AlignmentFlag.AlignCenter)
        self._head.addWidget(self.plus, 0, Qt.AlignmentFlag.AlignCenter)

        self.identity = IdentityButton(theme, self)
        self._foot = QWidget(self)
        self.settings = IconButton(
            theme, Icon.SETTINGS, tr("Settings"), shortcut="Ctrl+,", parent=self
        )
        self._at_foot = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        self._at_foot.setContentsMargins(8, 6, 8, 6)
        self._at_foot.setSpacing(6)
        self._at_foot.addWidget(self.identity, 1)
        self._at_foot.addWidget(
            self.settings, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        )
        self._foot.hide()
        self._foot_line = _hairline(self)
        self._foot_line.setFixedHeight(1)
        self._foot_line.hide()
        self._lay_out()
        self.set_tiles_only(False)
        self._connect()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot_line)
        column.addWidget(self._foot)
        edge = _hairline(self)
        edge.setFixedWidth(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column, 1)
        whole.addWidget(edge)

    def _connect(self) -> None:
        self.plus.clicked.connect(self.start_requested)
        self.settings.clicked.connect(self.settings_requested)
        self.view.clicked.connect(self._on_row_chosen)
        self.view.entered_by_key.connect(self._on_row_chosen)
        self.search.clicked.connect(self.switcher_requested)
        self.menu.open_requested.connect(self.session_chosen)
        self.menu.leave_requested.connect(self.leave_requested)
        up, down = (self._move_action(one) for one in (Command.MOVE_UP, Command.MOVE_DOWN))
        up.triggered.connect(self._on_move_up)
        down.triggered.connect(self._on_move_down)
        self.model.unread_changed.connect(self.unread_changed)
        self.identity.toggled.connect(self.away_chosen)

    @property
    def unread(self) -> int:
        """Messages unread in all rooms together."""
        return self.model.unread

    @property
    def current(self) -> RoomSession | None:
        """The room that is marked as shown."""
        return self._delegate.current

    def set_current(self, session: RoomSession | None) -> None:
        """Mark the room that is shown beside the rail."""
        self._delegate.current = session
        row = self.model.row_of(session)
        if row >= 0:
            index = self.model.index(row)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    def set_identity(self, nickname: str, key: bytes, colour: int = -1) -> None:
        """Show who one is oneself in the room that is shown."""
        self.identity.set_who(nickname, key, colour)
        self._foot.setVisible(bool(nickname))
        self._foot_line.setVisible(bool(nickname))

    def set_tiles_only(self, tiles_only: bool) -> None:
        """Show only the rooms' tiles, or whole rows."""
        self._delegate.tiles_only = tiles_only
        self.setFixedWidth(NARROW if tiles_only else WIDE)
        self._name.setVisible(not tiles_only)
        self.identity.set_compact(tiles_only)
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if tiles_only else way.LeftToRight)
        self._at_foot.setDirection(way.TopToBottom if tiles_only else way.LeftToRight)
        self._head.setSpacing(8 if tiles_only else 6)
        if tiles_only:
            self._head.setContentsMargins(0, 15, 0, 4)
        else:
            self._head.setContentsMargins(16, 12, 11, 12)
        self.view.scheduleDelayedItemsLayout()

    def add_foot(self, widget: QWidget) -> None:
        """Put something above who one is oneself; it is shown and hidden by whoever made it."""
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 6)
        row.addWidget(widget)
        self._column.insertLayout(self._column.indexOf(self._foot_line), row)

    def neighbour(self, step: int) -> RoomSession | None:
        """Return the room `step` places below the one that is shown, round and round."""
        sessions = self.model.sessions
        if not sessions:
            return None
        if self.current not in sessions:
            return sessions[0 if step > 0 else -1]
        return sessions[(sessions.index(self.current) + step) % len(sessions)]

    def unread_neighbour(self, step: int) -> RoomSession | None:
        """Return the next room, by steps of 1 or -1 and round and round, that wants attention."""
        sessions, rooms = self.model.sessions, self.model.rooms
        count = len(sessions)
        start = -1 if step > 0 else count
        if self.current in sessions:
            start = sessions.index(self.current)
        for far in range(1, count + 1):
            session = sessions[(start + step * far) % count]
            if session is not self.current and rooms.wants_attention(session):
                return session
        return None

    def _move_action(self, command: Command) -> QAction:
        action = QAction(text_of(command), self.view)
        action.setShortcuts(sequences(command))
        # In a text these keys select on some systems.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.view.addAction(action)
        return action

    @pyqtSlot()
    def _on_move_up(self) -> None:
        self._move(-1)

    @pyqtSlot()
    def _on_move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        session = self.view.currentIndex().data(RailRole.SESSION)
        if isinstance(session, RoomSession):
            self.menu.move(session, step)

    @pyqtSlot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        session = index.data(RailRole.SESSION)
        if isinstance(session, RoomSession):
            self.session_chosen.emit(session)


def _hairline(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("surface", Role.LINE.value)
    return line
