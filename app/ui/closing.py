"""The question before the window closes, where rooms would close under the people in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from app.ui.chat.about import others_in
from app.ui.overlay import Overlay
from app.ui.texts import tr
from app.ui.widgets.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.session.room_session import RoomSession
    from app.ui.theme.theme import Theme


class ClosingPanel(Overlay):
    """Says how many people a closing would show out, and two ways on.

    Signals:
        confirmed(): close all the same.
    """

    confirmed = pyqtSignal()

    widest = 380

    def __init__(self, others: int, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host)
        question = tr("Close Papo? Your room closes, and %n people are in it.", n=others)
        self.question = Question(
            theme, question, tr("Keep it open"), tr("Close Papo"), parent=self.card
        )
        column = QVBoxLayout(self.card)
        column.setContentsMargins(4, 8, 4, 6)
        column.addWidget(self.question)
        self.question.declined.connect(self.close_overlay)
        self.question.confirmed.connect(self.confirmed)

    def first(self) -> QWidget:
        """Begin at the harmless one."""
        return self.question.keep

    def wanted_height(self) -> int:
        """Be as high as the question takes."""
        layout = self.card.layout()
        return layout.totalHeightForWidth(self.card.width()) if layout is not None else 0


class Closing(QObject):
    """Lets a window close, or asks first. Owned by the window."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._decided = False
        self.panel: ClosingPanel | None = None
        """The question, while it is asked."""

    def may_close(self, sessions: Iterable[RoomSession], host: QWidget) -> bool:
        """Tell whether the window may close now; where not, the question is shown over `host`.

        Asked again while the question is there, the answer is yes: who closes twice means it.
        """
        others = sum(others_in(one) for one in sessions if one.hosted_here)
        if self._decided or self.panel is not None or not others:
            return True
        panel = self.panel = ClosingPanel(others, self._theme, host)
        panel.confirmed.connect(self.close_now)
        panel.closed.connect(self._on_panel_closed)
        if not self._window.isActiveWindow():
            # Asked for from the tray, say.
            self._window.setWindowState(
                self._window.windowState() & ~Qt.WindowState.WindowMinimized
            )
            self._window.raise_()
            self._window.activateWindow()
        panel.open()
        return False

    @pyqtSlot()
    def close_now(self) -> None:
        """Close the window without a question: it was answered, or nobody is there to answer."""
        self._decided = True
        self._window.close()

    @pyqtSlot()
    def _on_panel_closed(self) -> None:
        self.panel = None
