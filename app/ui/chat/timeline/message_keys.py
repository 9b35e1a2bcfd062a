"""What keys do with the message that has the keyboard, or with those that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence

from app.ui.shortcuts import Command, combination

if TYPE_CHECKING:
    from app.ui.chat.timeline.message_deeds import MessageDeeds
    from app.ui.chat.timeline.model import TimelineModel
    from app.ui.chat.timeline.selecting import Selecting
    from app.ui.chat.timeline.view import TimelineView

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class MessageKeys(QObject):
    """Does what the table of shortcuts says; moving about is the view's. Owned by the view.

    Signals:
        back_requested(): go back to where one was before one went to an answered message.
    """

    back_requested = pyqtSignal()

    def __init__(
        self, view: TimelineView, model: TimelineModel, deeds: MessageDeeds, selecting: Selecting
    ) -> None:
        super().__init__(view)
        self._view = view
        self._rows = model
        self._deeds = deeds
        self._selecting = selecting
        self.can_go_back = False
        """Whether there is a place to go back to."""
        self._letters = {
            combination(Command.REPLY).toCombined(): deeds.reply,
            combination(Command.EDIT_MESSAGE).toCombined(): deeds.edit,
            combination(Command.REACT).toCombined(): deeds.react,
            combination(Command.ANSWERED).toCombined(): deeds.go_to_answered,
        }

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key is for; return whether it is for anything here."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            if not self._selecting.copy():
                self._deeds.copy_lines()
            return True
        if event.matches(QKeySequence.StandardKey.Undo):
            self._deeds.undo()
            return True
        letter = self._letters.get(event.keyCombination().toCombined())
        if letter is not None:
            letter()
            return True
        simple = {
            **dict.fromkeys(_ENTER, self._enter),
            Qt.Key.Key_Space: self._view.files.open_menu,
            Qt.Key.Key_Escape: self._leave,
            Qt.Key.Key_Delete: self._delete,
        }
        done = simple.get(Qt.Key(key)) if key in simple else None
        return done is not None and done()

    def _enter(self) -> bool:
        if self._deeds.is_gone:
            self._deeds.undo()
        elif self._rows.toggle_fold(self._view.currentIndex().row()):
            self._view.scrollTo(self._view.currentIndex())
        elif self._deeds.failed or self._deeds.unsaved:
            self._deeds.retry()
        else:
            return self._view.files.enter()
        return True

    def _leave(self) -> bool:
        if self._selecting.leave():
            return True
        if self.can_go_back:
            self.back_requested.emit()
        return self.can_go_back

    def _delete(self) -> bool:
        if self._deeds.failed or self._deeds.unsaved:
            self._deeds.discard()
        elif self._deeds.deletable:
            self._deeds.delete()
        else:
            return False
        return True
