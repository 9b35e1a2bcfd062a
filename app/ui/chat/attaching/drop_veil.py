"""What lies over a page while files are dragged over it."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QMimeData, QObject, QRect, QRectF, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QWidget

from app.ui.chat.attaching.offered import is_for_sending
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

_AROUND = 16
_RADIUS = 16
_ICON = 48
_SEEN_THROUGH = 0.92


class DropVeil(QWidget):
    """Covers `page`, its parent, from when files are dragged over it until they are dropped or gone.

    Signals:
        entered(): something is dragged over the page; `say` what becomes of it.
        dropped(object): this `QMimeData` was dropped, and it was said that it can be.
    """

    entered = pyqtSignal()
    dropped = pyqtSignal(object)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._page = page
        self._sentence = ""
        self._takes = False
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.setInterval(0)
        self._leaving.timeout.connect(self._on_left)
        self.setAcceptDrops(True)
        self.hide()
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is said."""
        return self._sentence

    def say(self, sentence: str, *, takes: bool) -> None:
        """Say what becomes of what is dragged; it can be dropped only where the page `takes` it."""
        self._sentence = sentence
        self._takes = takes
        self.setAccessibleName(sentence)
        self.update()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Come when something is dragged over the page, and have its size."""
        if watched is not self._page or event is None:
            return super().eventFilter(watched, event)
        if isinstance(event, QDragEnterEvent):
            if is_for_sending(event.mimeData()):
                self._come()
                self._answer(event)
            else:
                event.ignore()
            return True
        if isinstance(event, QDragMoveEvent):
            self._answer(event)
            return True
        if isinstance(event, QDropEvent):
            # It was let go before the veil was there.
            self.dropEvent(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            # The page is left for the veil as well, which then says so.
            self._leaving.start()
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, a0: QDragEnterEvent | None) -> None:
        """Stay."""
        self._leaving.stop()
        if a0 is not None:
            self._answer(a0)

    def dragMoveEvent(self, a0: QDragMoveEvent | None) -> None:
        """Say whether it can be dropped."""
        if a0 is not None:
            self._answer(a0)

    def dragLeaveEvent(self, _event: QDragLeaveEvent | None) -> None:
        """Go."""
        self._on_left()

    def dropEvent(self, a0: QDropEvent | None) -> None:
        """Go, and give on what was dropped."""
        self._on_left()
        if a0 is None:
            return
        source: QMimeData | None = a0.mimeData()
        if source is None or not self._takes or not is_for_sending(source):
            a0.ignore()
            return
        # Never moved: whoever offers it keeps it.
        a0.setDropAction(Qt.DropAction.CopyAction)
        a0.accept()
        self.dropped.emit(source)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the ground, a border of dashes, and the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.colour(Role.SURFACE_BASE))
        ground.setAlphaF(_SEEN_THROUGH)
        painter.fillRect(self.rect(), ground)
        ink = Role.ACCENT_TEXT if self._takes else Role.TEXT_SECOND
        inside = QRectF(self.rect()).adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        pen = QPen(self._theme.colour(Role.ACCENT if self._takes else Role.OUTLINE), 2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(
            self._theme.colour(Role.ACCENT_SOFT) if self._takes else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(inside, _RADIUS, _RADIUS)
        painter.setFont(self._theme.font(Step.TITLE, QFont.Weight.DemiBold))
        flags = Qt.AlignmentFlag.AlignHCenter.value | Qt.TextFlag.TextWordWrap.value
        place = inside.toRect().adjusted(24, 0, -24, 0)
        needed = painter.boundingRect(QRect(place.x(), 0, place.width(), 10_000), flags, self.text)
        top = (self.height() - _ICON - 16 - needed.height()) // 2
        icon = self._theme.pixmap(
            Icon.ATTACH if self._takes else Icon.MUTE, ink, _ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap((self.width() - _ICON) // 2, top, icon)
        painter.setPen(self._theme.colour(ink))
        place.setTop(top + _ICON + 16)
        painter.drawText(place, flags, self.text)
        painter.end()

    def _come(self) -> None:
        self._leaving.stop()
        self.entered.emit()
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()

    def _answer(self, event: QDragMoveEvent) -> None:
        takes = self._takes and is_for_sending(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction if takes else Qt.DropAction.IgnoreAction)
        event.accept()

    @pyqtSlot()
    def _on_left(self) -> None:
        self._leaving.stop()
        self.hide()
