"""What a person does to a widget: real key presses and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

# PyQt6 6.11 types these functions as methods of an instance that nobody can make.
_qtest: Any = QTest


def press(
    widget: QWidget,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    _qtest.keyClick(widget, key, modifier)


def write(widget: QWidget, text: str) -> None:
    _qtest.keyClicks(widget, text)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    no_modifier = Qt.KeyboardModifier.NoModifier
    _qtest.mouseClick(widget, Qt.MouseButton.LeftButton, no_modifier, at or QPoint())


def double_click(target: QWidget, pos: QPoint | None = None) -> None:
    """Press the left button as the second half of a double click, and let it go."""
    nothing = Qt.KeyboardModifier.NoModifier
    _qtest.mouseDClick(target, Qt.MouseButton.LeftButton, nothing, pos or QPoint())
