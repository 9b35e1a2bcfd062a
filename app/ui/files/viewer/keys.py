"""What keys do while a picture fills the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from app.ui.files.viewer.viewer import Viewer

SAVE = QKeySequence("Ctrl+S")
COPY = QKeySequence("Ctrl+C")
FOLDER = QKeySequence("F")
ZOOM_IN, ZOOM_OUT, FIT = QKeySequence("+"), QKeySequence("-"), QKeySequence("0")
CLOSE = QKeySequence("Esc")

_PAN = 80.0
_FAR = 10**9
_MOVES = {
    Qt.Key.Key_Left: QPointF(_PAN, 0),
    Qt.Key.Key_Right: QPointF(-_PAN, 0),
    Qt.Key.Key_Up: QPointF(0, _PAN),
    Qt.Key.Key_Down: QPointF(0, -_PAN),
}
_SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


def deed_of(viewer: Viewer, event: QKeyEvent) -> Callable[[], None] | None:
    """Return what a key does, or None: left and right lead to other pictures, with Shift they pan."""
    shift, keypad = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~(shift | keypad):
        wished: tuple[tuple[QKeySequence, Callable[[], None]], ...] = (
            (SAVE, viewer.save_as),
            (COPY, viewer.copy_picture),
        )
        keys = QKeySequence(event.keyCombination())
        return next((deed for one, deed in wished if one == keys), None)
    key = event.key()
    move = _MOVES.get(Qt.Key(key)) if key in _MOVES else None
    if move is not None and (event.modifiers() & shift or key not in _SIDEWAYS):
        return lambda: viewer.canvas.pan(move)
    ahead = -1 if viewer.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
    simple: dict[int, Callable[[], None]] = {
        Qt.Key.Key_Left: lambda: viewer.step(-ahead),
        Qt.Key.Key_Right: lambda: viewer.step(ahead),
        Qt.Key.Key_PageUp: lambda: viewer.step(-1),
        Qt.Key.Key_PageDown: lambda: viewer.step(1),
        Qt.Key.Key_Home: lambda: viewer.step(-_FAR),
        Qt.Key.Key_End: lambda: viewer.step(_FAR),
        Qt.Key.Key_Plus: viewer.canvas.zoom_in,
        Qt.Key.Key_Equal: viewer.canvas.zoom_in,
        Qt.Key.Key_Minus: viewer.canvas.zoom_out,
        Qt.Key.Key_F: viewer.show_in_folder,
        Qt.Key.Key_0: viewer.canvas.fit,
        Qt.Key.Key_1: viewer.canvas.show_real_size,
        Qt.Key.Key_Escape: viewer.close_overlay,
    }
    return simple.get(key)
