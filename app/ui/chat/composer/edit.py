"""The text that one writes: plain, whatever is pasted; Enter sends, Shift+Enter breaks the line."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QMimeData, Qt, pyqtSignal
from PyQt6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextOption,
)
from PyQt6.QtWidgets import QFrame, QTextEdit, QWidget

from app.protocol import limits
from app.ui.chat.attaching.offered import is_for_sending
from app.ui.chat.composer.marks import mark_of, toggle_mark
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

MOST_LINES = 8

_MOST_PASTED = 20 * limits.MAX_TEXT
"""Characters that a paste may bring: setting much more takes longer than a blink."""

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class ComposerEdit(QTextEdit):
    """The text itself: plain, whatever is pasted.

    Signals:
        send_requested(): Enter was pressed, and no input method was composing.
        focus_changed(): the box around should look focused, or not.
        paste_refused(str): this text should be pasted, and is far too long.
        files_offered(object): this `QMimeData` was pasted, and is no text but something to be sent.
        escaped(): Escape was pressed, and no input method was composing.
        emoji_requested(): Ctrl+E was pressed.
        last_requested(): Up was pressed where nothing is written, nor being composed.
        undo_requested(): the key to undo was pressed where nothing that was typed can be undone.
    """

    send_requested = pyqtSignal()
    focus_changed = pyqtSignal()
    paste_refused = pyqtSignal(str)
    files_offered = pyqtSignal(object)
    escaped = pyqtSignal()
    emoji_requested = pyqtSignal()
    last_requested = pyqtSignal()
    undo_requested = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._composing = False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTextEdit { background: transparent; border: none; padding: 0; }")
        self.load_fonts()

    def load_fonts(self) -> None:
        """Take the theme's font anew."""
        self.setFont(self._theme.font(Step.MESSAGE))
        document = self.document()
        if document is not None:
            document.setDocumentMargin(0)
            document.setDefaultFont(self.font())

    def fit(self) -> int:
        """Be as high as the text, up to eight lines, which scroll then; return that height."""
        line = QFontMetricsF(self.font()).lineSpacing()
        document = self.document()
        wanted = document.size().height() if document is not None else line
        height = round(min(max(wanted, line), line * MOST_LINES))
        policy = Qt.ScrollBarPolicy
        scrolls = height >= round(line * MOST_LINES)
        self.setFixedHeight(height)
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        return height

    @property
    def is_composing(self) -> bool:
        """Whether an input method is composing a text that is not there yet."""
        return self._composing

    def event(self, e: QEvent | None) -> bool:
        """Keep the keys that do something with what is written from the window's shortcuts."""
        if e is not None and e.type() == QEvent.Type.ShortcutOverride and isinstance(e, QKeyEvent):
            marks = bool(mark_of(e)) and self.textCursor().hasSelection()
            if marks or _asks_for_emoji(e):
                e.accept()
                return True
        return super().event(e)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Send with Enter, break the line with Shift+Enter; mark what is selected."""
        if event is None:
            return
        if _asks_for_emoji(event):
            self.emoji_requested.emit()
            return
        mark = mark_of(event)
        if mark and self.textCursor().hasSelection():
            toggle_mark(self, mark)
            return
        if event.key() == Qt.Key.Key_Escape and not self._composing:
            self.escaped.emit()
            return
        if self._asks_for_last(event):
            self.last_requested.emit()
            return
        if event.matches(QKeySequence.StandardKey.Undo) and self._has_nothing_to_undo():
            self.undo_requested.emit()
            return
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not enter or self._composing:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            self.send_requested.emit()

    def settle(self) -> None:
        """Put in what an input method composes, before another text takes the place of this one."""
        if self._composing:
            method = QGuiApplication.inputMethod()
            if method is not None:
                method.commit()
            self._composing = False

    def _asks_for_last(self, event: QKeyEvent) -> bool:
        document = self.document()
        empty = document is not None and document.isEmpty() and not self._composing
        return empty and event.key() == Qt.Key.Key_Up and event.modifiers() in _PLAIN

    def _has_nothing_to_undo(self) -> bool:
        document = self.document()
        return document is not None and not document.isUndoAvailable() and not self._composing

    def inputMethodEvent(self, event: QInputMethodEvent | None) -> None:
        """Remember whether an input method is composing: then Enter is its own."""
        if event is not None:
            self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData | None) -> bool:
        """Tell whether there is a text to paste, or something to be sent."""
        return super().canInsertFromMimeData(source) or is_for_sending(source)

    def dragEnterEvent(self, e: QDragEnterEvent | None) -> None:
        """Leave what is no text to the page."""
        if e is not None and is_for_sending(e.mimeData()):
            e.ignore()
        else:
            super().dragEnterEvent(e)

    def dragMoveEvent(self, e: QDragMoveEvent | None) -> None:
        """Leave what is no text to the page."""
        if e is not None and is_for_sending(e.mimeData()):
            e.ignore()
        else:
            super().dragMoveEvent(e)

    def dropEvent(self, e: QDropEvent | None) -> None:
        """Leave what is no text to the page."""
        if e is not None and is_for_sending(e.mimeData()):
            e.ignore()
        else:
            super().dropEvent(e)

    def insertFromMimeData(self, source: QMimeData | None) -> None:
        """Paste the text alone, and no more than can be set in a blink."""
        if source is not None and is_for_sending(source):
            self.files_offered.emit(source)
            return
        if source is None or not source.hasText():
            return
        text = source.text()
        if len(text) > _MOST_PASTED:
            self.paste_refused.emit(text)
            return
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Tell the box."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Tell the box; what was being composed is over."""
        self._composing = False
        super().focusOutEvent(event)
        self.focus_changed.emit()


def _asks_for_emoji(event: QKeyEvent) -> bool:
    # To Qt, Ctrl+E is also a way to the end of the line, on some systems.
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() == Qt.Key.Key_E
