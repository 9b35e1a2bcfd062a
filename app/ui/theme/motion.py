"""Whether things may move: when the system, or the person here, asks for it, they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QStyle

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget


_reduced = False


def set_reduced(reduced: bool) -> None:
    """Let nothing move from now on, or again whatever the system lets move."""
    global _reduced  # noqa: PLW0603 - one wish for the whole process
    _reduced = reduced


def moves(widget: QWidget) -> bool:
    """Tell whether `widget` may be animated."""
    if _reduced:
        return False
    style = widget.style()
    return style is None or bool(style.styleHint(QStyle.StyleHint.SH_Widget_Animate, None, widget))
