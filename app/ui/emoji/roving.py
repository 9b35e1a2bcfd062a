"""A row of buttons that Tab reaches as one: arrows move within."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget

from app.ui.emoji.glyphs import emoji_font
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import is_enter
from app.ui.widgets.labels import plain_tooltip

_TIMES = 1.4
_MOST = 24


class EmojiButton(QToolButton):
    """A button that is only an emoji: `name` is read out, and shown on hovering."""

    def __init__(
        self,
        theme: Theme,
        emoji: str,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "icon")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFixedSize(32, 32)
        self.set_emoji(emoji, name)
        self._load_font()
        theme.changed.connect(self._on_theme_changed)

    def set_emoji(self, emoji: str, name: str) -> None:
        """Show another one."""
        self.setText(emoji)
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Let Enter press it as Space does."""
        if is_enter(a0):
            self.click()
        else:
            super().keyPressEvent(a0)

    def _load_font(self) -> None:
        font = emoji_font(self._theme.font(Step.BODY), _TIMES)
        font.setPixelSize(min(font.pixelSize(), _MOST))
        self.setFont(font)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._load_font()


class RovingRow(QWidget):
    """Buttons side by side, of which one is the current one; the mouse gives none the keyboard.

    Signals:
        chosen(int): that button was pressed.
        moved(int): the arrows led to that button.
    """

    chosen = pyqtSignal(int)
    moved = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QAbstractButton] = []
        self._current = 0
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self.chosen)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def add(self, button: QAbstractButton) -> None:
        """Put a button at the end; it is the row's from now on."""
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus if self.buttons else Qt.FocusPolicy.TabFocus)
        self.buttons.append(button)
        if self._row.count():
            self._row.addStretch(1)
        self._row.addWidget(button)
        self._group.addButton(button, len(self.buttons) - 1)
        button.installEventFilter(self)

    @property
    def current(self) -> int:
        """Which button Tab leads to."""
        return self._current

    def set_current(self, place: int) -> None:
        """Make that button the one that Tab leads to."""
        before, now = self.buttons[self._current], self.buttons[place]
        focused = before.hasFocus()
        self._current = place
        now.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if focused:
            now.setFocus(Qt.FocusReason.TabFocusReason)
        if now is not before:
            before.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Move with the arrows, Home and End: a button would do something else with them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            place = self._way(event.key())
            if place is not None:
                if place != self._current:
                    self.set_current(place)
                    self.moved.emit(place)
                return True
        return super().eventFilter(watched, event)

    def _way(self, key: int) -> int | None:
        step = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        last = len(self.buttons) - 1
        places: dict[int, int] = {
            Qt.Key.Key_Right.value: self._current + step,
            Qt.Key.Key_Left.value: self._current - step,
            Qt.Key.Key_Home.value: 0,
            Qt.Key.Key_End.value: last,
        }
        place = places.get(key)
        return None if place is None else max(0, min(place, last))
