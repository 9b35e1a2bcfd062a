"""What stands over and on the picture in the full view: the bar with its buttons, and the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.files.viewer import keys
from app.ui.files.viewer.button import ViewerButton, ViewerLabel, on_dark
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

HEIGHT = 60


class ViewerBar(QWidget):
    """Which picture it is, and what can be done with it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ViewerLabel(theme, Step.ROOM, Role.TEXT, self)
        self.detail = ViewerLabel(theme, Step.SMALL, Role.TEXT_SECOND, self)
        self.position = ViewerLabel(theme, Step.SMALL, Role.TEXT_SECOND, self)
        self.zoom = ViewerLabel(theme, Step.SMALL, Role.TEXT_SECOND, self)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("0000%"))
        self.zoom_out = ViewerButton(theme, Icon.MINUS, tr("Zoom out"), keys.ZOOM_OUT, parent=self)
        self.zoom_in = ViewerButton(theme, Icon.PLUS, tr("Zoom in"), keys.ZOOM_IN, parent=self)
        self.fit = ViewerButton(theme, Icon.FIT, tr("Fit to the window"), keys.FIT, parent=self)
        self.copy = ViewerButton(theme, Icon.COPY, tr("Copy picture"), keys.COPY, parent=self)
        self.save = ViewerButton(theme, Icon.DOWNLOAD, tr("Save as…"), keys.SAVE, parent=self)
        self.folder = ViewerButton(
            theme, Icon.FOLDER, tr("Show in folder"), keys.FOLDER, parent=self
        )
        self.close_button = ViewerButton(theme, Icon.CLOSE, tr("Close"), keys.CLOSE, parent=self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(4)
        row.addLayout(words, 1)
        row.addSpacing(8)
        row.addWidget(self.position)
        row.addSpacing(8)
        row.addWidget(self.zoom_out)
        row.addWidget(self.zoom)
        for button in (self.zoom_in, self.fit, self.copy, self.save, self.folder):
            row.addWidget(button)
        row.addWidget(self.close_button)

    @property
    def buttons(self) -> tuple[ViewerButton, ...]:
        """The buttons, as they stand."""
        zooming = (self.zoom_out, self.zoom_in, self.fit)
        return *zooming, self.copy, self.save, self.folder, self.close_button

    def set_roomy(self, roomy: bool) -> None:
        """Have buttons to zoom, where there is room for them."""
        parts: tuple[QWidget, ...] = (self.zoom_out, self.zoom, self.zoom_in, self.fit)
        for part in parts:
            part.setVisible(roomy)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Dim what of a large picture is behind the words."""
        ground = on_dark(Role.SURFACE_SIDE)
        ground.setAlphaF(0.82)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()


class ViewerNote(QWidget):
    """Tells how far a picture is, or what went wrong and what to do then."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ViewerLabel(theme, Step.BODY, Role.TEXT, self, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.retry = ViewerButton(theme, None, tr("Try again"), parent=self)
        self.save = ViewerButton(theme, None, tr("Save as…"), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.retry)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)

    def say(self, text: str, *, failed: bool = False) -> None:
        """Tell that; nothing hides the note. `failed` offers another try, and saving instead."""
        self.words.setText(text)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.retry.setVisible(failed)
        self.save.setVisible(failed)
        self.setVisible(bool(text))

    def place(self, width: int, bottom: int) -> None:
        """Stand in the middle of that width, up to `bottom`."""
        wide = min(440, width - 32)
        words = self.words.fontMetrics().horizontalAdvance(self.words.full_text)
        if self.retry.isHidden():
            wide = min(wide, words + 34)
        layout = self.layout()
        if layout is None:
            return
        layout.invalidate()
        high = layout.totalHeightForWidth(wide)
        self.setGeometry((width - wide) // 2, bottom - high, wide, high)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Stand on a dark ground, whatever the picture is."""
        ground = on_dark(Role.SURFACE_RAISED)
        ground.setAlphaF(0.94)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect(), 10, 10)
        painter.end()
