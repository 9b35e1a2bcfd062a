"""What a person does: press keys, write, click. `QTest` with types."""

from __future__ import annotations

from typing import Any, cast

from PyQt6.QtCore import QObject, QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget

# PyQt's stubs take QTest's functions for methods.
_qtest = cast("Any", QTest)


def press(
    target: QObject | None,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key and let it go."""
    _qtest.keyClick(target, key, modifiers)


def write(target: QWidget, text: str) -> None:
    """Write `text`, a key at a time."""
    _qtest.keyClicks(target, text)


def click(
    target: QWidget,
    pos: QPoint | None = None,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Click with the left button, in the middle unless told where."""
    _qtest.mouseClick(target, Qt.MouseButton.LeftButton, modifiers, pos or QPoint())
