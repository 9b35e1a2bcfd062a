"""The frame of the box that one writes in: what is seen, and said, around a text."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSlot
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.protocol import limits
from app.protocol.errors import Refusal
from app.support.clock import Clock
from app.ui.chat.attaching.attach_button import AttachButton
from app.ui.chat.composer.about_bar import AboutBar
from app.ui.chat.composer.box import ComposerBox
from app.ui.chat.composer.edit import ComposerEdit
from app.ui.chat.composer.line import BarredLine, ComposerLine
from app.ui.chat.composer.note import Told, count_of_parts, show_hint, tell
from app.ui.chat.composer.private_bar import PrivateBar
from app.ui.chat.composer.purpose import Purpose, words_of
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton, main_button
from app.ui.widgets.delay import Delay
from app.ui.widgets.labels import plain_tooltip

SLOWED_AT_LEAST = 4.0
"""Seconds for which it is said that the room slows one down: long enough to be read."""

EMOJI_KEYS = "Ctrl+E"

_NARROW = 520
_LEAST = 44


class ComposerFrame(QFrame):
    """The box with its buttons, the bars over it and the line under it, as `purpose` wants them.

    Knows whether one may write, not what is written.
    """

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told = Told()
        self._closed = False
        self._barred = ""
        self._room = ""
        self._nick = ""
        self._described = ""
        self._slowed = Delay(clock, self)
        self.setProperty("surface", Role.SURFACE_BASE.value)
        self.answer_bar = AboutBar(theme, Icon.REPLY, tr("Answer nobody"), self)
        self.edit_bar = AboutBar(theme, Icon.EDIT, tr("Leave it as it was"), self)
        self.edit_bar.say(tr("Editing your message"))
        self._box = ComposerBox(theme, self)
        self.attach = AttachButton(theme, self._box)
        self.edit = ComposerEdit(theme, self._box)
        self.emoji = IconButton(
            theme, Icon.EMOJI, tr("Insert an emoji"), shortcut=EMOJI_KEYS, parent=self._box
        )
        self.send = main_button(theme, tr("Send"), icon=Icon.SEND, small=True, parent=self._box)
        self.line = ComposerLine(theme, self)
        self.private_bar = PrivateBar(theme, self)
        self.barred = BarredLine(theme, self)
        self.barred.hide()
        self._words = words_of(Purpose.SEND, room="", nick="")
        self._lay_out()
        self._slowed.passed.connect(self._on_slowed_over)
        theme.changed.connect(self._on_theme_changed)

    def _lay_out(self) -> None:
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.setSpacing(8)
        inside.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self.emoji, 0, Qt.AlignmentFlag.AlignBottom)
        inside.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        # From the text back one comes to the messages, not to a button.
        self.setTabOrder(self.edit, self.attach)
        self.setTabOrder(self.attach, self.emoji)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(5)
        column.addWidget(self.answer_bar)
        column.addWidget(self.edit_bar)
        column.addWidget(self.private_bar)
        column.addWidget(self._box)
        column.addWidget(self.barred)
        column.addWidget(self.line)

    @property
    def purpose(self) -> Purpose:
        """What becomes of the text when it is sent."""
        raise NotImplementedError

    @property
    def takes_text(self) -> bool:
        """Whether one may write here at all."""
        return not self._closed and not self._barred

    # --- what the page says ---------------------------------------------------------------------

    def set_room(self, name: str) -> None:
        """Name the room that is written to."""
        self._room = name
        self._show_words()

    def set_barred(self, reason: str) -> None:
        """Say why one cannot write, in place of the box; an empty reason gives the box back.

        What was written stays.
        """
        self._barred = reason
        self.barred.say(reason, kept=bool(self.edit.toPlainText().strip()))
        self.barred.setVisible(bool(reason))
        self._box.setVisible(not reason)
        self._show_lines()
        self._show_bars()

    def set_waiting(self, count: int, *, offline: bool = False) -> None:
        """Tell how many messages wait for the connection, and whether it is gone."""
        self._told.waiting = count
        self._told.offline = offline
        self._show_lines()

    def set_typing(self, sentence: str) -> None:
        """Tell who else is writing; an empty sentence tells of nobody."""
        if sentence != self._told.others:
            self._told.others = sentence
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
        self._show_words()
        self._show_lines()

    def refuse(self, reason: str) -> None:
        """Say why the text was not sent, and keep it."""
        self._told.refusal = reason
        self._show_lines()

    def tell(self, news: str) -> None:
        """Say what became of a text, until the person goes on writing."""
        self._told.news = news
        self._show_lines()

    def describe(self, text: str) -> None:
        """Tell a screen reader something of the text, before what the line under the box says."""
        self._described = text
        self._show_description()

    # --- parts ----------------------------------------------------------------------------------

    def _show_words(self) -> None:
        """Say what the text is for: in the empty box, to a screen reader, on the button."""
        words = self._words = words_of(self.purpose, room=self._room, nick=self._nick)
        closed = tr("You are no longer in this room")
        self.edit.setPlaceholderText(closed if self._closed else words.placeholder)
        answers = self.answer_bar.title if self.purpose is Purpose.SEND else ""
        self.edit.setAccessibleName(answers or words.name)
        self.send.setAccessibleName(words.button)
        if self.send.property("kind") != words.kind:
            self.send.set_kind(words.kind)
        self.send.set_icon(words.icon)
        self._show_button()
        self._show_bars()

    def _show_bars(self) -> None:
        writes, purpose = not self._barred, self.purpose
        answers = purpose is Purpose.SEND and bool(self.answer_bar.title)
        self.edit_bar.setVisible(writes and purpose in {Purpose.SAVE, Purpose.DELETE})
        self.answer_bar.setVisible(writes and answers)
        self.private_bar.setVisible(writes and purpose is Purpose.WHISPER)

    def _show_button(self) -> None:
        self.send.setText("" if self.width() < _NARROW else self._words.button)

    def _show_lines(self) -> None:
        text, purpose = self.edit.toPlainText(), self.purpose
        self._told.slowed = self._slowed.is_running
        tell(self.line, self._told, text, purpose)
        self._show_description()
        hides = self.width() < _NARROW or bool(self._barred)
        show_hint(self.line, "" if hides else self._words.hint, len(text))
        self.line.offer_parts(0 if self._closed else count_of_parts(text, purpose))
        too_long = len(text) > limits.MAX_TEXT
        self.line.offer_file(offered=too_long and self.takes_text and purpose is Purpose.SEND)
        self._box.wrong = len(text) > limits.MAX_TEXT or bool(self._told.refusal)
        self._box.update()
        blank = not text.strip() and purpose is not Purpose.DELETE
        self.send.setEnabled(not blank and not self._closed)
        why = sentence(Refusal.TEXT_EMPTY) if blank else ""
        if self._closed:
            why = tr("You are no longer in this room")
        self.send.setToolTip(plain_tooltip(why or self._words.tooltip))

    def _show_description(self) -> None:
        # What others do is no description of what one writes oneself.
        note = "" if self.line.note == self._told.others else self.line.note
        self.edit.setAccessibleDescription(self._described or note)

    @pyqtSlot()
    def _on_slowed_over(self) -> None:
        self._show_lines()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.edit.load_fonts()
        self._fit()

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
