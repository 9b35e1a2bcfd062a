"""The nickname for the next rooms and one's own colour, with how others will see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetrics, QPainter
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.protocol.names import NameRefused, clean_nickname
from app.ui.chat.names import one_line
from app.ui.settings.colour_choice import ColourChoice, colour_name
from app.ui.settings.parts import Setting
from app.ui.start.checks import nickname_problem
from app.ui.texts import tr
from app.ui.theme.avatar import initials
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.fields import Field
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import AvatarLabel

if TYPE_CHECKING:
    from PyQt6.QtGui import QPaintEvent

    from app.ui.settings.preferences import Preferences
    from app.ui.theme.theme import Theme

_AVATAR = 36


class _Name(QWidget):
    """A nickname in a person's colour: style sheets know roles alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._who = ("", b"", -1)
        theme.changed.connect(self._on_theme_changed)

    def show_person(self, name: str, key: bytes, colour: int) -> None:
        """Show that name, in what `Theme.person` gives."""
        self._who = (name, key, colour)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for one line."""
        return QSize(80, QFontMetrics(self._theme.font(Step.BODY, QFont.Weight.DemiBold)).height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a few characters."""
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint what there is room for."""
        name, key, colour = self._who
        font = self._theme.font(Step.BODY, QFont.Weight.DemiBold)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._theme.person(key, colour).ink)
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, self.width())
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        place = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(self.rect()), place, shown)
        painter.end()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Preview(QWidget):
    """An avatar and a name, as they stand before what one writes."""

    def __init__(self, theme: Theme, device: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._device = device
        self._avatar = AvatarLabel(theme, "", device, _AVATAR, parent=self)
        self.name = _Name(theme, self)
        self._told = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self._told)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)

    def show_look(self, nickname: str, colour: int) -> None:
        """Show that nickname in that colour."""
        name = one_line(nickname) or tr("You")
        # As the rail does where the device is not known yet.
        key = self._device or nickname.encode("utf-8", "replace")
        self._avatar.set_who(initials(name), key, colour)
        self.name.show_person(name, key, colour)
        self._told.setText(colour_name(colour))


class OwnLookPart(QWidget):
    """Two settings; what is chosen is remembered at once, and the colour seen at once."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        *,
        rooms_open: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        values = preferences.values
        name = Setting(
            theme, tr("Nickname"), tr("What the next rooms that you host or join call you."), self
        )
        self.field = Field(theme, tr("Your nickname"), text=values.nickname, parent=self)
        self.field.edit.setObjectName("nickname")
        name.column.addSpacing(4)
        name.column.addWidget(self.field)
        self.everywhere = plain_button(theme, tr("In open rooms, too"), parent=self)
        self.everywhere.setObjectName("nickname-everywhere")
        self.everywhere.setVisible(rooms_open)
        self.everywhere.setEnabled(bool(values.nickname))
        name.column.addSpacing(4)
        name.column.addWidget(self.everywhere, 0, Qt.AlignmentFlag.AlignLeading)
        colour = Setting(
            theme,
            tr("Your colour"),
            tr("Everybody in your rooms sees your name and picture in it."),
            self,
        )
        self.preview = Preview(theme, preferences.device, self)
        self.colours = ColourChoice(theme, values.colour, self)
        colour.column.addSpacing(4)
        colour.column.addWidget(self.preview)
        colour.column.addSpacing(8)
        colour.column.addWidget(self.colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(name)
        column.addWidget(colour)
        self._show()
        self.field.edited.connect(self._on_edited)
        self.field.submitted.connect(self._on_everywhere)
        self.everywhere.clicked.connect(self._on_everywhere)
        self.colours.chosen.connect(self._on_chosen)

    def _show(self) -> None:
        values = self._preferences.values
        self.preview.show_look(values.nickname, values.colour)

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        # An empty one is none: then the next room asks for it.
        problem = nickname_problem(text) if text.strip() else ""
        self.field.set_error(problem)
        self.everywhere.setEnabled(bool(text.strip()) and not problem)
        if not problem:
            self._preferences.set_nickname(_cleaned(text))
            self._show()

    @pyqtSlot()
    def _on_everywhere(self) -> None:
        if self.everywhere.isEnabled() and not self.everywhere.isHidden():
            self._preferences.rename_requested.emit(self._preferences.values.nickname)

    @pyqtSlot(int)
    def _on_chosen(self, colour: int) -> None:
        self._preferences.set_colour(colour)
        self._show()


def _cleaned(text: str) -> str:
    try:
        return clean_nickname(text)
    except NameRefused:
        return ""
