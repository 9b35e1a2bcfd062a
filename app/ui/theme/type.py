"""The type scale, relative to the size of the system's font."""

from __future__ import annotations

from enum import Enum

from PyQt6.QtGui import QFont

SMALLEST = 8.0
"""Points; nothing is set smaller, however small the system's font is."""


class Step(Enum):
    """A step of the scale: points more than the system's size, the usual weight, a number."""

    CAPTION = (-1.5, QFont.Weight.Normal, 1)
    """Times, chips, counts, section names, hints."""
    SMALL = (-1.0, QFont.Weight.Normal, 2)
    """Second lines, previews, field labels."""
    BODY = (0.0, QFont.Weight.Normal, 3)
    MESSAGE = (0.5, QFont.Weight.Normal, 4)
    CODE = (-1.0, QFont.Weight.Normal, 5)
    ROOM = (1.0, QFont.Weight.DemiBold, 6)
    """The room's name in the header, list titles."""
    TITLE = (2.0, QFont.Weight.DemiBold, 7)
    DISPLAY = (10.0, QFont.Weight.DemiBold, 8)
    """The start page, once."""

    @property
    def delta(self) -> float:
        """Points more than the system's font."""
        return self.value[0]

    @property
    def weight(self) -> QFont.Weight:
        """The weight of this step unless another is asked for."""
        return self.value[1]
