"""Who one is oneself, at the rail's foot; pressed, it says that one is away, or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetrics, QPainter
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.chat.names import isolated, one_line
from app.ui.rail.row_canvas import RowCanvas
from app.ui.texts import tr
from app.ui.theme.avatar import initials, paint_avatar, paint_moon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import is_enter
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from PyQt6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent

    from app.ui.theme.theme import Theme

_AVATAR = 32
_EDGE = 8


class IdentityButton(QAbstractButton):
    """Avatar, nickname and Available; checked, it is Away with a moon."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nickname = ""
        self._key = b""
        self._colour = -1
        self._compact = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._on_toggled)
        theme.changed.connect(self._on_theme_changed)
        self._name()

    @property
    def state(self) -> str:
        """The word under the nickname."""
        return tr("Away") if self.isChecked() else tr("Available")

    def set_who(self, nickname: str, key: bytes, colour: int = -1) -> None:
        """Stand for the person under another name, or in another colour."""
        self._nickname = one_line(nickname)
        self._key = key
        self._colour = colour
        self._name()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the avatar only, or the words too."""
        self._compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for avatar and words."""
        lines = QFontMetrics(self._strong()).height() + QFontMetrics(self._small()).height()
        height = max(_AVATAR + 8, lines + 8)
        return QSize(_AVATAR + 2 * _EDGE if self._compact else 160, height)

    def minimumSizeHint(self) -> QSize:
        """Return room for the avatar."""
        return QSize(_AVATAR + 2 * _EDGE, self.sizeHint().height())

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        """Let Enter press it as Space does."""
        if is_enter(e):
            self.click()
        else:
            super().keyPressEvent(e)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the ground, the avatar and the two lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas = RowCanvas(self._theme, painter, self.rect(), self.layoutDirection())
        ground = Role.SURFACE_SIDE
        if self.isDown():
            ground = Role.CONTROL_PRESSED
        elif self.underMouse():
            ground = Role.CONTROL_HOVER
        if ground is not Role.SURFACE_SIDE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        edge = (self.width() - _AVATAR) // 2 if self._compact else _EDGE
        circle = QRectF(canvas.place(QRect(edge, (self.height() - _AVATAR) // 2, _AVATAR, _AVATAR)))
        painter.setFont(self._strong())
        person = self._theme.person(self._key, self._colour)
        paint_avatar(painter, circle, initials(self._nickname), person)
        if self.isChecked():
            paint_moon(painter, circle, self._theme.colour(Role.AWAY), self._theme.colour(ground))
        if not self._compact:
            self._paint_words(canvas)
        painter.end()

    def _paint_words(self, canvas: RowCanvas) -> None:
        strong, small = self._strong(), self._small()
        first, second = QFontMetrics(strong).height(), QFontMetrics(small).height()
        left = _EDGE + _AVATAR + 10
        width = self.width() - left - _EDGE
        top = (self.height() - first - second) // 2
        name = QFontMetrics(strong).elidedText(self._nickname, Qt.TextElideMode.ElideRight, width)
        canvas.text(QRect(left, top, width, first), name, strong, self._theme.colour(Role.TEXT))
        # Faint words do not pass on a pressed ground.
        ink = self._theme.colour(Role.TEXT_SECOND)
        canvas.text(QRect(left, top + first, width, second), self.state, small, ink)

    def _strong(self) -> QFont:
        return self._theme.font(Step.BODY, QFont.Weight.DemiBold)

    def _small(self) -> QFont:
        return self._theme.font(Step.SMALL)

    def _name(self) -> None:
        name = isolated(self._nickname)
        self.setAccessibleName(f"{name}, {self.state}" if name else self.state)
        what = tr("Show me as available") if self.isChecked() else tr("Show me as away")
        self.setAccessibleDescription(what)
        self.setToolTip(plain_tooltip(f"{self.state}. {what}"))

    @pyqtSlot(bool)
    def _on_toggled(self, _away: bool) -> None:
        self._name()
        self.update()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
