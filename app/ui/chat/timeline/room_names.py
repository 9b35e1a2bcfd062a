"""The nicknames of who is in the room, to mark where a message mentions them."""

from __future__ import annotations

from collections import deque

from PyQt6.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from app.protocol.messages import Member
from app.protocol.names import NameRefused, nickname_key
from app.session.room_session import RoomSession
from app.ui.formatting.blocks import Formatted
from app.ui.formatting.mentions import Nicknames, with_mentions

_AT_ONCE = 50
"""Nicknames taken in one turn of the event loop: a new one costs up to 0.1 ms."""


class RoomNames(QObject):
    """Follows the roster of `session`; a large one a part at a time.

    Signals:
        changed(): others can be mentioned now; `version` is another.
        recoloured(): `colour_of` returns something else for somebody.
    """

    changed = pyqtSignal()
    recoloured = pyqtSignal()

    def __init__(self, session: RoomSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._nicknames = Nicknames()
        self._known: dict[int, str] = {}
        self._to_come: deque[tuple[int, str]] = deque()
        self.version = 1
        self._go_on = QTimer(self)
        self._go_on.setSingleShot(True)
        self._go_on.setInterval(0)
        self._go_on.timeout.connect(self._on_go_on)
        session.colours_changed.connect(self.recoloured)
        roster = session.roster
        roster.reset.connect(self._on_reset)
        roster.came.connect(self._on_came)
        roster.went.connect(self._on_went)
        roster.changed.connect(self._on_changed)
        self._on_reset()

    def marked(self, formatted: Formatted) -> Formatted:
        """Return the message with its mentions of who is here."""
        return with_mentions(formatted, self._nicknames)

    def is_me(self, nick: str) -> bool:
        """Tell whether that is one's own nickname."""
        return _key(nick) == _key(self._session.nickname) != ""

    def colour_of(self, device: bytes) -> int:
        """Return the colour chosen by whoever has that device, as `Theme.person` takes it."""
        return self._session.colour_of(device)

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_reset(self) -> None:
        self._nicknames.add(self._session.nickname)
        here = {member.number: member.nick for member in self._session.roster}
        self._to_come.clear()
        self._want({n: "" for n, nick in self._known.items() if here.get(n) != nick})
        self._want({n: nick for n, nick in here.items() if self._known.get(n) != nick})

    @pyqtSlot(tuple)
    def _on_came(self, members: tuple[Member, ...]) -> None:
        self._want({member.number: member.nick for member in members})

    @pyqtSlot(tuple)
    def _on_went(self, numbers: tuple[int, ...]) -> None:
        self._want(dict.fromkeys(numbers, ""))

    @pyqtSlot(tuple)
    def _on_changed(self, numbers: tuple[int, ...]) -> None:
        members = [self._session.roster.get(number) for number in numbers]
        self._want({one.number: one.nick for one in members if one is not None})

    def _want(self, nicks: dict[int, str]) -> None:
        """Know members by these nicknames from now on; by an empty one no more."""
        self._to_come.extend(nicks.items())
        if not self._go_on.isActive():
            self._on_go_on()

    @pyqtSlot()
    def _on_go_on(self) -> None:
        differs = False
        for _ in range(min(_AT_ONCE, len(self._to_come))):
            number, nick = self._to_come.popleft()
            before = self._known.pop(number, "")
            if nick:
                self._known[number] = nick
            if before == nick:
                continue
            differs = True
            # One's own stays: also a room that is not joined yet shows what was said to one.
            if before and not self.is_me(before):
                self._nicknames.remove(before)
            if nick:
                self._nicknames.add(nick)
        if self._to_come:
            self._go_on.start()
        if differs:
            self.version += 1
            self.changed.emit()


def _key(nick: str) -> str:
    try:
        return nickname_key(nick)
    except NameRefused:
        return ""
