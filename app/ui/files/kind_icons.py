"""What stands for a file: an icon on a tile, in a colour of its kind, and what that kind is called."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from app.protocol.attachments import FileRef
from app.room.files import kinds
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import PersonColours, Theme
from app.ui.widgets.pictures import SquarePicture

_RADIUS = 10 / 40
"""The corner of a tile, as a part of its width."""

_INSIDE = 0.55
"""The icon's width, as a part of the tile's."""

_LOOKS: dict[kinds.Icon, tuple[Icon, int | None]] = {
    kinds.Icon.PICTURE: (Icon.IMAGE, 4),
    kinds.Icon.VIDEO: (Icon.VIDEO, 7),
    kinds.Icon.AUDIO: (Icon.AUDIO, 6),
    kinds.Icon.TEXT: (Icon.TEXT, None),
    kinds.Icon.DOCUMENT: (Icon.DOCUMENT, 5),
    kinds.Icon.SHEET: (Icon.SHEET, 3),
    kinds.Icon.SLIDES: (Icon.SLIDES, 1),
    kinds.Icon.ARCHIVE: (Icon.ARCHIVE, 2),
    kinds.Icon.PROGRAM: (Icon.PROGRAM, 0),
    kinds.Icon.OTHER: (Icon.FILE, None),
}
"""Which icon, and which of the eight colours of people; None: grey."""


def kind_of_ref(ref: FileRef) -> kinds.Kind:
    """Return what a file of a message is taken for, by what its host says and its name."""
    return kinds.kind_of_told(ref.name, ref.media)


def icon_for(kind: kinds.Icon) -> Icon:
    """Return the icon of a kind of files."""
    return _LOOKS[kind][0]


def colours_for(theme: Theme, kind: kinds.Icon) -> PersonColours:
    """Return icon colour (`ink`) and tile colour (`tint`) of a kind, as the theme is now."""
    colour = _LOOKS[kind][1]
    if colour is None:
        return PersonColours(theme.colour(Role.TEXT_SECOND), theme.colour(Role.CONTROL_PRESSED))
    return theme.person(b"", colour)


def name_of(kind: kinds.Icon) -> str:
    """Return what a kind is called, in the language of now."""
    return {
        kinds.Icon.PICTURE: tr("Picture"),
        kinds.Icon.VIDEO: tr("Video"),
        kinds.Icon.AUDIO: tr("Sound"),
        kinds.Icon.TEXT: tr("Text"),
        kinds.Icon.DOCUMENT: tr("Document"),
        kinds.Icon.SHEET: tr("Spreadsheet"),
        kinds.Icon.SLIDES: tr("Slides"),
        kinds.Icon.ARCHIVE: tr("Archive"),
        kinds.Icon.PROGRAM: tr("Program"),
        kinds.Icon.OTHER: tr("File"),
    }[kind]


def paint_kind(painter: QPainter, rect: QRectF, theme: Theme, kind: kinds.Icon) -> None:
    """Paint the tile of a kind into `rect`, which is square."""
    colours = colours_for(theme, kind)
    size = round(rect.width() * _INSIDE)
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colours.tint)
    # In high contrast the tile has the ground's colour, so it needs a border.
    painter.setPen(theme.colour(Role.OUTLINE) if theme.high_contrast else Qt.PenStyle.NoPen)
    radius = rect.width() * _RADIUS
    painter.drawRoundedRect(rect, radius, radius)
    free = (rect.width() - size) / 2
    pixmap = theme.pixmap_in(icon_for(kind), colours.ink, size, ratio)
    painter.drawPixmap(QPointF(rect.left() + free, rect.top() + free), pixmap)
    painter.restore()


class KindLabel(SquarePicture):
    """The tile of a kind of files as a widget; a label beside it says which file it is."""

    def __init__(
        self, theme: Theme, kind: kinds.Icon, size: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, size, parent)
        self._kind = kind

    def set_kind(self, kind: kinds.Icon) -> None:
        """Stand for another kind."""
        self._kind = kind
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the tile, sharp on this screen."""
        paint_kind(QPainter(self), QRectF(self.rect()), self._theme, self._kind)
