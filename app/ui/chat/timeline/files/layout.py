"""Where the files of a message stand below its text: pictures in a grid, then cards for the others."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QFont, QFontMetricsF

from app.pictures.limits import MAX_SOURCE
from app.ui.files.kind_icons import kind_of_ref
from app.ui.files.states import Deed
from app.ui.theme.type import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.protocol.attachments import FileRef
    from app.session.timeline import MessageEntry
    from app.ui.theme.theme import Theme

CARD_WIDTH = 400
CARD_HEIGHT = 64
TILE = 40
INSET = 12
BUTTON = 32
WIDEST_PICTURE = 320
"""Also how high one alone may be. The host's thumbnails have twice as many pixels."""
_LEAST_SIDE = 72
_ALBUM_WIDTH = 360
_GAP = 4
_BETWEEN = 8
_ABOVE = 4


@dataclass(frozen=True)
class FileSpot:
    """What can be pointed at of one file: a button of it, or with None the file itself."""

    cid: bytes
    number: int
    """Among the files of the message."""
    deed: Deed | None = None


@dataclass(frozen=True)
class Part:
    """One file as it stands in a row; `place` from the upper left corner of all files."""

    number: int
    ref: FileRef
    place: QRectF
    is_picture: bool


@dataclass(frozen=True)
class FilesLayout:
    """All files of a message. `height` holds the space above them."""

    parts: tuple[Part, ...] = ()
    height: int = 0

    def at(self, point: QPointF) -> Part | None:
        """Return the file that stands at `point`."""
        return next((part for part in self.parts if part.place.contains(point)), None)


NO_FILES = FilesLayout()


def is_picture(ref: FileRef) -> bool:
    """Tell whether a file is shown as a picture: one that the host has a thumbnail of.

    One that is too large to be decoded is not fetched at a click either, whatever its host says.
    """
    shown = bool(ref.hash) and ref.width > 0 and ref.height > 0 and ref.size <= MAX_SOURCE
    return shown and kind_of_ref(ref).previewed


class FilesLook:
    """Sets files in the theme's fonts of when it was made."""

    def __init__(self, theme: Theme) -> None:
        self.name = theme.font(Step.BODY, QFont.Weight.DemiBold)
        self.small = theme.font(Step.SMALL)
        self.name_line = ceil(QFontMetricsF(self.name).height())
        self.small_line = ceil(QFontMetricsF(self.small).height())
        self.card_height = max(CARD_HEIGHT, self.name_line + 2 * self.small_line + 14)

    def layout(self, entry: MessageEntry, width: float) -> FilesLayout:
        """Return where the files of a message stand in a column of that width."""
        if not entry.files:
            return NO_FILES
        numbered = list(enumerate(entry.files))
        pictures = [one for one in numbered if is_picture(one[1])]
        others = [one for one in numbered if not is_picture(one[1])]
        parts: list[Part] = []
        y = float(_ABOVE)
        if pictures:
            places = album([ref for _, ref in pictures], width)
            for (number, ref), place in zip(pictures, places, strict=True):
                parts.append(Part(number, ref, place.translated(0, y), is_picture=True))
            y = max(part.place.bottom() for part in parts) + _BETWEEN
        for number, ref in others:
            place = QRectF(0, y, min(CARD_WIDTH, width), self.card_height)
            parts.append(Part(number, ref, place, is_picture=False))
            y = place.bottom() + _BETWEEN
        return FilesLayout(tuple(parts), ceil(y))

    def height(self, entry: MessageEntry, width: float) -> int:
        """Return how much higher a row is for the files of its message."""
        return self.layout(entry, width).height


def album(pictures: Sequence[FileRef], width: float) -> list[QRectF]:
    """Return where pictures stand: one in its own shape, several in rows of two or three."""
    if len(pictures) == 1:
        return [_alone(pictures[0], width)]
    whole = min(float(_ALBUM_WIDTH), width)
    places: list[QRectF] = []
    y = 0.0
    for count in rows_of(len(pictures)):
        wide = (whole - _GAP * (count - 1)) / count
        high = round(wide * (0.75 if count == 2 else 1.0))
        places += [QRectF(n * (wide + _GAP), y, wide, high) for n in range(count)]
        y += high + _GAP
    return places


def rows_of(count: int) -> list[int]:
    """Return how many pictures stand in each row: two or three, the fewer above."""
    if count == 4:
        return [2, 2]
    rows = ceil(count / 3)
    least, more = divmod(count, rows)
    return [least] * (rows - more) + [least + 1] * more


def _alone(ref: FileRef, width: float) -> QRectF:
    most = min(float(WIDEST_PICTURE), width)
    scale = min(1.0, most / ref.width, WIDEST_PICTURE / ref.height)
    # What is very narrow, or tiny, still has to be hit; then only its middle is seen.
    wide = min(most, max(_LEAST_SIDE, ref.width * scale))
    return QRectF(0, 0, round(wide), round(max(_LEAST_SIDE, ref.height * scale)))


def buttons(place: QRectF, deeds: Sequence[Deed]) -> list[tuple[QRectF, Deed]]:
    """Return where the buttons of a card stand, the last at its right edge."""
    shown = [deed for deed in deeds if deed is not Deed.VIEW]
    x = place.right() - INSET + 4 - BUTTON * len(shown)
    y = place.center().y() - BUTTON / 2
    return [
        (QRectF(x + number * BUTTON, y, BUTTON, BUTTON), deed) for number, deed in enumerate(shown)
    ]
