"""The timeline with what floats over it: the jump button, and the sentence of an empty room."""

from __future__ import annotations

from PyQt6.QtCore import QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QFrame, QWidget

from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.support.clock import Clock
from app.ui.chat.copy_button import CopyButton
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.popover import Popover
from app.ui.chat.timeline import text_panel
from app.ui.chat.timeline.announcer import Announcer
from app.ui.chat.timeline.jump_button import JumpButton
from app.ui.chat.timeline.jumping import Jumping
from app.ui.chat.timeline.link_panel import LinkPanel
from app.ui.chat.timeline.loading import Loading
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.seek import Seek
from app.ui.chat.timeline.selection_bar import SelectionBar
from app.ui.chat.timeline.text_panel import TextPanel
from app.ui.chat.timeline.view import TimelineView
from app.ui.formatting.blocks import Link
from app.ui.formatting.warming import BETWEEN, PARSERS
from app.ui.screen_reader import Voice
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.warming import Warming


class TimelinePanel(QFrame):
    """Owns the model and the view of one session, and knows where the unread line stands.

    Signals:
        end_reached(bool): the newest row came into sight, or left it.
    """

    end_reached = pyqtSignal(bool)

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.asking: Popover | None = None
        """The question whether to open a link that deceives, or a message's text, while it is open."""
        self._warming = Warming(PARSERS, between=BETWEEN, parent=self)
        self._watched = False
        self._unread = session.unread
        self._latest_foreign = (0, 0)
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self.model = TimelineModel(session, clock, self)
        self.view = TimelineView(self.model, theme, self)
        self.loading = Loading(session, self.model, self.view, theme)
        self.loading.changed.connect(self._on_loading_changed)
        self.seek = Seek(session, self.model, self.view, clock, self)
        self.announcer = Announcer(session, self.model, Voice.of_application(), self)
        self.model.files.actions.said.connect(self.announcer.say)
        self.jump = JumpButton(theme, self)
        self.jump.hide()
        self.jumping = Jumping(session, self.seek, self.model, self.view)
        self.jumping.changed.connect(self._on_jumping_changed)
        self.selection_bar = SelectionBar(theme, self.view, self)
        self._jump_timer = QTimer(self)
        self._jump_timer.setSingleShot(True)
        self._jump_timer.setInterval(0)
        self._jump_timer.timeout.connect(self._show_jump)
        self.empty = EmptyState(theme, Icon.INVITE, parent=self)
        self.copy_invite = CopyButton(theme, "tonal", tr("Copy invite"), parent=self.empty)
        self.empty.offer(self.copy_invite)
        self.jump.clicked.connect(self._on_jump)
        self.view.end_reached.connect(self._on_end_reached)
        self.view.older_wanted.connect(self._on_older_wanted)
        self.view.deeds.retry_requested.connect(self._on_retry)
        self.view.deeds.discard_requested.connect(self._on_discard)
        self.view.deeds.delete_requested.connect(self._on_delete)
        self.view.deeds.edit_retry_requested.connect(self._on_retry)
        self.view.deeds.edit_discard_requested.connect(self._on_discard_edit)
        self.view.deeds.react_requested.connect(self._on_react)
        self.view.deeds.undo_requested.connect(self._on_undo)
        self.view.links.doubtful.connect(self._on_doubtful)
        self.view.selecting.part_requested.connect(self._on_part_requested)
        self.model.rowsInserted.connect(self._on_rows_changed)
        self.model.rowsRemoved.connect(self._on_rows_changed)
        session.message_added.connect(self._on_message_added)
        session.unread_changed.connect(self._on_unread_changed)
        session.info_changed.connect(self._on_info_changed)
        for signal in (session.roster.reset, session.roster.came, session.roster.went):
            signal.connect(self._on_roster_changed)
        session.roster.changed.connect(self._on_members_changed)
        self._show_empty()

    def set_look(self, *, compact: bool, comings_shown: bool) -> None:
        """Let messages stand closer together, or not; tell who came and went, or not."""
        self.view.set_compact(compact)
        self.loading.set_compact(compact)
        self.model.set_comings_shown(comings_shown)

    def set_watched(self, watched: bool) -> None:
        """Say whether a person looks at the room now."""
        left = self._watched and not watched
        self._watched = watched
        if left and not self._session.unread:
            self.model.set_first_unread(None)
        if watched:
            self.model.refresh_days()
        self.announcer.set_watched(watched)
        self.view.set_watched(watched)

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot(MessageEntry)
    def _on_message_added(self, entry: MessageEntry) -> None:
        self._latest_foreign = entry.place

    @pyqtSlot()
    def _on_unread_changed(self) -> None:
        before, self._unread = self._unread, self._session.unread
        if before == 0 and self._unread and self._latest_foreign != (0, 0):
            self.model.set_first_unread(self._latest_foreign)
        # A burst of messages counts up one by one; the button need not follow each.
        self._jump_timer.start()

    @pyqtSlot()
    def _on_loading_changed(self) -> None:
        empty = not (self.model.has_messages or self.loading.is_first)
        if self.empty.isVisibleTo(self) != empty:
            self._show_empty()

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        self._show_empty()

    @pyqtSlot()
    def _on_roster_changed(self) -> None:
        if not self.model.has_messages:
            self._show_empty()

    @pyqtSlot(tuple)
    def _on_members_changed(self, _numbers: tuple[int, ...]) -> None:
        # Somebody may moderate now: it stands beside the name in every group.
        self.view.repaint_rows()

    @pyqtSlot()
    def _on_rows_changed(self) -> None:
        self._on_loading_changed()

    @pyqtSlot(bool)
    def _on_end_reached(self, at_end: bool) -> None:
        self._show_jump()
        self.end_reached.emit(at_end)

    @pyqtSlot()
    def _on_older_wanted(self) -> None:
        self._session.load_older()
        self.loading.look()

    @pyqtSlot(bytes)
    def _on_retry(self, cid: bytes) -> None:
        self._session.retry(cid)

    @pyqtSlot(bytes)
    def _on_discard(self, cid: bytes) -> None:
        self._session.taking_back.hold(cid)

    @pyqtSlot(bytes)
    def _on_discard_edit(self, cid: bytes) -> None:
        self._session.discard(cid)

    @pyqtSlot(object, str, bool)
    def _on_react(self, seq: int, emoji: str, on: bool) -> None:
        refusal = self._session.react(seq, emoji, on)
        if refusal is not None:
            self._session.refused.emit(refusal.value, b"")

    @pyqtSlot(object)
    def _on_delete(self, seq: int) -> None:
        self._session.taking_back.hold(seq)

    @pyqtSlot(object)
    def _on_undo(self, message: int | bytes) -> None:
        self._session.taking_back.undo(message)

    @pyqtSlot(object)
    def _on_doubtful(self, link: Link) -> None:
        panel = LinkPanel(link, self._theme)
        panel.open_requested.connect(self._on_confirmed)
        panel.declined.connect(self._on_declined)
        self._open(panel, panel.usual_width)

    @pyqtSlot(str)
    def _on_part_requested(self, text: str) -> None:
        panel = TextPanel(text, self._theme)
        panel.done.connect(self._on_declined)
        self._open(panel, text_panel.WIDTH)

    def _open(self, panel: QWidget, width: int) -> None:
        self._close_asking()
        at = self.view.visualRect(self.view.currentIndex())
        at.setLeft(self.view.columns.text)
        self.asking = Popover(panel, self.view, width, self, at)
        self.asking.closed.connect(self._on_asking_closed)
        self.asking.open()

    @pyqtSlot(object)
    def _on_confirmed(self, link: Link) -> None:
        self._close_asking()
        self.view.links.open(link)

    @pyqtSlot()
    def _on_declined(self) -> None:
        self._close_asking()

    @pyqtSlot()
    def _on_asking_closed(self) -> None:
        self.asking = None

    def _close_asking(self) -> None:
        if self.asking is not None:
            self.asking.close_popover()

    @pyqtSlot()
    def _on_jumping_changed(self) -> None:
        self.view.keys.can_go_back = self.jumping.may_go_back
        self._show_jump()

    @pyqtSlot()
    def _on_jump(self) -> None:
        if self.jumping.may_go_back:
            self.jumping.go_back()
            return
        self.view.scroll_to_end()
        self.view.setFocus()

    @pyqtSlot()
    def _show_jump(self) -> None:
        self.jump.set_count(self._session.unread, back=self.jumping.may_go_back)
        self.jump.setVisible(not self.view.at_end or self.jumping.may_go_back)

    def _show_empty(self) -> None:
        session = self._session
        self.copy_invite.set_text_to_copy(session.sharing.invite)
        alone = session.hosted_here and len(session.roster) <= 1
        self.copy_invite.setVisible(alone)
        self.empty.set_icon(Icon.INVITE)
        if alone:
            self.empty.set_sentence(tr("Your room is open. Send the invite to bring people in."))
        elif session.info.history == "none":
            self.empty.set_icon(Icon.CLOCK)
            self.empty.set_sentence(
                tr("This room keeps no history. You see what is said from now on.")
            )
        else:
            self.empty.set_sentence(tr("Nothing has been said here yet. Say hello."))
        self.empty.setVisible(not (self.model.has_messages or self.loading.is_first))
        self._place()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Get ready for formatted messages, once there is something to look at meanwhile."""
        super().showEvent(event)
        self._warming.start()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Let the timeline fill the panel, and the rest float."""
        super().resizeEvent(event)
        self._place()
        if self.asking is not None:
            self.asking.follow()

    def _place(self) -> None:
        self.view.setGeometry(self.rect())
        self.jump.move(
            self.width() - self.jump.width() - 8, self.height() - self.jump.height() - 14
        )
        width = max(120, min(400, self.width() - 48))
        self.empty.setFixedWidth(width)
        layout = self.empty.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        self.empty.setFixedHeight(max(height, self.empty.minimumSizeHint().height()))
        self.empty.move((self.width() - width) // 2, (self.height() - self.empty.height()) // 2)
        self.selection_bar.place()
        self.empty.raise_()
        self.jump.raise_()
        if self.asking is not None:
            self.asking.raise_()
