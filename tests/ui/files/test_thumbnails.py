"""A small picture covers its place, and before it is there something stands for it."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPixmap
from PyQt6.QtWidgets import QApplication

from app.ui.files.thumbnails import NoThumbnails, paint_thumbnail
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme


def painted(theme: Theme, picture: QPixmap | None) -> QImage:
    ground = QPixmap(80, 80)
    ground.fill(Qt.GlobalColor.magenta)
    painter = QPainter(ground)
    paint_thumbnail(painter, QRectF(0, 0, 80, 80), theme, picture)
    painter.end()
    return ground.toImage()


def striped(width: int, height: int) -> QPixmap:
    """Return a picture that is blue in its middle and red at its ends, along its longer side."""
    picture = QPixmap(width, height)
    picture.fill(QColor("red"))
    painter = QPainter(picture)
    side = min(width, height)
    middle = ((width - side) // 2, (height - side) // 2)
    painter.fillRect(*middle, side, side, QColor("blue"))
    painter.end()
    return picture


@pytest.mark.parametrize(("width", "height"), [(300, 100), (100, 300), (20, 10), (80, 80)])
def test_the_middle_of_a_picture_covers_its_place(theme: Theme, width: int, height: int) -> None:
    image = painted(theme, striped(width, height))
    for x, y in ((6, 40), (40, 40), (73, 40), (40, 6), (40, 73)):
        assert image.pixelColor(x, y).name() == QColor("blue").name()
    # Its corners are round.
    assert image.pixelColor(0, 0).name() == QColor(Qt.GlobalColor.magenta).name()


@pytest.mark.parametrize("empty", [False, True])
def test_a_placeholder_stands_for_what_is_not_there(
    qapp: QApplication, theme: Theme, empty: bool
) -> None:
    image = painted(theme, QPixmap() if empty else None)
    assert image.pixelColor(12, 12).name() == theme.colour(Role.SURFACE_SUNKEN).name()
    seen = {image.pixelColor(x, y).name() for x in range(20, 60) for y in range(20, 60)}
    assert theme.colour(Role.TEXT_FAINT).name() in seen
    assert NoThumbnails(qapp).pixmap("ab" * 32, QSize(80, 80)) is None
