"""The one chat window, shared by whoever hosts and whoever joins."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QDir, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.support.folder import DataFolder
from app.support.settings import SettingsFile
from app.ui.chat.attaching.attaching import Attaching
from app.ui.chat.attaching.picture_work import PictureWork
from app.ui.chat.composer.commands import Commands
from app.ui.chat.composer.completion_offers import Offers
from app.ui.chat.composer.completion_popup import Completion
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.composing import Composing
from app.ui.chat.composer.emoji import ComposerEmoji
from app.ui.chat.composer.frame import EMOJI_KEYS
from app.ui.chat.entrance.trust_page import TrustPage
from app.ui.chat.export.exporting import Exporting
from app.ui.chat.files_panel.deeds import PanelDeeds
from app.ui.chat.files_panel.panel import FilesPanel
from app.ui.chat.header.connection_banner import ConnectionBanner
from app.ui.chat.header.header import INVITE_KEYS, Header
from app.ui.chat.header.page_popovers import PagePopovers
from app.ui.chat.people.member_popovers import MemberPopovers
from app.ui.chat.people.moderation_panel import ModerationPanel
from app.ui.chat.people.roster_panel import RosterPanel
from app.ui.chat.reacting import Reacting
from app.ui.chat.search.panel import SearchPanel
from app.ui.chat.side_panels import SidePanels
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.notifications.choices import NotifyChoices
from app.ui.sentences import sentence
from app.ui.shortcuts import Command, sequences
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.info_bar import InfoBar

BESIDE = 776
"""The page's width from which the roster stands beside the timeline: a window of 1,040, less the
rail of 264."""

_LEAST_WIDTH, _LEAST_HEIGHT = 300, 300


class ChatPage(QFrame):
    """Puts header, banner, timeline, composer, roster and search of one session together.

    Signals:
        leave_requested(RoomSession): the person leaves, or closes, this room.
        forget_requested(RoomSession, bool): the host changed; forget the one on record, and with True
            what was kept of the room too.
        menu_requested(): the person wants the list of rooms.
        away_requested(bool): the person is away from now on, in all rooms, or back.
    """

    leave_requested = pyqtSignal(RoomSession)
    forget_requested = pyqtSignal(object, bool)
    menu_requested = pyqtSignal()
    away_requested = pyqtSignal(bool)

    def __init__(
        self,
        session: RoomSession,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
        *,
        settings: SettingsFile | None = None,
        pictures: PictureWork | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._active = False
        self._settings = settings
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self.header = Header(session, theme, self)
        self.banner = ConnectionBanner(session, theme, clock, self)
        self.store_bar = InfoBar(theme, "warn", icon=Icon.ALERT, closable=True, parent=self)
        self.store_bar.hide()
        self.timeline = TimelinePanel(session, theme, clock, self)
        self.composer = Composer(theme, clock, self)
        self.trust = TrustPage(session, theme, clock, self)
        self.roster = RosterPanel(session, theme, self)
        self.search = SearchPanel(session, theme, clock, self)
        self.moderation = ModerationPanel(session, theme, clock, self)
        self.files = FilesPanel(session, theme, clock, self)
        self.popovers = PagePopovers(session, theme, self.header, self)
        names = self.timeline.model.names
        self.exporting = Exporting(session, names, self.popovers, theme, clock=clock, page=self)
        self.members = MemberPopovers(
            session, theme, self.roster, self.popovers, self.timeline.view
        )
        self.commands = Commands(session, self.composer, self.members, self)
        self.composing = Composing(
            session, self.composer, self.timeline, self.members, commands=self.commands, parent=self
        )
        self.emoji = ComposerEmoji(
            self.composer, self.popovers, theme, clock, settings=settings, parent=self
        )
        folder = settings.folder if settings is not None else Path(QDir.tempPath()) / "papo"
        self.attaching = Attaching(
            session,
            self.composer,
            theme,
            clock,
            answering=self.composing.answering,
            popovers=self.popovers,
            emoji=self.emoji,
            outgoing=DataFolder(folder).outgoing,
            pictures=pictures,
            page=self,
        )
        self.reacting = Reacting(
            self.timeline, self.popovers, self.emoji, theme, clock, parent=self
        )
        offers = Offers(session, self.commands, self.emoji.values)
        self.completion = Completion(self.composer, self.commands, offers, theme, self)
        self._find = QAction(tr("Search in this room"), self)
        self._find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        self.addAction(self._find)
        self._list_files = QAction(tr("Files and pictures"), self)
        self._list_files.setShortcuts(sequences(Command.FILES))
        self.addAction(self._list_files)
        self._invite = QAction(tr("Invite people…"), self)
        self._invite.setShortcut(QKeySequence(INVITE_KEYS))
        self.addAction(self._invite)
        self._choose_emoji = QAction(tr("Insert an emoji"), self)
        self._choose_emoji.setShortcut(QKeySequence(EMOJI_KEYS))
        self.addAction(self._choose_emoji)
        self._lay_out()
        self._connect()
        self.refresh_look()
        if session.store_problem:
            self._on_store_failed(session.store_problem)
        self._show_pages()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.timeline, 1)
        middle.addWidget(self.trust, 1)
        middle.addWidget(self.composer)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(middle, 1)
        panels = (self.roster, self.search, self.moderation, self.files)
        self.side = SidePanels(*panels, body=body, page=self)
        # What the parts ask for while wide must not keep the window from getting narrow.
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self.store_bar)
        column.addWidget(self.exporting.bar)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        header = self.header
        header.search_toggled.connect(self._on_search_toggled)
        header.files_toggled.connect(self._on_files_toggled)
        header.roster_toggled.connect(self._on_roster_toggled)
        header.menu_requested.connect(self._on_menu)
        self._find.triggered.connect(self._on_find)
        self._list_files.triggered.connect(self._on_list_files)
        self._invite.triggered.connect(self._on_invite)
        self._choose_emoji.triggered.connect(self.composer.emoji.click)
        self.commands.away_requested.connect(self.away_requested)
        self.completion.emoji_used.connect(self.emoji.note_used)
        self.popovers.leave_requested.connect(self._on_leave)
        self.trust.leave_requested.connect(self._on_leave)
        self.trust.forget_requested.connect(self._on_forget)
        self.trust.page_changed.connect(self._on_page_changed)
        self.side.changed.connect(self._on_sides_changed)
        self.roster.invite_requested.connect(self.popovers.open_invite)
        self.roster.close_requested.connect(self._on_roster_closed)
        self.roster.left.connect(self.focus_composer)
        self.search.chosen.connect(self._on_result_chosen)
        self.search.close_requested.connect(self._on_search_closed)
        self.files.message_requested.connect(self._on_result_chosen)
        PanelDeeds(self.files, self.timeline)
        self.files.close_requested.connect(self._on_files_closed)
        self.timeline.end_reached.connect(self._on_end_reached)
        self.timeline.seek.found.connect(self._on_seek_found)
        self.timeline.seek.failed.connect(self._on_seek_failed)
        header.rename_requested.connect(self._on_rename)
        header.moderation_requested.connect(self._on_moderation)
        header.export_requested.connect(self.exporting.open)
        self.commands.export_requested.connect(self.exporting.open)
        self.moderation.close_requested.connect(self._on_moderation_closed)
        self.attaching.sent.connect(self.timeline.view.scroll_to_end)
        self.session.store_failed.connect(self._on_store_failed)

    # --- what the window says -------------------------------------------------------------------

    def set_menu_button(self, visible: bool, count: int) -> None:
        """Show the button for the list of rooms, with how much is unread in others."""
        self.header.set_menu_button(visible, count)

    @pyqtSlot()
    def refresh_look(self) -> None:
        """Show messages as the settings say."""
        if self._settings is not None:
            values = self._settings.values
            self.timeline.set_look(compact=values.compact, comings_shown=values.comings_shown)

    def follow_notify(self, choices: NotifyChoices, clock: Clock) -> None:
        """Show what is announced of the room, and let the person choose."""
        self.header.notify.follow(choices, clock)

    def set_active(self, active: bool) -> None:
        """Say whether the window is active and this page is the one that it shows."""
        self._active = active
        self._watch()

    @pyqtSlot()
    def end(self) -> None:
        """Be looked at no more, for good: nothing stays of what was made to be sent, and was not."""
        self.set_active(False)
        self.attaching.put_away()

    def focus_composer(self) -> None:
        """Let the person write, or answer what is asked."""
        if self.trust.page is not None:
            self.trust.page.setFocus()
        elif self.composer.barred.isVisibleTo(self.composer):
            self.timeline.view.setFocus()
        else:
            self.composer.edit.setFocus()

    def ask_to_leave(self) -> None:
        """Leave the room, or ask first whether it may close under the people in it."""
        self.popovers.ask_to_leave()

    # --- what the session tells -----------------------------------------------------------------

    @pyqtSlot(str)
    def _on_store_failed(self, problem: str) -> None:
        text = sentence(problem)
        # What was told, and perhaps put away, is not told again.
        if text not in self.store_bar.text:
            self.store_bar.set_text(text, tr("The chat goes on."))
            self.store_bar.show()

    @pyqtSlot()
    def _on_page_changed(self) -> None:
        self.header.refresh()
        self._show_pages()
        # A window that is not shown yet, or not active, has its keyboard somewhere as well.
        if self.isVisibleTo(self.window()):
            self.focus_composer()

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot()
    def _on_leave(self) -> None:
        self.leave_requested.emit(self.session)

    @pyqtSlot(bool)
    def _on_forget(self, delete: bool) -> None:
        self.forget_requested.emit(self.session, delete)

    @pyqtSlot()
    def _on_menu(self) -> None:
        self.menu_requested.emit()

    @pyqtSlot(bool)
    def _on_end_reached(self, _at_end: bool) -> None:
        self._watch()

    @pyqtSlot()
    def _on_invite(self) -> None:
        if not self.trust.is_needed:
            self.popovers.open_invite()

    # --- searching ------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_find(self) -> None:
        if not self.trust.is_needed:
            self.popovers.close()
            self.side.show_search(True)

    @pyqtSlot(bool)
    def _on_search_toggled(self, shown: bool) -> None:
        self.side.show_search(shown)
        if not shown:
            self.focus_composer()

    @pyqtSlot()
    def _on_search_closed(self) -> None:
        self.side.show_search(False)
        self.focus_composer()

    @pyqtSlot(object)
    def _on_result_chosen(self, seq: int) -> None:
        self.timeline.seek.to(seq)

    @pyqtSlot()
    def _on_seek_found(self) -> None:
        # In a narrow window the panel lies over what was searched for.
        if (self.side.searching or self.side.listing) and not self._is_wide():
            self.side.show_search(False)
            self.side.show_files(False)
            self.timeline.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @pyqtSlot()
    def _on_seek_failed(self) -> None:
        panel = self.files if self.side.listing else self.search
        panel.say(tr("That message is too far back to be shown from here."))

    # --- files ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_list_files(self) -> None:
        if not self.trust.is_needed:
            self.popovers.close()
            self.side.show_files(True)

    @pyqtSlot(bool)
    def _on_files_toggled(self, shown: bool) -> None:
        self.side.show_files(shown)
        if not shown:
            self.focus_composer()

    @pyqtSlot()
    def _on_files_closed(self) -> None:
        self._on_files_toggled(False)

    # --- the panels at the side -----------------------------------------------------------------

    @pyqtSlot(bool)
    def _on_roster_toggled(self, shown: bool) -> None:
        self.side.show_roster(shown)

    @pyqtSlot()
    def _on_roster_closed(self) -> None:
        self.side.show_roster(False)
        self.header.people.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_sides_changed(self) -> None:
        self._show_pages()

    @pyqtSlot()
    def _on_moderation(self) -> None:
        self.popovers.close()
        self.side.show_moderation(True)

    @pyqtSlot()
    def _on_moderation_closed(self) -> None:
        self.side.show_moderation(False)
        self.focus_composer()

    @pyqtSlot()
    def _on_rename(self) -> None:
        self.members.open_rename(self.header.more)

    def _is_wide(self) -> bool:
        return self.width() >= BESIDE

    def _show_pages(self) -> None:
        asking = self.trust.is_needed
        self.trust.setVisible(asking)
        self.timeline.setVisible(not asking)
        self.composer.setVisible(not asking)
        self.header.set_entering(asking)
        top = self.timeline.mapTo(self, self.timeline.rect().topLeft()).y()
        place = QRect(0, top, self.width(), self.height() - top)
        self.side.arrange(place, wide=self._is_wide(), allowed=not asking)
        shown = None if asking else self.side.shown
        self.header.set_roster_shown(shown is self.roster)
        self.header.set_search_shown(shown is self.search)
        self.header.set_files_shown(shown is self.files)
        self._watch()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give the panels their place, and let an open popover follow."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self._show_pages()
        self.popovers.follow()

    # --- parts ----------------------------------------------------------------------------------

    def _watch(self) -> None:
        self.timeline.set_watched(self._active and not self.trust.is_needed)
        at_end = self.timeline.view.at_end and not self.trust.is_needed
        self.session.set_watched(self._active and at_end)
