"""The bar that tells how the connection stands, with a countdown to the next attempt."""

from __future__ import annotations

from math import ceil

from PyQt6 import sip
from PyQt6.QtCore import pyqtSlot
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from app.protocol.errors import Refusal
from app.session.connection import Phase, Problem
from app.session.room_session import RoomSession
from app.session.timeline import Span
from app.support.clock import Clock, Timer
from app.ui.chat.about import about, has_been_in, host_of
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.widgets.info_bar import InfoBar

_HOPELESS = frozenset(
    {
        Refusal.PEER_TOO_OLD,
        Refusal.PEER_TOO_NEW,
        Refusal.NOT_PERMITTED,
        Refusal.BANNED,
        Problem.WRONG_HOST,
        Problem.UNKNOWN_HOST,
    }
)
"""Problems that another attempt alone cannot mend."""


def can_try_again(problem: str | None) -> bool:
    """Tell whether trying again may help against `problem`."""
    return problem not in _HOPELESS


class Countdown:
    """The seconds until the next attempt. Calls `told` whenever the number is another."""

    def __init__(self, session: RoomSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock
        self._timer: Timer | None = None
        self._owner: QWidget | None = None

    def start(self, owner: QWidget) -> None:
        """Call `owner.update_countdown()` at each full second, while `owner` lives."""
        self.stop()
        self._owner = owner
        at = self._session.connection.retry_at
        if at is None or self.seconds == 0:
            return
        left = at - self._clock.monotonic()
        self._timer = self._clock.call_later(max(0.05, left - (ceil(left) - 1)), self._tick)

    def stop(self) -> None:
        """Count no longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def seconds(self) -> int:
        """Full seconds that are left; 0 where the attempt is due or none is planned."""
        at = self._session.connection.retry_at
        return 0 if at is None else max(0, ceil(at - self._clock.monotonic()))

    @property
    def sentence(self) -> str:
        """When the next attempt comes."""
        if self.seconds == 0:
            return tr("Trying again now.")
        return tr("Trying again in {seconds} s.", seconds=self.seconds)

    def _tick(self) -> None:
        self._timer = None
        owner = self._owner
        # The clock's calls are no Qt connections: nothing takes them back with the widget.
        if owner is None or sip.isdeleted(owner):
            return
        if isinstance(owner, CountsDown):
            owner.update_countdown()
            self.start(owner)


class CountsDown(QWidget):
    """A widget that shows a countdown."""

    def update_countdown(self) -> None:
        """Show the number that is true now."""

    def stop_counting(self) -> None:
        """Let the number be; the widget goes."""


class ConnectionBanner(CountsDown):
    """Shown while a room that one has been in is not connected.

    Signals of the session lead it; it calls `try_now()` on the session itself.
    """

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.countdown = Countdown(session, clock)
        self.waiting = InfoBar(theme, "warn", icon=Icon.WIFI_OFF, parent=self)
        self.stopped = InfoBar(theme, "danger", parent=self)
        # A room that its host closed is no failure.
        self.closed = InfoBar(theme, "neutral", icon=Icon.DOOR, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.waiting, self.stopped, self.closed):
            column.addWidget(bar)
            bar.button_clicked.connect(self._on_try)
        session.connection_changed.connect(self._on_connection_changed)
        session.timeline.inserted.connect(self._on_inserted)
        self._on_connection_changed()

    @property
    def text(self) -> str:
        """What it says, or nothing while it is hidden."""
        if self.isHidden():
            return ""
        bars = (self.waiting, self.stopped, self.closed)
        return next((bar.text for bar in bars if not bar.isHidden()), "")

    def update_countdown(self) -> None:
        """Show the number that is true now."""
        connection = self._session.connection
        again = (
            tr("Connecting again.")
            if connection.phase is Phase.CONNECTING
            else self.countdown.sentence
        )
        keep = tr("Keep writing, your messages go out in order.")
        self.waiting.set_text(_no_connection(self._session), f"{again} {keep}")

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        connection = self._session.connection
        been_in = has_been_in(self._session)
        waits = been_in and connection.phase in {Phase.WAITING, Phase.CONNECTING}
        stopped = been_in and connection.phase is Phase.STOPPED and connection.problem is not None
        self.countdown.stop()
        self.waiting.setVisible(waits)
        closed = stopped and connection.problem == Refusal.ROOM_CLOSED
        self.stopped.setVisible(stopped and not closed)
        self.closed.setVisible(closed)
        self.setVisible(waits or stopped)
        if waits:
            waiting = connection.phase is Phase.WAITING
            self.waiting.set_button(tr("Try now") if waiting else "")
            self.update_countdown()
            self.countdown.start(self)
        if stopped and connection.problem is not None:
            bar = self.closed if closed else self.stopped
            bar.set_text(sentence(connection.problem, **about(self._session)))
            again = can_try_again(connection.problem)
            bar.set_button(tr("Try again") if again else "")

    @pyqtSlot(Span)
    def _on_inserted(self, _span: Span) -> None:
        # What was kept of an earlier visit makes it a room that one has been in.
        if self.isHidden() and self._session.connection.phase is not Phase.ONLINE:
            self._on_connection_changed()

    @pyqtSlot()
    def _on_try(self) -> None:
        self._session.try_now()


def _no_connection(session: RoomSession) -> str:
    host = host_of(session)
    if not host:
        return tr("No connection to the host’s computer.")
    return tr("No connection to {host}’s computer.", host=host)
