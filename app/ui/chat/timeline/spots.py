"""The mouse over quotes, files and reactions: what it points at, what a click there does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QPoint, Qt
from PyQt6.QtGui import QMouseEvent

from app.session.timeline import MessageEntry
from app.ui.chat.timeline.files.layout import FileSpot
from app.ui.chat.timeline.quote import QuoteLine
from app.ui.chat.timeline.reactions import Chip, who
from app.ui.chat.timeline.remark_layout import Spot
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.ui.chat.timeline.model import TimelineModel
    from app.ui.chat.timeline.view import TimelineView


class Spots(QObject):
    """Asks the view's delegate what stands where. Owned by the view, which asks first."""

    def __init__(self, view: TimelineView, model: TimelineModel) -> None:
        super().__init__(view)
        self._view = view
        self._rows = model
        self._down: tuple[int, Spot | FileSpot] | None = None

    def at(self, point: QPoint) -> Spot | FileSpot | None:
        """Return what can be pointed at there."""
        return self._view.spot_at(point)[1]

    def is_clickable(self, spot: Spot | FileSpot | None, row: int) -> bool:
        """Tell whether a click on that of a row does anything."""
        if isinstance(spot, FileSpot):
            return self._view.files.deed_at(spot, row) is not None
        if isinstance(spot, Chip):
            return self._rows.remarks.may_answer(self._rows.entry(row))
        return isinstance(spot, QuoteLine)

    def tip(self, spot: Spot | FileSpot, row: int) -> str:
        """Return what hovering there, in that row, tells."""
        if isinstance(spot, FileSpot):
            return self._view.files.tip(spot, row)
        if isinstance(spot, QuoteLine):
            return tr("Go to the answered message")
        if not isinstance(spot, Chip):
            return tr("This message was changed after it was sent.")
        return who(spot.reaction) if spot.reaction else tr("Add a reaction")

    def pressed(self, event: QMouseEvent) -> bool:
        """Take a press on a quote or a chip; return whether it was one."""
        self._down = None
        row, spot = self._view.spot_at(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if not left or spot is None or not self.is_clickable(spot, row):
            return False
        self._down = row, spot
        return True

    def released(self, event: QMouseEvent) -> bool:
        """Do what a click there does, where the button went down on the same; tell if it had."""
        down, self._down = self._down, None
        if down is None:
            return False
        row, spot = self._view.spot_at(event.position().toPoint())
        entry = self._rows.entry(row) if row == down[0] else None
        if not isinstance(entry, MessageEntry):
            return True
        deeds = self._view.deeds
        if isinstance(spot, FileSpot) and spot == down[1]:
            self._view.files.use(spot, row)
        elif isinstance(spot, QuoteLine) and isinstance(down[1], QuoteLine):
            deeds.jump_requested.emit(entry.seq, spot.seq)
        elif isinstance(spot, Chip) and isinstance(down[1], Chip):
            deeds.use_chip(entry, spot.reaction.emoji if spot.reaction else "")
        return True
