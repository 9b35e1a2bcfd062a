"""The rows under the field: a picture, a name with what was typed marked, and what it leads to."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QObject, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PyQt6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.chat.names import isolated
from app.ui.chat.search.hits import utf16
from app.ui.rail.pill import Pill
from app.ui.rail.row_canvas import RowCanvas
from app.ui.switcher.offers import Kind, Offer
from app.ui.texts import tr
from app.ui.theme.avatar import initials, paint_avatar, tile_text
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.offer_rows import OfferModel, OfferView, paint_ground

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_INSET, _EDGE, _PICTURE, _GAP = 6, 8, 28, 10
_LEAST_NAME = 120
"""Pixels that are kept for a name, before what it leads to is told beside it."""


class OfferDelegate(QStyledItemDelegate):
    """Paints the rows of an `OfferModel`; never rich text."""

    def __init__(self, theme: Theme, model: OfferModel[Offer], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._font = theme.font(Step.BODY)
        self._strong = theme.font(Step.BODY, QFont.Weight.DemiBold)
        self._small = theme.font(Step.SMALL)
        self._caption = theme.font(Step.CAPTION, QFont.Weight.DemiBold)

    @property
    def height(self) -> int:
        """How high every row is."""
        return max(_PICTURE, QFontMetrics(self._strong).height()) + 12

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Return the size of every row."""
        return QSize(option.rect.width(), self.height)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one row."""
        if painter is None:
            return
        offer = self._model.offers[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = option.rect.adjusted(_INSET, 1, -_INSET, -1)
        paint_ground(painter, self._theme, QRectF(whole), option)
        canvas = RowCanvas(self._theme, painter, whole, option.direction)
        top = whole.y() + (whole.height() - _PICTURE) // 2
        picture = QRect(whole.x() + _EDGE, top, _PICTURE, _PICTURE)
        self._paint_picture(canvas, picture, offer)
        left, right = picture.right() + 1 + _GAP, whole.right() + 1 - _EDGE
        right = self._paint_end(canvas, left, right, offer)
        self._paint_name(canvas, QRect(left, whole.y(), right - left, whole.height()), offer)
        painter.restore()

    def _paint_picture(self, canvas: RowCanvas, place: QRect, offer: Offer) -> None:
        if offer.icon is not None:
            canvas.icon(place.adjusted(4, 4, -4, -4), offer.icon, Role.TEXT_SECOND)
            return
        person = offer.kind is Kind.PERSON
        canvas.painter.setFont(self._small)
        paint_avatar(
            canvas.painter,
            QRectF(canvas.place(place)),
            initials(offer.text) if person else tile_text(offer.text),
            self._theme.person(offer.key, offer.colour),
            rounded_square=not person,
        )

    def _paint_end(self, canvas: RowCanvas, left: int, right: int, offer: Offer) -> int:
        """Paint what stands at the row's end; return where the name must end."""
        whole = canvas.whole
        pill = Pill.of(offer.unread, offer.mentions, muted=offer.muted)
        if pill.text:
            metrics = QFontMetrics(self._caption)
            size = pill.size(metrics)
            top = whole.y() + (whole.height() - size.height()) // 2
            right -= size.width()
            canvas.painter.setFont(self._caption)
            place = QRect(right, top, size.width(), size.height())
            pill.paint(canvas.painter, self._theme, canvas.place(place))
            right -= 8
        if offer.muted:
            right -= 14
            place = QRect(right, whole.y(), 14, whole.height())
            canvas.icon(place, Icon.BELL_OFF, Role.TEXT_SECOND)
            right -= 8
        wide = QFontMetrics(self._small).horizontalAdvance(offer.detail)
        if offer.detail and right - wide - _GAP - left >= _LEAST_NAME:
            place = QRect(right - wide, whole.y(), wide, whole.height())
            ink = self._theme.colour(Role.TEXT_SECOND)
            canvas.text(place, offer.detail, self._small, ink)
            right -= wide + _GAP
        return right

    def _paint_name(self, canvas: RowCanvas, place: QRect, offer: Offer) -> None:
        font = self._font if offer.kind is Kind.COMMAND else self._strong
        metrics = QFontMetrics(font)
        text = metrics.elidedText(offer.text, Qt.TextElideMode.ElideRight, place.width())
        if not offer.runs:
            canvas.text(place, text, font, self._theme.colour(Role.TEXT))
            return
        layout = QTextLayout(text, font)
        marked = QTextCharFormat()
        marked.setForeground(self._theme.colour(Role.ACCENT_TEXT))
        marked.setFontUnderline(True)
        formats = []
        for start, end in offer.runs:
            shown = QTextLayout.FormatRange()
            first = utf16(offer.text, start)
            # What was cut off has no mark; the dots have none either.
            shown.start, shown.length = first, utf16(offer.text, end) - first
            shown.format = marked
            if first + shown.length <= len(text.encode("utf-16-le", "surrogatepass")) // 2:
                formats.append(shown)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        wide = min(place.width(), ceil(line.naturalTextWidth()))
        real = canvas.place(QRect(place.x(), place.y(), wide, place.height()))
        top = real.y() + (real.height() - line.height()) / 2
        # A line that runs from right to left begins at the far end of the width that it was given.
        x = real.x() - (line.naturalTextRect().x())
        canvas.painter.setPen(self._theme.colour(Role.TEXT))
        layout.draw(canvas.painter, QPointF(x, top))


class OfferList(OfferView[Offer]):
    """The rows; never takes the keyboard, which stays in the field."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("Where to go"), parent)
        self._delegate = OfferDelegate(theme, self.offers, self)
        self.setItemDelegate(self._delegate)

    @property
    def row_height(self) -> int:
        """How high every row is."""
        return self._delegate.height

    def show_offers(self, offers: list[Offer]) -> None:
        """Show these, the first of them chosen."""
        self.offers.show(offers)
        self.choose(0)
        self.scrollToTop()

    def choose(self, row: int) -> None:
        """Choose a row, or the nearest that there is."""
        count = self.offers.rowCount()
        if count:
            self.setCurrentIndex(self.offers.index(max(0, min(row, count - 1))))

    def page(self) -> int:
        """Return how many rows are in sight."""
        port = self.viewport()
        height = port.height() if port is not None else 0
        return max(1, height // self.row_height - 1)


def spoken_name(offer: Offer) -> str:
    """Return the row as a sentence around it can hold it."""
    return isolated(offer.spoken)
