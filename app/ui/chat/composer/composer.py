"""Where one writes: grows with the text, sends with Enter, never loses what was written."""

from __future__ import annotations

from typing import NamedTuple

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QTextCursor
from PyQt6.QtWidgets import QWidget

from app.protocol import limits
from app.support.clock import Clock
from app.ui.chat.composer.frame import ComposerFrame
from app.ui.chat.composer.note import too_long_for
from app.ui.chat.composer.parts import parts_of
from app.ui.chat.composer.purpose import Purpose
from app.ui.chat.composer.slash import escaped, slash_of
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme


class _Edit(NamedTuple):
    """The message that is edited: its text as the box began with it, and to whom one wrote before."""

    seq: int
    unedited: str
    private: bytes
    nick: str


class Composer(ComposerFrame):
    """The box to write in, its Send button, bars over it, and a line of hints under it.

    What is written to one person alone, to everyone, and as another text of a message are texts of
    their own: none is ever in the box when another would be sent. Only what is for everyone is a
    draft to be kept; the others are in memory alone.

    Signals:
        send_requested(str): this is to be sent, to everyone or to `private`; `clear()` once it is
            on its way, or `refuse()`.
        save_requested(str): this is to be the text of the message `editing`, nothing: it is to go;
            `end_edit()` once it is so, or `refuse()`.
        last_requested(): the latest message of one's own is to be edited.
        answer_dropped(): no message is answered any more, after `show_answer`.
        draft_changed(str): what is written to everyone, but not sent, is this now.
        typing_changed(bool): the person is writing to everyone (at each change), or no more.
        private_changed(): `private` is another.
        editing_changed(): `editing` is another.
        edited(): the person changed the text, or it was cleared; not told of a text put back.
        parts_requested(list[str]): the text is too long, and is to be sent as these messages.
        file_requested(str): this text is to be sent as a file: it is too long for a message.
        emoji_requested(): an emoji is to be chosen.
    """

    send_requested = pyqtSignal(str)
    save_requested = pyqtSignal(str)
    last_requested = pyqtSignal()
    answer_dropped = pyqtSignal()
    draft_changed = pyqtSignal(str)
    typing_changed = pyqtSignal(bool)
    private_changed = pyqtSignal()
    editing_changed = pyqtSignal()
    edited = pyqtSignal()
    parts_requested = pyqtSignal(list)
    file_requested = pyqtSignal(str)
    emoji_requested = pyqtSignal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(theme, clock, parent)
        self._writes = False
        self._restoring = False
        self._drafts: dict[bytes, str] = {}
        self.private = b""
        """The one device that one writes to; empty for everyone."""
        self._edit: _Edit | None = None
        self._unfinished: dict[int, str] = {}
        """What edits that something else came between had got to."""
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.send_requested.connect(self._on_send)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.edit.paste_refused.connect(self._on_paste_refused)
        self.edit.escaped.connect(self._on_escaped)
        self.edit.emoji_requested.connect(self._on_emoji)
        self.edit.last_requested.connect(self._on_last)
        self.emoji.clicked.connect(self._on_emoji)
        self.line.parts.clicked.connect(self._on_parts)
        self.line.file.clicked.connect(self._on_file)
        for bar in (self.answer_bar, self.edit_bar, self.private_bar):
            bar.closed.connect(self._on_bar_closed)
        self.send.clicked.connect(self._on_send)
        self._show_words()
        self._show_lines()
        self._fit()

    # --- what the page says ---------------------------------------------------------------------

    def restore(self, draft: str) -> None:
        """Put in what was written at an earlier time; nobody is told, for nobody wrote it now."""
        self._restoring = True
        self.edit.setPlainText(draft)
        self._restoring = False
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def set_private(self, device: bytes, nick: str = "") -> None:
        """Write to that device alone from now on, or with no device to everyone; texts stay apart.

        An edit, and what is answered, end where there is a device.
        """
        self.end_edit(unfinished=True)
        if device == self.private:
            self.set_private_nick(nick)
            return
        if device:
            self._drop_answer()
        self._tell_typing(writes=False)
        self.edit.settle()
        self._drafts[self.private] = self.edit.toPlainText()
        self.private, self._nick = device, nick
        self._told.refusal = ""
        self._box.private = bool(device)
        self.setProperty("surface", (Role.PRIVATE if device else Role.SURFACE_BASE).value)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)
        self.private_bar.set_nick(nick)
        self.restore(self._drafts.pop(device, ""))
        self._show_words()
        self._show_lines()
        self._fit()
        self.private_changed.emit()

    def set_private_nick(self, nick: str) -> None:
        """Call the one who is written to by another nickname."""
        if self.private and nick != self._nick:
            self._nick = nick
            self.private_bar.set_nick(nick)
            self._show_words()

    def show_answer(self, title: str, line: str = "") -> None:
        """Say which message is answered by what is written to everyone; no title: none is."""
        self.answer_bar.say(title, line)
        self._show_words()

    def begin_edit(self, seq: int, text: str) -> None:
        """Let the person change `text`, that of the message `seq`; what is in the box comes back."""
        if seq == self.editing:
            return
        self.end_edit(unfinished=True)
        private, nick = self.private, self._nick
        self.set_private(b"")
        self._tell_typing(writes=False)
        self.edit.settle()
        self._drafts[b""] = self.edit.toPlainText()
        self._edit = _Edit(seq, "", private, nick)
        self.restore(text)
        # Not `text`: the box holds some signs otherwise, which is no change of the person's.
        self._edit = _Edit(seq, self.edit.toPlainText(), private, nick)
        if seq in self._unfinished:
            self.restore(self._unfinished.pop(seq))
        self._turn()

    def end_edit(self, *, unfinished: bool = False) -> None:
        """Put back what was in the box before; an `unfinished` edit goes on with the next of it."""
        edit = self._edit
        if edit is None:
            return
        if unfinished and self.is_changed:
            self._unfinished[edit.seq] = self.edit.toPlainText()
        self._edit = None
        self.restore(self._drafts.pop(b"", ""))
        self._turn()
        if edit.private:
            self.set_private(edit.private, edit.nick)

    def give_back(self, text: str) -> None:
        """Let a text whose message is gone be a draft for everyone, below what is there already."""
        self.set_private(b"")
        written = self.edit.toPlainText()
        self.restore(f"{written}\n\n{text}" if written.strip() else escaped(text))
        self.draft_changed.emit(self.edit.toPlainText())

    @property
    def editing(self) -> int:
        """The number of the message that is edited; 0 while none is."""
        return 0 if self._edit is None else self._edit.seq

    @property
    def is_changed(self) -> bool:
        """Whether the text of the message that is edited is another already."""
        return self._edit is not None and self.edit.toPlainText() != self._edit.unedited

    @property
    def purpose(self) -> Purpose:
        """What becomes of the text when it is sent."""
        if self._edit is not None:
            return Purpose.SAVE if self.edit.toPlainText().strip() else Purpose.DELETE
        return Purpose.WHISPER if self.private else Purpose.SEND

    def clear(self) -> None:
        """Begin anew: what was written is on its way."""
        self.edit.clear()

    def insert(self, text: str) -> None:
        """Put something in where the cursor is, as if it had been typed."""
        if self.takes_text:
            self.edit.insertPlainText(text)
            self.edit.ensureCursorVisible()

    def replace(self, text: str) -> None:
        """Put something in the place of all that is written, as if it had been typed."""
        self.edit.selectAll()
        self.insert(text)

    @property
    def written(self) -> dict[bytes, str]:
        """All that is written to be sent, by the device that it is for; empty for everyone."""
        if self._edit is not None:
            return dict(self._drafts)
        return {**self._drafts, self.private: self.edit.toPlainText()}

    def take_over(self, other: Composer) -> None:
        """Go on with all that is written in another composer of the room, and for whom."""
        texts, edit = other.written, other._edit
        self.restore(texts.pop(b"", ""))
        self._drafts, self._unfinished = texts, dict(other._unfinished)
        if edit is None:
            self.set_private(other.private, other.private_nick)
        else:
            self._unfinished[edit.seq] = other.edit.toPlainText()
            self.begin_edit(edit.seq, edit.unedited)
            self._edit = edit
        cursor = self.edit.textCursor()
        cursor.setPosition(other.edit.textCursor().position())
        self.edit.setTextCursor(cursor)

    @property
    def private_nick(self) -> str:
        """What the one who is written to is called; empty for everyone."""
        return self._nick

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_send(self) -> None:
        if not self.takes_text:
            return
        text, purpose = self.edit.toPlainText(), self.purpose
        if len(text) > limits.MAX_TEXT:
            self.refuse(too_long_for(purpose))
        elif self._edit is not None:
            self.save_requested.emit(text if purpose is Purpose.SAVE else "")
        elif text.strip():
            self.send_requested.emit(text)

    @pyqtSlot()
    def _on_text_changed(self) -> None:
        self._told.refusal = self._told.news = ""
        if self._edit is not None:
            self._show_words()
        self._show_lines()
        self._fit()
        if self._restoring:
            return
        if self.purpose is Purpose.SEND:
            # What is written to one alone, or as an edit, is told to nobody, and kept nowhere; nor
            # is a command, which may hold such words.
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
        if self.takes_text:
            self.parts_requested.emit(parts_of(self.edit.toPlainText(), limits.MAX_TEXT))

    @pyqtSlot()
    def _on_file(self) -> None:
        if self.takes_text:
            self.file_requested.emit(self.edit.toPlainText())

    @pyqtSlot()
    def _on_emoji(self) -> None:
        if self.isVisible() and self.takes_text:
            self.emoji_requested.emit()

    @pyqtSlot()
    def _on_last(self) -> None:
        if self.purpose is Purpose.SEND and self.takes_text:
            self.last_requested.emit()

    @pyqtSlot()
    def _on_escaped(self) -> None:
        """Go back by one: from the edit, from the answer, from the one to everyone."""
        if self._edit is not None:
            self.end_edit()
        elif self.answer_bar.title:
            self._drop_answer()
        else:
            self.set_private(b"")

    @pyqtSlot()
    def _on_bar_closed(self) -> None:
        self._on_escaped()
        self.edit.setFocus()

    def _drop_answer(self) -> None:
        if self.answer_bar.title:
            self.show_answer("")
            self.answer_dropped.emit()

    def _turn(self) -> None:
        """Show that an edit began, or ended."""
        self._show_words()
        self._show_lines()
        self._fit()
        self.editing_changed.emit()

    @pyqtSlot(str)
    def _on_paste_refused(self, text: str) -> None:
        if self.purpose is Purpose.SEND and self.takes_text:
            self.file_requested.emit(text)
        else:
            self.refuse(too_long_for(self.purpose))

    @pyqtSlot()
    def _on_focus_changed(self) -> None:
        self._box.focused = self.edit.hasFocus()
        self._box.update()
        if not self.edit.hasFocus():
            self._tell_typing(writes=False)
