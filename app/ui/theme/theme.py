"""`Theme`: colours, fonts and icons as they are now, light or dark."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import Enum

from PyQt6.QtCore import QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QIcon,
    QPalette,
    QPixmap,
    QStyleHints,
)
from PyQt6.QtWidgets import QApplication, QStyleFactory, QToolTip

from app.ui.theme import contrast, icons
from app.ui.theme.focus_ring import FocusRing
from app.ui.theme.icons import Icon, IconPainter
from app.ui.theme.roles import DARK, LIGHT, PEOPLE_DARK, PEOPLE_LIGHT, Role
from app.ui.theme.stylesheet import stylesheet
from app.ui.theme.type import SMALLEST, Step

SCHEME_VARIABLE = "PAPO_SCHEME"
"""Set to light or dark, it wins over the system and over the setting (pictures and tests)."""


class Scheme(Enum):
    """Which theme the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class PersonColours:
    """The colours of one person or room: letters in `ink` on `tint`."""

    ink: QColor
    tint: QColor


class Theme(QObject):
    """What everything looks like now. Owned by whoever owns `app`; every widget is given it.

    Signals:
        changed(): colours, fonts and icons are others; paint anew and fetch icons again.
    """

    changed = pyqtSignal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._system_palette = QPalette(app.palette())
        self._system_font = QFont(app.font())
        self._text_size = 100
        self._scheme = Scheme.SYSTEM
        self._icons = IconPainter()
        self._colours: dict[Role, QColor] = {}
        self._people: tuple[PersonColours, ...] = ()
        self._ring = FocusRing(self)
        self.dark = False
        self.high_contrast = False
        self._applied = False
        self._forced = False
        hints = QApplication.styleHints()
        if hints is None:
            raise RuntimeError("an application has style hints")
        self._hints: QStyleHints = hints
        hints.colorSchemeChanged.connect(self._on_system_changed)
        app.applicationStateChanged.connect(self._on_system_changed)
        app.focusChanged.connect(self._ring.follow)
        self._load()

    def set_scheme(self, scheme: Scheme) -> None:
        """Follow the system, or be light or dark whatever it says."""
        self._scheme = scheme
        if self._applied:
            self._tell_platform()
        self._on_system_changed()

    def set_text_size(self, percent: int) -> None:
        """Show all text that large, in percent of the system's size.

        Whatever holds a font of its own, and does not follow `changed`, is to be made anew.
        """
        if percent == self._text_size:
            return
        self._text_size = percent
        font = QFont(self._system_font)
        if font.pixelSize() > 0:
            font.setPixelSize(max(1, round(font.pixelSize() * percent / 100)))
        else:
            font.setPointSizeF(font.pointSizeF() * percent / 100)
        self._app.setFont(font)
        QToolTip.setFont(font)
        self.changed.emit()

    def colour(self, role: Role) -> QColor:
        """Return the colour for a role; not to be changed by the caller."""
        return self._colours[role]

    def person(self, key: bytes, colour: int = -1) -> PersonColours:
        """Return the colours of the person or room with that key; the same ones every time.

        `colour` is the one that a person chose, counted round the palette; -1: none was.
        """
        number = hashlib.blake2b(key).digest()[0] if colour < 0 else colour
        return self._people[number % len(self._people)]

    def font(self, step: Step, weight: QFont.Weight | None = None) -> QFont:
        """Return the font of a step, in the system's family and relative to its size."""
        base = self._app.font()
        points = base.pointSizeF()
        if points <= 0:
            points = QFontInfo(base).pointSizeF()
        if step is Step.CODE:
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        else:
            font = QFont(base)
        size = points + step.delta
        font.setPointSizeF(max(SMALLEST, size) if step.delta < 0 else size)
        font.setWeight(step.weight if weight is None else weight)
        return font

    def icon(
        self, icon: Icon, role: Role = Role.TEXT_SECOND, size: int = 20, *, trailing: int = 0
    ) -> QIcon:
        """Return an icon for a button; fetch it again on `changed`.

        With `trailing`, it is that much wider, free space towards the button's text.
        """
        grey = self._colours[Role.TEXT_DISABLED]
        return self._icons.icon(icon, self._colours[role], grey, size, trailing)

    def pixmap(self, icon: Icon, role: Role, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
        """Return an icon to paint, `size` device-independent pixels wide."""
        return self._icons.pixmap(icon, self._colours[role], size, device_pixel_ratio)

    def pixmap_in(
        self, icon: Icon, colour: QColor, size: int, device_pixel_ratio: float = 1.0
    ) -> QPixmap:
        """Return an icon to paint in a colour that is no role's, as those of people are none."""
        return self._icons.pixmap(icon, colour, size, device_pixel_ratio)

    def logo(self, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
        """Return Papo's own mark, `size` device-independent pixels wide."""
        accent, mark = self._colours[Role.ACCENT], self._colours[Role.ON_ACCENT]
        return icons.logo(accent, mark, size, device_pixel_ratio)

    def apply(self) -> None:
        """Give the whole application this look."""
        if not self._applied:
            self._app.setStyle(QStyleFactory.create("Fusion"))
            self._applied = True
        self._tell_platform()
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(stylesheet(self.colour))

    def _tell_platform(self) -> None:
        """Let what the system draws, such as the title bar, be light or dark too."""
        wanted = self._wanted_scheme()
        if wanted is not Scheme.SYSTEM:
            self._forced = True
            told = Qt.ColorScheme.Dark if wanted is Scheme.DARK else Qt.ColorScheme.Light
            self._hints.setColorScheme(told)
        elif self._forced:
            self._forced = False
            self._hints.unsetColorScheme()

    @pyqtSlot()
    def _on_system_changed(self) -> None:
        before = (self.dark, self.high_contrast)
        self._load()
        if before == (self.dark, self.high_contrast):
            return
        if self._applied:
            self.apply()
        self.changed.emit()

    def _load(self) -> None:
        self.dark = self._wants_dark()
        self.high_contrast = contrast.is_wanted(self._hints)
        table = DARK if self.dark else LIGHT
        self._colours = {role: QColor(value) for role, value in table.items()}
        people = PEOPLE_DARK if self.dark else PEOPLE_LIGHT
        self._people = tuple(PersonColours(QColor(i), QColor(t)) for i, t in people)
        if self.high_contrast:
            self._colours |= contrast.from_palette(self._system_palette)
            text, base = self._colours[Role.TEXT], self._colours[Role.SURFACE_BASE]
            self._people = (PersonColours(text, base),)
        self._icons.clear()

    def _wanted_scheme(self) -> Scheme:
        forced = os.environ.get(SCHEME_VARIABLE, "")
        return Scheme(forced) if forced in {"light", "dark"} else self._scheme

    def _wants_dark(self) -> bool:
        wanted = self._wanted_scheme()
        if wanted is not Scheme.SYSTEM:
            return wanted is Scheme.DARK
        told = self._hints.colorScheme()
        if told is Qt.ColorScheme.Unknown:
            return self._system_palette.window().color().lightness() < 128
        return told is Qt.ColorScheme.Dark

    def _palette(self) -> QPalette:
        palette = QPalette()
        of = QPalette.ColorRole
        for names, role in (
            ((of.Window,), Role.SURFACE_SIDE),
            ((of.Base,), Role.SURFACE_BASE),
            ((of.AlternateBase,), Role.ROW_HOVER),
            ((of.Button, of.ToolTipBase), Role.SURFACE_RAISED),
            ((of.Text, of.WindowText, of.ButtonText, of.ToolTipText), Role.TEXT),
            ((of.PlaceholderText,), Role.TEXT_FAINT),
            ((of.Highlight, of.Accent), Role.ACCENT),
            ((of.HighlightedText,), Role.ON_ACCENT),
            ((of.Link, of.LinkVisited), Role.ACCENT_TEXT),
            ((of.Mid, of.Dark), Role.OUTLINE),
            ((of.Light, of.Midlight), Role.LINE),
        ):
            for name in names:
                palette.setColor(name, self._colours[role])
        disabled = QPalette.ColorGroup.Disabled
        for name in (of.Text, of.WindowText, of.ButtonText):
            palette.setColor(disabled, name, self._colours[Role.TEXT_DISABLED])
        return palette
