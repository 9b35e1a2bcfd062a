"""A file's name in little room."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFontMetricsF

from app.protocol.file_names import extension_of


def elided_name(metrics: QFontMetricsF, name: str, width: float) -> str:
    """Return a name cut in its middle to fit `width`, in one line; its extension is kept.

    Whoever reads it must see what kind of file it is, however long the rest.
    """
    if metrics.horizontalAdvance(name) <= width:
        return name
    extension = extension_of(name)
    end = name[len(name) - len(extension) - 1 :] if extension else ""
    stem = name[: len(name) - len(end)]
    room = width - metrics.horizontalAdvance(end)
    return metrics.elidedText(stem, Qt.TextElideMode.ElideMiddle, max(0.0, room)) + end
