"""What stands behind a picture that one can see through, so that what is drawn on it can be seen."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, qGray

from app.ui.theme.roles import DARK, LIGHT, Role

_SIDE = 24
"""Pixels across that are looked at: enough to tell dark from light."""
_CLEAR = 0.02
"""The part of a picture that has to be clear before a ground is wanted."""


def grounded(image: QImage) -> QImage:
    """Return a picture on a ground, where it is clear in places: what is dark on light, and the reverse.

    The same in both themes, for a black drawing is lost on a dark window. It is the ground that
    pictures have in the theme that suits it. An opaque picture is returned as it is.
    """
    ground = ground_of(image)
    return image if ground is None else on_ground(image, ground)


def on_ground(image: QImage, ground: QColor) -> QImage:
    """Return a picture before that colour."""
    whole = QImage(image.size(), QImage.Format.Format_RGB32)
    whole.fill(ground)
    painter = QPainter(whole)
    painter.drawImage(0, 0, image)
    painter.end()
    return whole


def ground_of(image: QImage) -> QColor | None:
    """Return the colour that a picture is seen well on; None where it hides what is behind it."""
    if image.isNull() or not image.hasAlphaChannel():
        return None
    size = image.size().boundedTo(QSize(_SIDE, _SIDE))
    few = image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    there = light = 0.0
    for y in range(few.height()):
        for x in range(few.width()):
            colour = few.pixelColor(x, y)
            there += colour.alphaF()
            light += colour.alphaF() * qGray(colour.rgb()) / 255
    pixels = few.width() * few.height()
    if there > pixels * (1 - _CLEAR):
        return None
    is_dark = light <= there * 0.5
    return QColor((LIGHT if is_dark else DARK)[Role.SURFACE_SUNKEN])
