"""Small pictures of pictures: who has them to give, and what is painted until they are there."""

from __future__ import annotations

from typing import Protocol

from PyQt6.QtCore import QObject, QPointF, QRectF, QSize, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QPainter, QPainterPath, QPixmap

from app.room.files import kinds
from app.ui.files.kind_icons import icon_for
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme

_ICON = 28


class Thumbnails(Protocol):
    """Gives small pictures of the pictures of a room, decoded elsewhere and kept for a while."""

    @property
    def ready(self) -> pyqtBoundSignal:
        """A signal with a hash: what `pixmap` returned None for is there now."""
        ...

    def pixmap(self, digest: str, size: QSize, /) -> QPixmap | None:
        """Return the picture of that SHA-256 in hexadecimal, or None; then it is on its way.

        Cheap: it is called for each picture in each frame. `size`, in device-independent pixels, is
        what it will be painted into: the picture fits into it or covers it, as it comes, upright.
        """
        ...


class NoThumbnails(QObject):
    """Has none: every picture stays a placeholder."""

    ready = pyqtSignal(str)

    def pixmap(self, _hash: str, _size: QSize, /) -> QPixmap | None:
        """Return None."""
        return None


def paint_thumbnail(
    painter: QPainter, rect: QRectF, theme: Theme, picture: QPixmap | None, radius: float = 8
) -> None:
    """Paint a picture so that it covers `rect`, its middle in the middle; None: the placeholder."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    outline = QPainterPath()
    outline.addRoundedRect(rect, radius, radius)
    painter.fillPath(outline, theme.colour(Role.SURFACE_SUNKEN))
    if picture is None or picture.isNull():
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        icon = theme.pixmap(icon_for(kinds.Icon.PICTURE), Role.TEXT_FAINT, _ICON, ratio)
        half = QPointF(_ICON / 2, _ICON / 2)
        painter.drawPixmap(rect.center() - half, icon)
    else:
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(rect, picture, _middle(picture, rect))
        painter.restore()
    painter.setPen(theme.colour(Role.OUTLINE if theme.high_contrast else Role.LINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
    painter.restore()


def _middle(picture: QPixmap, rect: QRectF) -> QRectF:
    """Return the largest part of `picture`, in its own pixels, that has the shape of `rect`."""
    width, height = picture.width(), picture.height()
    scale = min(width / max(1.0, rect.width()), height / max(1.0, rect.height()))
    part = QRectF(0, 0, rect.width() * scale, rect.height() * scale)
    part.moveCenter(QRectF(0, 0, width, height).center())
    return part
