"""Where one writes: grows with the text, sends with Enter, never loses what was written."""

from __future__ import annotations

from PyQt6.QtCore import QMimeData, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextOption,
)
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from app.protocol import limits
from app.protocol.errors import Refusal
from app.ui.sentences import sentence
from app.ui.texts import locale, tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import main_button
from app.ui.widgets.labels import PlainLabel, plain_tooltip

COUNT_FROM = 4_500
"""Characters from which the count is shown."""

_MOST_PASTED = 20 * limits.MAX_TEXT
"""Characters that a paste may bring: setting much more takes longer than a blink."""

_MOST_LINES = 8
_NARROW = 520
_LEAST = 44


class ComposerEdit(QTextEdit):
    """The text itself: plain, whatever is pasted.

    Signals:
        send_requested(): Enter was pressed, and no input method was composing.
        focus_changed(): the box around should look focused, or not.
        paste_refused(): what should be pasted is far too long.
    """

    send_requested = pyqtSignal()
    focus_changed = pyqtSignal()
    paste_refused = pyqtSignal()

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

    def fitting_height(self) -> int:
        """Return how high the text is, up to eight lines."""
        line = QFontMetricsF(self.font()).lineSpacing()
        document = self.document()
        height = document.size().height() if document is not None else line
        return round(min(max(height, line), line * _MOST_LINES))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Send with Enter, break the line with Shift+Enter."""
        if event is None:
            return
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not enter or self._composing:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            self.send_requested.emit()

    def inputMethodEvent(self, event: QInputMethodEvent | None) -> None:
        """Remember whether an input method is composing: then Enter is its own."""
        if event is not None:
            self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData | None) -> None:
        """Paste the text alone, and no more than can be set in a blink."""
        if source is None or not source.hasText():
            return
        text = source.text()
        if len(text) > _MOST_PASTED:
            self.paste_refused.emit()
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


class _Box(QFrame):
    """The rounded border around text and button, an accent one while the text has the focus."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.focused = False
        self.wrong = False

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = Role.ACCENT if self.focused else Role.OUTLINE
        width = 2 if self.focused else 1
        if self.wrong:
            role = Role.DANGER
        painter.setPen(QPen(self._theme.colour(role), width))
        painter.setBrush(self._theme.colour(Role.SURFACE_BASE))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 12, 12)
        painter.end()


class Composer(QFrame):
    """The box to write in, its Send button, and a line of hints under it.

    Signals:
        send_requested(str): this is to be sent; `clear()` once it is on its way, or `refuse()`.
    """

    send_requested = pyqtSignal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._refusal = ""
        self._waiting = 0
        self._closed = False
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self._box = _Box(theme, self)
        self.edit = ComposerEdit(theme, self._box)
        self.edit.setAccessibleName(tr("Message"))
        self.send = main_button(theme, tr("Send"), icon=Icon.SEND, small=True, parent=self._box)
        self.send.setAccessibleName(tr("Send"))
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, wrap=True, parent=self)
        self._hint = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, parent=self)
        self._lay_out()
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.send_requested.connect(self._on_send)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.edit.paste_refused.connect(self._on_paste_refused)
        self.send.clicked.connect(self._on_send)
        theme.changed.connect(self._on_theme_changed)
        self._on_text_changed()

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(14, 6, 6, 6)
        inside.setSpacing(8)
        inside.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        under = QHBoxLayout()
        under.setContentsMargins(4, 0, 4, 0)
        under.setSpacing(12)
        under.addWidget(self._note, 1)
        under.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(5)
        column.addWidget(self._box)
        column.addLayout(under)

    # --- what the page says ---------------------------------------------------------------------

    def set_room(self, name: str) -> None:
        """Name the room that is written to."""
        text = tr("Message {room}", room=name) if name else tr("Message")
        self.edit.setPlaceholderText(tr("You are no longer in this room") if self._closed else text)

    def set_waiting(self, count: int) -> None:
        """Tell how many messages wait for the connection."""
        self._waiting = count
        self._show_lines()

    def set_closed(self, closed: bool) -> None:
        """Let nothing be sent where nothing can arrive; what was written stays."""
        self._closed = closed
        self.edit.setReadOnly(closed)
        self._show_lines()

    def refuse(self, reason: str) -> None:
        """Say why the text was not sent, and keep it."""
        self._refusal = reason
        self._show_lines()

    def clear(self) -> None:
        """Begin anew: what was written is on its way."""
        self.edit.clear()

    @property
    def note(self) -> str:
        """The sentence under the box."""
        return self._note.full_text

    @property
    def hint(self) -> str:
        """The hint, or the count, under the box."""
        return self._hint.full_text

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_send(self) -> None:
        if self._closed:
            return
        text = self.edit.toPlainText()
        if len(text) > limits.MAX_TEXT:
            self.refuse(sentence(Refusal.TEXT_TOO_LONG))
            return
        if text.strip():
            self.send_requested.emit(text)

    @pyqtSlot()
    def _on_text_changed(self) -> None:
        self._refusal = ""
        self._show_lines()
        self._fit()

    @pyqtSlot()
    def _on_paste_refused(self) -> None:
        self.refuse(sentence(Refusal.TEXT_TOO_LONG))

    @pyqtSlot()
    def _on_focus_changed(self) -> None:
        self._box.focused = self.edit.hasFocus()
        self._box.update()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.edit.load_fonts()
        self._fit()

    def _show_lines(self) -> None:
        text = self.edit.toPlainText()
        length = len(text)
        too_long = length > limits.MAX_TEXT
        note, role = self._refusal, Role.DANGER
        if not note and too_long:
            note = sentence(Refusal.TEXT_TOO_LONG)
        if not note and self._waiting:
            note, role = (
                tr("%n message(s) wait for the connection.", n=self._waiting),
                Role.TEXT_FAINT,
            )
        self._note.setText(note)
        self._note.set_role(role)
        self.edit.setAccessibleDescription(note)
        narrow = self.width() < _NARROW
        hint = "" if narrow else tr("Enter sends · Shift+Enter adds a line")
        if length >= COUNT_FROM:
            hint = tr("{count} of {limit}", count=_grouped(length), limit=_grouped(limits.MAX_TEXT))
        self._hint.setText(hint)
        self._hint.set_role(Role.DANGER if too_long else Role.TEXT_FAINT)
        self._box.wrong = too_long or bool(self._refusal)
        self._box.update()
        blank = not text.strip()
        self.send.setEnabled(not blank and not self._closed)
        why = sentence(Refusal.TEXT_EMPTY) if blank else ""
        if self._closed:
            why = tr("You are no longer in this room")
        self.send.setToolTip(plain_tooltip(why or tr("Send (Enter)")))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Wrap anew, and in a narrow window leave the button its icon only."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.send.setText("" if narrow else tr("Send"))
        margins = 8 if narrow else 16
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margins, 8, margins, 6)
        self._show_lines()
        self._fit()

    def _fit(self) -> None:
        height = self.edit.fitting_height()
        self.edit.setFixedHeight(height)
        self._box.setFixedHeight(max(_LEAST, height + 22))
        line = QFontMetricsF(self.edit.font()).lineSpacing()
        scrolls = height >= round(line * _MOST_LINES)
        self.edit.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if scrolls
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )

    def minimumSizeHint(self) -> QSize:
        """Return room for one line."""
        return QSize(200, super().minimumSizeHint().height())


def _grouped(number: int) -> str:
    return locale().toString(number)
