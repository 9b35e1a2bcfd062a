"""Small signs in the rows of the timeline: time that runs out, and whether a notice is unfolded."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from app.session.taking_back import GRACE
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_RING = 12
_FOLD = 16


def paint_time_left(
    painter: QPainter, theme: Theme, after: QRectF, left: float, *, moves: bool
) -> None:
    """Paint a ring behind `after` that runs out as `left` goes from 1 to 0.

    Its steps are whole seconds where nothing may be seen to move.
    """
    if not moves:
        left = ceil(left * GRACE) / GRACE
    ring = QRectF(after.right() + 6, after.center().y() - _RING / 2, _RING, _RING)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(Role.LINE), 2))
    painter.drawEllipse(ring)
    painter.setPen(QPen(theme.colour(Role.ACCENT), 2))
    painter.drawArc(ring, 90 * 16, round(left * 360 * 16))


def paint_fold(
    painter: QPainter, theme: Theme, right: float, middle: float, *, unfolded: bool
) -> None:
    """Paint the sign of a notice that has more to show, up to `right`."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    icon = Icon.DOWN if unfolded else Icon.RIGHT
    at = QPointF(right - _FOLD, middle - _FOLD / 2)
    painter.drawPixmap(at, theme.pixmap(icon, Role.TEXT_FAINT, _FOLD, ratio))
