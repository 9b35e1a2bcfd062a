"""What a link in a message, or the button of a code block, does; and what is said of it on hovering."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPoint, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QCursor
from PyQt6.QtWidgets import QToolTip, QWidget

from app.ui.chat.copy_button import SAID_FOR, copy
from app.ui.chat.timeline.link_panel import breakable, shortened
from app.ui.formatting.blocks import CodeBlock, Link
from app.ui.opening import open_link
from app.ui.texts import tr
from app.ui.widgets.labels import plain_tooltip


class LinkDeeds(QObject):
    """Owned by the view that shows the messages.

    Signals:
        doubtful(object): that `Link` looks like another place than the one it leads to; ask first.
        copied_changed(): `copied` is another.
    """

    doubtful = pyqtSignal(object)
    copied_changed = pyqtSignal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.copied: CodeBlock | None = None
        """The code that was copied a moment ago."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAID_FOR)
        self._timer.timeout.connect(self._on_said)

    def tip(self, pointed: Link | CodeBlock) -> str:
        """Return what hovering tells, in plain text."""
        if isinstance(pointed, CodeBlock):
            return tr("Copied") if pointed is self.copied else tr("Copy code")
        target = breakable(shortened(pointed.target))
        if pointed.deceptive:
            # On a line of its own, so that its host is read in one piece.
            return tr("Careful: this leads to {target}", target=f"\n{target}")
        if _is_invite(pointed):
            return tr("An invite to a room. A click copies it: {target}", target=target)
        return tr("Leads to {target}", target=target)

    def follow(self, pointed: Link | CodeBlock) -> None:
        """Copy the code; open the link, after asking where it deceives."""
        if isinstance(pointed, CodeBlock):
            self.copy_code(pointed)
        elif _is_invite(pointed):
            copy(pointed.target)
            self._say(tr("Copied. Paste it under Join a room."))
        elif pointed.deceptive:
            self.doubtful.emit(pointed)
        else:
            self.open(pointed)

    @pyqtSlot(object)
    def open(self, link: Link) -> None:
        """Open a link of which no more is to be asked."""
        if not open_link(link):
            copy(link.target)
            self._say(tr("No program here opens this link. It was copied instead."))

    def copy_code(self, code: CodeBlock) -> None:
        """Copy a code block, and say so for a moment."""
        copy(code.text)
        self.copied = code
        self._timer.start()
        self.copied_changed.emit()

    def _say(self, text: str) -> None:
        at = QCursor.pos()
        inside = self._view.mapFromGlobal(at)
        if not self._view.rect().contains(inside):
            at = self._view.mapToGlobal(self._view.rect().center())
        QToolTip.showText(at + QPoint(0, 4), plain_tooltip(text), self._view)

    @pyqtSlot()
    def _on_said(self) -> None:
        self.copied = None
        self.copied_changed.emit()


def _is_invite(link: Link) -> bool:
    return link.target.startswith("papo:")
