"""What a key means where one may either move or type."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent


def is_text(event: QKeyEvent) -> bool:
    """Tell a key that types something from a shortcut."""
    # Control and Alt together are AltGr on Windows, which types.
    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    shortcut = event.modifiers() & (alt | control) in {alt, control}
    return bool(event.text()) and event.text().isprintable() and not shortcut
