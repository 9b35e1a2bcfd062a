"""One item as it stands in the sheet: what it looks like, its name, what is known of it."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.room.files import kinds
from app.ui.chat.attaching.item import Item
from app.ui.chat.attaching.parcel import TILE, Parcel
from app.ui.chat.attaching.words import line_of
from app.ui.chat.names import isolated, one_line
from app.ui.files.grounds import grounded
from app.ui.files.kind_icons import name_of, paint_kind
from app.ui.files.names import elided_name
from app.ui.files.thumbnails import paint_thumbnail
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import SquarePicture


class _Tile(SquarePicture):
    """The small picture of a picture, or the icon of another file."""

    def __init__(self, theme: Theme, kind: kinds.Icon, parent: QWidget) -> None:
        super().__init__(theme, TILE, parent)
        self.kind = kind
        self.pixmap: QPixmap | None = None

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint it, sharp on this screen."""
        painter = QPainter(self)
        if self.pixmap is None:
            paint_kind(painter, QRectF(self.rect()), self._theme, self.kind)
        else:
            place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_thumbnail(painter, place, self._theme, self.pixmap, 10)


class _NameLabel(PlainLabel):
    """A file's name, cut in its middle: its end says what kind of file is sent."""

    def _cut(self, line: str, width: int) -> str:
        return elided_name(QFontMetricsF(self.font()), line, width)


class ItemRow(QWidget):
    """Shows an item of a parcel; `show_item` after each change.

    Signals:
        remove_requested(int): put that item away.
        renamed(int, str): send it under that name.
        submitted(): Enter was pressed in its name.
    """

    remove_requested = pyqtSignal(int)
    renamed = pyqtSignal(int, str)
    submitted = pyqtSignal()

    def __init__(self, item: Item, parcel: Parcel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = item.number
        self._parcel = parcel
        self._tile = _Tile(theme, item.kind, self)
        self.name: QLineEdit | None = None
        self._label = _NameLabel(theme, "", Step.BODY, elide=True, parent=self)
        self._line = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        self.remove = IconButton(theme, Icon.CLOSE, tr("Remove"), parent=self)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(2)
        self._texts.addStretch(1)
        self._texts.addWidget(self._label)
        if item.renamable:
            self.name = QLineEdit(item.name, self)
            self.name.setFont(theme.font(Step.BODY))
            self.name.setAccessibleName(tr("Name of the file"))
            self.name.editingFinished.connect(self._on_named)
            self.name.returnPressed.connect(self.submitted)
            self._texts.addWidget(self.name)
            self._label.hide()
        self._texts.addWidget(self._line)
        self._texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._texts, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)
        self.remove.clicked.connect(self._on_remove)
        self.show_item(item)
        self.show_image(parcel.image(item.number))

    @property
    def text(self) -> str:
        """What is known of the item."""
        return self._line.full_text

    def show_item(self, item: Item) -> None:
        """Show it as it stands now."""
        name = one_line(item.name)
        if name != self._label.full_text:
            self._label.setText(name)
            self.remove.set_name(tr("Remove {file}", file=isolated(name)))
        trouble = self._parcel.trouble_of(item)
        line = line_of(item, self._parcel)
        if line != self._line.full_text:
            self._line.setText(line)
        self._line.set_role(Role.DANGER if trouble else Role.TEXT_SECOND)
        self.setAccessibleName(f"{name}, {name_of(item.kind)}, {line}")

    def show_image(self, image: QImage | None) -> None:
        """Show a picture as it looks."""
        self._tile.pixmap = None if image is None else QPixmap.fromImage(grounded(image))
        self._tile.update()

    def commit(self) -> None:
        """Take a name that is being typed."""
        self._on_named()

    @pyqtSlot()
    def _on_named(self) -> None:
        if self.name is None:
            return
        if self.name.text() != self._label.full_text:
            self.renamed.emit(self._number, self.name.text())
        # What it is called now: clean, and with its extension.
        if self.name.text() != self._label.full_text:
            self.name.setText(self._label.full_text)

    @pyqtSlot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self._number)
