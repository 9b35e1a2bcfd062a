"""A fingerprint as numbered words that two people can read to each other."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QFont, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.security.fingerprint import FINGERPRINT_BYTES, as_hex, as_words
from app.ui.chat.copy_button import CopyIconButton
from app.ui.texts import tr, word_list
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel


def words_of(fingerprint: bytes) -> tuple[str, ...]:
    """Return the fingerprint's words in the reader's language; none for what is no fingerprint."""
    if len(fingerprint) != FINGERPRINT_BYTES:
        return ()
    return as_words(fingerprint, word_list())


class FingerprintWords(QFrame):
    """A sunken card: title, hint, eight numbered words, and a button that copies them."""

    def __init__(
        self,
        theme: Theme,
        fingerprint: bytes,
        title: str,
        *,
        hint: str = "",
        columns: int = 4,
        role: Role = Role.TEXT_SECOND,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.words = words_of(fingerprint)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 10, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, Icon.FINGERPRINT, role, 18, self))
        head.addWidget(
            PlainLabel(theme, title, Step.BODY, weight=QFont.Weight.DemiBold, parent=self)
        )
        head.addStretch(1)
        if self.words:
            text = f"{' '.join(self.words)}\n{as_hex(fingerprint)}"
            head.addWidget(CopyIconButton(theme, tr("Copy the fingerprint"), text, self))
        column.addLayout(head)
        if hint:
            column.addWidget(
                PlainLabel(theme, hint, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
            )
        column.addLayout(self._grid(theme, columns))

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour(Role.LINE))
        painter.setBrush(self._theme.colour(Role.SURFACE_SUNKEN))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.end()

    def _grid(self, theme: Theme, columns: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for place, word in enumerate(self.words):
            row, col = divmod(place, columns)
            number = PlainLabel(theme, str(place + 1), Step.BODY, Role.TEXT_FAINT, parent=self)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label = PlainLabel(theme, word, Step.BODY, weight=QFont.Weight.Medium, parent=self)
            label.setAccessibleName(f"{place + 1} {word}")
            grid.addWidget(number, row, col * 2)
            grid.addWidget(label, row, col * 2 + 1)
            grid.setColumnStretch(col * 2 + 1, 1)
        return grid
