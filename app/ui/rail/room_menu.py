"""What can be done with a room of the list, without going there."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QObject, QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu

from app.session.room_session import RoomSession
from app.ui.chat.copy_button import copy
from app.ui.share.offer import why_not
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.ui.rail.rail_model import RailModel
    from app.ui.rail.rooms_view import RoomsView


class RoomDeed(Enum):
    """One thing to do with a room."""

    OPEN = "open"
    READ = "read"
    MUTE = "mute"
    UP = "up"
    DOWN = "down"
    COPY_INVITE = "copy-invite"
    LEAVE = "leave"


class RoomMenu(QObject):
    """Opens the menu of a row, and does what is chosen there.

    Signals:
        open_requested(RoomSession), leave_requested(RoomSession): the person wants to go there, or
            to leave it.
    """

    open_requested = pyqtSignal(RoomSession)
    leave_requested = pyqtSignal(RoomSession)

    def __init__(self, model: RailModel, view: RoomsView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._about: RoomSession | None = None
        view.menu_requested.connect(self._on_menu_requested)
        view.dropped.connect(self._on_dropped)

    def menu_for(self, session: RoomSession) -> QMenu:
        """Return the menu of a room; it goes when it closes."""
        self._about = session
        rooms, neighbours = self._model.rooms, self._model.neighbours(session)
        place = neighbours.index(session) if session in neighbours else 0
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _add(menu, tr("Open"), RoomDeed.OPEN)
        _add(menu, tr("Mark as read"), RoomDeed.READ, enabled=session.unread > 0)
        muted = tr("Unmute") if rooms.is_muted(session) else tr("Mute")
        _add(menu, muted, RoomDeed.MUTE, enabled=bool(session.key))
        menu.addSeparator()
        _add(menu, tr("Move up"), RoomDeed.UP, enabled=place > 0)
        _add(menu, tr("Move down"), RoomDeed.DOWN, enabled=place < len(neighbours) - 1)
        menu.addSeparator()
        invited = bool(session.sharing.invite) and not why_not(session)
        _add(menu, tr("Copy invite"), RoomDeed.COPY_INVITE, enabled=invited)
        leave = tr("Close room") if session.hosted_here else tr("Leave room")
        _add(menu, leave, RoomDeed.LEAVE)
        menu.triggered.connect(self._on_triggered)
        return menu

    def move(self, session: RoomSession, step: int) -> None:
        """Put a room `step` places further down its section, and remember that."""
        neighbours = self._model.neighbours(session)
        if session in neighbours:
            self._put(session, neighbours.index(session) + step)

    def _put(self, session: RoomSession, place: int) -> None:
        if self._model.move_session(session, place):
            self._model.rooms.remember_order(self._model.sessions)
            self._view.scrollTo(self._model.index(self._model.row_of(session)))

    @pyqtSlot(object, QPoint)
    def _on_menu_requested(self, session: object, at: QPoint) -> None:
        if isinstance(session, RoomSession):
            self.menu_for(session).popup(at)

    @pyqtSlot(object, int)
    def _on_dropped(self, session: object, place: int) -> None:
        if isinstance(session, RoomSession):
            self._put(session, place)

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        session, deed = self._about, action.data()
        # It may have been closed while the menu was open.
        if session is None or self._model.row_of(session) < 0:
            return
        if deed is RoomDeed.OPEN:
            self.open_requested.emit(session)
        elif deed is RoomDeed.READ:
            session.mark_read()
        elif deed is RoomDeed.MUTE:
            rooms = self._model.rooms
            rooms.set_muted(session, not rooms.is_muted(session))
        elif deed is RoomDeed.COPY_INVITE:
            copy(session.sharing.invite)
        elif deed is RoomDeed.LEAVE:
            self.leave_requested.emit(session)
        else:
            self.move(session, -1 if deed is RoomDeed.UP else 1)


def _add(menu: QMenu, text: str, deed: RoomDeed, *, enabled: bool = True) -> None:
    action = cast("QAction", menu.addAction(text))
    action.setData(deed)
    action.setEnabled(enabled)
