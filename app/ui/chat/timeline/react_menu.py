"""The menu to put an emoji to a message, or to take one's own back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu

from app.ui.chat.names import menu_text
from app.ui.chat.timeline.reactions import who
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.session.timeline import MessageEntry
    from app.ui.chat.timeline.message_deeds import MessageDeeds

QUICK = ("👍", "❤️", "😂")
"""Offered at once; always the same ones, so that a hand finds them."""

_NAMED = 3


class ReactMenu(QMenu):
    """Offers what stands at `entry` already, with who put it there, then the quick ones, then all."""

    def __init__(self, entry: MessageEntry, deeds: MessageDeeds, parent: QMenu) -> None:
        super().__init__(tr("React"), parent)
        self._entry = entry
        self._deeds = deeds
        self._emoji: dict[QAction, str] = {}
        standing = {one.emoji for one in entry.reactions}
        for one in entry.reactions:
            names = menu_text(who(one, _NAMED))
            self._offer(f"{one.emoji}  {names}", one.emoji, mine=one.mine)
        if standing:
            self.addSeparator()
        for emoji in QUICK:
            if emoji not in standing:
                self._offer(emoji, emoji, mine=False)
        self.addAction(QAction(tr("More…"), self))
        self.triggered.connect(self._on_triggered)

    def _offer(self, text: str, emoji: str, *, mine: bool) -> None:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setChecked(mine)
        self._emoji[action] = emoji
        self.addAction(action)

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._deeds.use_chip(self._entry, self._emoji.get(action, ""))
