"""Says, in the place of messages that are on their way from the host, that they are."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QObject, QRect, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.view import TimelineView
from app.ui.texts import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.skeleton import COMPACT_MESSAGES, MESSAGES, Skeleton

ABOVE = 176
"""Pixels left free above the first message while the page above it is on its way."""


_NOWHERE = QRect(0, -ABOVE, 1, 1)


class Loading(QObject):
    """Owns the bars over an empty timeline and those above the first message. A child of the view.

    Signals:
        changed(): read `is_first` anew; it may be what it was.
    """

    changed = pyqtSignal()

    def __init__(
        self, session: RoomSession, model: TimelineModel, view: TimelineView, theme: Theme
    ) -> None:
        super().__init__(view)
        self._session = session
        self._model = model
        self._view = view
        name = tr("Loading messages…")
        port = self._port = cast("QWidget", view.viewport())
        self.all = Skeleton(theme, name, MESSAGES, port, fills=False)
        self.above = Skeleton(theme, name, MESSAGES, port, fills=False)
        # What is asked for on coming in is asked for once everybody has heard of it.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.look)
        for signal in (session.joined, session.connection_changed, session.log_moved):
            signal.connect(self._soon.start)
        session.caught_up.connect(self._soon.start)
        model.rowsInserted.connect(self._soon.start)
        view.moved.connect(self._on_moved)
        self.look()

    @property
    def is_first(self) -> bool:
        """Whether nothing is shown yet and something is to come."""
        session = self._session
        enters = session.member_number < 0 and session.connection.phase is Phase.CONNECTING
        return not self._model.has_messages and (enters or session.is_loading)

    def set_compact(self, compact: bool) -> None:
        """Look as the messages do."""
        for bars in (self.all, self.above):
            bars.shape_of_rows = COMPACT_MESSAGES if compact else MESSAGES
            bars.update()

    @pyqtSlot()
    def look(self) -> None:
        """Show what is waited for now."""
        self.all.wait(self.is_first)
        older = self._session.is_loading_older and self._model.has_messages
        self.above.wait(older)
        self._view.set_space_above_first(ABOVE if older else 0)
        self._on_moved()
        self.changed.emit()

    @pyqtSlot()
    def _on_moved(self) -> None:
        place = self._view.space_above_first
        self.above.setGeometry(place if not place.isEmpty() else _NOWHERE)
        whole = self._port.rect()
        if self._model.rowCount():
            # Above what is told of oneself, such as that one is in.
            whole.setBottom(self._view.visualRect(self._model.index(0)).top() - 1)
        self.all.setGeometry(whole if whole.isValid() else _NOWHERE)
