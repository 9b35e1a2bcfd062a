"""The rooms that this computer keeps something of, each with a deliberate way to delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.names import isolated, one_line
from app.ui.rail.times import day_in_passing
from app.ui.texts import locale, tr
from app.ui.theme.avatar import tile_text
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.beside import Beside
from app.ui.widgets.buttons import danger_button, plain_button
from app.ui.widgets.fields import Problem
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import AvatarLabel

if TYPE_CHECKING:
    from app.session.store_kept import KeptRoom
    from app.ui.settings.kept import Kept
    from app.ui.theme.theme import Theme


class KeptList(QWidget):
    """One row a room; `show_rooms` reads anew."""

    def __init__(self, theme: Theme, kept: Kept, now: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kept = kept
        self._now = now
        self.rows: list[KeptRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.nothing = PlainLabel(
            theme,
            tr(
                "Nothing yet. What is said in a room is kept here, to be read without a connection too."
            ),
            Step.SMALL,
            Role.TEXT_SECOND,
            wrap=True,
            parent=self,
        )
        self._column.addWidget(self.nothing)
        self.show_rooms()

    def show_rooms(self) -> None:
        """Show what is kept now."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for number, room in enumerate(self._kept.rooms()):
            row = KeptRow(self._theme, self._kept, room, self._now, self, first=number == 0)
            row.deleted.connect(self._on_deleted)
            self._column.addWidget(row)
            self.rows.append(row)
        self.nothing.setVisible(not self.rows)

    @pyqtSlot()
    def _on_deleted(self) -> None:
        self.show_rooms()
        # The row that had the keyboard is gone.
        if self.rows:
            self.rows[0].ask.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextPrevChild(True)


class KeptRow(QWidget):
    """A room, its size, and Delete; after a first press, what that means and the second one.

    Signals:
        deleted(): nothing is kept of the room any more.
    """

    deleted = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        kept: Kept,
        room: KeptRoom,
        now: float,
        parent: QWidget,
        *,
        first: bool,
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self._room = room
        name = one_line(room.name) or tr("A room without a name")
        size = locale().formattedDataSize(
            room.size, 1, locale().DataSizeFormat.DataSizeTraditionalFormat
        )
        day = day_in_passing(room.at, now)
        line = QFrame(self)
        line.setFixedHeight(1)
        line.setProperty("surface", Role.SURFACE_RAISED.value if first else Role.LINE.value)
        self.ask = plain_button(theme, tr("Delete…"), parent=self)
        self.ask.setAccessibleName(tr("Delete what is kept of {room}", room=isolated(name)))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(
            PlainLabel(theme, name, weight=QFont.Weight.DemiBold, elide=True, parent=self)
        )
        texts.addWidget(
            PlainLabel(
                theme,
                tr("{size} · {day}", size=size, day=day),
                Step.SMALL,
                Role.TEXT_SECOND,
                elide=True,
                parent=self,
            )
        )
        head = QHBoxLayout()
        head.setContentsMargins(0, 8, 0, 8)
        head.setSpacing(12)
        head.addWidget(
            AvatarLabel(theme, tile_text(name), room.name.encode(), 36, room=True, parent=self)
        )
        head.addLayout(texts, 1)
        head.addWidget(self.ask)
        self.question = PlainLabel(
            theme, self._what(name), Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self
        )
        self.keep = plain_button(theme, tr("Keep it"), parent=self)
        self.confirm = danger_button(theme, tr("Delete for good"), parent=self)
        self._problem = Problem(theme, self)
        self._answers = Beside(8, self, trailing=True)
        self._answers.setContentsMargins(0, 6, 0, 10)
        self._answers.add(self.keep)
        self._answers.add(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(head)
        column.addWidget(self.question)
        column.addWidget(self._problem)
        column.addWidget(self._answers)
        self.keep.setAccessibleDescription(self.question.full_text)
        self._set_asking(False)
        self.ask.clicked.connect(self._on_ask)
        self.keep.clicked.connect(self._on_keep)
        self.confirm.clicked.connect(self._on_confirm)

    @property
    def problem(self) -> str:
        """Why it was not deleted, or nothing."""
        return self._problem.sentence

    def _what(self, name: str) -> str:
        what = tr(
            "Messages, private messages, what you were writing and what was not sent yet of "
            "{room} go from this computer, for good. Others keep what they have.",
            room=isolated(name),
        )
        if self._kept.is_open(self._room.fingerprint):
            return f"{what} {tr('The room stays open; until you join it again, nothing is kept.')}"
        return what

    def _set_asking(self, asking: bool) -> None:
        self.question.setVisible(asking)
        self._answers.setVisible(asking)
        self.ask.setVisible(not asking)

    @pyqtSlot()
    def _on_ask(self) -> None:
        self._set_asking(True)
        # A second press of the same key must not decide.
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_keep(self) -> None:
        self._set_asking(False)
        self._problem.show_sentence("")
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_confirm(self) -> None:
        problem = self._kept.delete(self._room.fingerprint)
        if problem:
            self._problem.show_sentence(problem)
            return
        self.deleted.emit()
