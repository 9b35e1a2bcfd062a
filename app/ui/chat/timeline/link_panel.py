"""The question before a link is opened whose text looks like another place."""

from __future__ import annotations

from itertools import pairwise

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.formatting.blocks import Link
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, plain_button
from app.ui.widgets.labels import PlainLabel

WIDTH = 360

_SHOWN = 240
"""Characters of a target that are shown, or all of its host where that is longer."""
_BREAK = "\u200b"
_WHOLE = 40
_UNBROKEN = 16


class LinkPanel(QWidget):
    """The content of the popover: where the link truly leads, and two ways on.

    Signals:
        confirmed(object): open that `Link`.
        declined(): leave it.
    """

    confirmed = pyqtSignal(object)
    declined = pyqtSignal()

    def __init__(self, link: Link, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        question = tr("This link does not lead where it says. It leads to:")
        label = PlainLabel(
            theme, question, Step.BODY, weight=QFont.Weight.DemiBold, wrap=True, parent=self
        )
        self.target = PlainLabel(
            theme, breakable(shortened(link.target)), Step.CODE, Role.DANGER, wrap=True, parent=self
        )
        self.target.setAccessibleName(link.target)
        self.leave = plain_button(theme, tr("Do not open"), parent=self)
        self.open = danger_button(theme, tr("Open it anyway"), parent=self)
        # Read out with the question, and the harmless one is where the keyboard begins.
        self.leave.setAccessibleDescription(f"{question} {link.target}")
        self.setFocusProxy(self.leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(12)
        column.addWidget(label)
        column.addWidget(self.target)
        column.addLayout(buttons)
        self.leave.clicked.connect(self._on_leave)
        self.open.clicked.connect(self._on_open)

    @pyqtSlot()
    def _on_leave(self) -> None:
        self.declined.emit()

    @pyqtSlot()
    def _on_open(self) -> None:
        self.confirmed.emit(self._link)


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
