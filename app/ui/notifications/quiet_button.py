"""The button at the rail's foot that says that one is not disturbed, and with a click ends that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSlot
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QSizePolicy, QWidget

from app.ui.notifications.quiet import quiet_sentence
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from PyQt6.QtGui import QResizeEvent

    from app.support.clock import Clock
    from app.ui.notifications.choices import NotifyChoices
    from app.ui.theme.theme import Theme

_BESIDE_TEXT = 52
_LEAST = 120
"""A button that is narrower shows its icon alone."""


class QuietButton(Button):
    """Shown only while do not disturb is on."""

    def __init__(
        self, theme: Theme, choices: NotifyChoices, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "tonal", "", icon=Icon.BELL_OFF, small=True, parent=parent)
        self._choices = choices
        self._clock = clock
        self._sentence = ""
        self.setFont(theme.font(Step.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        choices.changed.connect(self._on_choices_changed)
        self._on_choices_changed()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """Say what there is room for."""
        super().resizeEvent(a0)
        self._show_text()

    def _show_text(self) -> None:
        text = ""
        if self.width() >= _LEAST:
            metrics = QFontMetrics(self.font())
            room = self.width() - _BESIDE_TEXT
            text = metrics.elidedText(self._sentence, Qt.TextElideMode.ElideRight, room)
        if text != self.text():
            self.setText(text)

    @pyqtSlot()
    def _on_choices_changed(self) -> None:
        until = self._choices.values.quiet_until
        self._sentence = quiet_sentence(until, self._clock.now())
        what = tr("Turn off do not disturb")
        self.setAccessibleName(self._sentence)
        self.setAccessibleDescription(what)
        self.setToolTip(plain_tooltip(f"{self._sentence}. {what}"))
        self.setVisible(bool(self._sentence))
        self._show_text()

    @pyqtSlot()
    def _on_clicked(self) -> None:
        self._choices.set_quiet_until(0)
