"""Go anywhere by a few letters of its name: the panel that Ctrl+K opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.chat.names import isolated
from app.ui.overlay import Overlay
from app.ui.shortcuts import Command, text_of
from app.ui.switcher.offer_list import OfferList, spoken_name
from app.ui.switcher.offers import Offer, Offers
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from PyQt6.QtGui import QKeyEvent

    from app.ui.theme.theme import Theme

_ROWS = 9
"""In sight at most; the rest is scrolled to."""

_MOST_TYPED = 100


class Switcher(Overlay):
    """A field, and under it what matches. The first match is chosen, so that Enter alone goes there.

    Signals:
        chosen(Offer): the person wants to go there; the panel has closed.
    """

    chosen = pyqtSignal(Offer)

    def __init__(self, theme: Theme, offers: Offers, host: QWidget) -> None:
        super().__init__(theme, host)
        self._offers = offers
        self.setAccessibleName(text_of(Command.SWITCH))
        self.field = _Field(self.card)
        self.field.setPlaceholderText(tr("Room, person or command"))
        self.field.setAccessibleName(text_of(Command.SWITCH))
        self.field.setMaxLength(_MOST_TYPED)
        self.field.setFont(theme.font(Step.BODY))
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(9, 0, 3, 0)
        inside.addWidget(IconLabel(theme, Icon.SEARCH, Role.TEXT_FAINT, 18, self.field))
        inside.addStretch(1)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.field.setTextMargins(0 if rtl else 22, 0, 22 if rtl else 0, 0)
        self.list = OfferList(theme, self.card)
        self.nothing = PlainLabel(
            theme, "", Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self.card
        )
        self.nothing.setContentsMargins(16, 6, 16, 6)
        self.nothing.hide()
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 11, 1, 7)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(11, 0, 11, 0)
        head.addWidget(self.field)
        column.addLayout(head)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.stepped.connect(self._on_stepped)
        self.field.entered.connect(self._on_entered)
        self.list.clicked.connect(self._on_clicked)
        self._on_text_changed("")

    def first(self) -> QWidget:
        """Begin in the field."""
        return self.field

    def most_height(self) -> int:
        """Return room for as many rows as are looked through at one glance."""
        return self.field.sizeHint().height() + 28 + _ROWS * self.list.row_height

    def wanted_height(self) -> int:
        """Return room for the rows that there are."""
        height = self.field.sizeHint().height() + 28
        if self.nothing.isVisibleTo(self.card):
            height += self.nothing.heightForWidth(self.card.width() - 2) + 8
        return height + min(len(self.offered), _ROWS) * self.list.row_height

    @property
    def offered(self) -> list[Offer]:
        """What is offered now."""
        return list(self.list.offers.offers)

    @pyqtSlot(str)
    def _on_text_changed(self, text: str) -> None:
        found = self._offers.matching(text)
        typed = " ".join(text.split())
        self.nothing.setVisible(not found)
        if not found:
            self.nothing.setText(
                tr(
                    "Nothing here is called “{text}”. Type fewer letters, or join that room with "
                    "its invite:",
                    text=isolated(typed),
                )
            )
            found = [offer for offer in self._offers.matching("") if offer.target is Command.START]
        self.list.show_offers(found)
        self._describe()
        self.place()

    def _describe(self) -> None:
        """Say which row is chosen: the keyboard is in the field, and that is what is read out."""
        told = [self.nothing.full_text] if self.nothing.isVisibleTo(self.card) else []
        if 0 <= self.list.row < len(self.offered):
            told.append(spoken_name(self.offered[self.list.row]))
        told.append(tr("%n suggestion(s). Up and Down choose, Escape closes.", n=len(self.offered)))
        self.field.setAccessibleDescription(" ".join(f"{one.rstrip('.')}." for one in told))

    @pyqtSlot(int)
    def _on_stepped(self, key: int) -> None:
        row, last = self.list.row, len(self.offered) - 1
        steps = {
            Qt.Key.Key_Down: row + 1 if row < last else 0,
            Qt.Key.Key_Up: row - 1 if row > 0 else last,
            Qt.Key.Key_PageDown: row + self.list.page(),
            Qt.Key.Key_PageUp: row - self.list.page(),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        self.list.choose(steps[Qt.Key(key)])
        self._describe()

    @pyqtSlot()
    def _on_entered(self) -> None:
        self._choose(self.list.row)

    @pyqtSlot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        offered = self.offered
        if 0 <= row < len(offered):
            self.close_overlay()
            self.chosen.emit(offered[row])


class _Field(QLineEdit):
    """Keeps letters for itself, and tells the keys that are the list's."""

    stepped = pyqtSignal(int)
    entered = pyqtSignal()

    _STEPS = (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
    _PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Step, enter, or edit."""
        if event is None:
            return
        plain = event.modifiers() in self._PLAIN
        if plain and event.key() in self._STEPS:
            self.stepped.emit(event.key())
        elif plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
