"""The bans that hold, each with a button that lifts it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.protocol.messages import Ban
from app.support.clock import Clock
from app.ui.chat import times
from app.ui.chat.names import isolated, one_line
from app.ui.texts import tr
from app.ui.theme.avatar import initials
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, plain_button
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import AvatarLabel


class BanList(QScrollArea):
    """Shows what `show_bans` was given last.

    Signals:
        lift_requested(object): lift the ban of that number.
    """

    lift_requested = pyqtSignal(object)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
        *,
        colour_of: Callable[[bytes], int],
    ) -> None:
        """`colour_of` tells which colour whoever has a device chose."""
        super().__init__(parent)
        self._colour_of = colour_of
        self._theme = theme
        self._clock = clock
        self.buttons: dict[int, Button] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Bans"))

    def show_bans(self, bans: tuple[Ban, ...]) -> None:
        """Show these, newest first; the keyboard stays about where it was."""
        numbers = list(self.buttons)
        focused = next((place for place, n in enumerate(numbers) if self.buttons[n].hasFocus()), -1)
        self.buttons = {}
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 12, 12)
        column.setSpacing(12)
        for ban in bans:
            column.addLayout(self._row(ban, content))
        column.addStretch(1)
        self.setWidget(content)
        # A scroll area paints the window's colour behind what it holds; the panel is the ground.
        content.setAutoFillBackground(False)
        port = self.viewport()
        if port is not None:
            port.setAutoFillBackground(False)
        left = list(self.buttons.values())
        if focused >= 0 and left:
            left[min(focused, len(left) - 1)].setFocus()

    def _row(self, ban: Ban, content: QWidget) -> QHBoxLayout:
        name = one_line(ban.nick)
        title = PlainLabel(self._theme, name, Step.BODY, elide=True, parent=content)
        when = times.day_and_time(ban.at, self._clock.now())
        told = tr("By {name}, {time}", name=isolated(ban.by), time=when)
        if ban.address:
            address = isolated(ban.address)
            where = (
                tr("text guests from {address}", address=address)
                if ban.guest
                else tr("also the address {address}", address=address)
            )
            told = f"{told} · {where}"
        note = PlainLabel(
            self._theme, told, Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=content
        )
        lift = plain_button(self._theme, tr("Lift"), parent=content)
        lift.setAccessibleName(tr("Lift the ban of {name}", name=name))
        lift.setAccessibleDescription(told)
        self._group.addButton(lift)
        self.buttons[ban.number] = lift
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(title)
        texts.addWidget(note)
        row = QHBoxLayout()
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        colour = self._colour_of(ban.device)
        avatar = AvatarLabel(
            self._theme, initials(name), ban.device, 28, colour=colour, parent=content
        )
        row.addWidget(avatar, 0, top)
        row.addLayout(texts, 1)
        row.addWidget(lift, 0, top)
        return row

    @pyqtSlot(QAbstractButton)
    def _on_clicked(self, clicked: QAbstractButton) -> None:
        for number, button in self.buttons.items():
            if button is clicked:
                # Until the host answers, once is enough.
                button.setEnabled(False)
                self.lift_requested.emit(number)
