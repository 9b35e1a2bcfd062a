"""The window: the rail beside the start page or a room, and what is told across the top."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PyQt6.QtCore import QByteArray, QEvent, QSignalBlocker, QSize, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QMainWindow

from app.pictures.pictures import Pictures
from app.session.room_session import RoomSession
from app.support.folder import DataFolder
from app.support.settings import RecentRoom
from app.ui.carrying import carry_room, carry_start
from app.ui.closing import Closing
from app.ui.files.viewer.decoding import Decoding
from app.ui.notifications.quiet_button import QuietButton
from app.ui.own_look import OwnLook
from app.ui.rail.open_rooms import OpenRooms
from app.ui.requests import HostRequest, JoinRequest
from app.ui.settings.kept import Kept
from app.ui.settings.place import SettingsPlace
from app.ui.settings.preferences import Preferences
from app.ui.startup import cannot_store
from app.ui.theme.icons import Icon
from app.ui.widgets.info_bar import InfoBar
from app.ui.window_actions import WindowActions
from app.ui.window_content import WindowContent, window_icon, window_title

if TYPE_CHECKING:
    from PyQt6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from app.support.clock import Clock
    from app.support.settings import SettingsFile
    from app.ui.chat.chat_page import ChatPage
    from app.ui.start.start_page import StartPage
    from app.ui.theme.theme import Theme

OPENS_AT = QSize(1180, 760)
AT_LEAST = QSize(360, 480)


class MainWindow(QMainWindow):
    """Shows the sessions that it is given, one at a time; knows no network and opens no room.

    Signals:
        host_requested(HostRequest), join_requested(JoinRequest), cancel_requested(): as the
            start page's.
        leave_requested(RoomSession): the person wants to leave that room.
        forget_requested(RoomSession, bool): as a page's.
        identity_reset_requested(): as the start page's.
        closed(): the window was closed; what to remember is saved.
    """

    host_requested = pyqtSignal(HostRequest)
    join_requested = pyqtSignal(JoinRequest)
    leave_requested = pyqtSignal(RoomSession)
    forget_requested = pyqtSignal(object, bool)
    identity_reset_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    closed = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        settings: SettingsFile,
        clock: Clock,
        preferences: Preferences | None = None,
    ) -> None:
        """`preferences` are in force already; without them, what `settings` says is not applied."""
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._clock = clock
        self._pages: dict[RoomSession, ChatPage] = {}
        self._last: RoomSession | None = None
        self._idle = False
        self.closing = Closing(theme, self)
        self.pictures = Pictures(clock, self)
        Decoding.of_application().decoder = self.pictures
        preferences = self._preferences = preferences or Preferences(theme, settings, self)
        self._notify = preferences.notify
        self._own_look = OwnLook(preferences, self._sessions, self)
        self._own_look.changed.connect(self._on_info_changed)
        self.rooms = OpenRooms(settings, self._notify, self)
        kept = Kept(DataFolder(settings.folder), self._sessions)
        self._settings_place = SettingsPlace(theme, preferences, kept, clock, self)
        self._build()
        self.setMinimumSize(AT_LEAST)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)
        preferences.texts_changed.connect(self._on_texts_changed)
        preferences.not_saved.connect(self._on_not_saved)
        self.rooms.not_saved.connect(self._on_not_saved)
        self._settings_place.left.connect(self._show_again)
        self._settings_place.identity_reset_requested.connect(self.identity_reset_requested)
        geometry = settings.values.window_geometry
        if not geometry or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(OPENS_AT)
        self._show_title()

    def _build(self) -> None:
        """Make all that is in the window but the rooms' pages."""
        content = self._content = WindowContent(
            self._theme, self._settings, self._clock, self.rooms, self
        )
        self._rail, self._start = content.rail, content.start
        self._stack, self._drawer = content.stack, content.drawer
        self._rail.add_foot(QuietButton(self._theme, self._notify, self._clock, self._rail))
        self.setCentralWidget(content)
        self._actions = WindowActions(self, content, self._theme, self._settings)
        self._connect()

    @property
    def start_page(self) -> StartPage:
        """The page on which rooms are hosted and joined."""
        return self._start

    @property
    def current_session(self) -> RoomSession | None:
        """The room whose page is shown; None for the start page."""
        page = self._stack.currentWidget()
        return next((s for s, one in self._pages.items() if one is page), None)

    def add_session(self, session: RoomSession) -> None:
        """Put a room into the rail, and make its page; the session stays its owner's."""
        if session in self._pages:
            return
        self._add_page(session)
        session.info_changed.connect(self._on_info_changed)
        self._own_look.give(session)
        if self._rail.identity.isChecked():
            session.set_away(True)
        self._arrange()

    def _add_page(self, session: RoomSession) -> ChatPage:
        # A third of all there is: the window is there first.
        from app.ui.chat.chat_page import ChatPage  # noqa: PLC0415

        page = ChatPage(
            session, self._theme, self._clock, settings=self._settings, pictures=self.pictures
        )
        self._pages[session] = page
        self._stack.addWidget(page)
        self._preferences.messages_look_changed.connect(page.refresh_look)
        page.follow_notify(self._notify, self._clock)
        self.closed.connect(page.end)
        page.leave_requested.connect(self.leave_requested)
        page.forget_requested.connect(self.forget_requested)
        page.menu_requested.connect(self._drawer.open)
        page.away_requested.connect(self._rail.identity.setChecked)
        self._rail.model.add_session(session)
        return page

    def remove_session(self, session: RoomSession) -> None:
        """Take a room away; if it was shown, its neighbour is, or else the start page."""
        page = self._pages.get(session)
        if page is None:
            return
        was_shown = self.current_session is session
        after = self._rail.neighbour(1) if was_shown else None
        session.info_changed.disconnect(self._on_info_changed)
        page.end()
        del self._pages[session]
        self._rail.model.remove_session(session)
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        if self._last is session:
            self._last = None
        self._arrange()
        if was_shown:
            self._show_again(after)

    @pyqtSlot(RoomSession)
    def show_session(self, session: RoomSession) -> None:
        """Show a room that was added."""
        page = self._pages.get(session)
        if page is None:
            return
        self._drawer.close()
        self._last = session
        self.rooms.note_visited(session)
        self._stack.setCurrentWidget(page)
        self._rail.set_current(session)
        self._show_identity()
        self._show_title()
        self._tell_active()
        page.focus_composer()

    @pyqtSlot()
    def show_start(self) -> None:
        """Show the page on which rooms are hosted and joined."""
        self._drawer.close()
        self._start.refresh()
        self._stack.setCurrentWidget(self._start)
        self._rail.set_current(None)
        self._show_title()
        self._tell_active()
        self._start.focus_first()

    @pyqtSlot()
    def show_settings(self) -> None:
        """Show the settings; going back leads to what is shown now."""
        self._drawer.close()
        if not self._settings_place.is_shown:
            self._settings_place.show(
                self._stack, self.current_session, rooms_open=self._is_in_use()
            ).focus_first()
            self._rail.set_current(None)
            self._show_title()
            self._tell_active()

    @pyqtSlot(bool)
    def set_idle(self, idle: bool) -> None:
        """Show the person as away while idle, and as back after; who chose to be away stays so."""
        button = self._rail.identity
        if idle and not button.isChecked():
            button.setChecked(True)
            self._idle = True
        elif not idle and self._idle:
            button.setChecked(False)

    def show_notice(self, sentence: str) -> None:
        """Tell something across the top, until the person closes it."""
        bar = InfoBar(self._theme, "info", icon=Icon.ALERT, closable=True, parent=self)
        bar.set_text(sentence)
        bar.closed.connect(bar.deleteLater)
        self._content.add_bar(bar)
        bar.show()

    def _connect(self) -> None:
        self._start.host_requested.connect(self.host_requested)
        self._start.join_requested.connect(self.join_requested)
        self._start.cancel_requested.connect(self.cancel_requested)
        self._start.menu_requested.connect(self._drawer.open)
        self._start.back_requested.connect(self._on_back_requested)
        self._start.identity_reset_requested.connect(self.identity_reset_requested)
        self._start.top.settings_requested.connect(self.show_settings)
        self._rail.settings_requested.connect(self.show_settings)
        self._rail.session_chosen.connect(self.show_session)
        self._rail.leave_requested.connect(self._on_leave_asked)
        self._rail.start_requested.connect(self.show_start)
        self._rail.away_chosen.connect(self._on_away_chosen)
        self._rail.unread_changed.connect(self._on_unread_changed)
        self._drawer.opened.connect(self._tell_active)
        self._drawer.closed.connect(self._on_drawer_closed)
        actions = self._actions
        actions.room_requested.connect(self.show_session)
        actions.recent_requested.connect(self._on_recent_requested)
        actions.person_requested.connect(self._on_person_requested)
        actions.start_requested.connect(self.show_start)
        actions.settings_requested.connect(self.show_settings)
        actions.leave_requested.connect(self._on_leave_pressed)
        actions.quit_requested.connect(self.close)
        self._settings_place.shortcuts_requested.connect(actions.show_sheet)

    def _arrange(self) -> None:
        """Give the rail the place that the window's width, and the number of rooms, leave it."""
        if self._content.arrange(self.width(), rooms=bool(self._pages)):
            self._tell_active()
        self._on_unread_changed()

    def _sessions(self) -> tuple[RoomSession, ...]:
        return tuple(self._pages)

    def _is_in_use(self) -> bool:
        """Tell whether any room is open, or on its way."""
        return bool(self._pages) or self._start.is_busy

    def _show_identity(self) -> None:
        session = self.current_session or self._last
        if session is not None:
            key = session.device or session.nickname.encode("utf-8", "replace")
            self._rail.set_identity(session.nickname, key, session.colour)

    def _show_title(self) -> None:
        in_settings = self._settings_place.is_shown
        self.setWindowTitle(window_title(self.current_session, in_settings=in_settings))

    @pyqtSlot()
    def _tell_active(self) -> None:
        shown = self.current_session
        for session, page in self._pages.items():
            page.set_active(session is shown and self.isActiveWindow() and not self._drawer.is_open)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """Give the rail its place."""
        super().resizeEvent(a0)
        self._arrange()

    def changeEvent(self, a0: QEvent | None) -> None:
        """Note when a person looks at the window, or at another one."""
        super().changeEvent(a0)
        if a0 is not None and a0.type() == QEvent.Type.ActivationChange:
            self._tell_active()

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        """Remember where the window was, unless rooms with people in them are to be kept open."""
        if a0 is not None and not self.closing.may_close(self._pages, self._content):
            a0.ignore()
            return
        self._settings.values.window_geometry = self.saveGeometry().data()
        with contextlib.suppress(OSError):
            self._settings.save()
        super().closeEvent(a0)
        self.closed.emit()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Let Escape close the list of rooms over a narrow window."""
        if a0 is not None and a0.matches(QKeySequence.StandardKey.Cancel):
            self._drawer.close()
            return
        super().keyPressEvent(a0)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.setWindowIcon(window_icon(self._theme))

    @pyqtSlot()
    def _on_texts_changed(self) -> None:
        """Make everything anew, in the language and size of now; nobody loses a place."""
        shown, in_settings, idle = self.current_session, self._settings_place.is_shown, self._idle
        old, pages = self._content, self._pages
        self._drawer.close()
        if in_settings:
            self._settings_place.note_place()
        else:
            self._settings_place.drop()
        for page in pages.values():
            page.set_active(False)
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        self._pages = {}
        self.takeCentralWidget()
        self._build()
        old.hand_over_to(self._content, self.layout())
        with QSignalBlocker(self._rail):
            self._rail.identity.setChecked(old.rail.identity.isChecked())
        self._idle = idle
        carry_start(old.start, self._start)
        for session in old.rail.model.sessions:
            carry_room(pages[session], self._add_page(session))
        self._arrange()
        self._show_identity()
        if in_settings:
            self._settings_place.show_anew(self._stack, rooms_open=self._is_in_use())
        else:
            self._show_again(shown)
        self._show_title()
        old.hide()
        old.deleteLater()

    @pyqtSlot(object)
    def _show_again(self, session: object) -> None:
        if isinstance(session, RoomSession) and session in self._pages:
            self.show_session(session)
        else:
            self.show_start()

    @pyqtSlot(object)
    def _on_not_saved(self, error: OSError) -> None:
        self.show_notice(cannot_store(self._settings.folder, error))

    @pyqtSlot()
    def _on_unread_changed(self) -> None:
        count = self._rail.unread
        self._start.top.set_count(count)
        for session, page in self._pages.items():
            page.set_menu_button(self._content.behind_menu, count - self.rooms.counted(session))

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        self._show_title()
        self._show_identity()

    @pyqtSlot(bool)
    def _on_away_chosen(self, away: bool) -> None:
        self._idle = False
        for session in self._pages:
            session.set_away(away)

    @pyqtSlot()
    def _on_leave_pressed(self) -> None:
        session = self.current_session
        if session is not None:
            self._pages[session].ask_to_leave()

    @pyqtSlot(RoomSession)
    def _on_leave_asked(self, session: RoomSession) -> None:
        # It may ask first, and asks where one sees which room is meant.
        self.show_session(session)
        self._on_leave_pressed()

    @pyqtSlot(RecentRoom)
    def _on_recent_requested(self, room: RecentRoom) -> None:
        self.show_start()
        self._start.go_again(room)

    @pyqtSlot(int)
    def _on_person_requested(self, number: int) -> None:
        session = self.current_session
        if session is not None:
            self._pages[session].members.reach(number)

    @pyqtSlot()
    def _on_back_requested(self) -> None:
        session = self._last or next(iter(self._pages), None)
        if session is not None:
            self.show_session(session)

    @pyqtSlot()
    def _on_drawer_closed(self) -> None:
        self._tell_active()
        session = self.current_session
        if session is not None:
            self._pages[session].focus_composer()
