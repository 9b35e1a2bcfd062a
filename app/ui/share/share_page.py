"""What the sharing dialog shows of one offer: QR code, invite, addresses, words."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.copy_button import CopyButton
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.chat.names import isolated
from app.ui.share.address_list import AddressList
from app.ui.share.guest_page import GuestPageRow
from app.ui.share.link_field import LinkField
from app.ui.share.offer import Offer
from app.ui.share.qr import QrCode
from app.ui.share.qr_view import SIDE, QrView
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel


class SharePage(QWidget):
    """The content of the dialog for one `Offer`; another offer gets another page.

    Signals:
        full_screen_requested(): show it to everybody who sees the screen.
    """

    full_screen_requested = pyqtSignal()

    def __init__(
        self, offer: Offer, code: QrCode | None, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offer = offer
        self._theme = theme
        self.copy: CopyButton | None = None
        self.field: LinkField | None = None
        self.full_screen: QWidget | None = None
        self._words: FingerprintWords | None = None
        self._narrow: bool | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(0)
        self._add_head()
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(24)
        if offer.problem:
            self._column.addStretch(1)
            self._column.addWidget(EmptyState(theme, Icon.INVITE, offer.problem, self))
            self._column.addStretch(2)
            return
        self._column.addSpacing(16)
        self._column.addLayout(self._upper)
        if code is not None:
            self._add_code(code)
        self._add_ways()
        self._column.addStretch(1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Put everything in one column, or the QR code beside the rest."""
        if narrow == self._narrow or self._offer.problem:
            return
        self._narrow = narrow
        direction = QBoxLayout.Direction
        self._upper.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        side = 16 if narrow else 24
        self._column.setContentsMargins(side, 20 - (4 if narrow else 0), side, 16)
        self._show_words(2 if narrow else 4)

    def _add_head(self) -> None:
        name = isolated(self._offer.room)
        title = tr("Invite people to {room}", room=name) if name else tr("Invite people")
        label = PlainLabel(self._theme, title, Step.TITLE, wrap=True, parent=self)
        self._column.addWidget(label)
        self._column.addSpacing(2)
        self._column.addWidget(
            self._second(tr("They join over your network. Nothing goes through the internet."))
        )

    def _add_code(self, code: QrCode) -> None:
        view = QrView(code, self._theme, self)
        button = plain_button(self._theme, tr("Full screen"), icon=Icon.MONITOR, parent=self)
        button.setFixedWidth(SIDE)
        button.clicked.connect(self._on_full_screen)
        self.full_screen = button
        column = QVBoxLayout()
        column.setSpacing(12)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(view, 0, middle)
        column.addWidget(button, 0, middle)
        column.addStretch(1)
        self._upper.addLayout(column)

    def _add_ways(self) -> None:
        offer = self._offer
        column = QVBoxLayout()
        column.setSpacing(6)
        if offer.invite:
            column.addWidget(self._caption(tr("Invite link")))
            column.addLayout(self._link_row(offer.invite))
        if offer.caution:
            column.addLayout(self._note(Icon.SHIELD_ALERT, Role.WARN, offer.caution))
        elif offer.invite and offer.fingerprint:
            text = tr("Carries the fingerprint, so the host is verified by itself.")
            column.addLayout(self._note(Icon.SHIELD_CHECK, Role.ACCENT_TEXT, text))
        if not offer.invite:
            text = tr("The invite link comes with the connection.")
            column.addLayout(self._note(Icon.CLOCK, Role.TEXT_SECOND, text))
        if offer.page:
            column.addSpacing(10)
            column.addWidget(GuestPageRow(offer.page, self._theme, self))
        if offer.addresses:
            column.addSpacing(10)
            title = tr("Or type an address") if offer.invite else tr("Address to tell others")
            column.addWidget(self._caption(title))
            column.addWidget(AddressList(offer.addresses, self._theme, self))
        column.addStretch(1)
        self._upper.addLayout(column, 1)

    def _link_row(self, invite: str) -> QHBoxLayout:
        self.field = LinkField(invite, tr("Invite link"), self)
        self.copy = CopyButton(self._theme, "main", tr("Copy invite"), small=True, parent=self)
        self.copy.setMinimumHeight(36)
        self.copy.set_text_to_copy(invite)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.copy)
        return row

    def _show_words(self, columns: int) -> None:
        old = self._words
        words = FingerprintWords(
            self._theme,
            self._offer.fingerprint,
            tr("Room fingerprint"),
            hint=tr("Both sides read it aloud. Same words, same room."),
            columns=columns,
            parent=self,
        )
        if not words.words:
            words.hide()
            words.deleteLater()
            return
        if old is None:
            self._column.insertSpacing(self._column.count() - 1, 16)
            self._column.insertWidget(self._column.count() - 1, words)
        else:
            self._column.replaceWidget(old, words)
            old.hide()
            old.deleteLater()
        self._words = words
        words.show()

    def _note(self, icon: Icon, role: Role, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(IconLabel(self._theme, icon, role, 14, self))
        row.addWidget(self._second(text), 1)
        return row

    def _caption(self, text: str) -> PlainLabel:
        return PlainLabel(self._theme, text, Step.SMALL, weight=QFont.Weight.DemiBold, parent=self)

    def _second(self, text: str) -> PlainLabel:
        return PlainLabel(self._theme, text, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)

    @pyqtSlot()
    def _on_full_screen(self) -> None:
        self.full_screen_requested.emit()
