"""Rows that are offered while the keyboard stays in the field that asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen
from PyQt6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme


class Offered(Protocol):
    """What a row offers."""

    @property
    def text(self) -> str:
        """What it is called."""

    @property
    def spoken(self) -> str:
        """The whole row as it is read out."""


OfferT = TypeVar("OfferT", bound=Offered)


class OfferModel(QAbstractListModel, Generic[OfferT]):
    """The offers, in rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: list[OfferT] = []

    def show(self, offers: list[OfferT]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many offers there are."""
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the offer's text, or what is read out of it."""
        if not index.isValid():
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.text
        return offer.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class OfferView(QListView, Generic[OfferT]):
    """Shows an `OfferModel` of its own, one row chosen or none; never takes the keyboard."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.offers = OfferModel[OfferT](self)
        self.setModel(self.offers)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    @property
    def row(self) -> int:
        """The row that is chosen; -1 where there is none."""
        return self.currentIndex().row()


def paint_ground(
    painter: QPainter, theme: Theme, ground: QRectF, option: QStyleOptionViewItem
) -> None:
    """Paint what shows that the row is chosen, or under the mouse."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if not chosen and not option.state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Role.ACCENT_SOFT if chosen else Role.CONTROL_HOVER))
    painter.drawRoundedRect(ground, 8, 8)
    if chosen:
        painter.setPen(QPen(theme.colour(Role.ACCENT), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 7, 7)
