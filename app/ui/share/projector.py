"""The invite over the whole screen, for a projector."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from app.ui.share.poster import Poster, paint_screen
from app.ui.texts import tr


class Projector(QWidget):
    """A window without a frame; Escape or a click closes and deletes it.

    Signals:
        closed(): it goes.
    """

    closed = pyqtSignal()

    def __init__(self, poster: Poster, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._poster = poster
        self.set_poster(poster)

    def set_poster(self, poster: Poster) -> None:
        """Show another offer."""
        self._poster = poster
        self.setWindowTitle(tr("Invite people"))
        self.setAccessibleName(poster.room)
        words = " ".join(poster.words)
        self.setAccessibleDescription(
            f"{poster.address}. {words}. " + tr("Press Escape, or click, to close.")
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint everything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_screen(painter, QRectF(self.rect()), self._poster)
        painter.end()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Close with Escape."""
        if a0 is not None and a0.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(a0)

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        """Close with a click; on its release, so that it presses nothing beneath."""
        self.close()

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        """Tell that it goes."""
        super().closeEvent(a0)
        self.closed.emit()
