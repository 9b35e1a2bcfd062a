"""`Notifier`: hears what is said in all rooms, and calls the person who does not look."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, pyqtSlot
from PyQt6.QtWidgets import QApplication

from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.ui.mentioned import mentions_me
from app.ui.notifications.badge import Badge
from app.ui.notifications.choices import FOR_GOOD
from app.ui.notifications.deciding import Verdict, counted, decide, is_quiet
from app.ui.notifications.gathering import Batch, Gathering
from app.ui.notifications.outlet import Outlet, Way
from app.ui.notifications.quiet import quiet_sentence
from app.ui.notifications.tray import Tray
from app.ui.notifications.wording import Announcement, announcement_of
from app.ui.rail.rail_model import room_name
from app.ui.texts import tr

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.support.clock import Clock, Timer
    from app.ui.main_window import MainWindow
    from app.ui.notifications.choices import NotifyChoices
    from app.ui.theme.theme import Theme

SOUND_EVERY = 2.0
"""Seconds between two sounds, whatever the rooms."""

COUNT_AFTER = 0.1
"""Seconds for which messages are counted before the badge says so."""

LOOK_AT_CLOCK = 60.0
"""Seconds, at most, between two looks at the clock while it ends a silence: it may be set anew."""

_TEST = 0


class _Heard(QObject):
    """One room: tells what it tells, and which room it is."""

    def __init__(self, notifier: Notifier, session: RoomSession, key: int) -> None:
        super().__init__(notifier)
        self._notifier = notifier
        self.session = session
        self.key = key
        session.message_added.connect(self._on_message_added)
        session.unread_changed.connect(self._on_unread_changed)

    def let_go(self) -> None:
        """Hear nothing any more."""
        self.session.message_added.disconnect(self._on_message_added)
        self.session.unread_changed.disconnect(self._on_unread_changed)
        self.deleteLater()

    @pyqtSlot(MessageEntry)
    def _on_message_added(self, entry: MessageEntry) -> None:
        self._notifier.hear(self, entry)

    @pyqtSlot()
    def _on_unread_changed(self) -> None:
        self._notifier.note_unread(self)


class Notifier(QObject):
    """Owns tray, badge and outlet; knows rooms by `add_session`, and does not own them.

    It lives as long as the window, whose widgets may be made anew, and whose `rooms` count mentions.
    """

    def __init__(
        self,
        window: MainWindow,
        choices: NotifyChoices,
        clock: Clock,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._choices = choices
        self._clock = clock
        self._rooms: dict[int, _Heard] = {}
        self._keys = itertools.count(_TEST + 1)
        self._gathering = Gathering(clock, self._tell)
        self._counting: Timer | None = None
        self._ending: Timer | None = None
        self._last_sound: float | None = None
        self.badge = Badge(window)
        self.tray = Tray(theme, choices, clock, self)
        self.outlet = Outlet(window, self.tray, clock, self)
        self.tray.opened.connect(self.raise_window)
        self.tray.quit_requested.connect(window.close)
        self.outlet.opened.connect(self._on_opened)
        self.outlet.read.connect(self._on_read)
        self.outlet.muted.connect(self._on_muted)
        self.outlet.dismissed.connect(self._on_dismissed)
        self.outlet.told.connect(self._on_told)
        choices.changed.connect(self._on_choices_changed)
        choices.test_requested.connect(self._on_test_requested)
        window.closed.connect(self.end)
        self._wait_for_end_of_quiet()
        # Once the window is there: nobody waits for a small icon.
        clock.call_later(0, self.tray.look_for_place)

    def add_session(self, session: RoomSession) -> None:
        """Announce what is said in a room; one that is known already changes nothing."""
        if self._room_of(session) is None:
            key = next(self._keys)
            self._rooms[key] = _Heard(self, session, key)
            self._count_soon()

    def remove_session(self, session: RoomSession) -> None:
        """Announce nothing more of a room, and take away what was; an unknown one changes nothing."""
        room = self._room_of(session)
        if room is not None:
            del self._rooms[room.key]
            room.let_go()
            self._gathering.forget(room.key)
            self.outlet.close(room.key)
            self._count_soon()

    @pyqtSlot()
    def raise_window(self) -> None:
        """Bring the window to the front."""
        window = self._window
        state = window.windowState() & ~Qt.WindowState.WindowMinimized
        window.setWindowState(state | Qt.WindowState.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()

    @pyqtSlot()
    def end(self) -> None:
        """Take everything away that stands outside of the window."""
        for room in tuple(self._rooms.values()):
            self.remove_session(room.session)
        for timer in (self._counting, self._ending):
            if timer is not None:
                timer.cancel()
        self._counting = self._ending = None
        self.outlet.end()
        self.badge.set_count(0)

    # --- what rooms tell ------------------------------------------------------------------------

    def hear(self, room: _Heard, entry: MessageEntry) -> None:
        """Decide about a message that was said just now."""
        session = room.session
        seen = self._is_seen(session)
        to_me = mentions_me(session, entry)
        verdict = decide(
            self._choices.level_of(session.key),
            to_me=to_me,
            quiet=self._is_quiet(),
            seen=seen or entry.deleted or entry.mine,
            sound=self._choices.values.sound,
        )
        if verdict is not Verdict.NOTHING:
            sound = verdict is Verdict.SHOW_AND_SOUND
            self._gathering.add(room.key, entry, to_me=to_me, sound=sound)

    def note_unread(self, room: _Heard) -> None:
        """Count anew; what was read needs no announcement."""
        if not room.session.unread:
            self._gathering.begin_anew(room.key)
            self.outlet.close(room.key)
        self._count_soon()

    def _tell(self, key: Hashable, batch: Batch, sound: bool) -> None:
        room = self._rooms.get(key) if isinstance(key, int) else None
        if room is None or self._is_quiet() or self._is_seen(room.session):
            return
        now = self._clock.monotonic()
        rings = self._last_sound is None or now - self._last_sound >= SOUND_EVERY
        sound = sound and rings and self._choices.values.sound
        if sound:
            self._last_sound = now
        if batch.to_me:
            QApplication.alert(self._window)
        show_text = self._choices.values.notify_text
        self.outlet.show(
            announcement_of(
                room.key, room_name(room.session), batch, show_text=show_text, sound=sound
            )
        )

    def _is_seen(self, session: RoomSession) -> bool:
        return self._window.isActiveWindow() and self._window.current_session is session

    def _is_quiet(self) -> bool:
        return is_quiet(self._choices.values.quiet_until, self._clock.now())

    def _room_of(self, session: RoomSession) -> _Heard | None:
        return next((room for room in self._rooms.values() if room.session is session), None)

    # --- the badge, and the end of a silence ----------------------------------------------------

    def _count_soon(self) -> None:
        if self._counting is None:
            self._counting = self._clock.call_later(COUNT_AFTER, self._count)

    def _count(self) -> None:
        self._counting = None
        quiet = self._is_quiet()
        count = sum(
            counted(
                self._choices.level_of(room.session.key),
                unread=room.session.unread,
                to_me=self._window.rooms.mentions(room.session),
                quiet=quiet,
            )
            for room in self._rooms.values()
        )
        self.badge.set_count(count)
        self.tray.set_dotted(count > 0)

    def _wait_for_end_of_quiet(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        until = self._choices.values.quiet_until
        if until > 0:
            left = until - self._clock.now()
            self._ending = self._clock.call_later(
                min(max(left, 0.0), LOOK_AT_CLOCK), self._end_quiet_when_due
            )

    def _end_quiet_when_due(self) -> None:
        self._ending = None
        if self._is_quiet():
            self._wait_for_end_of_quiet()
        else:
            self._choices.set_quiet_until(0)

    @pyqtSlot()
    def _on_choices_changed(self) -> None:
        self._wait_for_end_of_quiet()
        if self._is_quiet():
            self._gathering.clear()
        for room in self._rooms.values():
            if self._choices.level_of(room.session.key) == "none":
                self._gathering.begin_anew(room.key)
                self.outlet.close(room.key)
        self._count_soon()

    # --- what the person chooses in a notification ----------------------------------------------

    @pyqtSlot(int)
    def _on_opened(self, key: int) -> None:
        room = self._rooms.get(key)
        self.raise_window()
        if room is not None:
            self._window.show_session(room.session)

    @pyqtSlot(int)
    def _on_read(self, key: int) -> None:
        room = self._rooms.get(key)
        if room is not None and room.session.unread:
            room.session.set_watched(True)
            room.session.set_watched(False)

    @pyqtSlot(int)
    def _on_muted(self, key: int) -> None:
        room = self._rooms.get(key)
        if room is not None:
            self._choices.set_room_level(room.session.key, "none")

    @pyqtSlot(int)
    def _on_dismissed(self, key: int) -> None:
        self._gathering.begin_anew(key)

    # --- trying it out --------------------------------------------------------------------------

    @pyqtSlot()
    def _on_test_requested(self) -> None:
        body = tr("This is how Papo calls you.")
        sound = self._choices.values.sound
        self.outlet.show(Announcement(_TEST, tr("Papo"), body, sound, actions=False))

    @pyqtSlot(int, Way)
    def _on_told(self, key: int, way: Way) -> None:
        if key != _TEST:
            return
        parts = [
            {
                Way.SERVICE: tr(
                    "Sent. If you saw nothing, look whether your desktop is set to be quiet."
                ),
                Way.TRAY: tr("Shown beside Papo’s icon in the tray."),
                Way.WINDOW: tr(
                    "This desktop has no place for notifications. Papo marks its window in the "
                    "task bar instead."
                ),
            }[way]
        ]
        quiet_until = self._choices.values.quiet_until
        if quiet_until == FOR_GOOD or self._is_quiet():
            state = quiet_sentence(quiet_until, self._clock.now())
            parts.append(tr("{state}: messages are not announced now.", state=state))
        self._choices.tested.emit(" ".join(parts))
