"""Buttons, by what they are for; the style sheet gives each kind its look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtSlot
from PyQt6.QtGui import QIcon, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QPushButton, QToolButton, QWidget

from app.ui.theme.roles import Role
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from app.ui.theme.icons import Icon
    from app.ui.theme.theme import Theme

_ICON_ROLES = {
    "main": Role.ON_ACCENT,
    "tonal": Role.ACCENT_TEXT,
    "text": Role.ACCENT_TEXT,
    "plain": Role.TEXT,
    "danger": Role.DANGER,
    "disclosure": Role.TEXT_SECOND,
    "tab": Role.TEXT_SECOND,
    "private": Role.PRIVATE,
}


ICON_GAP = 4
"""Pixels between icon and text beyond the 4 that Qt leaves."""


def is_enter(event: QKeyEvent | None) -> bool:
    """Tell Enter, with which people press the button that has the focus; Qt leaves it to dialogs."""
    return (
        event is not None
        and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        and not event.isAutoRepeat()
    )


class Button(QPushButton):
    """A button with a text, and perhaps an icon before it."""

    def __init__(
        self,
        theme: Theme,
        kind: str,
        text: str,
        *,
        icon: Icon | None = None,
        icon_size: int = 18,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._icon_size = icon_size
        self._show_icon()
        theme.changed.connect(self._on_theme_changed)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        """Let Enter press it as Space does."""
        if is_enter(e):
            self.click()
        else:
            super().keyPressEvent(e)

    def setText(self, text: str | None) -> None:
        """Say something else, or nothing beside the icon."""
        super().setText(text)
        self._show_icon()

    def set_icon(self, icon: Icon | None) -> None:
        """Show another icon, or none."""
        self._icon = icon
        self._show_icon()

    def set_kind(self, kind: str) -> None:
        """Look like a button of another kind."""
        self._kind = kind
        self.setProperty("kind", kind)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)
        self._show_icon()

    def _show_icon(self) -> None:
        if self._icon is None:
            self.setIcon(QIcon())
            return
        role, size = _ICON_ROLES[self._kind], self._icon_size
        gap = ICON_GAP if self.text() else 0
        self.setIconSize(QSize(size + gap, size))
        self.setIcon(self._theme.icon(self._icon, role, size, trailing=gap))

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._show_icon()


class IconButton(QToolButton):
    """A button that is only an icon: `name` is read out, and shown with its shortcut on hovering.

    `shortcut` is told, not set up; whoever makes the action binds the key.
    """

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        name: str,
        *,
        shortcut: QKeySequence | QKeySequence.StandardKey | str | None = None,
        role: Role = Role.TEXT_SECOND,
        size: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._role = role
        self._shortcut = QKeySequence() if shortcut is None else QKeySequence(shortcut)
        self.setProperty("kind", "icon")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(size, size))
        self.setFixedSize(32, 32)
        self.set_name(name)
        self._show_icon()
        self.toggled.connect(self._on_toggled)
        theme.changed.connect(self._on_theme_changed)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Let Enter press it as Space does."""
        if is_enter(a0):
            self.click()
        else:
            super().keyPressEvent(a0)

    def set_name(self, name: str) -> None:
        """Call it something else, such as Hide instead of Show."""
        keys = self._shortcut.toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(name)
        self.setAccessibleDescription(keys)
        self.setToolTip(plain_tooltip(f"{name} ({keys})" if keys else name))

    def set_icon(self, icon: Icon, role: Role | None = None) -> None:
        """Show another icon, perhaps in the colour of another role."""
        self._icon = icon
        self._role = role or self._role
        self._show_icon()

    def _show_icon(self) -> None:
        role = Role.ACCENT_TEXT if self.isChecked() else self._role
        self.setIcon(self._theme.icon(self._icon, role, self.iconSize().width()))

    @pyqtSlot(bool)
    def _on_toggled(self, _checked: bool) -> None:
        self._show_icon()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._show_icon()


def main_button(
    theme: Theme,
    text: str,
    *,
    icon: Icon | None = None,
    small: bool = False,
    parent: QWidget | None = None,
) -> Button:
    """Return the one button that a page or card is about: 40 high, 32 with `small`."""
    return Button(theme, "main", text, icon=icon, small=small, parent=parent)


def tonal_button(
    theme: Theme, text: str, *, icon: Icon | None = None, parent: QWidget | None = None
) -> Button:
    """Return a button that is encouraged, where there are many."""
    return Button(theme, "tonal", text, icon=icon, parent=parent)


def plain_button(
    theme: Theme, text: str, *, icon: Icon | None = None, parent: QWidget | None = None
) -> Button:
    """Return a button with an outline."""
    return Button(theme, "plain", text, icon=icon, parent=parent)


def text_button(
    theme: Theme, text: str, *, icon: Icon | None = None, parent: QWidget | None = None
) -> Button:
    """Return a button that is only its text."""
    return Button(theme, "text", text, icon=icon, icon_size=16, parent=parent)


def danger_button(
    theme: Theme, text: str, *, icon: Icon | None = None, parent: QWidget | None = None
) -> Button:
    """Return a button that takes something away."""
    return Button(theme, "danger", text, icon=icon, parent=parent)


def tab_button(theme: Theme, text: str, parent: QWidget) -> Button:
    """Return one of several tabs of `parent`: of these, one is chosen."""
    tab = Button(theme, "tab", text, parent=parent)
    tab.setCheckable(True)
    tab.setAutoExclusive(True)
    return tab
