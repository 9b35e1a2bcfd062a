"""An icon, or an avatar, as a widget that follows theme and screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.avatar import paint_avatar

if TYPE_CHECKING:
    from app.ui.theme.icons import Icon
    from app.ui.theme.roles import Role
    from app.ui.theme.theme import Theme


class SquarePicture(QWidget):
    """Something square that says nothing by itself: a label beside it does."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(QSize(size, size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._on_theme_changed)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.update()


class IconLabel(SquarePicture):
    """An icon beside a text."""

    def __init__(
        self, theme: Theme, icon: Icon, role: Role, size: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, size, parent)
        self._icon = icon
        self._role = role

    def set_icon(self, icon: Icon, role: Role) -> None:
        """Show another icon."""
        self._icon, self._role = icon, role
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the icon, sharp on this screen."""
        painter = QPainter(self)
        pixmap = self._theme.pixmap(self._icon, self._role, self._size, self.devicePixelRatioF())
        painter.drawPixmap(0, 0, pixmap)


class LogoLabel(SquarePicture):
    """Papo's own mark."""

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the logo, sharp on this screen."""
        QPainter(self).drawPixmap(0, 0, self._theme.logo(self._size, self.devicePixelRatioF()))


class AvatarLabel(SquarePicture):
    """The avatar of a person, in the `colour` that they chose, or with `room` the tile of a room."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        key: bytes,
        size: int,
        *,
        room: bool = False,
        colour: int = -1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, size, parent)
        self._text = text
        self._key = key
        self._room = room
        self._colour = colour

    def set_who(self, text: str, key: bytes, colour: int = -1) -> None:
        """Stand for somebody else, or in another colour."""
        self._text, self._key, self._colour = text, key, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the avatar in the person's or room's colours."""
        painter = QPainter(self)
        paint_avatar(
            painter,
            QRectF(self.rect()),
            self._text,
            self._theme.person(self._key, self._colour),
            rounded_square=self._room,
        )
