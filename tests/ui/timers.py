"""Whether something goes on by itself: a timer that nobody stops keeps a computer awake."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer


def ticks(owner: QObject) -> bool:
    """Tell whether a timer of `owner` runs."""
    return any(timer.isActive() for timer in owner.findChildren(QTimer))
