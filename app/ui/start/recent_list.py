"""The rooms that were hosted or joined lately, each with a button that goes there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.security.invite import InvalidTarget, Invite, parse_target
from app.support.settings import RecentRoom
from app.ui.chat.names import one_line
from app.ui.rail.times import day_in_passing
from app.ui.texts import tr
from app.ui.theme.avatar import tile_text
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import AvatarLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme.theme import Theme

MOST = 8
"""Rooms shown: what is looked through at one glance."""


class RecentList(QWidget):
    """A title and the rooms, in one or two columns; hidden while there are none.

    Signals:
        chosen(RecentRoom): the person wants to go there again.
    """

    chosen = pyqtSignal(RecentRoom)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rooms: tuple[RecentRoom, ...] = ()
        self._now = 0.0
        self._columns = 1
        self._card: Card | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        title = PlainLabel(theme, tr("Recent rooms"), Step.ROOM, parent=self)
        title.setContentsMargins(4, 0, 4, 0)
        # As high as the title with a button that it may stand beside.
        title.setMinimumHeight(32)
        self._column.addWidget(title)
        self._column.addStretch(1)
        self.hide()

    def show_rooms(self, rooms: Sequence[RecentRoom], now: float) -> None:
        """Show these, the latest first. `now` is in Unix seconds."""
        self._rooms = tuple(rooms[:MOST])
        self._now = now
        self._fill()

    def set_columns(self, columns: int) -> None:
        """Stand in one column, or in two."""
        if columns != self._columns:
            self._columns = columns
            self._fill()

    def set_enabled_buttons(self, enabled: bool) -> None:
        """Take no wishes while a card is busy."""
        if self._card is not None:
            self._card.setEnabled(enabled)

    def _fill(self) -> None:
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        self._card = None
        self.setVisible(bool(self._rooms))
        if not self._rooms:
            return
        card = Card(self, margin=4)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        columns = min(self._columns, len(self._rooms))
        lines = -(-len(self._rooms) // columns)
        for number, room in enumerate(self._rooms):
            row = _Row(self._theme, room, self._now, card, first=number % lines == 0)
            row.chosen.connect(self.chosen)
            grid.addWidget(row, number % lines, number // lines)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        card.column.setContentsMargins(0, 2, 0, 2)
        card.column.addLayout(grid)
        self._card = card
        self._column.insertWidget(1, card)


class _Row(QWidget):
    """One room: tile, name, when and where, button."""

    chosen = pyqtSignal(RecentRoom)

    def __init__(
        self, theme: Theme, room: RecentRoom, now: float, parent: QWidget, *, first: bool
    ) -> None:
        super().__init__(parent)
        self._room = room
        self.setMinimumHeight(57)
        name = one_line(room.name)
        day = day_in_passing(room.at, now)
        second = (
            tr("{day} · hosted by you", day=day)
            if room.hosted
            else tr("{day} · {address}", day=day, address=_address(room.target))
        )
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addWidget(
            PlainLabel(theme, name, weight=QFont.Weight.DemiBold, elide=True, parent=self)
        )
        texts.addWidget(
            PlainLabel(theme, second, Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self)
        )
        texts.addStretch(1)
        self.button = plain_button(
            theme, tr("Host again") if room.hosted else tr("Join"), parent=self
        )
        self.button.setAccessibleName(
            tr("Host {room} again", room=name) if room.hosted else tr("Join {room}", room=name)
        )
        self.button.clicked.connect(self._on_clicked)
        right = QVBoxLayout()
        right.setSpacing(0)
        line = QFrame(self)
        line.setFixedHeight(1)
        line.setProperty("surface", Role.SURFACE_RAISED.value if first else Role.LINE.value)
        content = QHBoxLayout()
        content.setSpacing(12)
        content.addLayout(texts, 1)
        content.addWidget(self.button)
        right.addWidget(line)
        right.addLayout(content, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(
            AvatarLabel(theme, tile_text(name), room.name.encode(), 36, room=True, parent=self)
        )
        row.addLayout(right, 1)

    @pyqtSlot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._room)


def _address(target: str) -> str:
    """Return where the room was, without the rest of its invite."""
    try:
        parsed = parse_target(target)
    except InvalidTarget:
        return one_line(target)
    return str(parsed.addresses[0] if isinstance(parsed, Invite) else parsed)
