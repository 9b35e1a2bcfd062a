"""The list of rooms: chosen with a click or Enter, put in order by dragging."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QModelIndex, QPoint, QRectF, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QPainter, QPen
from PyQt6.QtWidgets import QApplication, QFrame, QListView

from app.session.room_session import RoomSession
from app.ui.rail.rail_model import RailModel, RailRole
from app.ui.texts import tr
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPixmap
    from PyQt6.QtWidgets import QWidget

    from app.ui.theme.theme import Theme

_EDGE = 28
"""Pixels from the list's ends within which it scrolls while a room is dragged."""

_STEP, _EVERY = 8, 20
"""Pixels that it scrolls then, and milliseconds between two of these steps."""

_ASIDE = 8
"""Pixels by which the row on the pointer stands aside from the others."""

_GONE = 0.7
"""How much of a row is dimmed while its room hangs on the pointer."""


class RoomsView(QListView):
    """Up and Down step through the rooms, Enter and Space choose; a room is dragged in its section.

    Signals:
        entered_by_key(QModelIndex): Enter or Space was pressed on that row.
        menu_requested(RoomSession, QPoint): what can be done with that room is asked for, there on
            the screen.
        dropped(RoomSession, int): that room was dragged to that place of its section.
    """

    entered_by_key = pyqtSignal(QModelIndex)
    menu_requested = pyqtSignal(object, QPoint)
    dropped = pyqtSignal(object, int)

    def __init__(self, theme: Theme, rooms: RailModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rooms = rooms
        self._pressed: RoomSession | None = None
        self._pressed_at = QPoint()
        self._picture: QPixmap | None = None
        self._y = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._on_scroll)
        self.setModel(rooms)
        self.setAccessibleName(tr("Rooms"))
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def is_dragging(self) -> bool:
        """Whether a room hangs on the pointer."""
        return self._picture is not None

    # --- keys and the menu ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Choose, open the menu, or put a room back that is being dragged."""
        if event is None:
            return
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        shift_f10 = (
            event.key() == Qt.Key.Key_F10
            and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            and QGuiApplication.platformName() != "windows"
        )
        if self.is_dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
        elif event.key() in keys and self.currentIndex().isValid():
            self.entered_by_key.emit(self.currentIndex())
        elif shift_f10:
            # Qt itself sends this with the Menu key alone, but on Windows.
            reason = QContextMenuEvent.Reason.Keyboard
            port = self.viewport()
            at = self.visualRect(self.currentIndex()).center()
            there = self.mapToGlobal(at)
            QApplication.sendEvent(port, QContextMenuEvent(reason, at, there))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Ask for the menu of the row under the pointer, or of the one with the keyboard."""
        port = self.viewport()
        if event is None or port is None:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        session = index.data(RailRole.SESSION)
        if isinstance(session, RoomSession):
            middle = port.mapToGlobal(self.visualRect(index).center())
            self.menu_requested.emit(session, middle if by_key else event.globalPos())
        event.accept()

    # --- dragging -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Note what may be dragged."""
        super().mousePressEvent(event)
        self._pressed = None
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            session = self.indexAt(self._pressed_at).data(RailRole.SESSION)
            self._pressed = session if isinstance(session, RoomSession) else None

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Let a room that is held hang on the pointer."""
        if event is None:
            return
        held = self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton
        if not held:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and not self.is_dragging:
            self._lift()
        if self.is_dragging:
            self._y = at.y()
            self._repaint()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Put the room down where the line is; without a drag it was a click."""
        session, place = self._pressed, self._place()
        dragged = self.is_dragging
        self._let_go()
        if not dragged:
            super().mouseReleaseEvent(event)
        elif session is not None and place is not None:
            self.dropped.emit(session, place)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Put back what is being dragged."""
        super().focusOutEvent(event)
        self._let_go()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the line where a dragged room goes, and the room on the pointer."""
        super().paintEvent(event)
        port, picture = self.viewport(), self._picture
        if port is None or picture is None:
            return
        painter = QPainter(port)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pressed is not None:
            veil = QColor(self._theme.colour(Role.SURFACE_SIDE))
            veil.setAlphaF(_GONE)
            painter.fillRect(self._rect(self._pressed), veil)
        line = self._line()
        if line is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(Role.ACCENT))
            painter.drawRoundedRect(QRectF(4, line - 1.5, port.width() - 8, 3), 1.5, 1.5)
        # A little aside, or it would hide the line.
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        aside = -_ASIDE if rtl else _ASIDE
        painter.setPen(QPen(self._theme.colour(Role.OUTLINE), 1))
        painter.setBrush(self._theme.colour(Role.SURFACE_RAISED))
        high = picture.height() / picture.devicePixelRatio()
        top = round(self._y - high / 2)
        painter.drawRoundedRect(QRectF(8.5 + aside, top + 0.5, port.width() - 17, high - 3), 8, 8)
        painter.drawPixmap(aside, top, picture)
        painter.end()

    def _lift(self) -> None:
        session, port = self._pressed, self.viewport()
        if session is None or port is None or len(self._rooms.neighbours(session)) < 2:
            return
        row = self._rooms.index(self._rooms.row_of(session))
        self._picture = port.grab(self.visualRect(row))
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._timer.start()

    def _let_go(self) -> None:
        self._pressed = None
        self._timer.stop()
        if self._picture is not None:
            self._picture = None
            self.unsetCursor()
            self._repaint()

    def _gap(self) -> int:
        """Return how many rooms of the section stand above the pointer."""
        if self._pressed is None:
            return 0
        return sum(self._middle(other) < self._y for other in self._rooms.neighbours(self._pressed))

    def _place(self) -> int | None:
        """Return which place of its section the dragged room would get; None for its own."""
        session = self._pressed
        # It may have been closed meanwhile.
        if session is None or not self.is_dragging or self._rooms.row_of(session) < 0:
            return None
        own = self._rooms.neighbours(session).index(session)
        gap = self._gap()
        place = gap if gap <= own else gap - 1
        return None if place == own else place

    def _line(self) -> float | None:
        session = self._pressed
        if session is None or self._place() is None:
            return None
        rooms, gap = self._rooms.neighbours(session), self._gap()
        if gap < len(rooms):
            return self._rect(rooms[gap]).top() - 1.0
        return self._rect(rooms[-1]).bottom() - 0.5

    def _rect(self, session: RoomSession) -> QRectF:
        return QRectF(self.visualRect(self._rooms.index(self._rooms.row_of(session))))

    def _middle(self, session: RoomSession) -> float:
        return self._rect(session).center().y()

    def _repaint(self) -> None:
        port = self.viewport()
        if port is not None:
            port.update()

    @pyqtSlot()
    def _on_scroll(self) -> None:
        bar, port = self.verticalScrollBar(), self.viewport()
        if bar is None or port is None:
            return
        if self._y < _EDGE:
            bar.setValue(bar.value() - _STEP)
        elif self._y > port.height() - _EDGE:
            bar.setValue(bar.value() + _STEP)
        self._repaint()

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Show no tooltip while a room is dragged."""
        if event is not None and event.type() == QEvent.Type.ToolTip and self.is_dragging:
            return True
        return super().viewportEvent(event)
