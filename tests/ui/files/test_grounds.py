"""Behind a picture that one can see through stands what it is seen on, in both themes."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QImage, QPainter

from app.ui.files.grounds import ground_of, grounded

CLEAR = Qt.GlobalColor.transparent


def cross(colour: str, width: int = 200, height: int = 100) -> QImage:
    """Return a drawing in one colour, clear around it."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(CLEAR)
    painter = QPainter(image)
    painter.fillRect(0, height // 2, width, max(1, height // 20), QColor(colour))
    painter.fillRect(width // 2, 0, max(1, width // 20), height, QColor(colour))
    painter.end()
    return image


def contrast(one: QColor, other: QColor) -> float:
    return abs(one.lightnessF() - other.lightnessF())


@pytest.mark.parametrize("ink", ["black", "white", "#202020", "#eeeeee", "navy"])
def test_a_drawing_is_seen_on_its_ground(ink: str) -> None:
    shown = grounded(cross(ink))
    assert not shown.hasAlphaChannel()
    assert shown.size() == cross(ink).size()
    drawn, behind = shown.pixelColor(10, 51), shown.pixelColor(10, 10)
    assert drawn == QColor(ink)
    assert contrast(drawn, behind) > 0.5


def test_an_opaque_picture_stays_as_it_is() -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    assert grounded(image) == image
    full = image.convertToFormat(QImage.Format.Format_ARGB32)
    assert grounded(full) == full


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 3000), (3000, 1)])
def test_any_shape_has_a_ground(width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(CLEAR)
    assert ground_of(image) is not None
    assert grounded(image).size() == image.size()


def test_nothing_has_none() -> None:
    assert ground_of(QImage()) is None
