"""The question before a link is opened whose text looks like another place."""

from __future__ import annotations

from itertools import pairwise

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.ui.formatting.blocks import Link
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.question import Question

_SHOWN = 240
"""Characters of a target that are shown, or all of its host where that is longer."""
_BREAK = "\u200b"
_WHOLE = 40
_UNBROKEN = 16


class LinkPanel(Question):
    """The content of the popover: where the link truly leads, and two ways on.

    Signals:
        open_requested(object): open that `Link` all the same.
    """

    open_requested = pyqtSignal(object)

    def __init__(self, link: Link, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("This link does not lead where it says. It leads to:"),
            tr("Do not open"),
            tr("Open it anyway"),
            spoken=link.target,
            parent=parent,
        )
        self._link = link
        self.target = PlainLabel(
            theme, breakable(shortened(link.target)), Step.CODE, Role.DANGER, wrap=True, parent=self
        )
        self.target.setAccessibleName(link.target)
        self.add(self.target)
        self.confirmed.connect(self._on_confirmed)

    @pyqtSlot()
    def _on_confirmed(self) -> None:
        self.open_requested.emit(self._link)


def shortened(target: str, most: int = _SHOWN) -> str:
    """Return a target with its end left out where it is long; its host is never cut.

    What a host truly is, its end tells: `bank.com.many.labels.example` is one of `example`.
    """
    host_end = target.find("/", target.find("//") + 2)
    most = max(most, host_end + 1 if host_end >= 0 else len(target))
    return target if len(target) <= most else f"{target[:most]}…"


def breakable(target: str) -> str:
    """Return a target that may be broken into lines: no space is in it.

    Its beginning, with the host, is broken only where it fills a line, not to be read as another.
    """
    cuts = [0, *range(_WHOLE, len(target), _UNBROKEN), len(target)]
    return _BREAK.join(target[start:end] for start, end in pairwise(cuts))
