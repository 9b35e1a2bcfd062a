"""The bar over the timeline that tells how an export goes."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.info_bar import InfoBar

_LINE = 4


class ExportBar(QWidget):
    """What happens, perhaps a line that fills, and one thing to do; hidden until `say`.

    Signals:
        button_clicked(): the person wants what the button offers.
        closed(): the person closed it; it has hidden itself.
    """

    button_clicked = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = ""
        self.info: InfoBar | None = None
        self.line = _Line(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.line)
        self.hide()

    @property
    def text(self) -> str:
        """Both sentences, or nothing."""
        return self.info.text if self.info is not None else ""

    def say(
        self,
        kind: str,
        bold: str,
        second: str = "",
        *,
        button: str = "",
        part: float | None = None,
    ) -> None:
        """Show these sentences; `kind` as `InfoBar` takes it, `part` from 0 to 1 for the line."""
        if self.info is None or kind != self._kind:
            self._change(kind)
        assert self.info is not None
        self.info.set_text(bold, second)
        self.info.set_button(button)
        self.line.set_part(part)
        self.show()

    def _change(self, kind: str) -> None:
        before = self.info
        icon = {"neutral": Icon.CLOCK, "info": Icon.CHECK}.get(kind, Icon.ALERT)
        self._kind = kind
        closable = kind != "neutral"
        self.info = InfoBar(self._theme, kind, icon=icon, closable=closable, parent=self)
        self.info.button_clicked.connect(self.button_clicked)
        self.info.closed.connect(self._on_closed)
        self._column.insertWidget(0, self.info)
        if before is not None:
            window = self.window()
            focused = window.focusWidget() if window is not None else None
            if focused is not None and before.isAncestorOf(focused):
                self.info.button.setFocus()
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()

    @pyqtSlot()
    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()


class _Line(QWidget):
    """How much is done, for the eye; the sentence above says it too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._part = 0.0
        self.setFixedHeight(_LINE)

    def set_part(self, part: float | None) -> None:
        self.setVisible(part is not None)
        self._part = part or 0.0
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(Role.CONTROL_PRESSED))
        width = self.width() * self._part
        left = self.width() - width if self.isRightToLeft() else 0.0
        painter.fillRect(QRectF(left, 0, width, _LINE), self._theme.colour(Role.ACCENT))
