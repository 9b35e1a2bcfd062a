"""What is announced of one room, in the room's own menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from PyQt6.QtCore import pyqtSlot
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QMenu, QWidget

from app.support.settings import NotifyLevel
from app.ui.notifications.quiet import QuietMenu
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.support.clock import Clock
    from app.ui.notifications.choices import NotifyChoices


def level_texts() -> dict[NotifyLevel, str]:
    """Return what each level is called."""
    return {
        "all": tr("All messages"),
        "mentions": tr("Mentions only"),
        "none": tr("None"),
    }


class RoomNotifyMenu(QMenu):
    """All, mentions, none, or as in the settings; and peace from all rooms."""

    def __init__(
        self, key: str, choices: NotifyChoices, clock: Clock, parent: QWidget | None = None
    ) -> None:
        """`key` is the room's `RoomSession.key`; while it is empty, nothing can be chosen for it."""
        super().__init__(tr("Notifications"), parent)
        self._key = key
        self._choices = choices
        group = QActionGroup(self)
        texts = level_texts()
        values = choices.values
        usual = tr("As in the settings: {level}", level=texts[values.notify])
        now = values.room_notify.get(key, "")
        for code, text in (("", usual), *texts.items()):
            action = cast("QAction", self.addAction(text))
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == now)
            action.setEnabled(bool(key))
            group.addAction(action)
        self.addSeparator()
        self.addMenu(QuietMenu(choices, clock, self))
        group.triggered.connect(self._on_triggered)

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        code = action.data()
        level = cast("NotifyLevel", code) if code in get_args(NotifyLevel) else None
        self._choices.set_room_level(self._key, level)
