"""Set plain text from anybody into lines: each paragraph in its own direction, words break if need be.

Never markup: what looks like a tag is shown as it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)

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


class TextEnd(NamedTuple):
    """The last line of a text, its baseline, where its room begins, and whether it runs to the left."""

    place: QRectF
    baseline: float
    start: float
    to_left: bool

    def moved(self, by: QPointF) -> TextEnd:
        """Return the same line elsewhere."""
        place, start = self.place.translated(by), self.start + by.x()
        return TextEnd(place, self.baseline + by.y(), start, self.to_left)


class TextBlock:
    """One text, set at one width; a slow one a part at a time, by `go_on` until `complete`.

    `formats` say which ranges of it look otherwise, in UTF-16 code units of a text without carriage
    returns. With `code` all of its lines run from left to right. The first line gives way at its left
    by `indent`.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        spacing: float,
        formats: Sequence[QTextLayout.FormatRange] = (),
        *,
        code: bool = False,
        indent: float = 0.0,
    ) -> None:
        self._font = font
        self._width = width
        self._spacing = spacing
        self._formats = formats
        self._code = code
        self._indent = indent
        self._parts: list[tuple[QTextLayout, float, int]] = []
        runs = [(text.replace("\n", _LINE_SEPARATOR), False)] if code else _runs(text)
        self._to_come = [(part, rtl) for run, rtl in runs for part in _portions(run)]
        self._starts = _starts(runs)
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
            layout, start = QTextLayout(part, self._font), self._starts[len(self._parts)]
            option = _option(right_to_left=right_to_left)
            if self._code:
                option.setTabStopDistance(4 * QFontMetricsF(self._font).horizontalAdvance(" "))
            layout.setTextOption(option)
            if self._formats:
                start = self._starts[len(self._parts)]
                layout.setFormats(shifted(self._formats, start, units(part)))
            indent = 0.0 if self._parts else self._indent
            height = _set(layout, self._width, self._spacing, indent)
            self._parts.append((layout, self.height, start))
            self.height += height

    def end(self) -> TextEnd | None:
        """Return where the last line ends; None while not all of the text is set."""
        if self._to_come:
            return None
        layout, top, _ = self._parts[-1]
        if not layout.lineCount():
            return None
        line = layout.lineAt(layout.lineCount() - 1)
        place = line.naturalTextRect().translated(0, top)
        to_left = layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft
        return TextEnd(place, top + line.y() + line.ascent(), line.x(), to_left)

    @property
    def length(self) -> int:
        """How many UTF-16 code units are set, without carriage returns."""
        layout, _, start = self._parts[-1]
        return start + units(layout.text())

    def paint(
        self,
        painter: QPainter,
        at: QPointF,
        clip: QRectF,
        selected: QTextLayout.FormatRange | None = None,
    ) -> None:
        """Paint in the painter's pen, only what lies in `clip`; `selected` over all other formats."""
        for layout, top, start in self._parts:
            over = shifted([selected], start, units(layout.text())) if selected else []
            layout.draw(painter, at + QPointF(0, top), over, clip)

    def cursor_at(self, point: QPointF, *, on_character: bool = False) -> int:
        """Return the place between two characters nearest to `point`, in UTF-16 code units.

        With `on_character` the place before the character that stands there.
        """
        layout, top, start = next(
            (part for part in reversed(self._parts) if part[1] <= point.y()), self._parts[0]
        )
        at = point - QPointF(0, top)
        lines = [layout.lineAt(number) for number in range(layout.lineCount())]
        line = next((one for one in lines if one.rect().bottom() > at.y()), lines[-1])
        where = QTextLine.CursorPosition
        how = where.CursorOnCharacter if on_character else where.CursorBetweenCharacters
        return start + line.xToCursor(at.x(), how)

    def place_at(self, point: QPointF) -> int:
        """Return which UTF-16 code unit stands at `point`; -1 for none, or without formats."""
        if not self._formats:
            return -1
        for layout, top, start in self._parts:
            at = point - QPointF(0, top)
            if not layout.boundingRect().contains(at):
                continue
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                if line.naturalTextRect().contains(at):
                    on = QTextLine.CursorPosition.CursorOnCharacter
                    return start + line.xToCursor(at.x(), on)
        return -1


def units(text: str) -> int:
    """Return how many UTF-16 code units `text` takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _starts(runs: list[tuple[str, bool]]) -> list[int]:
    """Return where each part begins in the whole text; a line feed stands between two runs."""
    starts = []
    at = 0
    for run, _ in runs:
        for part in _portions(run):
            starts.append(at)
            at += units(part)
        at += 1
    return starts


def shifted(
    formats: Sequence[QTextLayout.FormatRange], start: int, length: int
) -> list[QTextLayout.FormatRange]:
    """Return the ranges that touch a part of the text, as they lie in it."""
    found = []
    for one in formats:
        first, last = max(one.start, start), min(one.start + one.length, start + length)
        if first < last:
            inside = QTextLayout.FormatRange()
            inside.start, inside.length, inside.format = first - start, last - first, one.format
            found.append(inside)
    return found


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


def _option(*, right_to_left: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if right_to_left:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    else:
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    return option


def _set(layout: QTextLayout, width: float, spacing: float, indent: float) -> float:
    """Break the text into lines, `spacing` apart at least; return how high they are."""
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width - indent)
        own = line.height()
        height = max(spacing, own)
        line.setPosition(QPointF(indent, y + (height - own) / 2))
        y += height
        indent = 0.0
    layout.endLayout()
    return y
