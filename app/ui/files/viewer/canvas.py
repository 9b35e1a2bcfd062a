"""Where one picture is seen: fitted, or from as near as one likes, and moved about."""

from __future__ import annotations

from math import exp

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from app.ui.files.grounds import grounded

MOST = 8.0
"""Device pixels for one of the picture's, at most."""

STEP = 1.25
_NOTCH = 120
"""Of a wheel, in eighths of a degree."""
_MEANT = 4
"""Pixels that the mouse moves until it is a drag."""
MARGIN = 16


class PictureCanvas(QWidget):
    """Shows a picture of a known size as far as it is here; sizes are the whole picture's.

    Signals:
        zoomed(): `zoom` is another, or the room is: more pixels may be wanted.
        outside_clicked(): a click beside the picture.
    """

    zoomed = pyqtSignal()
    outside_clicked = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = QSizeF()
        self._picture = QPixmap()
        self._zoom = 0.0
        """Device-independent pixels for one of the picture's; 0: as large as fits."""
        self._middle = QPointF()
        """What of the picture is in the middle, in its pixels."""
        self._down: QPointF | None = None
        self._dragged = False
        self._clicked = False
        """Whether the button went up here before: the click that opened the view is not half of two."""
        self.margins = (MARGIN, MARGIN)
        """Above and below, free of the fitted picture: what stands over it there."""
        self.setMouseTracking(True)

    # --- what is shown --------------------------------------------------------------------------

    def show_picture(self, size: QSize) -> None:
        """Begin with another picture of that size, fitted, before anything of it is here."""
        self._whole = QSizeF(size.expandedTo(QSize(1, 1)))
        self._picture = QPixmap()
        self.fit()

    def set_pixmap(self, picture: QPixmap) -> None:
        """Show this, stretched to the picture's whole size."""
        self._picture = picture
        self.update()

    def set_image(self, image: QImage) -> None:
        """Show this, stretched to the picture's whole size."""
        self.set_pixmap(QPixmap.fromImage(grounded(image)))

    # --- how near -------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Device-independent pixels for one of the picture's, as it is shown now."""
        return self._zoom or self._fitting()

    @property
    def is_fitted(self) -> bool:
        """Whether all of the picture is seen, whatever the size of the window."""
        return not self._zoom

    @property
    def percent(self) -> int:
        """Device pixels for one of the picture's, in percent."""
        return round(self.scale * self.devicePixelRatioF() * 100)

    def pixels(self) -> QSize:
        """Return how many device pixels the whole picture takes as it is shown now."""
        size = self._whole * (self.scale * self.devicePixelRatioF())
        return QSizeF(size).toSize().expandedTo(QSize(1, 1))

    @pyqtSlot()
    def zoom_in(self) -> None:
        """Come one step nearer."""
        self.zoom_by(STEP)

    @pyqtSlot()
    def zoom_out(self) -> None:
        """Go one step further."""
        self.zoom_by(1 / STEP)

    @pyqtSlot()
    def fit(self) -> None:
        """Show all of the picture."""
        self._set_zoom(0.0)

    def show_real_size(self) -> None:
        """Show each pixel of the picture as one of the screen."""
        self.zoom_to(1 / self.devicePixelRatioF())

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Come nearer, or go further; what is at `about` stays there, else what is in the middle."""
        self.zoom_to(self.scale * factor, about)

    def zoom_to(self, scale: float, about: QPointF | None = None) -> None:
        """Show the picture so large; never smaller than what fits, nor than it is."""
        ratio = self.devicePixelRatioF()
        least = min(self._fitting(), 1 / ratio)
        scale = max(least, min(scale, max(MOST / ratio, least)))
        at = about if about is not None else QRectF(self.rect()).center()
        before = self._to_picture(at)
        if scale <= self._fitting() and scale <= least:
            self._set_zoom(0.0 if least == self._fitting() else scale)
            return
        self._zoom = scale
        offset = at - QRectF(self.rect()).center()
        self._middle = before - offset / scale
        self._bound()
        self.update()
        self._show_cursor()
        self.zoomed.emit()

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels of the window."""
        self._middle -= by / self.scale
        self._bound()
        self.update()

    @property
    def can_pan(self) -> bool:
        """Whether the picture is larger than the window."""
        size = self._whole * self.scale
        return size.width() > self.width() + 1 or size.height() > self.height() + 1

    @property
    def place(self) -> QRectF:
        """Where the whole picture stands, in the widget; it may reach beyond it."""
        size = self._whole * self.scale
        above, below = self.margins
        middle = QRectF(self.rect()).center()
        if self.is_fitted:
            middle += QPointF(0, (above - below) / 2)
            return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), QSizeF(size))
        return QRectF(middle - self._middle * self.scale, QSizeF(size))

    # --- parts ----------------------------------------------------------------------------------

    def _fitting(self) -> float:
        if self._whole.isEmpty():
            return 1.0
        above, below = self.margins
        wide = max(1.0, self.width() - 2.0 * MARGIN)
        high = max(1.0, float(self.height() - above - below))
        fits = min(wide / self._whole.width(), high / self._whole.height())
        # What is smaller than the window is shown as it is.
        return min(fits, 1 / self.devicePixelRatioF())

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._middle = QPointF(self._whole.width() / 2, self._whole.height() / 2)
        self._show_cursor()
        self.update()
        self.zoomed.emit()

    def _to_picture(self, at: QPointF) -> QPointF:
        return (at - self.place.topLeft()) / self.scale

    def _bound(self) -> None:
        """Leave no edge of the picture within the window where the picture is larger."""
        scale = self.scale
        half = QPointF(self.width() / 2 / scale, self.height() / 2 / scale)
        self._middle = QPointF(
            _bounded(self._middle.x(), half.x(), self._whole.width()),
            _bounded(self._middle.y(), half.y(), self._whole.height()),
        )

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._dragged:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self.can_pan:
            shape = Qt.CursorShape.OpenHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    # --- what Qt tells --------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the picture fitted, or its middle in the middle."""
        super().resizeEvent(event)
        if not self.is_fitted:
            self._bound()
        self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Zoom about the pointer."""
        if event is None:
            return
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self.zoom_by(STEP ** (turned / _NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent | None) -> bool:
        """Zoom with two fingers, where the system tells of them."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(exp(event.value()), event.position())
                return True
            if event.gestureType() is Qt.NativeGestureType.SmartZoomNativeGesture:
                self._toggle(event.position())
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Begin to drag."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._down = event.position()
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Drag the picture."""
        if event is None or self._down is None:
            return
        moved = event.position() - self._down
        if not self._dragged and moved.manhattanLength() < _MEANT:
            return
        self._dragged = True
        self._show_cursor()
        self._down = event.position()
        if self.can_pan:
            self.pan(moved)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End the drag; a mere click beside the picture is told."""
        if event is None or self._down is None:
            return
        dragged, self._dragged, self._down = self._dragged, False, None
        self._clicked = not dragged
        self._show_cursor()
        if not dragged and not self.place.contains(event.position()):
            self.outside_clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Show the picture in its real size, or fitted again."""
        clicked, self._clicked = self._clicked, False
        if event is not None and clicked and self.place.contains(event.position()):
            self._toggle(event.position())

    def _toggle(self, at: QPointF) -> None:
        if self.is_fitted:
            self.zoom_to(max(1 / self.devicePixelRatioF(), self.scale * 2), at)
        else:
            self.fit()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint what of the picture is in the window, and no more: it may be many times larger."""
        if event is None or self._picture.isNull():
            return
        place = self.place
        seen = place.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        across = self._picture.width() / place.width()
        down = self._picture.height() / place.height()
        part = QRectF(
            (seen.left() - place.left()) * across,
            (seen.top() - place.top()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter = QPainter(self)
        # Large pixels are to be seen as such.
        near = self.percent >= 300 and across <= 1 / self.scale + 0.01
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not near)
        painter.drawPixmap(seen, self._picture, part)
        painter.end()


def _bounded(middle: float, half: float, whole: float) -> float:
    if whole <= 2 * half:
        return whole / 2
    return max(half, min(middle, whole - half))
