"""Where one writes: grows with the text, sends with Enter, never loses what was written."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QResizeEvent, QTextCursor
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.protocol import limits
from app.protocol.errors import Refusal
from app.support.clock import Clock
from app.ui.chat.composer.box import ComposerBox
from app.ui.chat.composer.edit import ComposerEdit
from app.ui.chat.composer.line import BarredLine, ComposerLine
from app.ui.chat.composer.parts import MOST_PARTS, parts_of
from app.ui.chat.composer.private_bar import PrivateBar
from app.ui.chat.composer.slash import slash_of
from app.ui.chat.names import isolated, one_line
from app.ui.sentences import sentence
from app.ui.texts import locale, tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton, main_button
from app.ui.widgets.delay import Delay
from app.ui.widgets.labels import plain_tooltip

COUNT_FROM = 4_500
"""Characters from which the count is shown."""

SLOWED_AT_LEAST = 4.0
"""Seconds for which it is said that the room slows one down: long enough to be read."""

EMOJI_KEYS = "Ctrl+E"

_NARROW = 520
_LEAST = 44


class Composer(QFrame):
    """The box to write in, its Send button, and a line of hints under it.

    What is written to one person alone and what is written to everyone are two texts: neither is
    ever in the box when the other would be sent. The private one is in memory alone.

    Signals:
        send_requested(str): this is to be sent, to everyone or to `private`; `clear()` once it is
            on its way, or `refuse()`.
        draft_changed(str): what is written to everyone, but not sent, is this now.
        typing_changed(bool): the person is writing to everyone (at each change), or no more.
        private_changed(): `private` is another.
        edited(): the person changed the text, or it was cleared; not told of a text put back.
        parts_requested(list[str]): the text is too long, and is to be sent as these messages.
        emoji_requested(): an emoji is to be chosen.
    """

    send_requested = pyqtSignal(str)
    draft_changed = pyqtSignal(str)
    typing_changed = pyqtSignal(bool)
    private_changed = pyqtSignal()
    edited = pyqtSignal()
    parts_requested = pyqtSignal(list)
    emoji_requested = pyqtSignal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._refusal = ""
        self._waiting = 0
        self._offline = False
        self._closed = False
        self._others = ""
        self._writes = False
        self._restoring = False
        self._room = ""
        self._barred = ""
        self._nick = ""
        self._described = ""
        self._drafts: dict[bytes, str] = {}
        self.private = b""
        """The one device that one writes to; empty for everyone."""
        self._slowed = Delay(clock, self)
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self._box = ComposerBox(theme, self)
        self.edit = ComposerEdit(theme, self._box)
        self.edit.setAccessibleName(tr("Message"))
        self.emoji = IconButton(
            theme, Icon.EMOJI, tr("Insert an emoji"), shortcut=EMOJI_KEYS, parent=self._box
        )
        self.send = main_button(theme, tr("Send"), icon=Icon.SEND, small=True, parent=self._box)
        self.send.setAccessibleName(tr("Send"))
        self.line = ComposerLine(theme, self)
        self.private_bar = PrivateBar(theme, self)
        self.private_bar.hide()
        self.barred = BarredLine(theme, self)
        self.barred.hide()
        self._lay_out()
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.send_requested.connect(self._on_send)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.edit.paste_refused.connect(self._on_paste_refused)
        self.edit.escaped.connect(self._on_escaped)
        self.edit.emoji_requested.connect(self._on_emoji)
        self.emoji.clicked.connect(self._on_emoji)
        self.line.parts.clicked.connect(self._on_parts)
        self.private_bar.closed.connect(self._on_private_closed)
        self.send.clicked.connect(self._on_send)
        self._slowed.passed.connect(self._on_slowed_over)
        theme.changed.connect(self._on_theme_changed)
        self._show_lines()
        self._fit()

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(14, 6, 6, 6)
        inside.setSpacing(8)
        inside.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self.emoji, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(5)
        column.addWidget(self.private_bar)
        column.addWidget(self._box)
        column.addWidget(self.barred)
        column.addWidget(self.line)

    # --- what the page says ---------------------------------------------------------------------

    def set_room(self, name: str) -> None:
        """Name the room that is written to."""
        self._room = name
        self._show_whom()

    def restore(self, draft: str) -> None:
        """Put in what was written at an earlier time; nobody is told, for nobody wrote it now."""
        self._restoring = True
        self.edit.setPlainText(draft)
        self._restoring = False
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def set_private(self, device: bytes, nick: str = "") -> None:
        """Write to that device alone from now on, or with no device to everyone; texts stay apart."""
        if device == self.private:
            self.set_private_nick(nick)
            return
        self._tell_typing(writes=False)
        self._drafts[self.private] = self.edit.toPlainText()
        self.private, self._nick = device, nick
        self._refusal = ""
        self._box.private = bool(device)
        self.setProperty("surface", (Role.PRIVATE if device else Role.SURFACE_BASE).value)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)
        self.send.set_kind("private" if device else "main")
        self.send.set_icon(Icon.LOCK if device else Icon.SEND)
        self.private_bar.set_nick(nick)
        self.restore(self._drafts.pop(device, ""))
        self._show_whom()
        self._show_lines()
        self._fit()
        self.private_changed.emit()

    def set_private_nick(self, nick: str) -> None:
        """Call the one who is written to by another nickname."""
        if self.private and nick != self._nick:
            self._nick = nick
            self.private_bar.set_nick(nick)
            self._show_whom()

    def set_barred(self, reason: str) -> None:
        """Say why one cannot write, in place of the box; an empty reason gives the box back.

        What was written stays.
        """
        self._barred = reason
        self.barred.say(reason, kept=bool(self.edit.toPlainText().strip()))
        self.barred.setVisible(bool(reason))
        self._box.setVisible(not reason)
        self._show_lines()
        self.private_bar.setVisible(bool(self.private) and not reason)

    def set_waiting(self, count: int, *, offline: bool = False) -> None:
        """Tell how many messages wait for the connection, and whether it is gone."""
        self._waiting = count
        self._offline = offline
        self._show_lines()

    def set_typing(self, sentence: str) -> None:
        """Tell who else is writing; an empty sentence tells of nobody."""
        if sentence != self._others:
            self._others = sentence
            self._show_lines()

    def slow_down(self, seconds: float) -> None:
        """Say that the room takes messages more slowly; it goes by itself."""
        self._slowed.start(max(seconds, SLOWED_AT_LEAST))
        self._show_lines()

    def set_closed(self, closed: bool) -> None:
        """Let nothing be sent where nothing can arrive; what was written stays."""
        self._closed = closed
        self.edit.setReadOnly(closed)
        self.emoji.setEnabled(not closed)
        self._show_whom()
        self._show_lines()

    def refuse(self, reason: str) -> None:
        """Say why the text was not sent, and keep it."""
        self._refusal = reason
        self._show_lines()

    def clear(self) -> None:
        """Begin anew: what was written is on its way."""
        self.edit.clear()

    def insert(self, text: str) -> None:
        """Put something in where the cursor is, as if it had been typed."""
        if not self._closed and not self._barred:
            self.edit.insertPlainText(text)
            self.edit.ensureCursorVisible()

    def replace(self, text: str) -> None:
        """Put something in the place of all that is written, as if it had been typed."""
        self.edit.selectAll()
        self.insert(text)

    def describe(self, text: str) -> None:
        """Tell a screen reader something of the text, before what the line under the box says."""
        self._described = text
        self._show_description()

    @property
    def written(self) -> dict[bytes, str]:
        """All that is written and not sent, by the device that it is for; empty for everyone."""
        return {**self._drafts, self.private: self.edit.toPlainText()}

    def take_over(self, written: dict[bytes, str], private: bytes, nick: str) -> None:
        """Go on with what was `written` in another composer of the room, and to whom."""
        self.restore(written.get(b"", ""))
        self._drafts = {device: text for device, text in written.items() if device}
        self.set_private(private, nick)

    @property
    def private_nick(self) -> str:
        """What the one who is written to is called; empty for everyone."""
        return self._nick

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_send(self) -> None:
        if self._closed or self._barred:
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
        if self._restoring:
            return
        if not self.private:
            # What is written to one alone is told to nobody, and kept nowhere; nor is a command,
            # which may hold such words.
            text = "" if slash_of(self.edit.toPlainText()) else self.edit.toPlainText()
            self.draft_changed.emit(text)
            self._tell_typing(writes=bool(text.strip()))
        self.edited.emit()

    def _tell_typing(self, *, writes: bool) -> None:
        # That one goes on writing is said at each change: it holds for some seconds only.
        if writes or self._writes:
            self._writes = writes
            self.typing_changed.emit(writes)

    @pyqtSlot()
    def _on_parts(self) -> None:
        if not self._closed and not self._barred:
            self.parts_requested.emit(parts_of(self.edit.toPlainText(), limits.MAX_TEXT))

    @pyqtSlot()
    def _on_emoji(self) -> None:
        if self.isVisible() and not self._closed and not self._barred:
            self.emoji_requested.emit()

    @pyqtSlot()
    def _on_escaped(self) -> None:
        if self.private:
            self._on_private_closed()

    @pyqtSlot()
    def _on_private_closed(self) -> None:
        self.set_private(b"")
        self.edit.setFocus()

    def _show_whom(self) -> None:
        """Say to whom one writes: in the empty box, to a screen reader, on the button."""
        name = tr("Message")
        text = tr("Message {room}", room=self._room) if self._room else name
        if self.private:
            text = tr("Message {name} privately", name=isolated(self._nick))
            name = tr("Private message to {name}", name=one_line(self._nick))
        if self._closed:
            text = tr("You are no longer in this room")
        self.edit.setPlaceholderText(text)
        self.edit.setAccessibleName(name)
        self.send.setAccessibleName(tr("Send privately") if self.private else tr("Send"))
        self._show_button()
        self.private_bar.setVisible(bool(self.private) and not self._barred)

    def _show_button(self) -> None:
        text = tr("Send privately") if self.private else tr("Send")
        self.send.setText("" if self.width() < _NARROW else text)

    @pyqtSlot()
    def _on_paste_refused(self) -> None:
        self.refuse(sentence(Refusal.TEXT_TOO_LONG))

    @pyqtSlot()
    def _on_focus_changed(self) -> None:
        self._box.focused = self.edit.hasFocus()
        self._box.update()
        if not self.edit.hasFocus():
            self._tell_typing(writes=False)

    @pyqtSlot()
    def _on_slowed_over(self) -> None:
        self._show_lines()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.edit.load_fonts()
        self._fit()

    def _show_lines(self) -> None:
        text = self.edit.toPlainText()
        too_long = len(text) > limits.MAX_TEXT
        self._show_note(text, too_long=too_long)
        self._show_hint(len(text))
        self._offer_parts(text, too_long=too_long)
        self._box.wrong = too_long or bool(self._refusal)
        self._box.update()
        blank = not text.strip()
        self.send.setEnabled(not blank and not self._closed)
        why = sentence(Refusal.TEXT_EMPTY) if blank else ""
        if self._closed:
            why = tr("You are no longer in this room")
        usual = tr("Send privately (Enter)") if self.private else tr("Send (Enter)")
        self.send.setToolTip(plain_tooltip(why or usual))

    def _show_note(self, text: str, *, too_long: bool) -> None:
        line = self.line
        kept = self._offline and bool(text.strip()) and slash_of(text) is None
        if self._refusal or too_long:
            line.say(self._refusal or sentence(Refusal.TEXT_TOO_LONG), Role.DANGER)
        elif self._slowed.is_running:
            line.say(
                tr("You write faster than this room allows. Your messages go out in a moment."),
                Role.WARN,
            )
        elif kept or self._waiting:
            parts = [tr("Draft kept")] if kept else []
            if self._waiting:
                parts.append(tr("%n message(s) wait for the connection.", n=self._waiting))
            line.say(" · ".join(parts), kept=kept)
        else:
            line.say(self._others, typing=bool(self._others))
        self._show_description()

    def _show_description(self) -> None:
        # What others do is no description of what one writes oneself.
        note = "" if self.line.note == self._others else self.line.note
        self.edit.setAccessibleDescription(self._described or note)

    def _offer_parts(self, text: str, *, too_long: bool) -> None:
        count = 0
        fits = too_long and len(text) <= MOST_PARTS * limits.MAX_TEXT
        if fits and not self._closed and slash_of(text) is None:
            count = len(parts_of(text, limits.MAX_TEXT))
        self.line.offer_parts(count if count <= MOST_PARTS else 0)

    def _show_hint(self, length: int) -> None:
        hint = tr("Enter sends · Shift+Enter adds a line")
        if self.private:
            hint = tr("Enter sends privately · Esc writes to everyone again")
        if self.width() < _NARROW or self._barred:
            hint = ""
        if length >= COUNT_FROM:
            number = locale().toString
            hint = tr("{count} of {limit}", count=number(length), limit=number(limits.MAX_TEXT))
        too_long = length > limits.MAX_TEXT
        self.line.set_hint(hint, Role.DANGER if too_long else Role.TEXT_FAINT)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Wrap anew, and in a narrow window leave the button its icon only."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._show_button()
        margins = 8 if narrow else 16
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margins, 8, margins, 6)
        self._show_lines()
        self._fit()

    def _fit(self) -> None:
        self._box.setFixedHeight(max(_LEAST, self.edit.fit() + 22))

    def minimumSizeHint(self) -> QSize:
        """Return room for one line."""
        return QSize(200, super().minimumSizeHint().height())
