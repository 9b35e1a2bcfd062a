"""The start page: host a room, join a room, or go back to a recent one."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PyQt6.QtCore import QDateTime, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.security.invite import InvalidTarget, Invite, parse_target
from app.session.nearby import NearbyOffer, NearbyState
from app.support.settings import RecentRoom
from app.ui.chat.popover import Popover
from app.ui.requests import HostRequest, JoinRequest
from app.ui.start import identity_panel
from app.ui.start.host_card import HostCard
from app.ui.start.identity_panel import IdentityPanel
from app.ui.start.join_card import JoinCard
from app.ui.start.nearby_list import ListWatch, NearbyList
from app.ui.start.nearby_rooms import NearbyRooms
from app.ui.start.recent_list import RecentList
from app.ui.start.top_bar import TopBar
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PyQt6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from app.support.clock import Clock
    from app.support.settings import SettingsFile
    from app.ui.start.form_card import FormCard
    from app.ui.theme.theme import Theme

TWO_COLUMNS_FROM = 900
WIDEST = 1040


class StartCard(StrEnum):
    """Which card a problem or a wait belongs to."""

    HOST = "host"
    JOIN = "join"


class StartPage(QWidget):
    """Asks for what hosting or joining needs, and remembers it.

    Signals:
        host_requested(HostRequest), join_requested(JoinRequest): all that was typed is well.
        cancel_requested(): the person does not want to wait for the busy card any longer.
        menu_requested(): the person wants the list of rooms that is behind the menu button.
        back_requested(): the person wants back to the room that was open.
        identity_reset_requested(): the person wants a new device key, and was asked twice.
    """

    host_requested = pyqtSignal(HostRequest)
    join_requested = pyqtSignal(JoinRequest)
    cancel_requested = pyqtSignal()
    menu_requested = pyqtSignal()
    back_requested = pyqtSignal()
    identity_reset_requested = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        settings: SettingsFile,
        clock: Clock | None = None,
        parent: QWidget | None = None,
        *,
        nearby: NearbyRooms | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._clock = clock
        self._offered = settings.values.nickname
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.top = TopBar(theme, self)
        self.host_card = HostCard(theme, settings.values, self)
        self.join_card = JoinCard(theme, settings.values, self)
        self._nearby = nearby or NearbyRooms(self)
        self.nearby = NearbyList(theme, self._nearby, self)
        self._nearby_choice: tuple[str, NearbyOffer] | None = None
        self.recent = RecentList(theme, self)
        self.identity: IdentityPanel | None = None
        self._popover: Popover | None = None
        self._lay_out(theme)
        self._connect()
        self.refresh()
        self._arrange()

    def _lay_out(self, theme: Theme) -> None:
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._cards.setSpacing(24)
        self._cards.addWidget(self.host_card, 1)
        self._cards.addWidget(self.join_card, 1)

        content = QFrame(self)
        content.setMaximumWidth(WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 8, 0, 24)
        column.setSpacing(0)
        column.addWidget(
            PlainLabel(
                theme, tr("Start a chat on this network"), Step.DISPLAY, wrap=True, parent=content
            )
        )
        column.addSpacing(3)
        column.addWidget(
            PlainLabel(
                theme,
                tr("Your computer becomes the room. No account, no server, no internet."),
                Step.ROOM,
                Role.TEXT_SECOND,
                weight=QFont.Weight.Normal,
                wrap=True,
                parent=content,
            )
        )
        column.addSpacing(22)
        column.addLayout(self._cards)
        column.addSpacing(20)
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lists.setSpacing(24)
        self._lists.addWidget(self.nearby, 1)
        self._lists.addWidget(self.recent, 1)
        column.addLayout(self._lists)
        column.addWidget(ListWatch(self._nearby, content))
        column.addStretch(1)

        inside = QWidget(self)
        self._margins = QHBoxLayout(inside)
        self._margins.addStretch(1)
        self._margins.addWidget(content, 1000)
        self._margins.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.host_card.requested.connect(self._on_host_wanted)
        self.join_card.requested.connect(self._on_join_wanted)
        self.host_card.cancel_requested.connect(self.cancel_requested)
        self.join_card.cancel_requested.connect(self.cancel_requested)
        self.recent.chosen.connect(self._on_recent_chosen)
        self.nearby.chosen.connect(self._on_nearby_chosen)
        self._nearby.changed.connect(self._arrange)
        self.top.menu_requested.connect(self.menu_requested)
        self.top.back_requested.connect(self.back_requested)
        self.top.identity_requested.connect(self._on_identity_requested)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def refresh(self) -> None:
        """Read anew from the settings what may have been learnt since: rooms, and the nickname."""
        now = QDateTime.currentSecsSinceEpoch() if self._clock is None else self._clock.now()
        self.recent.show_rooms(self._settings.values.recent, float(now))
        self.host_card.refresh()
        for nickname in (self.host_card.nickname, self.join_card.nickname):
            # What somebody was offered, and left as it is, goes with the settings.
            if nickname.text in {"", self._offered} and not nickname.touched:
                nickname.set_text(self._settings.values.nickname)
        self._offered = self._settings.values.nickname

    def show_problem(self, card: StartCard, sentence: str) -> None:
        """Say in a card why it did not work, and stop waiting; what was typed stays."""
        self.set_busy(card, False)
        self._card(card).show_problem(sentence)
        self._scroll.ensureWidgetVisible(self._card(card).main)

    def set_busy(self, card: StartCard, busy: bool) -> None:
        """Show that a card waits, with a way to cancel; the other takes no wishes meanwhile."""
        for one in StartCard:
            if one is not card:
                self._card(one).set_locked(busy)
        self.recent.set_enabled_buttons(not busy)
        self.nearby.set_enabled_buttons(not busy)
        if self._card(card).busy != busy:
            self._card(card).set_busy(busy)

    @property
    def is_busy(self) -> bool:
        """Whether a card waits for a room."""
        return self.host_card.busy or self.join_card.busy

    def offer_to_join(self, address: str, nickname: str, *, instead_of: bytes) -> None:
        """Fill in where to join, so that one key more does, in the place of a forgotten host.

        Invites to the host with the fingerprint `instead_of` are forgotten too: they would lead to
        the same stop again.
        """
        values = self._settings.values
        values.recent = [r for r in values.recent if not _leads_to(r.target, instead_of)]
        values.target = address
        self._remember()
        self.refresh()
        self.join_card.set_target(address)
        self.join_card.nickname.set_text(nickname)
        self.join_card.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_again(self, room: RecentRoom) -> None:
        """Host or join a recent room as with its button; while another is on its way do nothing."""
        if not self.is_busy:
            self._on_recent_chosen(room)

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is empty, or into the first of all."""
        field = self.host_card.first_empty() or self.join_card.first_empty() or self.host_card.room
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Begin where something is missing."""
        super().showEvent(event)
        if event is not None and not event.spontaneous():
            self.refresh()
            self.focus_first()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Forget passwords: what they were for has begun, or was given up."""
        super().hideEvent(event)
        if event is not None and not event.spontaneous():
            self._forget_passwords()
            self.close_identity()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the cards beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange()
        if self._popover is not None:
            self._popover.follow()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Escape stop the wait, or go back to the room that was open."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            if self.host_card.busy or self.join_card.busy:
                self.cancel_requested.emit()
            else:
                self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def _card(self, card: StartCard) -> FormCard:
        return self.host_card if card is StartCard.HOST else self.join_card

    @pyqtSlot()
    def _arrange(self) -> None:
        two = self.width() >= TWO_COLUMNS_FROM
        way = QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(way)
        self._lists.setDirection(way)
        alone = self._nearby.state is NearbyState.OFF
        self.recent.set_columns(2 if two and alone else 1)
        margin = 24 if self.width() >= 560 else 16
        self._margins.setContentsMargins(margin, 0, margin, 0)

    def _forget_passwords(self) -> None:
        self.host_card.forget_password()
        self.join_card.forget_password()

    def _remember(self) -> None:
        # What is lost on a full disk is typed again; the wish itself goes on.
        with contextlib.suppress(OSError):
            self._settings.save()

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = self._scroll.widget()
        if new is not None and inside is not None and inside.isAncestorOf(new):
            self._scroll.ensureWidgetVisible(new, 0, 40)

    @pyqtSlot()
    def _on_identity_requested(self) -> None:
        busy = self.host_card.busy or self.join_card.busy
        panel = IdentityPanel(self._theme, rooms_open=self.top.open_rooms or busy)
        panel.declined.connect(self.close_identity)
        panel.reset_requested.connect(self._on_reset_requested)
        self._popover = Popover(panel, self.top.identity, identity_panel.WIDTH, self)
        self._popover.closed.connect(self._on_identity_closed)
        self.identity = panel
        self._popover.open()

    @pyqtSlot()
    def _on_reset_requested(self) -> None:
        self.close_identity()
        self.identity_reset_requested.emit()

    @pyqtSlot()
    def close_identity(self) -> None:
        """Close the panel about one's identity, if it is open."""
        if self._popover is not None:
            self._popover.close_popover()

    @pyqtSlot()
    def _on_identity_closed(self) -> None:
        self._popover = self.identity = None

    @pyqtSlot(HostRequest)
    def _on_host_wanted(self, request: HostRequest) -> None:
        values = self._settings.values
        values.room_name = request.room
        values.nickname = request.nickname
        values.port = request.port
        values.history = request.history
        values.set_listed(request.room, request.listed)
        self._remember()
        self.host_requested.emit(request)

    @pyqtSlot(JoinRequest)
    def _on_join_wanted(self, request: JoinRequest) -> None:
        self._settings.values.target = request.text
        self._settings.values.nickname = request.nickname
        self._remember()
        if self._nearby_choice is not None and self._nearby_choice[0] == request.text:
            offer = self._nearby_choice[1]
            request = replace(request, expected=offer.expected, also=offer.ways[1:])
        self.join_requested.emit(request)

    @pyqtSlot(NearbyOffer)
    def _on_nearby_chosen(self, offer: NearbyOffer) -> None:
        self._forget_passwords()
        target = str(offer.ways[0])
        self._nearby_choice = (target, offer)
        self.join_card.set_target(target)
        self.join_card.submit_requested.emit()

    @pyqtSlot(RecentRoom)
    def _on_recent_chosen(self, room: RecentRoom) -> None:
        # One that was typed was meant for the room in the field.
        self._forget_passwords()
        if room.hosted:
            self.host_card.room.set_text(room.name)
            self.host_card.submit_requested.emit()
            return
        self.join_card.set_target(room.target)
        self.join_card.submit_requested.emit()


def _leads_to(target: str, fingerprint: bytes) -> bool:
    try:
        parsed = parse_target(target)
    except InvalidTarget:
        return False
    return isinstance(parsed, Invite) and parsed.fingerprint == fingerprint
