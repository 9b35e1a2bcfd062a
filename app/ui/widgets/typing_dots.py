"""Three dots that say that somebody is writing: they move, unless nothing may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.motion import moves
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

WIDTH = 21
HEIGHT = 5
STEPS = 3
BEAT = 300
"""Milliseconds a step: three steps in 900."""

_PITCH = 8
_STRENGTHS = (1.0, 0.62, 0.36)


def paint_dots(painter: QPainter, at: QPointF, colour: QColor, step: int) -> None:
    """Paint the dots with their upper left corner at `at`; `step` says which one is strong."""
    painter.setPen(Qt.PenStyle.NoPen)
    for dot in range(STEPS):
        ink = QColor(colour)
        ink.setAlphaF(_STRENGTHS[(dot - step) % STEPS])
        painter.setBrush(ink)
        centre = at + QPointF(dot * _PITCH + HEIGHT / 2, HEIGHT / 2)
        painter.drawEllipse(centre, HEIGHT / 2, HEIGHT / 2)


class Beat(QObject):
    """Counts the steps for what moves in `parent`; stands still where nothing may move.

    Signals:
        stepped(): read `step` anew.
    """

    stepped = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self.step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self.advance)

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def run(self, wanted: bool) -> None:
        """Count from now on, or stop."""
        if wanted and moves(self._widget):
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
            self.step = 0

    @pyqtSlot()
    def advance(self) -> None:
        """Go one step on."""
        self.step = (self.step + 1) % STEPS
        self.stepped.emit()


class TypingDots(QWidget):
    """The dots before a sentence that says who is writing; they move while they are in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.beat = Beat(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(QSize(WIDTH, HEIGHT + 2))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.beat.stepped.connect(self._on_look_changed)
        theme.changed.connect(self._on_look_changed)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Begin to move."""
        super().showEvent(event)
        self.beat.run(True)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Rest."""
        super().hideEvent(event)
        self.beat.run(False)

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the style: it knows whether anything may move."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.StyleChange:
            self.beat.run(self.isVisible())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dots(painter, QPointF(0, 1), self._theme.colour(Role.ACCENT), self.beat.step)
        painter.end()

    @pyqtSlot()
    def _on_look_changed(self) -> None:
        self.update()
