"""Whether things may move: when the system asks for no animation, they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QStyle

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget


def moves(widget: QWidget) -> bool:
    """Tell whether `widget` may be animated."""
    style = widget.style()
    return style is None or bool(style.styleHint(QStyle.StyleHint.SH_Widget_Animate, None, widget))
