"""The choice of a skin tone: six of the same emoji in a row, over the panel."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from app.ui.emoji.data import TONES, Emoji
from app.ui.emoji.roving import EmojiButton, RovingRow
from app.ui.emoji.sections import tone_name
from app.ui.texts import tr
from app.ui.theme.theme import Theme

_GAP = 2


class ToneStrip(QFrame):
    """Covers a part of its parent while it is open; goes with Escape, Tab or a click elsewhere.

    Signals:
        chosen(int): that skin tone, an index into `TONES`.
    """

    chosen = pyqtSignal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("tones")
        self._before: QWidget | None = None
        self.row = RovingRow(self)
        self.row.setAccessibleName(tr("Skin tones"))
        self._buttons = [
            EmojiButton(theme, "", tone_name(tone), parent=self.row) for tone in range(len(TONES))
        ]
        for button in self._buttons:
            button.setCheckable(True)
            self.row.add(button)
            button.installEventFilter(self)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.row)
        self.row.chosen.connect(self._on_chosen)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self.hide()

    def open_at(self, place: QRect, emoji: Emoji, tone: int, before: QWidget | None) -> None:
        """Open beside `place`, a rectangle of the parent; the keyboard goes back to `before`."""
        parent = self.parentWidget()
        if parent is None:
            return
        for number, button in enumerate(self._buttons):
            button.set_emoji(emoji.toned(number), tone_name(number))
            button.setChecked(number == tone)
        self._before = before
        size = self.sizeHint()
        above = place.top() - size.height() - _GAP
        y = above if above >= 0 else place.bottom() + 1 + _GAP
        x = place.center().x() - size.width() // 2
        x = max(_GAP, min(x, parent.width() - size.width() - _GAP))
        self.setGeometry(QRect(x, y, size.width(), size.height()))
        self.show()
        self.raise_()
        self.row.set_current(tone)
        self._buttons[tone].setFocus(Qt.FocusReason.PopupFocusReason)

    def close_strip(self) -> None:
        """Go, and give the keyboard back."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Close with Escape, before the panel hears of it, and with Tab."""
        leaving = {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in leaving
        ):
            self.close_strip()
            return True
        return super().eventFilter(watched, event)

    @pyqtSlot(int)
    def _on_chosen(self, tone: int) -> None:
        self.close_strip()
        self.chosen.emit(tone)

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not self.isHidden() and now is not None and not self.isAncestorOf(now):
            self._before = None
            self.hide()
