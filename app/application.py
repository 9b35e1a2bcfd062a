"""The window's composition root: builds it all, connects it across packages, ends it in order."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSlot
from PyQt6.QtGui import QIcon
from PyQt6.QtWidgets import QApplication

from app.finding import Finding
from app.host_options import HostOptions, asked_for
from app.later import BETWEEN, LATER
from app.link_command import LINK_COMMAND
from app.lobby import HostedRoom, Lobby, RoomsOpen
from app.net.door import BadBindAddress, PortTaken
from app.net.handover import Reception
from app.net.qt_clock import QtClock
from app.net.signals import QuitSignals
from app.room.history import History
from app.room.log_file import LogInUse
from app.second_start import SecondStart, may_hand_over
from app.security.invite import Address, Invite
from app.security.password import PasswordRefused
from app.session.connection import Connection, Phase, Problem
from app.session.listing import Listing
from app.session.room_session import RoomSession
from app.support.folder import DataFolder
from app.support.logs import start_logging
from app.support.resources import resource
from app.support.settings import RecentRoom, SettingsFile
from app.ui.coming import Coming, OpenEvents
from app.ui.doctor.desk import CheckDesk
from app.ui.main_window import MainWindow
from app.ui.notifications.notifier import Notifier
from app.ui.requests import HostRequest, JoinRequest
from app.ui.sentences import sentence
from app.ui.settings.idle import IdleWatch
from app.ui.settings.preferences import Preferences
from app.ui.start.start_page import StartCard
from app.ui.startup import (
    cannot_store,
    default_nickname,
    default_room_name,
    identity_was_reset,
    no_port,
    not_our_address,
    room_in_use,
    rooms_open,
    was_set_aside,
)
from app.ui.theme.theme import Theme
from app.ui.warming import Warming
from app.window_doctor import WindowDoctor

log = logging.getLogger(__name__)

QUIT_DEADLINE_MS = 1500
"""How long closing waits for last words to leave."""


class Application(QObject):
    """One run of the window. Owns the lobby, the theme and the window."""

    def __init__(
        self, app: QApplication, folder: DataFolder, reception: Reception | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self._clock = QtClock(self)
        self._theme = Theme(app)
        self._settings = SettingsFile(folder.settings)
        self._preferences = Preferences(self._theme, self._settings, self)
        self._preferences.apply()
        self._theme.apply()
        self._lobby = Lobby(folder, self._clock, self)
        self._reception = reception = reception or Reception(folder, self._clock, self)
        self._lobby.put_aside.connect(self._on_put_aside)
        self._preferences.usual_downloads = self._lobby.folder.downloads
        self._lobby.set_downloads(self._preferences.downloads)
        self._preferences.downloads_changed.connect(self._on_downloads_changed)
        self._preferences.device = self._lobby.identity.device.id
        self._window = MainWindow(self._theme, self._settings, self._clock, self._preferences)
        self._notifier = Notifier(
            self._window, self._preferences.notify, self._clock, self._theme, self
        )
        CheckDesk.of_application().doctor = WindowDoctor(self._lobby, self._settings, self._clock)
        self._coming = Coming(self._window)
        self._open_events = OpenEvents(self)
        if sys.platform == "darwin":
            # There alone; elsewhere every event would go through it for nothing.
            app.installEventFilter(self._open_events)
        self._open_events.target_came.connect(self._coming.show_target)
        reception.target_came.connect(self._coming.show_target)
        reception.raise_asked.connect(self._coming.raise_window)
        reception.open()
        self._idle = IdleWatch(self._clock, self)
        self._finding = Finding(self._lobby, self._window.rooms.nearby, self)
        self._joining: RoomSession | None = None
        self._quitting = False
        window = self._window
        window.host_requested.connect(self._on_host_requested)
        window.join_requested.connect(self._on_join_requested)
        window.cancel_requested.connect(self._on_cancel_requested)
        window.leave_requested.connect(self._on_leave_requested)
        window.forget_requested.connect(self._on_forget_requested)
        window.identity_reset_requested.connect(self._on_identity_reset_requested)
        window.closed.connect(self._on_window_closed)
        self._idle.idle_changed.connect(window.set_idle)
        self._idle.set_minutes(self._settings.values.away_after)
        self._preferences.away_after_changed.connect(self._idle.set_minutes)
        self._preferences.texts_changed.connect(self._notifier.tray.refresh)
        app.focusWindowChanged.connect(self._idle.follow)
        self._signals = QuitSignals(self)
        self._signals.asked.connect(self._on_quit_asked)

    @pyqtSlot(object)
    def _on_put_aside(self, path: Path) -> None:
        self._window.show_notice(was_set_aside(path))

    @pyqtSlot(object)
    def _on_downloads_changed(self, folder: Path) -> None:
        self._lobby.set_downloads(folder)

    def show(self) -> None:
        """Show the window, say what was set aside, and load the rest."""
        self._window.show()
        Warming(LATER, between=BETWEEN, parent=self).start()
        damaged = [*self._lobby.set_aside]
        if self._settings.set_aside is not None:
            damaged.append(self._settings.set_aside)
        for path in damaged:
            self._window.show_notice(was_set_aside(path))

    def begin(self, options: argparse.Namespace) -> None:
        """Do what the command line asked for beyond showing the window."""
        values = self._settings.values
        nickname = getattr(options, "nick", None) or default_nickname(values)
        if options.command == "host":
            name = options.room or default_room_name(values, nickname)
            self._host(asked_for(options, name=name, nickname=nickname, unlisted=values.unlisted))
        elif options.command == "join":
            self._join(
                options.target,
                nickname,
                accept_new=options.accept_new,
                password=options.password or "",
            )
        elif options.command == LINK_COMMAND:
            self._coming.show_target(options.target)

    # --- hosting and joining --------------------------------------------------------------------

    @pyqtSlot(HostRequest)
    def _on_host_requested(self, request: HostRequest) -> None:
        self._host(
            HostOptions(
                name=request.room,
                nickname=request.nickname,
                port=request.port,
                history=History.parse(request.history),
                password=request.password,
                discovery=request.listed,
            )
        )

    def _host(self, options: HostOptions) -> None:
        for hosted in self._lobby.hosted:
            if hosted.session is not None and hosted.session.info.name == options.name:
                self._window.show_session(hosted.session)
                return
        start_page = self._window.start_page
        try:
            hosted = self._lobby.host(options)
        except PasswordRefused as refused:
            start_page.show_problem(StartCard.HOST, sentence(refused.problem))
            return
        except PortTaken:
            start_page.show_problem(StartCard.HOST, no_port())
            return
        except BadBindAddress:
            start_page.show_problem(StartCard.HOST, not_our_address(options.bind))
            return
        except LogInUse:
            start_page.show_problem(StartCard.HOST, room_in_use())
            return
        except OSError as error:
            log.warning("hosting failed: %s", error)
            start_page.show_problem(StartCard.HOST, cannot_store(self._lobby.folder.path, error))
            return
        assert hosted.session is not None
        hosted.stopped.connect(self._on_hosted_stopped)
        if hosted.announcing is not None:
            hosted.announcing.listing.changed.connect(self._on_listing_changed)
        values = self._settings.values
        values.nickname, values.room_name = options.nickname, options.name
        values.port, values.history = options.port, options.history.as_text()
        self._remember(RecentRoom(name=options.name, at=self._clock.now(), hosted=True))
        self._show(hosted.session)

    @pyqtSlot(object)
    def _on_listing_changed(self, listing: Listing) -> None:
        self._settings.values.set_listed(listing.room, listing.listed)
        self._save()

    @pyqtSlot(JoinRequest)
    def _on_join_requested(self, request: JoinRequest) -> None:
        self._settings.values.target = request.text
        self._join(
            request.target,
            request.nickname,
            password=request.password,
            expected=request.expected,
            also=request.also,
        )

    def _join(
        self,
        target: Address | Invite,
        nickname: str,
        *,
        accept_new: bool = False,
        password: str = "",
        expected: bytes = b"",
        also: tuple[Address, ...] = (),
    ) -> None:
        if isinstance(target, Invite):
            expected = target.fingerprint
        if expected:
            known = self._lobby.session_of(expected)
            if known is not None:
                self._window.show_session(known)
                return
        self._cancel_joining()
        self._settings.values.nickname = nickname
        try:
            session = self._lobby.join(
                target,
                nickname,
                accept_new=accept_new,
                password=password,
                expected=expected,
                also=also,
            )
        except PasswordRefused as refused:
            self._window.start_page.show_problem(StartCard.JOIN, sentence(refused.problem))
            return
        session.connection_changed.connect(self._on_joining_changed)
        session.joined.connect(self._on_joined)
        if len(session.timeline):
            # What was kept of an earlier visit is shown at once, whatever the network says.
            self._show(session)
            return
        self._joining = session
        self._window.start_page.set_busy(StartCard.JOIN, True)
        self._on_joining_changed()

    def _show(self, session: RoomSession) -> None:
        self._window.add_session(session)
        self._notifier.add_session(session)
        self._window.show_session(session)

    def _remove(self, session: RoomSession) -> None:
        self._notifier.remove_session(session)
        self._window.remove_session(session)

    @pyqtSlot()
    def _on_joining_changed(self) -> None:
        """Follow the one session that is not in the window yet."""
        session = self._joining
        if session is None:
            return
        phase = session.connection.phase
        if phase is Phase.CONNECTING:
            return
        doubtful = session.connection.problem == Problem.PASSWORD_NOT_ASKED
        if phase is Phase.STOPPED and not doubtful:
            self._window.start_page.show_problem(StartCard.JOIN, _why(session, session.connection))
            self._cancel_joining()
            return
        # In, or something to be asked: from here on the room's own page tells.
        self._joining = None
        self._window.start_page.set_busy(StartCard.JOIN, False)
        self._show(session)

    @pyqtSlot()
    def _on_joined(self) -> None:
        for session in self._lobby.joined:
            if session.connection.phase is Phase.ONLINE:
                self._settings.values.nickname = session.nickname
                self._remember(
                    RecentRoom(
                        name=session.info.name,
                        at=self._clock.now(),
                        target=session.sharing.invite,
                    ),
                    save=False,
                )
        self._save()

    @pyqtSlot()
    def _on_cancel_requested(self) -> None:
        self._cancel_joining()

    def _cancel_joining(self) -> None:
        session, self._joining = self._joining, None
        self._window.start_page.set_busy(StartCard.JOIN, False)
        if session is not None:
            session.leave()
            self._lobby.forget(session)

    # --- leaving and ending ---------------------------------------------------------------------

    @pyqtSlot(RoomSession)
    def _on_leave_requested(self, session: RoomSession) -> None:
        for hosted in self._lobby.hosted:
            if hosted.session is session:
                hosted.stop()
                return
        self._remove(session)
        session.leave()
        self._lobby.forget(session)

    @pyqtSlot(object, bool)
    def _on_forget_requested(self, session: RoomSession, delete: bool) -> None:
        """Forget a host that changed, and let the person join there as if for the first time."""
        address, nickname = session.address, session.nickname
        expected = session.connection.expected or b""
        try:
            self._lobby.forget_host(session, delete=delete)
        except OSError as error:
            self._window.show_notice(cannot_store(self._lobby.folder.path, error))
            return
        self._remove(session)
        self._window.show_start()
        self._window.start_page.offer_to_join(address, nickname, instead_of=expected)

    @pyqtSlot()
    def _on_identity_reset_requested(self) -> None:
        try:
            aside = self._lobby.reset_identity()
        except RoomsOpen:
            self._window.show_notice(rooms_open())
        except OSError as error:
            self._window.show_notice(cannot_store(self._lobby.folder.path, error))
        else:
            self._preferences.device = self._lobby.identity.device.id
            self._window.show_notice(identity_was_reset(aside))

    @pyqtSlot(object)
    def _on_hosted_stopped(self, hosted: HostedRoom) -> None:
        if hosted.session is not None and not self._quitting:
            self._remove(hosted.session)
        if self._quitting and not self._lobby.hosted:
            self._app.quit()

    @pyqtSlot()
    def _on_quit_asked(self) -> None:
        self._window.closing.close_now()

    @pyqtSlot()
    def _on_window_closed(self) -> None:
        """Say good-bye in every room, then end: at once where nobody waits for a last word."""
        if self._quitting:
            return
        self._quitting = True
        self._reception.close()
        self._save()
        self._cancel_joining()
        for session in self._lobby.joined:
            session.leave()
        self._lobby.close()
        for hosted in self._lobby.hosted:
            hosted.stop()
        QTimer.singleShot(QUIT_DEADLINE_MS if self._lobby.hosted else 50, self._app.quit)

    def _remember(self, room: RecentRoom, *, save: bool = True) -> None:
        self._settings.add_recent(room)
        if save:
            self._save()

    def _save(self) -> None:
        try:
            self._settings.save()
        except OSError as error:
            log.warning("the settings could not be written: %s", error)


def run_window(folder: DataFolder, options: argparse.Namespace) -> int:
    """Show the window until it is closed; returns the exit status."""
    app = QApplication(sys.argv[:1])
    app.setDesktopFileName("papo")
    app.setWindowIcon(QIcon(str(resource("icons", "papo.svg"))))
    # The window says when it is over, once the last words have left.
    app.setQuitOnLastWindowClosed(False)
    try:
        folder.prepare()
        clock = QtClock(app)
        reception = Reception(folder, clock, app)
        if not reception.is_first and may_hand_over(options):
            second = SecondStart(folder, options, clock, app)
            if app.exec() == second.GIVEN:
                return 0
            # A window that does not answer keeps nobody from having one.
        start_logging(folder.log)
        papo = Application(app, folder, reception)
    except OSError as error:
        sys.stderr.write(f"papo: {cannot_store(folder.path, error)}\n")
        return 1
    papo.show()
    papo.begin(options)
    return app.exec()


def _why(session: RoomSession, connection: Connection) -> str:
    return sentence(connection.problem or "", address=session.address, nick=session.nickname)
