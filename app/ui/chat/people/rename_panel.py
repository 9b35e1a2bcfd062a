"""Where one changes one's own nickname."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.protocol.errors import Refusal
from app.session.room_session import RoomSession
from app.ui.chat.names import isolated
from app.ui.sentences import sentence
from app.ui.start.checks import nickname_problem
from app.ui.texts import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import main_button
from app.ui.widgets.fields import Field

WIDTH = 360

NICKNAME_REFUSALS = frozenset(
    {
        Refusal.NICKNAME_EMPTY,
        Refusal.NICKNAME_TOO_LONG,
        Refusal.NICKNAME_NOT_ALLOWED,
        Refusal.NICKNAME_TAKEN,
    }
)


class RenamePanel(QWidget):
    """The content of the popover: a field, and Save. What the host refuses is said at the field.

    Signals:
        done(): the nickname is another now, or need not be.
    """

    done = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before = session.nickname
        self._asked = ""
        self.field = Field(theme, tr("Your nickname in this room"), text=self._before, parent=self)
        self.save = main_button(theme, tr("Save"), small=True, parent=self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.setFocusProxy(self.field)
        self.field.edit.selectAll()
        self.field.edited.connect(self._on_edited)
        self.field.submitted.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        session.refused.connect(self._on_refused)
        session.info_changed.connect(self._on_session_changed)
        session.roster.changed.connect(self._on_roster_changed)

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        self.field.set_error(nickname_problem(text) if text.strip() else "")

    @pyqtSlot()
    def _on_save(self) -> None:
        nick = self.field.text.strip()
        problem = nickname_problem(nick)
        if problem:
            self.field.set_error(problem)
        elif nick == self._session.nickname:
            self.done.emit()
        else:
            self._asked = nick
            self._session.moderation.rename(nick)

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        if self._asked and not cid and code in NICKNAME_REFUSALS:
            self.field.set_error(sentence(code, nick=isolated(self._asked)))
            self.field.edit.setFocus()
            self._asked = ""

    @pyqtSlot()
    def _on_session_changed(self) -> None:
        if self._asked and self._session.nickname != self._before:
            self._asked = ""
            self.done.emit()

    @pyqtSlot(tuple)
    def _on_roster_changed(self, _numbers: tuple[int, ...]) -> None:
        self._on_session_changed()
