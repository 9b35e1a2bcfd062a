"""The icons: one SVG file each, drawn in one colour, tinted by role, cached."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PyQt6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

from app.support.resources import resource
from app.ui.theme.roles import LIGHT, Role


class Icon(StrEnum):
    """The name of a file in `resources/icons`, without its suffix."""

    PLUS = "plus"
    SEARCH = "search"
    INVITE = "invite"
    PEOPLE = "people"
    MORE = "more"
    MENU = "menu"
    LEFT = "left"
    RIGHT = "right"
    DOWN = "down"
    ARROW_DOWN = "arrow-down"
    CLOSE = "close"
    CHECK = "check"
    CLOCK = "clock"
    ALERT = "alert"
    HELP = "help"
    SETTINGS = "settings"
    REFRESH = "refresh"
    LOCK = "lock"
    DOOR = "door"
    SHIELD = "shield"
    SHIELD_CHECK = "shield-check"
    SHIELD_ALERT = "shield-alert"
    FINGERPRINT = "fingerprint"
    HOST = "host"
    JOIN = "join"
    WIFI = "wifi"
    WIFI_OFF = "wifi-off"
    ETHERNET = "ethernet"
    VPN = "vpn"
    MONITOR = "monitor"
    LINK = "link"
    COPY = "copy"
    PASTE = "paste"
    SEND = "send"
    TRASH = "trash"
    EYE = "eye"
    EYE_OFF = "eye-off"
    BELL = "bell"
    BELL_OFF = "bell-off"
    AWAY = "away"
    MUTE = "mute"
    REMOVE_PERSON = "remove-person"
    HAND = "hand"
    EDIT = "edit"
    PHONE = "phone"
    GLOBE = "globe"
    TERMINAL = "terminal"
    ATTACH = "attach"
    EMOJI = "emoji"
    EMOJI_ADD = "emoji-add"
    REPLY = "reply"
    FILE = "file"
    FILES = "files"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    DOCUMENT = "document"
    SHEET = "sheet"
    SLIDES = "slides"
    ARCHIVE = "archive"
    PROGRAM = "program"
    DOWNLOAD = "download"
    FOLDER = "folder"
    OPEN = "open"
    PAUSE = "pause"
    PLAY = "play"
    MINUS = "minus"
    FIT = "fit"


_DIRECTED = frozenset({Icon.LEFT, Icon.RIGHT, Icon.JOIN, Icon.SEND, Icon.REPLY})
"""These point along the line of reading, so they turn round where it runs from right to left."""


class IconPainter:
    """Renders icons in a colour. Owns its caches; `clear()` when the colours change."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[Icon, int, int, float, bool], QPixmap] = {}
        self._icons: dict[tuple[Icon, int, int, int, int, bool], QIcon] = {}

    def clear(self) -> None:
        """Forget everything that was rendered."""
        self._pixmaps.clear()
        self._icons.clear()

    def pixmap(self, icon: Icon, colour: QColor, size: int, ratio: float) -> QPixmap:
        """Return `icon`, `size` pixels wide at device pixel ratio 1, sharp at `ratio`."""
        mirrored = (
            icon in _DIRECTED
            and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        )
        key = (icon, colour.rgba(), size, ratio, mirrored)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = _render(_source(icon), colour, size, ratio)
            if mirrored:
                pixmap = QPixmap.fromImage(pixmap.toImage().flipped(Qt.Orientation.Horizontal))
                pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return pixmap

    def icon(
        self, icon: Icon, colour: QColor, disabled: QColor, size: int, trailing: int = 0
    ) -> QIcon:
        """Return `icon` for a button, with its disabled look, for every screen there is.

        `trailing` pixels are left free between it and the text that follows.
        """
        rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        key = (icon, colour.rgba(), disabled.rgba(), size, trailing, rtl)
        result = self._icons.get(key)
        if result is None:
            result = QIcon()
            ratios = {1.0, 2.0} | {s.devicePixelRatio() for s in QGuiApplication.screens()}
            for ratio in sorted(ratios):
                normal = self.pixmap(icon, colour, size, ratio)
                result.addPixmap(_spaced(normal, trailing, rtl=rtl))
                greyed = self.pixmap(icon, disabled, size, ratio)
                result.addPixmap(_spaced(greyed, trailing, rtl=rtl), QIcon.Mode.Disabled)
            self._icons[key] = result
        return result


def logo(tile: QColor, mark: QColor, size: int, ratio: float) -> QPixmap:
    """Return the logo, `size` pixels wide at device pixel ratio 1."""
    source = _logo_source()
    source = source.replace(LIGHT[Role.ON_ACCENT], mark.name())
    return _render(source.replace(LIGHT[Role.ACCENT], tile.name()), None, size, ratio)


def _spaced(pixmap: QPixmap, trailing: int, *, rtl: bool) -> QPixmap:
    if not trailing:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    free = round(trailing * ratio)
    wide = QPixmap(pixmap.width() + free, pixmap.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(QPointF(free / ratio if rtl else 0, 0), pixmap)
    painter.end()
    return wide


def _render(source: str, colour: QColor | None, size: int, ratio: float) -> QPixmap:
    if colour is not None:
        source = source.replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(source.encode()))
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def _source(icon: Icon) -> str:
    return resource("icons", f"{icon.value}.svg").read_text("utf-8")


@cache
def _logo_source() -> str:
    return resource("icons", "papo.svg").read_text("utf-8")
