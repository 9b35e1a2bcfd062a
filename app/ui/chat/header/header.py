"""The bar at the top of a room: its name, how far its host is known, and what can be done."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QFontMetricsF, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.ui.chat.about import history_sentence
from app.ui.chat.copy_button import copy
from app.ui.chat.header.menu_button import MenuButton
from app.ui.chat.header.rule_marks import RuleMarks
from app.ui.chat.header.trust_chip import TrustChip, look_of
from app.ui.chat.names import isolated, one_line
from app.ui.chat.people.member_deeds import is_moderating
from app.ui.doctor.desk import CheckDesk, CheckWish
from app.ui.notifications.notify_mark import NotifyMark
from app.ui.share.offer import why_not
from app.ui.shortcuts import Command, sequences
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, tonal_button
from app.ui.widgets.labels import PlainLabel, plain_tooltip
from app.ui.widgets.pictures import IconLabel

HEIGHT = 56
INVITE_KEYS = "Ctrl+I"
_NARROW = 560
_WITH_RULES = 820
"""Below this width the rules that hold are icons alone: the name needs the room."""
_USUAL_LINE = 19
"""The height of a line in the font that the widths are made for."""


class Header(QFrame):
    """Shows a session's name and state.

    Signals:
        invite_requested(), words_requested(), topic_requested(), leave_requested(),
            history_requested(), guests_requested(), password_requested(),
            file_limits_requested(), rename_requested(),
            moderation_requested(), export_requested(): open these.
        search_toggled(bool), files_toggled(bool), roster_toggled(bool): show the search, the files,
            or the members, or hide them.
        menu_requested(): the list of rooms is behind the menu button.
    """

    invite_requested = pyqtSignal()
    words_requested = pyqtSignal()
    topic_requested = pyqtSignal()
    history_requested = pyqtSignal()
    guests_requested = pyqtSignal()
    password_requested = pyqtSignal()
    file_limits_requested = pyqtSignal()
    rename_requested = pyqtSignal()
    moderation_requested = pyqtSignal()
    export_requested = pyqtSignal()
    leave_requested = pyqtSignal()
    search_toggled = pyqtSignal(bool)
    files_toggled = pyqtSignal(bool)
    roster_toggled = pyqtSignal(bool)
    menu_requested = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._entering = False
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.menu = MenuButton(theme, self)
        self.menu.hide()
        self.name = PlainLabel(theme, "", Step.ROOM, elide=True, parent=self)
        self.lock = IconLabel(theme, Icon.LOCK, Role.TEXT_SECOND, 16, self)
        self.lock.setAccessibleName(tr("This room has a password."))
        self.lock.setToolTip(plain_tooltip(tr("This room has a password.")))
        self.notify = NotifyMark(session, theme, self)
        self.chip = TrustChip(theme, self)
        self.rules = RuleMarks(session, theme, self)
        self.line = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self)
        self.search = IconButton(
            theme,
            Icon.SEARCH,
            tr("Search in this room"),
            shortcut=QKeySequence.StandardKey.Find,
            parent=self,
        )
        self.search.setCheckable(True)
        keys = sequences(Command.FILES)[0]
        self.files = IconButton(
            theme, Icon.FILES, tr("Files and pictures"), shortcut=keys, parent=self
        )
        self.files.setCheckable(True)
        self.invite = tonal_button(theme, tr("Invite"), icon=Icon.INVITE, parent=self)
        self.invite.setAccessibleName(tr("Invite"))
        self.people = IconButton(theme, Icon.PEOPLE, tr("Members"), parent=self)
        self.people.setCheckable(True)
        self.more = IconButton(theme, Icon.MORE, tr("More"), parent=self)
        # A click leaves the keyboard where it was: in the line that one writes.
        for button in (self.chip, self.files, self.invite, self.people, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.menu.clicked.connect(self._on_menu)
        self.chip.clicked.connect(self._on_chip)
        self.search.clicked.connect(self._on_search)
        self.files.clicked.connect(self.files_toggled)
        self.invite.clicked.connect(self._on_invite)
        self.people.clicked.connect(self._on_people)
        self.more.clicked.connect(self._on_more)
        session.info_changed.connect(self._on_session_changed)
        session.connection_changed.connect(self._on_session_changed)
        for signal in (session.roster.reset, session.roster.came, session.roster.went):
            signal.connect(self._on_session_changed)
        self._on_session_changed()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name)
        first.addWidget(self.lock)
        first.addWidget(self.notify)
        first.addWidget(self.chip)
        first.addWidget(self.rules)
        first.addStretch(1)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addLayout(first)
        texts.addWidget(self.line)
        texts.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.menu)
        row.addLayout(texts, 1)
        row.addWidget(self.search)
        row.addWidget(self.files)
        row.addWidget(self.invite)
        row.addWidget(self.people)
        row.addWidget(self.more)
        line = QFrame(self)
        line.setProperty("surface", Role.LINE.value)
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(line)

    def set_menu_button(self, visible: bool, count: int) -> None:
        """Show the button for the list of rooms, with how much is unread in others."""
        self.menu.setVisible(visible)
        self.menu.set_count(count)

    def set_roster_shown(self, shown: bool) -> None:
        """Say whether the members are in sight."""
        self.people.setChecked(shown)
        self.people.set_name(tr("Hide members") if shown else tr("Show members"))

    def set_search_shown(self, shown: bool) -> None:
        """Say whether the search is in sight."""
        self.search.setChecked(shown)

    def set_files_shown(self, shown: bool) -> None:
        """Say whether the files are in sight."""
        self.files.setChecked(shown)

    def set_entering(self, entering: bool) -> None:
        """Hide what makes no sense before one is in the room."""
        self._entering = entering
        self.people.setVisible(not entering)
        self.search.setVisible(not entering)
        self._show_invite()

    def more_menu(self) -> QMenu:
        """Return the menu of what else can be done; it goes when it closes."""
        session = self._session
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.invite.isHidden() and self.invite.isEnabled() and not self._entering:
            _add(menu, tr("Invite people…")).triggered.connect(self._on_invite)
        if self.files.isHidden() and not self._entering:
            _add(menu, tr("Files and pictures")).triggered.connect(self._on_files)
        if is_moderating(session):
            _add(menu, tr("Edit topic…")).triggered.connect(self._on_topic)
        if session.info.role == "host":
            _add(menu, tr("What newcomers see…")).triggered.connect(self._on_history)
            _add(menu, tr("Guests…")).triggered.connect(self._on_guests)
        if session.hosted_here:
            _add(menu, tr("Password…")).triggered.connect(self._on_password)
        if session.own_files is not None:
            _add(menu, tr("Space for files…")).triggered.connect(self._on_file_limits)
        if is_moderating(session):
            menu.addSeparator()
            locked, hosts_only = session.info.locked, session.info.hosts_only
            text = tr("Unlock room") if locked else tr("Lock room")
            _add(menu, text).triggered.connect(self._on_lock)
            text = tr("Everyone may write") if hosts_only else tr("Only hosts may write")
            _add(menu, text).triggered.connect(self._on_hosts_only)
            text = tr("Bans and what was done…")
            _add(menu, text).triggered.connect(self._on_moderation)
        menu.addSeparator()
        self.notify.add_menu(menu)
        if session.is_online and not self._entering:
            _add(menu, tr("Change nickname…")).triggered.connect(self._on_rename)
        if self._address() and session.connection.phase is not Phase.STOPPED:
            _add(menu, tr("Copy address")).triggered.connect(self._on_copy_address)
        if session.sharing.invite and self.invite.isEnabled():
            _add(menu, tr("Copy invite")).triggered.connect(self._on_copy_invite)
        if session.transcripts.is_readable and not self._entering:
            _add(menu, tr("Export transcript…")).triggered.connect(self._on_export)
        _add(menu, tr("Check the connection…")).triggered.connect(self._on_check)
        menu.addSeparator()
        text = tr("Close room") if session.hosted_here else tr("Leave room")
        _add(menu, text).triggered.connect(self._on_leave)
        return menu

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """In a narrow window the chip keeps its icon only; Invite and files go into the menu."""
        super().resizeEvent(event)
        self.chip.set_compact(self.width() < _NARROW)
        usual = QFontMetricsF(self._theme.font(Step.BODY)).height() / _USUAL_LINE
        self.rules.set_compact(self.width() < _WITH_RULES * max(1.0, usual))
        self._show_invite()

    # --- parts ----------------------------------------------------------------------------------

    def _show_invite(self) -> None:
        roomy = not self._entering and self.width() >= _NARROW
        self.invite.setVisible(roomy)
        self.files.setVisible(roomy)

    def _address(self) -> str:
        addresses = self._session.sharing.addresses
        return addresses[0].text if addresses else self._session.address

    def refresh(self) -> None:
        """Read the session anew."""
        self._on_session_changed()

    @pyqtSlot()
    def _on_session_changed(self) -> None:
        session = self._session
        self.name.setText(one_line(session.info.name) or one_line(session.address) or tr("Room"))
        self.lock.setVisible(session.info.has_password)
        self.chip.set_look(look_of(session))
        parts = []
        offline = session.connection.phase is not Phase.ONLINE
        if len(session.roster) and offline:
            parts.append(tr("%n member(s) when you were last connected", n=len(session.roster)))
        elif len(session.roster):
            parts.append(tr("%n member(s)", n=len(session.roster)))
        if session.info.topic.strip() and not (parts and offline):
            parts.append(isolated(session.info.topic))
        self.line.setText(" · ".join(parts))
        self.line.setVisible(bool(parts))
        # What one cannot change oneself is told where one looks for what the room is.
        policy = history_sentence(session) if session.member_number >= 0 else ""
        self.setToolTip(plain_tooltip(policy))
        self.line.setAccessibleDescription(policy)
        self._show_whether_to_invite()

    def _show_whether_to_invite(self) -> None:
        problem = why_not(self._session)
        keys = QKeySequence(INVITE_KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self.invite.setEnabled(not problem)
        self.invite.setToolTip(plain_tooltip(problem or f"{tr('Invite people')} ({keys})"))
        self.invite.setAccessibleDescription(problem or keys)

    @pyqtSlot()
    def _on_menu(self) -> None:
        self.menu_requested.emit()

    @pyqtSlot()
    def _on_chip(self) -> None:
        self.words_requested.emit()

    @pyqtSlot()
    def _on_invite(self) -> None:
        self.invite_requested.emit()

    @pyqtSlot(bool)
    def _on_search(self, checked: bool) -> None:
        self.search_toggled.emit(checked)

    @pyqtSlot()
    def _on_files(self) -> None:
        self.files_toggled.emit(True)

    @pyqtSlot()
    def _on_history(self) -> None:
        self.history_requested.emit()

    @pyqtSlot()
    def _on_guests(self) -> None:
        self.guests_requested.emit()

    @pyqtSlot()
    def _on_password(self) -> None:
        self.password_requested.emit()

    @pyqtSlot()
    def _on_file_limits(self) -> None:
        self.file_limits_requested.emit()

    @pyqtSlot()
    def _on_rename(self) -> None:
        self.rename_requested.emit()

    @pyqtSlot()
    def _on_moderation(self) -> None:
        self.moderation_requested.emit()

    @pyqtSlot()
    def _on_export(self) -> None:
        self.export_requested.emit()

    @pyqtSlot()
    def _on_lock(self) -> None:
        info = self._session.info
        self._session.moderation.set_rules(locked=not info.locked, hosts_only=info.hosts_only)

    @pyqtSlot()
    def _on_hosts_only(self) -> None:
        info = self._session.info
        self._session.moderation.set_rules(locked=info.locked, hosts_only=not info.hosts_only)

    @pyqtSlot(bool)
    def _on_people(self, checked: bool) -> None:
        self.roster_toggled.emit(checked)

    @pyqtSlot()
    def _on_more(self) -> None:
        menu = self.more_menu()
        right = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 4))
        menu.popup(right - QPoint(menu.sizeHint().width(), 0))

    @pyqtSlot()
    def _on_topic(self) -> None:
        self.topic_requested.emit()

    @pyqtSlot()
    def _on_copy_address(self) -> None:
        copy(self._address())

    @pyqtSlot()
    def _on_copy_invite(self) -> None:
        copy(self._session.sharing.invite)

    @pyqtSlot()
    def _on_check(self) -> None:
        CheckDesk.of_application().ask(CheckWish(session=self._session))

    @pyqtSlot()
    def _on_leave(self) -> None:
        self.leave_requested.emit()


def _add(menu: QMenu, text: str) -> QAction:
    return cast("QAction", menu.addAction(text))
