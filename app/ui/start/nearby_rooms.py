"""`NearbyRooms`: what start pages show of the rooms nearby; outlives the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from app.session.nearby import NearbyOffer, NearbyState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PyQt6.QtWidgets import QWidget


class NearbyRooms(QObject):
    """The rooms nearby, in the order in which they turned up, and whether anybody looks.

    Signals:
        changed(): `state` or `offers` are others.
        wanted(bool): a page shows them from now on, or none does any more.
        look_again_requested(): the person wants the network asked anew.
    """

    changed = pyqtSignal()
    wanted = pyqtSignal(bool)
    look_again_requested = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = NearbyState.OFF
        self.offers: tuple[NearbyOffer, ...] = ()
        self._shown_by: QWidget | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether a page shows them."""
        return self._shown_by is not None

    def show(self, state: NearbyState, offers: Iterable[NearbyOffer]) -> None:
        """Show these. Those that stand there keep their places: nobody clicks on another one."""
        now = {offer.room.key: offer for offer in offers}
        stay = [now.pop(one.room.key) for one in self.offers if one.room.key in now]
        before = (self.state, self.offers)
        self.state, self.offers = state, (*stay, *now.values())
        if (self.state, self.offers) != before:
            self.changed.emit()

    def set_shown(self, page: QWidget, shown: bool) -> None:
        """Note that `page` shows the rooms from now on, or does not any more."""
        before = self.is_wanted
        if shown:
            self._shown_by = page
        elif self._shown_by is page:
            self._shown_by = None
        if self.is_wanted != before:
            self.wanted.emit(self.is_wanted)
