"""The one chat window, shared by whoever hosts and whoever joins."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.session.timeline import Span
from app.support.clock import Clock
from app.ui.chat import invite_panel, topic_panel
from app.ui.chat.composer import Composer
from app.ui.chat.connection_banner import ConnectionBanner
from app.ui.chat.header import Header
from app.ui.chat.invite_panel import InvitePanel, WordsPanel
from app.ui.chat.names import one_line
from app.ui.chat.popover import Popover
from app.ui.chat.roster_panel import WIDTH as ROSTER_WIDTH
from app.ui.chat.roster_panel import RosterPanel
from app.ui.chat.timeline_panel import TimelinePanel
from app.ui.chat.topic_panel import TopicPanel
from app.ui.chat.trust_page import TrustPage
from app.ui.sentences import sentence
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme

BESIDE = 776
"""The page's width from which the roster stands beside the timeline: a window of 1,040, less the
rail of 264."""

_LEAST_WIDTH, _LEAST_HEIGHT = 300, 300


class ChatPage(QFrame):
    """Puts header, banner, timeline, composer and roster of one session together.

    Signals:
        leave_requested(RoomSession): the person leaves, or closes, this room.
        menu_requested(): the person wants the list of rooms.
    """

    leave_requested = pyqtSignal(object)
    menu_requested = pyqtSignal()

    def __init__(
        self,
        session: RoomSession,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._theme = theme
        self._active = False
        self._roster_beside = True
        self._roster_over = False
        self._popover: Popover | None = None
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self.header = Header(session, theme, self)
        self.banner = ConnectionBanner(session, theme, clock, self)
        self.timeline = TimelinePanel(session, theme, clock, self)
        self.composer = Composer(theme, self)
        self.trust = TrustPage(session, theme, clock, self)
        self.roster = RosterPanel(session, theme, self)
        self._lay_out()
        self._connect()
        self._on_info_changed()
        self._on_connection_changed()
        self._show_pages()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.timeline, 1)
        middle.addWidget(self.trust, 1)
        middle.addWidget(self.composer)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addLayout(middle, 1)
        self._body.addWidget(self.roster)
        # What the parts ask for while wide must not keep the window from getting narrow.
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(self._body, 1)

    def _connect(self) -> None:
        header = self.header
        header.invite_requested.connect(self._on_invite)
        header.words_requested.connect(self._on_words)
        header.topic_requested.connect(self._on_topic)
        header.leave_requested.connect(self._on_leave)
        header.roster_toggled.connect(self._on_roster_toggled)
        header.menu_requested.connect(self._on_menu)
        self.trust.leave_requested.connect(self._on_leave)
        self.trust.page_changed.connect(self._on_page_changed)
        self.roster.invite_requested.connect(self._on_invite)
        self.roster.close_requested.connect(self._on_roster_closed)
        self.timeline.end_reached.connect(self._on_end_reached)
        self.composer.send_requested.connect(self._on_send)
        session = self.session
        session.info_changed.connect(self._on_info_changed)
        session.connection_changed.connect(self._on_connection_changed)
        session.refused.connect(self._on_refused)
        session.timeline.inserted.connect(self._on_timeline_changed)
        session.timeline.removed.connect(self._on_timeline_changed)
        session.timeline.changed.connect(self._on_timeline_changed)

    # --- what the window says -------------------------------------------------------------------

    def set_menu_button(self, visible: bool, count: int) -> None:
        """Show the button for the list of rooms, with how much is unread in others."""
        self.header.set_menu_button(visible, count)

    def set_active(self, active: bool) -> None:
        """Say whether the window is active and this page is the one that it shows."""
        self._active = active
        self._watch()

    def focus_composer(self) -> None:
        """Let the person write, or answer what is asked."""
        if self.trust.page is not None:
            self.trust.page.setFocus()
        else:
            self.composer.edit.setFocus()

    # --- what the session tells -----------------------------------------------------------------

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        self.composer.set_room(one_line(self.session.info.name))

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        self.composer.set_closed(self.session.connection.phase is Phase.STOPPED)
        self._on_info_changed()
        self._show_waiting()

    @pyqtSlot(Span)
    def _on_timeline_changed(self, _span: Span) -> None:
        if self.session.connection.phase is not Phase.ONLINE:
            self._show_waiting()

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        # A message says so itself, under its text; a nickname has its own page.
        if not cid and self.session.connection.phase is Phase.ONLINE:
            self.composer.refuse(sentence(code))

    @pyqtSlot()
    def _on_page_changed(self) -> None:
        self._show_pages()
        if self._active:
            self.focus_composer()

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_send(self, text: str) -> None:
        refusal = self.session.send(text)
        if refusal is not None:
            self.composer.refuse(sentence(refusal))
            return
        self.composer.clear()
        self.timeline.view.scroll_to_end()

    @pyqtSlot()
    def _on_leave(self) -> None:
        self.leave_requested.emit(self.session)

    @pyqtSlot()
    def _on_menu(self) -> None:
        self.menu_requested.emit()

    @pyqtSlot()
    def _on_invite(self) -> None:
        panel = InvitePanel(self.session, self._theme)
        self._open(panel, self.header.invite, invite_panel.WIDTH)

    @pyqtSlot()
    def _on_words(self) -> None:
        panel = WordsPanel(self.session, self._theme)
        self._open(panel, self.header.chip, invite_panel.WIDTH)

    @pyqtSlot()
    def _on_topic(self) -> None:
        panel = TopicPanel(self.session.info.topic, self._theme)
        panel.topic_chosen.connect(self._on_topic_chosen)
        self._open(panel, self.header.more, topic_panel.WIDTH)

    @pyqtSlot(str)
    def _on_topic_chosen(self, topic: str) -> None:
        if topic != self.session.info.topic:
            self.session.set_topic(topic)
        if self._popover is not None:
            self._popover.close_popover()

    @pyqtSlot(bool)
    def _on_end_reached(self, _at_end: bool) -> None:
        self._watch()

    # --- the roster, beside or over -------------------------------------------------------------

    @pyqtSlot(bool)
    def _on_roster_toggled(self, shown: bool) -> None:
        if self._is_wide():
            self._roster_beside = shown
        else:
            self._roster_over = shown
        self._show_pages()
        if shown and not self._is_wide():
            self.roster.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_roster_closed(self) -> None:
        self._on_roster_toggled(False)
        self.header.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_wide(self) -> bool:
        return self.width() >= BESIDE

    def _show_pages(self) -> None:
        asking = self.trust.is_needed
        self.trust.setVisible(asking)
        self.timeline.setVisible(not asking)
        self.composer.setVisible(not asking)
        self.header.people.setVisible(not asking)
        self.header.invite.setVisible(not asking)
        wide = self._is_wide()
        shown = not asking and (self._roster_beside if wide else self._roster_over)
        self._place_roster(wide=wide)
        self.roster.setVisible(shown)
        self.header.set_roster_shown(shown)
        self._watch()

    def _place_roster(self, *, wide: bool) -> None:
        inside = self._body.indexOf(self.roster) >= 0
        if wide and not inside:
            self._body.addWidget(self.roster)
        elif not wide:
            if inside:
                self._body.removeWidget(self.roster)
            top = self.timeline.mapTo(self, self.timeline.rect().topLeft()).y()
            self.roster.setGeometry(
                self.width() - ROSTER_WIDTH, top, ROSTER_WIDTH, self.height() - top
            )
            self.roster.raise_()
        self.roster.set_floating(not wide)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give the roster its place, and let an open panel follow."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self._show_pages()
        if self._popover is not None:
            self._popover.follow()

    # --- parts ----------------------------------------------------------------------------------

    def _open(self, panel: QWidget, anchor: QWidget, width: int) -> None:
        if self._popover is not None:
            self._popover.close_popover()
        self._popover = Popover(panel, anchor, width, self)
        self._popover.closed.connect(self._on_popover_closed)
        self._popover.open()

    @pyqtSlot()
    def _on_popover_closed(self) -> None:
        self._popover = None

    def _watch(self) -> None:
        self.timeline.set_watched(self._active and not self.trust.is_needed)
        at_end = self.timeline.view.at_end and not self.trust.is_needed
        self.session.set_watched(self._active and at_end)

    def _show_waiting(self) -> None:
        phase = self.session.connection.phase
        waits = phase in {Phase.WAITING, Phase.CONNECTING}
        self.composer.set_waiting(self.timeline.model.count_on_their_way() if waits else 0)
