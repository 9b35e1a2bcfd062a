"""A bar across a page that tells what happened and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, plain_button
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_KINDS = {
    "warn": (Icon.ALERT, Role.WARN),
    "danger": (Icon.ALERT, Role.DANGER),
    "info": (Icon.SHIELD_CHECK, Role.ACCENT_TEXT),
    "neutral": (Icon.CLOCK, Role.TEXT_SECOND),
}


class InfoBar(QFrame):
    """An icon, a bold sentence, a second one, perhaps a button and a way to close it.

    At least 48 high; the sentences wrap. `kind` is warn, danger, info or neutral.

    Signals:
        button_clicked(): the person wants what the button offers.
        closed(): the person closed the bar; it has hidden itself.
    """

    button_clicked = pyqtSignal()
    closed = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        kind: str = "info",
        *,
        icon: Icon | None = None,
        button: str = "",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        usual, role = _KINDS[kind]
        self.setProperty("bar", kind)
        self.setMinimumHeight(48)
        self._sentences = _Sentences(theme, self)
        self.button = plain_button(theme, button, parent=self)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self._on_button_clicked)
        close = IconButton(theme, Icon.CLOSE, tr("Close"), parent=self)
        close.setVisible(closable)
        close.clicked.connect(self._on_close_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 7)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, icon or usual, role, 20, self))
        row.addWidget(self._sentences, 1)
        row.addWidget(self.button)
        row.addWidget(close)

    @property
    def text(self) -> str:
        """Both sentences."""
        return self._sentences.text()

    def set_text(self, bold: str, second: str = "") -> None:
        """Say something else."""
        self._sentences.set_text(bold, second)
        self.setAccessibleName(self.text)

    def set_button(self, text: str) -> None:
        """Offer something else to do; an empty text offers nothing."""
        self.button.setText(text)
        self.button.setVisible(bool(text))

    @pyqtSlot()
    def _on_button_clicked(self) -> None:
        self.button_clicked.emit()

    @pyqtSlot()
    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()


class _Sentences(QLabel):
    """Two sentences that flow as one, the first one bold; plain text without any markup."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bold = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(Step.BODY))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_text(self, bold: str, second: str) -> None:
        self._bold = bold
        self.setText(f"{bold} {second}" if second else bold)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._layout(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.colour(Role.TEXT))
        layout, height = self._layout(self.width())
        layout.draw(painter, QPointF(0, max(0, (self.height() - height) // 2)))

    def _layout(self, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        layout.setTextOption(option)
        strong = QTextLayout.FormatRange()
        strong.start = 0
        strong.length = len(self._bold.encode("utf-16-le", "replace")) // 2
        strong.format = QTextCharFormat()
        strong.format.setFontWeight(QFont.Weight.DemiBold)
        layout.setFormats([strong])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, int(height + 0.5)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Step.BODY))
        self.update()
