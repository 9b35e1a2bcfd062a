"""The chip beside the room's name: how far the host is known, or that the connection is gone."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.session.connection import Phase, Verified
from app.session.room_session import RoomSession
from app.ui.chat.about import has_been_in
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import plain_tooltip

_HEIGHT = 22


@dataclass(frozen=True)
class ChipLook:
    """What the chip says, and in which colours."""

    text: str
    icon: Icon
    ink: Role
    ground: Role


def look_of(session: RoomSession) -> ChipLook | None:
    """Return what the chip says of a session, or None where it has nothing to say."""
    phase = session.connection.phase
    been_in = has_been_in(session)
    if been_in and phase in {Phase.WAITING, Phase.CONNECTING}:
        return ChipLook(tr("Reconnecting…"), Icon.REFRESH, Role.WARN, Role.WARN_SOFT)
    if been_in and phase is Phase.STOPPED:
        return ChipLook(tr("Not connected"), Icon.WIFI_OFF, Role.WARN, Role.WARN_SOFT)
    if phase in {Phase.ASKING, Phase.CHANGED, Phase.PASSWORD}:
        # The page says it all, and nothing that was true at an earlier visit may contradict it.
        return None
    return look_of_trust(session)


def look_of_trust(session: RoomSession) -> ChipLook | None:
    """Return how far the host is known, however the connection stands; None where it is unknown."""
    if session.hosted_here or session.verified is Verified.OWN:
        return ChipLook(tr("Your room"), Icon.HOST, Role.ACCENT_TEXT, Role.ACCENT_SOFT)
    return _looks().get(session.verified)


def _looks() -> dict[Verified, ChipLook]:
    soft = (Role.ACCENT_TEXT, Role.ACCENT_SOFT)
    warn = (Role.WARN, Role.WARN_SOFT)
    return {
        Verified.INVITE: ChipLook(tr("Verified by invite"), Icon.SHIELD_CHECK, *soft),
        Verified.PASSWORD: ChipLook(tr("Verified by password"), Icon.SHIELD_CHECK, *soft),
        Verified.SEEN_BEFORE: ChipLook(tr("Seen before"), Icon.SHIELD_CHECK, *soft),
        Verified.FIRST_USE: ChipLook(tr("Host not verified"), Icon.SHIELD_ALERT, *warn),
    }


class TrustChip(QAbstractButton):
    """A chip that can be clicked; where there is no room it keeps its icon only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look: ChipLook | None = None
        self._compact = False
        self.setProperty("ringRadius", 6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()
        theme.changed.connect(self._on_theme_changed)

    def set_look(self, look: ChipLook | None) -> None:
        """Say something else; None hides it."""
        self._look = look
        self.setVisible(look is not None)
        if look is not None:
            self.setText(look.text)
            self.setAccessibleName(look.text)
            self.setToolTip(plain_tooltip(tr("{state}. Show the fingerprint", state=look.text)))
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the icon only, or the words too."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for the icon and the words."""
        if self._look is None or self._compact:
            return QSize(_HEIGHT + 2, _HEIGHT)
        width = QFontMetricsF(self._font()).horizontalAdvance(self._look.text)
        return QSize(
            round(width) + 34, max(_HEIGHT, round(QFontMetricsF(self._font()).height()) + 5)
        )

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the chip."""
        look = self._look
        if look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = self._theme.colour(look.ground)
        if look.ground is Role.ACCENT_SOFT and (self.isDown() or self.underMouse()):
            ground = self._theme.colour(Role.ACCENT_SOFT_PRESSED)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        icon = self._theme.pixmap(look.icon, look.ink, 14, self.devicePixelRatioF())
        x = (self.width() - 14) / 2 if self._compact else 7.0
        painter.drawPixmap(round(x), round((self.height() - 14) / 2), icon)
        if not self._compact:
            painter.setFont(self._font())
            painter.setPen(self._theme.colour(look.ink))
            place = QRectF(25, 0, self.width() - 25, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, look.text)
        painter.end()

    def _font(self) -> QFont:
        return self._theme.font(Step.CAPTION, QFont.Weight.Medium)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
