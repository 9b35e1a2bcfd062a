"""One of the colours for people, by mouse or by keyboard."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPoint, QRectF, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QPainter, QPen
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QRadioButton, QWidget

from app.ui.texts import tr
from app.ui.theme.focus_ring import RADIUS_PROPERTY
from app.ui.theme.icons import Icon
from app.ui.theme.roles import PEOPLE_LIGHT, Role
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from PyQt6.QtGui import QPaintEvent, QResizeEvent

    from app.ui.theme.theme import Theme

COUNT = len(PEOPLE_LIGHT)

_SIZE = 36
_RING = 2
_CIRCLE = 26
_TICK = 16
_SPACING = 6


def colour_name(colour: int) -> str:
    """Return what a colour is called; -1 is the one that comes by itself."""
    if colour < 0:
        return tr("By itself")
    names = (
        tr("red"),
        tr("orange"),
        tr("ochre"),
        tr("green"),
        tr("teal"),
        tr("blue"),
        tr("violet"),
        tr("pink"),
    )
    number = colour % COUNT
    return tr("Colour {number}, {name}", number=number + 1, name=names[number])


class Swatch(QRadioButton):
    """A circle of one colour, ringed and ticked where it is chosen; of all of them where -1."""

    def __init__(self, theme: Theme, colour: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colour = colour
        name = colour_name(colour)
        self.setObjectName(f"colour-{colour}")
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))
        self.setFixedSize(_SIZE, _SIZE)
        self.setProperty(RADIUS_PROPERTY, _SIZE // 2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        """Return the size that it has."""
        return QSize(_SIZE, _SIZE)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere on it: there is no text beside a small circle."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the circle, and what shows that it is the one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        circle = QRectF(0, 0, _CIRCLE, _CIRCLE)
        circle.moveCenter(middle)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.colour >= 0:
            painter.setBrush(self._theme.person(b"", self.colour).ink)
            painter.drawEllipse(circle)
        else:
            sixteenths = 16 * 360 // COUNT
            for number in range(COUNT):
                painter.setBrush(self._theme.person(b"", number).ink)
                painter.drawPie(circle, 90 * 16 - (number + 1) * sixteenths, sixteenths)
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour(Role.TEXT), _RING))
            edge = _RING / 2
            painter.drawEllipse(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
            ratio = self.devicePixelRatioF()
            tick = self._theme.pixmap(Icon.CHECK, Role.SURFACE_BASE, _TICK, ratio)
            corner = QPoint(round(middle.x() - _TICK / 2), round(middle.y() - _TICK / 2))
            painter.drawPixmap(corner, tick)
        painter.end()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.update()


class ColourChoice(QWidget):
    """The swatches, in as many rows as they need; Tab leads to the chosen one, arrows to others.

    Signals:
        chosen(int): the person took that colour; -1: the one that comes by itself.
    """

    chosen = pyqtSignal(int)

    def __init__(self, theme: Theme, colour: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Your colour"))
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING)
        self._columns = 0
        self.swatches: dict[int, Swatch] = {}
        now = colour % COUNT if colour >= 0 else -1
        for number in range(-1, COUNT):
            swatch = Swatch(theme, number, self)
            swatch.setAccessibleDescription(tr("Your colour"))
            swatch.setChecked(number == now)
            # Tab leads to the one in force, from the first time on; Qt does so from the second.
            policy = Qt.FocusPolicy
            swatch.setFocusPolicy(policy.StrongFocus if number == now else policy.ClickFocus)
            self._group.addButton(swatch, number + 1)
            self.swatches[number] = swatch
        self._arrange(COUNT + 1)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def colour(self) -> int:
        """The one that is chosen."""
        return self._group.checkedId() - 1

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than half of them beside each other."""
        half = ceil(len(self.swatches) / 2)
        return QSize(half * (_SIZE + _SPACING), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand in as many rows as there have to be."""
        super().resizeEvent(event)
        self._arrange((self.width() + _SPACING) // (_SIZE + _SPACING))

    def _arrange(self, fitting: int) -> None:
        rows = ceil(len(self.swatches) / max(1, fitting))
        columns = ceil(len(self.swatches) / rows)
        if columns == self._columns:
            return
        self._columns = columns
        for place, swatch in enumerate(self.swatches.values()):
            self._grid.addWidget(swatch, place // columns, place % columns)
        for column in range(len(self.swatches) + 1):
            self._grid.setColumnStretch(column, int(column == columns))
        self.updateGeometry()

    @pyqtSlot(QAbstractButton, bool)
    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.colour)
