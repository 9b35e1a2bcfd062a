"""Buttons that copy something and say for two seconds that they did."""

from __future__ import annotations

from PyQt6.QtCore import QTimer, pyqtSlot
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import Button, IconButton

SAID_FOR = 2_000
"""Milliseconds for which a button says "Copied"."""


class CopyButton(Button):
    """A button with a label, such as "Copy invite"."""

    def __init__(
        self,
        theme: Theme,
        kind: str,
        label: str,
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, kind, label, icon=Icon.COPY, small=small, parent=parent)
        self._label = label
        self._text = ""
        self._timer = _timer(self)
        self._timer.timeout.connect(self._on_said)
        self.clicked.connect(self._on_clicked)

    def set_text_to_copy(self, text: str) -> None:
        """Copy `text` from now on; without one there is nothing to do."""
        self._text = text
        self.setEnabled(bool(text))

    @pyqtSlot()
    def _on_clicked(self) -> None:
        if not self._text:
            return
        copy(self._text)
        self.setMinimumWidth(self.width())
        self.setText(tr("Copied"))
        self.set_icon(Icon.CHECK)
        self._timer.start()

    @pyqtSlot()
    def _on_said(self) -> None:
        self.setText(self._label)
        self.set_icon(Icon.COPY)


class CopyIconButton(IconButton):
    """A button that is only an icon; `name` says what it copies."""

    def __init__(self, theme: Theme, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, Icon.COPY, name, size=18, parent=parent)
        self._name = name
        self._text = text
        self._timer = _timer(self)
        self._timer.timeout.connect(self._on_said)
        self.clicked.connect(self._on_clicked)

    @pyqtSlot()
    def _on_clicked(self) -> None:
        copy(self._text)
        self.set_name(tr("Copied"))
        self.set_icon(Icon.CHECK, Role.ACCENT_TEXT)
        self._timer.start()

    @pyqtSlot()
    def _on_said(self) -> None:
        self.set_name(self._name)
        self.set_icon(Icon.COPY, Role.TEXT_SECOND)


def copy(text: str) -> None:
    """Put `text` on the clipboard."""
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(text)


def _timer(parent: QWidget) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(SAID_FOR)
    return timer
