"""The panels that hang under the header's buttons, one at a time, and the sharing dialog."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from PyQt6 import sip
from PyQt6.QtCore import QObject, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.protocol.messages import HistoryName
from app.room.files.quotas import FilesUse, Quotas
from app.session.room_session import RoomSession
from app.ui.chat.about import others_in
from app.ui.chat.header import (
    file_limits_panel,
    guests_panel,
    history_panel,
    room_password_panel,
    topic_panel,
    words_panel,
)
from app.ui.chat.header.file_limits_panel import FileLimitsPanel
from app.ui.chat.header.guests_panel import GuestsPanel
from app.ui.chat.header.header import Header
from app.ui.chat.header.history_panel import HistoryPanel
from app.ui.chat.header.room_password_panel import RoomPasswordPanel
from app.ui.chat.header.topic_panel import TopicPanel
from app.ui.chat.header.words_panel import WordsPanel
from app.ui.chat.popover import Popover
from app.ui.share.offer import why_not
from app.ui.share.share_dialog import ShareDialog
from app.ui.texts import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.question import Question


class PagePopovers(QObject):
    """Opens what the header asks for over `page`, and does what is chosen there.

    Signals:
        leave_requested(): leave the room, or close it; whoever hosts was asked.
    """

    leave_requested = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, header: Header, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._theme = theme
        self._header = header
        self._page = page
        self.current: Popover | None = None
        self.share: ShareDialog | None = None
        self._before: QWidget | None = None
        self._password: RoomPasswordPanel | None = None
        header.invite_requested.connect(self.open_invite)
        header.words_requested.connect(self._on_words)
        header.topic_requested.connect(self._on_topic)
        header.history_requested.connect(self._on_history)
        header.guests_requested.connect(self._on_guests)
        header.password_requested.connect(self._on_password)
        header.file_limits_requested.connect(self._on_file_limits)
        header.leave_requested.connect(self.ask_to_leave)

    def close(self) -> None:
        """Close what is open."""
        if self.current is not None:
            self.current.close_popover()

    def open_panel(
        self, panel: QWidget, anchor: QWidget, width: int, at: QRect | None = None
    ) -> None:
        """Open `panel` under `anchor`, or under the place `at` within it."""
        self.close()
        self.current = Popover(panel, anchor, width, self._page, at)
        self.current.closed.connect(self._on_closed)
        self.current.open()

    @property
    def usual_anchor(self) -> QWidget:
        """Where a panel opens that is about nothing in sight."""
        return self._header.more

    def follow(self) -> None:
        """Fill the page again after it got another size."""
        if self.current is not None:
            self.current.follow()

    @pyqtSlot()
    def open_invite(self) -> None:
        """Show how others get in, where they can."""
        if why_not(self._session) or self.share is not None:
            return
        self.close()
        window = self._page.window()
        self._before = window.focusWidget() if window is not None else None
        self.share = ShareDialog(self._session, self._theme, self._page)
        self.share.finished.connect(self._on_share_finished)
        self.share.open()

    @pyqtSlot()
    def ask_to_leave(self) -> None:
        """Leave at once, but ask first where others would lose the room."""
        others = others_in(self._session)
        if not self._session.hosted_here or others <= 0:
            self.leave_requested.emit()
            return
        panel = Question(
            self._theme,
            tr("Close this room? %n people are in it.", n=others),
            tr("Keep it open"),
            tr("Close room"),
        )
        panel.confirmed.connect(self._on_leave_confirmed)
        panel.declined.connect(self.close_current)
        self.open_panel(panel, self._header.more, panel.usual_width)

    @pyqtSlot()
    def close_current(self) -> None:
        """Close what is open, as a slot."""
        self.close()

    @pyqtSlot()
    def _on_words(self) -> None:
        panel = WordsPanel(self._session, self._theme)
        self.open_panel(panel, self._header.chip, words_panel.WIDTH)

    @pyqtSlot()
    def _on_topic(self) -> None:
        panel = TopicPanel(self._session.info.topic, self._theme)
        panel.topic_chosen.connect(self._on_topic_chosen)
        self.open_panel(panel, self._header.more, topic_panel.WIDTH)

    @pyqtSlot()
    def _on_history(self) -> None:
        panel = HistoryPanel(self._session.info, self._theme)
        panel.chosen.connect(self._on_history_chosen)
        self.open_panel(panel, self._header.more, history_panel.WIDTH)

    @pyqtSlot()
    def _on_guests(self) -> None:
        panel = GuestsPanel(self._session, self._theme)
        panel.chosen.connect(self._on_guests_chosen)
        self.open_panel(panel, self._header.more, guests_panel.WIDTH)

    @pyqtSlot(bool, bool)
    def _on_guests_chosen(self, browser: bool, text: bool) -> None:
        self._session.moderation.set_guests(browser=browser, text=text)

    @pyqtSlot()
    def _on_password(self) -> None:
        panel = RoomPasswordPanel(self._session.info.has_password, self._theme)
        panel.chosen.connect(self._on_password_chosen)
        self._password = panel
        self.open_panel(panel, self._header.more, room_password_panel.WIDTH)

    @pyqtSlot()
    def _on_file_limits(self) -> None:
        own = self._session.own_files
        if own is None:
            return
        use: FilesUse | None = None
        # Without it the panel says less.
        with suppress(OSError):
            use = own.use
        panel = FileLimitsPanel(own.quotas, use, self._theme)
        panel.chosen.connect(self._on_file_limits_chosen)
        self.open_panel(panel, self._header.more, file_limits_panel.WIDTH)

    @pyqtSlot(object)
    def _on_file_limits_chosen(self, quotas: Quotas) -> None:
        own = self._session.own_files
        if own is not None and quotas != own.quotas:
            own.set_quotas(quotas)
        self.close()

    @pyqtSlot(str)
    def _on_password_chosen(self, password: str) -> None:
        problem = self._session.set_room_password(password)
        if problem is None:
            self.close()
        elif self._password is not None:
            self._password.refuse(problem)

    @pyqtSlot(str)
    def _on_topic_chosen(self, topic: str) -> None:
        if topic != self._session.info.topic:
            self._session.set_topic(topic)
        self.close()

    @pyqtSlot(str, int)
    def _on_history_chosen(self, name: str, count: int) -> None:
        self._session.set_history(cast("HistoryName", name), count)

    @pyqtSlot()
    def _on_leave_confirmed(self) -> None:
        self.close()
        self.leave_requested.emit()

    @pyqtSlot()
    def _on_share_finished(self) -> None:
        self.share = None
        if not self._page.isVisible():
            return
        # Not every system gives the keyboard back by itself.
        self._page.activateWindow()
        before, self._before = self._before, None
        if before is not None and not sip.isdeleted(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    @pyqtSlot()
    def _on_closed(self) -> None:
        self.current = None
        self._password = None
