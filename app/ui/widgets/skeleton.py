"""Grey bars in the place of rows that are on their way."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, pyqtSlot
from PyQt6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PyQt6.QtWidgets import QWidget

from app.ui.theme.motion import moves
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

PATIENCE_MS = 150
"""What is here sooner is never announced by bars: they would only flash."""

_BEAT_MS = 60
_BREATH = 24
"""Beats of one breath: 1.4 s."""
_FAINTEST = 0.55

_LINES = ((0.62,), (0.88, 0.41), (0.35,), (0.74,), (0.93, 0.8, 0.27), (0.5,))
"""How wide the lines of the rows are, as parts of the room there is; then it begins anew."""
_NAMES = (84, 64, 104, 72)


@dataclass(frozen=True)
class RowShape:
    """How a row is built that is waited for. All in pixels; no `picture` means none."""

    picture: int = 36
    gap: int = 12
    margin: int = 16
    named: bool = True
    lines: bool = True
    bar: int = 10
    between: int = 10
    below: int = 18
    widest: int = 560
    square: bool = False
    """Its picture is none of a person."""
    across: int = 1
    """Pictures side by side; nothing else stands beside several."""


MESSAGES = RowShape()
COMPACT_MESSAGES = RowShape(picture=0, gap=0, named=False, between=8, below=8)
RESULTS = RowShape(picture=0, gap=0, widest=280)
MEMBERS = RowShape(picture=28, gap=10, lines=False, below=8, between=8)
FILES = RowShape(picture=40, lines=False, square=True, below=14)
PICTURES = RowShape(picture=88, gap=6, named=False, lines=False, below=6, square=True, across=3)


class Skeleton(QWidget):
    """Covers `parent`, or a part of it, while rows are waited for; takes no clicks.

    It breathes, unless nothing may move.
    """

    def __init__(
        self, theme: Theme, name: str, shape: RowShape, parent: QWidget, *, fills: bool = True
    ) -> None:
        """`name` is what a screen reader says, such as that messages are loading."""
        super().__init__(parent)
        self.shape_of_rows = shape
        self._theme = theme
        self._beat = 0
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self._breath = QTimer(self)
        self._breath.setInterval(_BEAT_MS)
        self._breath.timeout.connect(self._on_beat)
        self.hide()
        if fills:
            parent.installEventFilter(self)
            self.setGeometry(parent.rect())

    @property
    def is_waiting(self) -> bool:
        """Whether rows are waited for, be it too short a time yet to say so."""
        return self._patience.isActive() or not self.isHidden()

    def wait(self, waiting: bool) -> None:
        """Say whether rows are waited for: the bars show a moment later, and go at once."""
        if not waiting:
            self._patience.stop()
            self.hide()
        elif not self.is_waiting:
            self._patience.start()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay as large as the parent."""
        parent = self.parentWidget()
        resized = event is not None and event.type() == QEvent.Type.Resize
        if resized and parent is not None and parent is watched:
            self.setGeometry(parent.rect())
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Begin to breathe."""
        super().showEvent(event)
        self._beat = 0
        self.raise_()
        if moves(self):
            self._breath.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Hold still."""
        super().hideEvent(event)
        self._breath.stop()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint as many rows as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour())
        shape, y, number = self.shape_of_rows, float(self.shape_of_rows.below), 0
        while y < self.height():
            y += self._paint_row(painter, y, number) + shape.below
            number += 1
        painter.end()

    def _paint_row(self, painter: QPainter, y: float, number: int) -> float:
        """Paint one row; return how high it is."""
        shape = self.shape_of_rows
        x = float(shape.margin)
        for _ in range(shape.across if shape.picture else 0):
            picture = QRectF(x, y, shape.picture, shape.picture)
            radius = 8 if shape.square else shape.picture / 2
            painter.drawRoundedRect(picture, radius, radius)
            x += shape.picture + shape.gap
        room = max(24.0, min(shape.widest, self.width() - x - shape.margin))
        widths = [room * part for part in _LINES[number % len(_LINES)]] if shape.lines else []
        if shape.named:
            widths.insert(0, min(room, _NAMES[number % len(_NAMES)]))
        height = len(widths) * shape.bar + (len(widths) - 1) * shape.between
        # A single bar stands beside the middle of the picture.
        top = y + max(0.0, (shape.picture - height) / 2) if len(widths) == 1 else y
        for width in widths:
            painter.drawRoundedRect(QRectF(x, top, width, shape.bar), shape.bar / 2, shape.bar / 2)
            top += shape.bar + shape.between
        return float(max(shape.picture, height))

    def _colour(self) -> QColor:
        colour = QColor(self._theme.colour(Role.CONTROL_PRESSED))
        depth = (1 - cos(2 * pi * self._beat / _BREATH)) / 2
        colour.setAlphaF(1.0 - (1.0 - _FAINTEST) * depth)
        return colour

    @pyqtSlot()
    def _on_beat(self) -> None:
        self._beat = (self._beat + 1) % _BREATH
        self.update()
