"""Where the host says how much the room takes in files, and sees how much there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.support.sizes import parse_size
from app.ui.files.sizes import human_size
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import main_button
from app.ui.widgets.fields import Field
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.room.files.quotas import FilesUse, Quotas
    from app.ui.theme.theme import Theme

WIDTH = 400


class FileLimitsPanel(QWidget):
    """The content of the popover: how it is now, three sizes, and what frees space.

    Signals:
        chosen(object): let the room take as much: a `Quotas`.
    """

    chosen = pyqtSignal(object)

    def __init__(
        self, quotas: Quotas, use: FilesUse | None, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """Without `use` it is not said what there is: the disk did not tell."""
        super().__init__(parent)
        self._quotas = quotas
        self.now = PlainLabel(
            theme, _now(quotas, use), Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self
        )
        self.now.setVisible(use is not None)
        none = tr("0: no files at all")
        self.fields = {
            "file": Field(theme, tr("Largest file"), remark=none, parent=self),
            "room": Field(theme, tr("All files together"), parent=self),
            "keep_free": Field(theme, tr("Always leave free on this computer"), parent=self),
        }
        self._shown: dict[str, str] = {}
        self.note = PlainLabel(
            theme,
            tr(
                "It holds for files that are sent from now on. To free space, delete messages: "
                "their files go with them."
            ),
            Step.SMALL,
            Role.TEXT_SECOND,
            wrap=True,
            parent=self,
        )
        self.save = main_button(theme, tr("Save"), small=True, parent=self)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(10)
        column.addWidget(
            PlainLabel(
                theme, tr("Space for files"), Step.BODY, weight=QFont.Weight.DemiBold, parent=self
            )
        )
        column.addWidget(self.now)
        for name, field in self.fields.items():
            self._shown[name] = human_size(getattr(quotas, name)) if getattr(quotas, name) else "0"
            field.set_text(self._shown[name])
            field.edit.setMaxLength(32)
            column.addWidget(field)
            field.edited.connect(self._on_edited)
            field.submitted.connect(self._on_save)
        column.addWidget(self.note)
        column.addLayout(buttons)
        first = self.fields["file"]
        first.edit.setAccessibleDescription(self.now.full_text)
        self.setFocusProxy(first)
        first.edit.selectAll()
        self.save.clicked.connect(self._on_save)

    def _size(self, name: str) -> int | None:
        """Return the size in a field, or None where it is not one."""
        text = self.fields[name].text
        if text == self._shown[name]:
            # What is shown is rounded; it must not change what nobody changed.
            return int(getattr(self._quotas, name))
        try:
            return parse_size(text, needs_unit=True)
        except ValueError:
            return None

    @pyqtSlot()
    def _on_edited(self) -> None:
        for name, field in self.fields.items():
            if field.error and self._size(name) is not None:
                field.set_error("")

    @pyqtSlot()
    def _on_save(self) -> None:
        sizes = {name: self._size(name) for name in self.fields}
        wrong = [name for name, size in sizes.items() if size is None]
        for name in wrong:
            self.fields[name].set_error(
                tr("A number with MB or GB is needed here, such as 500 MB.")
            )
        if wrong:
            self.fields[wrong[0]].setFocus()
            return
        chosen = {name: size for name, size in sizes.items() if size is not None}
        self.chosen.emit(replace(self._quotas, **chosen))


def _now(quotas: Quotas, use: FilesUse | None) -> str:
    if use is None:
        return ""
    files = tr("%n file(s)", n=use.files)
    room, used = human_size(quotas.room), human_size(use.used)
    there = tr("{files}, {used} of {room}.", files=files, used=used, room=room)
    free = tr("{free} of this computer’s disk are free.", free=human_size(use.free))
    return f"{there} {free}"
