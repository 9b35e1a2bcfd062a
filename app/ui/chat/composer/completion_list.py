"""The small list over the box to write in: what a word may become."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import (
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter
from PyQt6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.chat.composer.completion_offers import MOST, Offer
from app.ui.emoji.glyphs import emoji_font
from app.ui.texts import tr
from app.ui.theme.avatar import initials, paint_avatar
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.offer_rows import OfferModel, OfferView, paint_ground

_WIDTH = 440
_LETTERS = 58
"""Of small type, that a row has room for where the page has."""

_EDGE = 10
_INSET = 5
_MARK = 24
_GAP = 10


class _OfferDelegate(QStyledItemDelegate):
    """Paints a mark, the text, and what else is told of it beside or under it; never rich text."""

    def __init__(self, model: OfferModel[Offer], theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.load_fonts()

    def load_fonts(self) -> None:
        """Take the theme's fonts anew."""
        self._text = self._theme.font(Step.BODY)
        self._strong = self._theme.font(Step.BODY, QFont.Weight.DemiBold)
        self._small = self._theme.font(Step.SMALL)
        self._emoji = emoji_font(self._text, 1.3)
        self._line = ceil(QFontMetricsF(self._text).height())
        self._mark = max(_MARK, self._line)
        letters = QFontMetricsF(self._small).averageCharWidth() * _LETTERS
        self.usual_width = max(_WIDTH, ceil(letters))
        self.stacked = False

    @property
    def height(self) -> int:
        """How high every row is."""
        under = ceil(QFontMetricsF(self._small).height()) if self.stacked else 0
        return max(self._mark + 10, self._line + under + 14)

    def fit(self, width: int) -> None:
        """Put what else is told under the text where it has no room beside it in some row."""
        room = width - 2 * (_INSET + _EDGE) - 2
        self.stacked = any(self._wanted(offer) > room for offer in self._model.offers)

    def _wanted(self, offer: Offer) -> float:
        if not offer.detail:
            return 0.0
        mark = self._mark + _GAP if offer.member is not None or offer.emoji else 0
        font = self._text if offer.emoji else self._strong
        text = QFontMetricsF(font).horizontalAdvance(offer.text)
        return mark + text + _GAP + QFontMetricsF(self._small).horizontalAdvance(offer.detail) + 2

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
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, self._theme, rect.adjusted(_INSET, 1, -_INSET, -1), option)
        inside = rect.adjusted(_INSET + _EDGE, 0, -_INSET - _EDGE, 0)
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        if offer.member is not None or offer.emoji:
            size = self._mark
            mark = QRectF(inside.left(), inside.center().y() - size / 2, size, size)
            if rtl:
                mark.moveRight(inside.right())
            self._paint_mark(painter, mark, offer)
            side = size + _GAP
            inside = inside.adjusted(0, 0, -side, 0) if rtl else inside.adjusted(side, 0, 0, 0)
        self._paint_words(painter, inside, offer, chosen=chosen, rtl=rtl)
        painter.restore()

    def _paint_mark(self, painter: QPainter, mark: QRectF, offer: Offer) -> None:
        if offer.member is not None:
            painter.setFont(self._text)
            person = self._theme.person(offer.member.device, offer.member.colour)
            paint_avatar(painter, mark, initials(offer.text), person)
            return
        painter.setFont(self._emoji)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawText(mark.adjusted(-8, -8, 8, 8), Qt.AlignmentFlag.AlignCenter, offer.emoji)

    def _paint_words(
        self, painter: QPainter, inside: QRectF, offer: Offer, *, chosen: bool, rtl: bool
    ) -> None:
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        align |= Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        font = self._text if offer.emoji else self._strong
        metrics, small = QFontMetricsF(font), QFontMetricsF(self._small)
        elide = Qt.TextElideMode.ElideRight
        first, rest = QRectF(inside), QRectF(inside)
        if self.stacked and offer.detail:
            top = inside.center().y() - (metrics.height() + small.height()) / 2
            first.setRect(inside.left(), top, inside.width(), metrics.height())
            rest.setRect(inside.left(), first.bottom(), inside.width(), small.height())
        elif offer.detail:
            width = ceil(metrics.horizontalAdvance(offer.text)) + 1
            first.setWidth(width)
            if rtl:
                first.moveRight(inside.right())
            side = width + _GAP
            rest.adjust(0 if rtl else side, 0, -side if rtl else 0, 0)
        painter.setFont(font)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawText(first, align, metrics.elidedText(offer.text, elide, first.width()))
        painter.setFont(self._small)
        painter.setPen(self._theme.colour(Role.TEXT if chosen else Role.TEXT_SECOND))
        painter.drawText(rest, align, small.elidedText(offer.detail, elide, rest.width()))


class CompletionList(QFrame):
    """A card with the offers. A child of the page and no window; it never takes the keyboard.

    Signals:
        clicked(int): that row was clicked.
    """

    clicked = pyqtSignal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("completion")
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view = self.view = OfferView[Offer](tr("Suggestions"), self)
        self.model = view.offers
        self._delegate = _OfferDelegate(self.model, theme, self)
        view.setItemDelegate(self._delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.addWidget(view)
        self.hide()
        view.clicked.connect(self._on_clicked)
        theme.changed.connect(self._on_theme_changed)

    @property
    def row(self) -> int:
        """The row that was chosen; -1 where none was."""
        return self.view.row

    def place(self, inside: QRect, *, at_right: bool) -> None:
        """Stand at the bottom of `inside`, no bigger than that and than the rows need."""
        width = min(self._delegate.usual_width, inside.width())
        before = self._delegate.height
        self._delegate.fit(width)
        if self._delegate.height != before:
            self.view.scheduleDelayedItemsLayout()
        rows = min(len(self.model.offers), MOST) * self._delegate.height + 12
        height = min(rows, inside.height())
        left = inside.right() + 1 - width if at_right else inside.left()
        self.setGeometry(left, inside.bottom() + 1 - height, width, height)

    def show_offers(self, offers: list[Offer]) -> None:
        """Show these, with none of them chosen."""
        self.model.show(offers)
        self.view.scrollToTop()

    def choose(self, step: int) -> None:
        """Choose the next row, or the one before, round and round."""
        count = len(self.model.offers)
        before = count if self.row < 0 < -step else self.row
        self.view.setCurrentIndex(self.model.index((before + step) % count, 0))

    @pyqtSlot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.clicked.emit(index.row())

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._delegate.load_fonts()
        self.view.scheduleDelayedItemsLayout()
