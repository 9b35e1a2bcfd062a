"""Set plain text from anybody into lines: each paragraph in its own direction, words break if need be.

Never markup: what looks like a tag is shown as it was written.
"""

from __future__ import annotations

from itertools import groupby

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QTextLayout, QTextOption

from app.ui.chat.names import runs_right_to_left

_LINE_SEPARATOR = "\u2028"
_MOST_RUNS = 32
"""Changes of direction within one message; past that it is no text that anybody reads."""

LINE_SPACING = 1.4

_MANY_PICTURES = 250
"""Emoji in one text from which it is set a part at a time: some fonts take 0.1 ms for each."""

_PORTION = 60
_PICTURES_FROM = "\U0001f000"
_JOINERS = frozenset("\u200d\ufe0f\u20e3")


def line_height(font: QFont) -> float:
    """Return how far apart lines of `font` stand."""
    return float(
        max(QFontMetricsF(font).height(), round(QFontInfo(font).pixelSize() * LINE_SPACING))
    )


class TextBlock:
    """One text, set at one width; a slow one a part at a time, by `go_on` until `complete`."""

    def __init__(self, text: str, font: QFont, width: float, spacing: float) -> None:
        self._font = font
        self._width = width
        self._spacing = spacing
        self._parts: list[tuple[QTextLayout, float]] = []
        runs = _runs(text)
        self._to_come = [(part, rtl) for run, rtl in runs for part in _portions(run)]
        text_is_slow = len(self._to_come) > len(runs)
        self._to_come.reverse()
        self.height = 0.0
        self.first_line = spacing
        self.go_on(1 if text_is_slow else len(self._to_come))

    @property
    def complete(self) -> bool:
        """Whether all of the text is set."""
        return not self._to_come

    def go_on(self, parts: int = 1) -> None:
        """Set some more of the text."""
        for _ in range(min(parts, len(self._to_come))):
            part, right_to_left = self._to_come.pop()
            layout, height = _set(
                part, self._font, self._width, self._spacing, right_to_left=right_to_left
            )
            self._parts.append((layout, self.height))
            self.height += height

    def paint(self, painter: QPainter, at: QPointF, clip: QRectF) -> None:
        """Paint in the painter's pen, only what lies in `clip`."""
        for layout, top in self._parts:
            layout.draw(painter, at + QPointF(0, top), [], clip)


def _runs(text: str) -> list[tuple[str, bool]]:
    """Split into runs of paragraphs with one direction, as few as possible."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return [(text.replace("\n", _LINE_SEPARATOR), False)]
    paragraphs = text.replace("\u2029", "\n").replace(_LINE_SEPARATOR, "\n").split("\n")
    runs = [
        (_LINE_SEPARATOR.join(group), right_to_left)
        for right_to_left, group in groupby(paragraphs, runs_right_to_left)
    ]
    if len(runs) > _MOST_RUNS:
        return [(_LINE_SEPARATOR.join(paragraphs), runs_right_to_left(text))]
    return runs


def _portions(text: str) -> list[str]:
    """Cut a text that is slow to set into parts that are not; any other stays whole."""
    if len(text) <= _MANY_PICTURES or text.isascii():
        return [text]
    if sum(sign >= _PICTURES_FROM for sign in text) <= _MANY_PICTURES:
        return [text]
    portions = []
    start = 0
    while start < len(text):
        end = min(len(text), start + _PORTION)
        # Never between the parts of one emoji; but whoever sends only joiners is cut somewhere.
        while end < min(len(text), start + 2 * _PORTION) and _belongs_together(text, end):
            end += 1
        portions.append(text[start:end])
        start = end
    return portions


def _belongs_together(text: str, place: int) -> bool:
    return (
        text[place] in _JOINERS
        or text[place - 1] == "\u200d"
        or "\U0001f3fb" <= text[place] <= "\U0001f3ff"
        or "\U0001f1e6" <= text[place] <= "\U0001f1ff"
    )


def _set(
    text: str, font: QFont, width: float, spacing: float, *, right_to_left: bool
) -> tuple[QTextLayout, float]:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if right_to_left:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    else:
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        own = line.height()
        height = max(spacing, own)
        line.setPosition(QPointF(0, y + (height - own) / 2))
        y += height
    layout.endLayout()
    return layout, y
