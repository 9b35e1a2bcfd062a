"""The box in the sharing dialog that lets others nearby see the room, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSlot

from app.session.listing import Listing
from app.ui.texts import tr
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from app.ui.theme.theme import Theme


class ListingBox(CheckBox):
    """Follows a `Listing` and changes it; hidden where the room is somebody else's."""

    def __init__(
        self, theme: Theme, listing: Listing | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Let others nearby see this room"), parent)
        self.setToolTip(
            plain_tooltip(tr("They see its name, your nickname and how many are in it."))
        )
        self._listing = listing
        self.setVisible(listing is not None)
        if listing is not None:
            self.setChecked(listing.listed)
            self.toggled.connect(listing.set_listed)
            listing.changed.connect(self._on_changed)

    @pyqtSlot(object)
    def _on_changed(self, listing: Listing) -> None:
        self.setChecked(listing.listed)
