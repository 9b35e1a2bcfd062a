"""Where a message's quote, its "edited" and its reactions stand within its row, and how they look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter

from app.session.timeline import MessageEntry, SendState
from app.ui.chat.timeline.model import TimelineRow
from app.ui.chat.timeline.quote import QuoteLine
from app.ui.chat.timeline.reactions import Chip, ChipLook
from app.ui.chat.timeline.text_block import TextEnd, line_height
from app.ui.files.kind_icons import icon_for
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

_BAR = 2
_BAR_GAP = 8
_NAME_GAP = 6
_KIND = 14
_MARK_GAP = 8


@dataclass(frozen=True)
class Edited:
    """The word that tells that a text is not the first; its place, and where its letters stand."""

    place: QRectF
    baseline: float


Spot = QuoteLine | Chip | Edited
"""What can be pointed at."""


@dataclass(frozen=True)
class RemarkLayout:
    """The remarks of one row, from the upper left corner of its column of text."""

    quote: QuoteLine | None = None
    quote_place: QRectF = field(default_factory=QRectF)
    edited: Edited | None = None
    chips: tuple[Chip, ...] = ()
    chips_top: float = 0.0
    bottom: int = 0
    """Where what stands below begins."""

    def at(self, point: QPointF) -> Spot | None:
        """Return what stands at `point`."""
        if self.quote is not None and self.quote_place.contains(point):
            return self.quote
        if self.edited is not None and self.edited.place.contains(point):
            return self.edited
        inside = point - QPointF(0, self.chips_top)
        return next((chip for chip in self.chips if chip.place.contains(inside)), None)


class RemarkLook:
    """Measures and paints remarks in the theme's fonts of when it was made."""

    def __init__(self, theme: Theme, colour_of: Callable[[bytes], int]) -> None:
        """`colour_of` gives the colour that a device's owner chose, as `Theme.person` takes it."""
        self._theme = theme
        self._colour_of = colour_of
        self._text = theme.font(Step.SMALL)
        self._name = theme.font(Step.SMALL, QFont.Weight.DemiBold)
        self._caption = theme.font(Step.CAPTION)
        self.chips = ChipLook(theme)
        self.quote_height = ceil(line_height(self._text)) + 2

    def layout(
        self, row: TimelineRow, width: float, *, quote: int, end: TextEnd | None, bottom: int
    ) -> RemarkLayout:
        """Set the remarks of a message; its quote stands at `quote`.

        `end` is that of its text, as far as it is known, and `bottom` where the text ends.
        """
        entry = row.entry
        place = QRectF(0, quote, width, self.quote_height)
        if row.quiet or not isinstance(entry, MessageEntry):
            return RemarkLayout(row.quote, place, bottom=bottom)
        edited = self._edited(end, width, bottom) if _is_edited(entry) else None
        if edited is not None:
            bottom = max(bottom, ceil(edited.place.bottom()))
        chips, top = self.chips.chips(entry.reactions, width), bottom + 4
        if chips:
            bottom = top + ceil(chips[-1].place.bottom()) + 2
        return RemarkLayout(row.quote, place, edited, chips, top, bottom)

    def _edited(self, end: TextEnd | None, width: float, bottom: float) -> Edited:
        """Return where "edited" stands: behind the last line, or below where it has no room there."""
        metrics = QFontMetricsF(self._caption)
        wide = metrics.horizontalAdvance(tr("edited")) + 1
        if end is not None:
            x = end.place.right() + _MARK_GAP
            if end.to_left:
                x = end.place.left() - _MARK_GAP - wide
            if x >= end.start and x + wide <= width:
                place = QRectF(x, end.baseline - metrics.ascent(), wide, metrics.height())
                return Edited(place, end.baseline)
        x = width - wide if end is not None and end.to_left else 0.0
        return Edited(QRectF(x, bottom, wide, metrics.height()), bottom + metrics.ascent())

    def guess(self, entry: MessageEntry, width: float) -> int:
        """Return about how much higher a row is for its remarks."""
        height = self.chips.guess(len(entry.reactions), width)
        if entry.reply_to and not entry.deleted:
            height += self.quote_height
        return height

    # --- painting -------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        layout: RemarkLayout,
        corner: QPointF,
        *,
        pointed: object,
        shown: bool,
    ) -> None:
        """Paint all of a row; `pointed` is what `RemarkLayout.at` gave, `shown` lets one add emoji."""
        if layout.quote is not None:
            place = layout.quote_place.translated(corner)
            self._paint_quote(painter, layout.quote, place, pointed=pointed == layout.quote)
        if layout.edited is not None:
            painter.setFont(self._caption)
            painter.setPen(self._theme.colour(Role.TEXT_FAINT))
            at = QPointF(layout.edited.place.left(), layout.edited.baseline)
            painter.drawText(at + corner, tr("edited"))
        for chip in layout.chips:
            if chip.reaction is not None or shown:
                at = corner + QPointF(0, layout.chips_top)
                self.chips.paint(painter, chip, at, pointed=chip is pointed, ringed=shown)

    def _paint_quote(
        self, painter: QPainter, quote: QuoteLine, place: QRectF, *, pointed: bool
    ) -> None:
        ink = self._theme.colour(Role.OUTLINE)
        if quote.device:
            ink = self._theme.person(quote.device, self._colour_of(quote.device)).ink
        bar = QRectF(place.left(), place.top() + 2, _BAR, place.height() - 5)
        painter.fillRect(bar, ink)
        x = bar.right() + _BAR_GAP
        room = place.right() - x
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        side |= Qt.AlignmentFlag.AlignVCenter
        line = QRectF(x, place.top(), room, place.height() - 2)
        if quote.name:
            metrics = QFontMetricsF(self._name)
            most = max(48.0, room * 0.4)
            name = metrics.elidedText(quote.name, Qt.TextElideMode.ElideRight, most)
            painter.setFont(self._name)
            painter.setPen(ink)
            painter.drawText(line, side, name)
            line.setLeft(x + metrics.horizontalAdvance(name) + _NAME_GAP)
        if quote.kind is not None:
            device = painter.device()
            ratio = device.devicePixelRatioF() if device is not None else 1.0
            icon = self._theme.pixmap(icon_for(quote.kind), Role.TEXT_SECOND, _KIND, ratio)
            painter.drawPixmap(QPointF(line.left(), line.center().y() - _KIND / 2), icon)
            line.setLeft(line.left() + _KIND + _NAME_GAP - 2)
        font = QFont(self._text)
        font.setItalic(quote.quiet)
        font.setUnderline(pointed)
        text = QFontMetricsF(font).elidedText(
            quote.text, Qt.TextElideMode.ElideRight, max(0.0, line.width() - 1)
        )
        before = painter.layoutDirection()
        if quote.right_to_left:
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        painter.setFont(font)
        painter.setPen(self._theme.colour(Role.TEXT_FAINT if quote.quiet else Role.TEXT_SECOND))
        painter.drawText(line, side, text)
        painter.setLayoutDirection(before)


def _is_edited(entry: MessageEntry) -> bool:
    on_its_way = entry.edit is not None and entry.edit.state is SendState.SENDING
    return entry.edited or on_its_way
