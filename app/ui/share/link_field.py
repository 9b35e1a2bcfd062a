"""The field that shows the invite: cut in its middle, whole while it has the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

from PyQt6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

_TOKEN = re.compile(r"%[0-9A-Fa-f]{2}|.", re.DOTALL)
_ELLIPSIS = "…"
_PADDING = 24
"""What the style sheet and QLineEdit leave free on both sides of the text, together."""


def elided_link(link: str, width: int, width_of: Callable[[str], int]) -> str:
    """Return `link` cut in its middle to fit `width`, never within an escape such as %C3."""
    if width_of(link) <= width:
        return link
    tokens = _TOKEN.findall(link)
    fits, too_many = 0, len(tokens)
    while too_many - fits > 1:
        kept = (fits + too_many) // 2
        if width_of(_cut(tokens, kept)) <= width:
            fits = kept
        else:
            too_many = kept
    return _cut(tokens, fits)


def _cut(tokens: list[str], kept: int) -> str:
    # The beginning says where the room is, so it gets two thirds.
    end = kept // 3
    return "".join([*tokens[: kept - end], _ELLIPSIS, *tokens[len(tokens) - end :]])


class LinkField(QLineEdit):
    """A read-only field; who goes into it has the whole link selected, to copy it by hand."""

    def __init__(self, link: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self._show()

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        """Show and select all of it, from its beginning."""
        super().focusInEvent(a0)
        self.setText(self._link)
        self._select()

    def focusOutEvent(self, a0: QFocusEvent | None) -> None:
        """Cut it again."""
        super().focusOutEvent(a0)
        # The menu that copies takes the keyboard, and copies what is selected.
        if not self.hasFocus():
            self._show()

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        """Select all with a click that selected nothing else."""
        super().mouseReleaseEvent(a0)
        if self.hasFocus() and not self.hasSelectedText():
            self._select()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """Cut it anew."""
        super().resizeEvent(a0)
        if not self.hasFocus():
            self._show()

    def _select(self) -> None:
        self.setSelection(len(self._link), -len(self._link))

    def _show(self) -> None:
        metrics = self.fontMetrics()
        shown = elided_link(self._link, self.width() - _PADDING, metrics.horizontalAdvance)
        self.setText(shown)
        self.setCursorPosition(0)
