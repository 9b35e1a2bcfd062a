"""The small raised bar over a message: what can be done with it, by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.ui.chat.timeline.react_menu import QUICK
from app.ui.emoji.roving import EmojiButton
from app.ui.shortcuts import Command, native_keys
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton


@dataclass(frozen=True)
class Allowed:
    """What may be done with one message: try it again and give it up, delete, answer, edit it."""

    failed: bool = False
    deletable: bool = False
    answerable: bool = False
    editable: bool = False


class QuickButton(EmojiButton):
    """A button with an emoji to put to the message, or to take back.

    Signals:
        chosen(str): it was pressed; its emoji.
    """

    chosen = pyqtSignal(str)

    def __init__(self, theme: Theme, emoji: str, parent: QWidget) -> None:
        super().__init__(theme, emoji, tr("React with {emoji}", emoji=emoji), parent)
        self._emoji = emoji
        self.clicked.connect(self._on_clicked)

    @pyqtSlot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._emoji)


class MessageBar(QFrame):
    """Stands over the row that it was offered for.

    It is one stop of the Tab key; the arrow keys go from button to button.

    Signals:
        keyboard_left(): none of its buttons has the focus any more.
        copy_requested(int), retry_requested(int), discard_requested(int), reply_requested(int),
            edit_requested(int), menu_requested(int): for that row.
        react_requested(int, str): put that emoji to the message of that row, or take it back; with
            an empty one let the person choose.
    """

    keyboard_left = pyqtSignal()
    copy_requested = pyqtSignal(int)
    retry_requested = pyqtSignal(int)
    discard_requested = pyqtSignal(int)
    reply_requested = pyqtSignal(int)
    edit_requested = pyqtSignal(int)
    menu_requested = pyqtSignal(int)
    react_requested = pyqtSignal(int, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = -1
        self.setProperty("card", True)
        self.setObjectName("messageBar")
        self._quick = [QuickButton(theme, emoji, self) for emoji in QUICK]
        self._react = self._button(theme, Icon.EMOJI_ADD, tr("React…"), Command.REACT)
        self._reply = self._button(theme, Icon.REPLY, tr("Reply"), Command.REPLY)
        self._edit = self._button(theme, Icon.EDIT, tr("Edit"), Command.EDIT_MESSAGE)
        self._retry = self._button(theme, Icon.REFRESH, tr("Try again"))
        self._discard = self._button(theme, Icon.TRASH, tr("Delete"))
        self._copy = self._button(theme, Icon.COPY, tr("Copy message"), Command.COPY)
        self._more = self._button(theme, Icon.MORE, tr("More"), Command.MENU)
        self._buttons: list[QToolButton] = [
            *self._quick,
            self._react,
            self._reply,
            self._edit,
            self._retry,
            self._copy,
            self._discard,
            self._more,
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 2, 1)
        row.setSpacing(0)
        for button in self._buttons:
            button.setFixedSize(30, 28)
            row.addWidget(button)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.installEventFilter(self)
        for quick in self._quick:
            quick.chosen.connect(self._on_quick)
        self._react.clicked.connect(self._on_react)
        self._reply.clicked.connect(self._on_reply)
        self._edit.clicked.connect(self._on_edit)
        self._retry.clicked.connect(self._on_retry)
        self._discard.clicked.connect(self._on_discard)
        self._copy.clicked.connect(self._on_copy)
        self._more.clicked.connect(self._on_more)

    def _button(
        self, theme: Theme, icon: Icon, name: str, command: Command | None = None
    ) -> IconButton:
        keys = native_keys(command)[0] if command else None
        return IconButton(theme, icon, name, shortcut=keys, size=18, parent=self)

    def offer(self, row: int, allowed: Allowed, *, narrow: bool = False) -> None:
        """Stand for `row`, where that much may be done; `narrow` leaves to the menu what it has."""
        self.row = row
        for quick in self._quick:
            quick.setVisible(allowed.answerable and not narrow)
        self._react.setVisible(allowed.answerable)
        self._reply.setVisible(allowed.answerable)
        self._edit.setVisible(allowed.editable and not narrow)
        self._retry.setVisible(allowed.failed)
        self._copy.setVisible(not (narrow and allowed.answerable))
        self._discard.setVisible(allowed.failed or (allowed.deletable and not narrow))
        self._discard.set_name(tr("Delete") if allowed.failed else tr("Delete for everyone"))
        if not self.has_keyboard():
            stops = (self._retry, self._copy, self._reply, self._more)
            first = next(button for button in stops if button.isVisibleTo(self))
            for button in self._buttons:
                stop = button is first
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)
        self.adjustSize()

    @property
    def more_button(self) -> QWidget:
        """The button that the menu hangs under."""
        return self._more

    def has_keyboard(self) -> bool:
        """Tell whether one of the buttons has the focus."""
        return any(button.hasFocus() for button in self._buttons)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Notice when the keyboard leaves; go from button to button."""
        if event is not None and event.type() == QEvent.Type.FocusOut and not self.has_keyboard():
            self.keyboard_left.emit()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = steps.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._go(step)
                return True
        return super().eventFilter(watched, event)

    def _shown(self) -> list[QToolButton]:
        return [button for button in self._buttons if button.isVisibleTo(self)]

    def _go(self, step: int) -> None:
        shown = self._shown()
        at = next((place for place, button in enumerate(shown) if button.hasFocus()), 0)
        shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    @pyqtSlot(str)
    def _on_quick(self, emoji: str) -> None:
        self.react_requested.emit(self.row, emoji)

    @pyqtSlot()
    def _on_react(self) -> None:
        self.react_requested.emit(self.row, "")

    @pyqtSlot()
    def _on_reply(self) -> None:
        self.reply_requested.emit(self.row)

    @pyqtSlot()
    def _on_edit(self) -> None:
        self.edit_requested.emit(self.row)

    @pyqtSlot()
    def _on_more(self) -> None:
        self.menu_requested.emit(self.row)

    @pyqtSlot()
    def _on_copy(self) -> None:
        self.copy_requested.emit(self.row)

    @pyqtSlot()
    def _on_retry(self) -> None:
        self.retry_requested.emit(self.row)

    @pyqtSlot()
    def _on_discard(self) -> None:
        self.discard_requested.emit(self.row)
