"""What stands in place of the timeline until one is in the room: waiting, asking, a hard stop."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.session.connection import Phase, Problem
from app.session.room_session import RoomSession
from app.session.timeline import Span
from app.support.clock import Clock
from app.ui.chat.about import about, has_been_in
from app.ui.chat.entrance.changed_page import ChangedPage, ForgetPage
from app.ui.chat.entrance.entrance import (
    AskingPage,
    ConnectingPage,
    EntrancePage,
    NicknamePage,
    StoppedPage,
)
from app.ui.chat.entrance.password_page import PasswordPage
from app.ui.chat.header.connection_banner import can_try_again
from app.ui.sentences import sentence
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme


class TrustPage(QScrollArea):
    """Shows the page for the session's phase; `is_needed` says whether there is one.

    Signals:
        leave_requested(): the person gives up.
        forget_requested(bool): forget the host on record here, and leave; with True, delete what
            was kept of the room too.
        page_changed(): `is_needed`, or what is shown, is another.
    """

    leave_requested = pyqtSignal()
    forget_requested = pyqtSignal(bool)
    page_changed = pyqtSignal()

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._clock = clock
        self.page: EntrancePage | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget(self)
        ground.setProperty("surface", Role.SURFACE_BASE.value)
        self._row = QHBoxLayout()
        self._row.addStretch(0)
        self._row.addStretch(0)
        column = QVBoxLayout(ground)
        column.setContentsMargins(16, 24, 16, 24)
        column.addStretch(2)
        column.addLayout(self._row)
        column.addStretch(3)
        self.setWidget(ground)
        session.connection_changed.connect(self._on_connection_changed)
        session.timeline.inserted.connect(self._on_inserted)
        self._on_connection_changed()

    @property
    def is_needed(self) -> bool:
        """Whether something must be decided or awaited before the timeline makes sense."""
        return self.page is not None

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        if isinstance(self.page, PasswordPage) and self.page.busy:
            phase = self._session.connection.phase
            if phase is Phase.PASSWORD:
                self.page.show_answer()
            if phase in {Phase.CONNECTING, Phase.PASSWORD}:
                return
        page = self._make()
        if page is not None or self.page is not None:
            self._show(page)

    def _show(self, page: EntrancePage | None) -> None:
        if self.page is not None:
            self.page.stop_counting()
            self.page.hide()
            self.page.deleteLater()
        self.page = page
        if page is not None:
            page.leave_requested.connect(self._on_leave)
            self._connect_steps(page)
            self._row.insertWidget(1, page, 1)
        self.page_changed.emit()

    def _connect_steps(self, page: EntrancePage) -> None:
        if isinstance(page, AskingPage):
            page.password_chosen.connect(self._on_password_chosen)
        elif isinstance(page, ChangedPage):
            page.forget_chosen.connect(self._on_forget_chosen)
        elif isinstance(page, PasswordPage):
            page.back_requested.connect(self._on_back)
        elif isinstance(page, ForgetPage):
            page.back_requested.connect(self._on_back)
            page.forget_requested.connect(self.forget_requested)

    def _make(self) -> EntrancePage | None:
        session, theme = self._session, self._theme
        connection = session.connection
        parent = self.widget()
        phase = connection.phase
        if phase is Phase.CHANGED or connection.problem == Problem.WRONG_HOST:
            return ChangedPage(session, theme, parent)
        if phase is Phase.ASKING:
            return AskingPage(session, theme, parent)
        if phase is Phase.PASSWORD:
            return PasswordPage(session, theme, self._clock, parent)
        if phase is Phase.NICKNAME:
            return NicknamePage(session, theme, parent)
        if not has_been_in(session) and phase in {Phase.CONNECTING, Phase.WAITING}:
            return ConnectingPage(session, theme, self._clock, parent)
        return self._stopped(parent)

    def _stopped(self, parent: QWidget | None) -> EntrancePage | None:
        session, connection = self._session, self._session.connection
        if has_been_in(session) or connection.problem is None:
            return None
        if connection.phase is not Phase.STOPPED:
            return None
        text = sentence(connection.problem, **about(session))
        again = can_try_again(connection.problem)
        return StoppedPage(session, self._theme, text, parent, can_try_again=again)

    @pyqtSlot(Span)
    def _on_inserted(self, _span: Span) -> None:
        # With something to read there is no reason to wait in front of it.
        if isinstance(self.page, ConnectingPage | StoppedPage):
            self._on_connection_changed()

    @pyqtSlot()
    def _on_password_chosen(self) -> None:
        self._show(PasswordPage(self._session, self._theme, self._clock, self.widget()))

    @pyqtSlot()
    def _on_forget_chosen(self) -> None:
        self._show(ForgetPage(self._session, self._theme, self.widget()))

    @pyqtSlot()
    def _on_back(self) -> None:
        self._show(self._make())

    @pyqtSlot()
    def _on_leave(self) -> None:
        self.leave_requested.emit()
