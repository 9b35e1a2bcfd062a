"""Offers what the word at the cursor may become, and puts it in only when it was chosen."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent, QTextCursor
from PyQt6.QtWidgets import QWidget

from app.ui.chat.composer.commands import Commands
from app.ui.chat.composer.completion_list import CompletionList
from app.ui.chat.composer.completion_offers import Offer, Offers
from app.ui.chat.composer.completion_words import Kind, Word, word_at
from app.ui.chat.composer.composer import Composer
from app.ui.chat.search.hits import utf16
from app.ui.texts import tr
from app.ui.theme.theme import Theme

_ABOVE = 4
_FROM_TOP = 8
_LEAST_HEIGHT = 60
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Completion(QObject):
    """Watches what is written in a `Composer`, and shows a `CompletionList` over it.

    Up and Down choose a row; Enter and Tab put it in if one was chosen, and mean what they always
    mean if none was. Escape closes the list, which stays closed for that word. Nothing is shown
    while an input method composes.

    Signals:
        emoji_used(str): this emoji was put in.
    """

    emoji_used = pyqtSignal(str)

    def __init__(
        self,
        composer: Composer,
        commands: Commands,
        offers: Offers,
        theme: Theme,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._composer = composer
        self._edit = composer.edit
        self._commands = commands
        self._offers = offers
        self._page = page
        self._word: Word | None = None
        self._refused: tuple[int, int] | None = None
        self._revision = 0
        self.popup = CompletionList(theme, page)
        self._edit.installEventFilter(self)
        composer.installEventFilter(self)
        composer.edited.connect(self._on_edited)
        composer.private_changed.connect(self._on_elsewhere)
        composer.editing_changed.connect(self._on_elsewhere)
        self._edit.cursorPositionChanged.connect(self._on_cursor_moved)
        self._edit.focus_changed.connect(self._on_focus_changed)
        self.popup.clicked.connect(self._on_clicked)

    @property
    def is_open(self) -> bool:
        """Whether something is offered."""
        return not self.popup.isHidden()

    @property
    def offered(self) -> list[Offer]:
        """What is offered now."""
        return list(self.popup.model.offers) if self.is_open else []

    def close(self) -> None:
        """Offer nothing more for now."""
        if self.is_open:
            self.popup.hide()
            self._word = None
            self._composer.describe("")

    # --- what is typed --------------------------------------------------------------------------

    @pyqtSlot()
    def _on_edited(self) -> None:
        self._revision = self._revision_now()
        self._look()

    @pyqtSlot()
    def _on_cursor_moved(self) -> None:
        # Moving into a word is no question; moving out of one ends it. A key that changes the text
        # moves the cursor first, and is looked at once.
        moved_alone = self._revision_now() == self._revision
        if self.is_open and moved_alone and self._word_at_cursor() != self._word:
            self._look()

    @pyqtSlot()
    def _on_focus_changed(self) -> None:
        if not self._edit.hasFocus():
            self.close()

    @pyqtSlot()
    def _on_elsewhere(self) -> None:
        self._refused = None
        self.close()

    def _revision_now(self) -> int:
        document = self._edit.document()
        return 0 if document is None else document.revision()

    def _look(self) -> None:
        word = self._word_at_cursor()
        offers = self._offers.of(word) if word is not None else []
        if word is not None and word.kind is Kind.NICKNAME and not offers:
            # The name is done; what follows it is a text like any other.
            word = self._word_at_cursor(commands=False)
            offers = self._offers.of(word) if word is not None else []
        cursor = self._edit.textCursor()
        if word is None and self._refused is not None:
            if cursor.positionInBlock() <= self._refused[1]:
                # That word is deleted; another may come in its place.
                self._refused = None
        elif word is not None and self._refused != (cursor.blockNumber(), word.start):
            self._refused = None
        if word is None or self._refused is not None or not offers:
            self.close()
            return
        self._word = word
        self.popup.show_offers(offers)
        self._place()
        self.popup.show()
        self.popup.raise_()
        self._composer.describe(
            tr("%n suggestion(s). Up and Down choose, Escape closes.", n=len(offers))
        )

    def _word_at_cursor(self, *, commands: bool = True) -> Word | None:
        cursor = self._edit.textCursor()
        if self._edit.is_composing or cursor.hasSelection() or not self._edit.hasFocus():
            return None
        # What is edited is a message, whatever it begins with.
        first = commands and cursor.blockNumber() == 0 and not self._composer.editing
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        return word_at(cursor.selectedText(), first=first, takes_nick=self._commands.takes_nick)

    # --- choosing -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take the keys that are the list's while it is open, and go along with the composer."""
        if event is None:
            return False
        kind = event.type()
        if watched is self._edit and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.is_open and not self._edit.is_composing and self._take(event)
        if watched is self._composer and self.is_open:
            if kind in {QEvent.Type.Resize, QEvent.Type.Move}:
                self._place()
            elif kind == QEvent.Type.Hide:
                self.close()
        return False

    def _take(self, event: QKeyEvent) -> bool:
        if event.modifiers() not in _PLAIN:
            return False
        key, steps = event.key(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key == Qt.Key.Key_Escape:
            if self._word is not None:
                self._refused = (self._edit.textCursor().blockNumber(), self._word.start)
            self.close()
            return True
        if key in steps:
            self.popup.choose(steps[Qt.Key(key)])
            self._composer.describe(self.popup.model.offers[self.popup.row].spoken)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab} and self.popup.row >= 0:
            self._accept(self.popup.row)
            return True
        return False

    @pyqtSlot(int)
    def _on_clicked(self, row: int) -> None:
        self._accept(row)

    def _accept(self, row: int) -> None:
        word = self._word
        if word is None or not 0 <= row < len(self.popup.model.offers):
            return
        offer = self.popup.model.offers[row]
        # Closed first: what is put in may be a word with offers of its own.
        self.close()
        cursor = self._edit.textCursor()
        place = cursor.position()
        cursor.setPosition(place - utf16(word.text, len(word.text)))
        cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
        document = self._edit.document()
        following = document.characterAt(place) if document is not None else ""
        space = " " if offer.spaced and following != " " else ""
        cursor.insertText(offer.insert + space)
        if offer.spaced and not space:
            cursor.movePosition(QTextCursor.MoveOperation.Right)
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()
        if offer.emoji:
            self.emoji_used.emit(offer.emoji)

    # --- where it stands ------------------------------------------------------------------------

    def _place(self) -> None:
        box = self._edit.parentWidget() or self._composer
        left = box.mapTo(self._page, QPoint(0, 0)).x()
        bottom = self._composer.mapTo(self._page, QPoint(0, 0)).y() + _ABOVE
        height = max(_LEAST_HEIGHT, bottom - _FROM_TOP)
        rtl = self._page.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.popup.place(QRect(left, bottom - height, box.width(), height), at_right=rtl)
