"""The white card with the QR code."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, pyqtSlot
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from app.ui.share.qr import QrCode, paint_qr
from app.ui.texts import tr
from app.ui.theme.roles import LIGHT, Role
from app.ui.theme.theme import Theme

SIDE = 246
"""Device-independent pixels: four for each module of the densest code (53 and the quiet zone)."""

_RADIUS = 12


class QrView(QWidget):
    """Shows one code, dark on white whatever the theme: scanners ask for it."""

    def __init__(self, code: QrCode, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = code
        self._theme = theme
        self.setFixedSize(SIDE, SIDE)
        self.setAccessibleName(tr("QR code of the invite"))
        theme.changed.connect(self._on_theme_changed)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the card, and the code on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour(Role.LINE))
        painter.setBrush(QColor(LIGHT[Role.SURFACE_BASE]))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, _RADIUS, _RADIUS)
        paint_qr(painter, self._code, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.update()
