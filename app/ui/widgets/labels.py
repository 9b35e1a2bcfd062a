"""Labels that never guess rich text: what they show may come from a stranger."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSlot
from PyQt6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.theme.roles import Role
from app.ui.theme.type import Step

if TYPE_CHECKING:
    from PyQt6.QtGui import QFont, QResizeEvent

    from app.ui.theme.theme import Theme


def plain_tooltip(text: str) -> str:
    """Return what makes Qt's tooltip show exactly `text`, whatever markup it looks like."""
    if not text:
        return ""
    return f'<p style="white-space: pre-wrap; margin: 0">{html.escape(text)}</p>'


class PlainLabel(QLabel):
    """A label in a step of the type scale and the colour of a role; always plain text.

    With `elide` it gives way to its neighbours and shows the whole text as its tooltip; with `wrap`
    it takes as many lines as it needs.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        step: Step = Step.BODY,
        role: Role = Role.TEXT,
        *,
        weight: QFont.Weight | None = None,
        elide: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step = step
        self._weight = weight
        self._elide = elide
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        self.setFont(theme.font(step, weight))
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._align()
        self.set_role(role)
        self.setText(text)
        theme.changed.connect(self._on_theme_changed)

    @property
    def full_text(self) -> str:
        """The text as it was set, not as it was cut."""
        return self._full

    def set_role(self, role: Role) -> None:
        """Take the colour of another role."""
        if self.property("role") == role.value:
            return
        self.setProperty("role", role.value)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)

    def setText(self, text: str | None) -> None:
        """Show `text`, as it is."""
        self._full = text or ""
        self._show()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room that the whole text takes."""
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._one_line()) + 1)
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return room for a few characters where the label may be cut."""
        hint = super().minimumSizeHint()
        if self._elide:
            few = self.fontMetrics().horizontalAdvance("mmm")
            hint.setWidth(min(few, self.sizeHint().width()))
        return hint

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        if self._elide:
            self._show()

    def changeEvent(self, event: QEvent | None) -> None:
        """Begin where the lines around begin, whatever the direction of the text itself."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        # QLabel goes by the text: a Latin name would stand on the left of an Arabic window.
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        absolute = Qt.AlignmentFlag.AlignAbsolute
        self.setAlignment(side | absolute | Qt.AlignmentFlag.AlignVCenter)

    def _one_line(self) -> str:
        return " ".join(self._full.split())

    def _cut(self, line: str, width: int) -> str:
        """Return as much of `line` as has room; for a subclass to cut elsewhere."""
        return self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)

    def _show(self) -> None:
        if not self._elide:
            super().setText(self._full)
            return
        line = self._one_line()
        shown = self._cut(line, self.contentsRect().width())
        if shown != self.text():
            super().setText(shown)
        self.setAccessibleName(self._full)
        self.setToolTip("" if shown == line else plain_tooltip(self._full))

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._step, self._weight))
