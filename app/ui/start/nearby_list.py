"""The rooms that others nearby announce, each with a button that joins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.nearby import NearbyOffer, NearbyState, Standing
from app.ui.chat.names import isolated, one_line
from app.ui.texts import tr
from app.ui.theme.avatar import tile_text
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, IconButton, danger_button, tonal_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import AvatarLabel, IconLabel

if TYPE_CHECKING:
    from PyQt6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from app.ui.start.nearby_rooms import NearbyRooms
    from app.ui.theme.theme import Theme

MOST = 24
"""Rooms shown: a building full of them, and no work for the window when somebody floods."""


_TILE = 36
_GAP = 12
_BESIDES = 3 * _GAP + _TILE
"""Pixels of a row that are neither text nor button."""
_NAME = 140
"""Pixels of a room's name that are to be seen, where it has so many."""


class NearbyList(QWidget):
    """A title, what is going on, and the rooms; hidden while nobody may look for any.

    Signals:
        chosen(NearbyOffer): the person wants to go there.
    """

    chosen = pyqtSignal(NearbyOffer)

    def __init__(self, theme: Theme, nearby: NearbyRooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nearby = nearby
        self._rows: dict[str, _Row] = {}
        self.again = IconButton(theme, Icon.REFRESH, tr("Look for rooms again"), parent=self)
        self._doing = PlainLabel(theme, "", Step.SMALL, Role.TEXT_FAINT, elide=True, parent=self)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.setSpacing(8)
        head.addWidget(PlainLabel(theme, tr("Rooms nearby"), Step.ROOM, parent=self))
        head.addWidget(self._doing, 1)
        head.addWidget(self.again)
        self._card = Card(self, margin=4)
        self._card.column.setContentsMargins(0, 2, 0, 2)
        self._note = PlainLabel(
            theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self._card
        )
        self._note.setContentsMargins(16, 14, 16, 14)
        self._card.column.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._card)
        column.addStretch(1)
        self.again.clicked.connect(nearby.look_again_requested)
        nearby.changed.connect(self._on_changed)
        self.hide()
        self._on_changed()

    def set_enabled_buttons(self, enabled: bool) -> None:
        """Take no wishes while a card is busy."""
        self._card.setEnabled(enabled)

    @pyqtSlot()
    def _on_changed(self) -> None:
        nearby = self._nearby
        shown = nearby.offers[:MOST]
        self.setVisible(nearby.state is not NearbyState.OFF)
        looking = nearby.state is NearbyState.LOOKING
        self._doing.setText(tr("Looking on this network…") if looking else "")
        self._show_rows(shown)
        self._show_note(len(nearby.offers) - len(shown))

    def _show_rows(self, offers: tuple[NearbyOffer, ...]) -> None:
        now = {offer.room.key: offer for offer in offers}
        for key, row in list(self._rows.items()):
            if key not in now or not row.can_show(now[key]):
                self._take_away(self._rows.pop(key))
        for place, (key, offer) in enumerate(now.items()):
            row = self._rows.get(key) or self._rows.setdefault(key, self._new_row(offer))
            row.show_offer(offer, first=place == 0)
            if self._card.column.indexOf(row) != place:
                self._card.column.insertWidget(place, row)
                row.show()

    def _new_row(self, offer: NearbyOffer) -> _Row:
        row = _Row(self._theme, offer, self._card)
        row.chosen.connect(self.chosen)
        return row

    def _take_away(self, row: _Row) -> None:
        if row.button.hasFocus():
            # Somewhere near: the keyboard must not begin anew at the top of the page.
            self.again.setFocus()
        self._card.column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _show_note(self, left_out: int) -> None:
        state = self._nearby.state
        if state is NearbyState.NO_NETWORK:
            text = tr("This computer is on no network. Connect it to find rooms nearby.")
        elif state is NearbyState.BLOCKED:
            text = tr(
                "This computer does not let Papo look for rooms. Join with an address or an "
                "invite, or allow UDP port 5353 in its firewall."
            )
        elif left_out > 0:
            text = tr("And %n more. Join those with an address.", n=left_out)
        elif not self._rows:
            text = tr(
                "No rooms nearby yet. Host one, or join with an address: some networks do not let "
                "rooms be found."
            )
        else:
            text = ""
        self._note.setText(text)
        self._note.setVisible(bool(text))


class ListWatch(QWidget):
    """Tells `NearbyRooms` while its page is visible. Put into the page, it takes no room."""

    def __init__(self, nearby: NearbyRooms, parent: QWidget) -> None:
        super().__init__(parent)
        self._nearby = nearby
        self.setFixedSize(0, 0)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Have somebody look."""
        super().showEvent(event)
        if event is not None and not event.spontaneous():
            self._nearby.set_shown(self, True)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Nobody need look any longer."""
        super().hideEvent(event)
        if event is not None and not event.spontaneous():
            self._nearby.set_shown(self, False)


class _Row(QWidget):
    """One room: tile, name, what is known of it, who hosts, button."""

    chosen = pyqtSignal(NearbyOffer)

    def __init__(self, theme: Theme, offer: NearbyOffer, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setMinimumHeight(57)
        name = one_line(offer.room.name)
        changed = offer.standing is Standing.CHANGED
        self._lock = IconLabel(theme, Icon.LOCK, Role.TEXT_SECOND, 14, self)
        self._lock.setAccessibleName(tr("Asks for a password"))
        self._name = PlainLabel(theme, name, weight=QFont.Weight.DemiBold, elide=True, parent=self)
        called = QHBoxLayout()
        called.setSpacing(8)
        called.addWidget(self._name)
        called.addWidget(self._lock)
        self._title = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._title.setSpacing(8)
        self._title.addLayout(called)
        self._chip = _chip(theme, offer.standing, self)
        if self._chip is not None:
            self._title.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeading)
        self._title.addStretch(1)
        self._second = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addLayout(self._title)
        texts.addWidget(self._second)
        texts.addStretch(1)
        make = danger_button if changed else tonal_button
        self.button: Button = make(theme, tr("Review") if changed else tr("Join"), parent=self)
        self.button.clicked.connect(self._on_clicked)
        self._line = QFrame(self)
        self._line.setFixedHeight(1)
        self._first: bool | None = None
        self._content = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._content.setSpacing(12)
        self._content.addLayout(texts, 1)
        self._content.addWidget(self.button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._line)
        right.addLayout(self._content, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(_GAP, 0, _GAP, 0)
        row.setSpacing(_GAP)
        row.addWidget(
            AvatarLabel(theme, tile_text(name), name.encode(), _TILE, room=True, parent=self)
        )
        row.addLayout(right, 1)

    def minimumSizeHint(self) -> QSize:
        """Be no wider than its widest part has to be: where it is narrow, they stand below another."""
        widest = max(self._chip_width(), self.button.minimumSizeHint().width())
        return QSize(_BESIDES + widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave the name room: what does not fit beside it goes below it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        name = min(self._name.sizeHint().width(), _NAME)
        free = self.width() - _BESIDES
        beside_button = free - self.button.sizeHint().width() - _GAP
        button_below = max(name, self._chip_width()) > beside_button
        free = free if button_below else beside_button
        lock = self._lock.sizeHint().width() + 8 if self._offer.room.locked else 0
        chip_below = name + lock + 8 + self._chip_width() > free
        for layout, below, gap in (
            (self._content, button_below, _GAP),
            (self._title, chip_below, 8),
        ):
            way = QBoxLayout.Direction
            layout.setDirection(way.TopToBottom if below else way.LeftToRight)
            layout.setSpacing(4 if below else gap)
        side = Qt.AlignmentFlag.AlignLeading if button_below else Qt.AlignmentFlag.AlignVCenter
        self._content.setAlignment(self.button, side)
        self._content.setContentsMargins(0, 6, 0, 8 if button_below else 6)

    def _chip_width(self) -> int:
        return self._chip.sizeHint().width() if self._chip is not None else 0

    def can_show(self, offer: NearbyOffer) -> bool:
        """Whether the row stays what it is for another word of the same room."""
        old = self._offer
        return (old.room.name, old.standing) == (offer.room.name, offer.standing)

    def show_offer(self, offer: NearbyOffer, *, first: bool) -> None:
        """Show what the room says of itself now."""
        self._offer = offer
        if first != self._first:
            self._first = first
            self._line.setProperty("surface", (Role.SURFACE_RAISED if first else Role.LINE).value)
            style = self.style()
            if style is not None:
                style.unpolish(self._line)
                style.polish(self._line)
        self._lock.setVisible(offer.room.locked)
        self._arrange()
        self._second.setText(_second_line(offer))
        name = isolated(offer.room.name)
        self.button.setAccessibleName(
            tr("Review {room}", room=name)
            if offer.standing is Standing.CHANGED
            else tr("Join {room}", room=name)
        )
        self.button.setAccessibleDescription(_description(offer))

    @pyqtSlot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._offer)


def _chip(theme: Theme, standing: Standing, parent: QWidget) -> Chip | None:
    if standing is Standing.KNOWN:
        return Chip(theme, tr("Known host"), "soft", Icon.SHIELD_CHECK, parent)
    if standing is Standing.CHANGED:
        return Chip(theme, tr("Fingerprint changed"), "danger", Icon.SHIELD_ALERT, parent)
    if standing is Standing.NAMESAKE:
        return Chip(theme, tr("Another host"), "neutral", parent=parent)
    return None


def _second_line(offer: NearbyOffer) -> str:
    room = offer.room
    host, computer = isolated(room.host), isolated(room.computer)
    if host and computer:
        return tr(
            "{host} on {computer} · %n member(s)", n=room.members, host=host, computer=computer
        )
    if host:
        return tr("{host} · %n member(s)", n=room.members, host=host)
    return tr("%n member(s)", n=room.members)


def _description(offer: NearbyOffer) -> str:
    """Return for a screen reader what the row shows beside the room's name."""
    parts = [_second_line(offer)]
    if offer.room.locked:
        parts.append(tr("Asks for a password"))
    if offer.standing is Standing.KNOWN:
        parts.append(tr("Known host"))
    elif offer.standing is Standing.CHANGED:
        parts.append(tr("Fingerprint changed"))
    elif offer.standing is Standing.NAMESAKE:
        parts.append(tr("Another host"))
    return " · ".join(parts)
