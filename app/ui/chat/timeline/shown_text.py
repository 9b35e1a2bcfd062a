"""What a message says as its row shows it, to be selected and copied by the character.

Places count UTF-16 code units, as `QTextLayout` does: of a plain text without carriage returns, or of
a formatted message's leaves with a line feed between each two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PyQt6.QtCore import QTextBoundaryFinder

from app.session.timeline import Entry, MessageEntry
from app.ui.formatting.big_emoji import only_emoji
from app.ui.formatting.blocks import Block, CodeBlock, ListBlock, Paragraph, Quote, Utf16
from app.ui.formatting.markdown import parse


@dataclass(frozen=True)
class Leaf:
    """A paragraph or code, and what stands before it where it begins an item of a list."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class ShownText:
    """The leaves of one message from top to bottom; at least one."""

    leaves: tuple[Leaf, ...]

    @property
    def text(self) -> str:
        """All of it, without the marks."""
        return "\n".join(leaf.text for leaf in self.leaves)

    @property
    def length(self) -> int:
        """How many places further its end is than its start."""
        text = self.text
        return Utf16(text).units(len(text))

    def cut(self, start: int, end: int) -> str:
        """Return what stands between two places; where it has several leaves, with their marks."""
        parts: list[str] = []
        at = 0
        several = end - start > 0 and self._leaf_at(start) != self._leaf_at(end)
        for leaf in self.leaves:
            units = Utf16(leaf.text)
            length = units.units(len(leaf.text))
            first, last = max(start - at, 0), min(end - at, length)
            if first <= last and start <= at + length and end >= at:
                mark = f"{leaf.mark} " if several and leaf.mark and first == 0 and last > 0 else ""
                parts.append(mark + leaf.text[units.points(first) : units.points(last)])
            at += length + 1
        return "\n".join(parts)

    def word_at(self, place: int) -> tuple[int, int]:
        """Return where the word, or the run of anything else, begins and ends that stands there.

        Words end as Unicode says (UAX #29).
        """
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, self.text)
        length = self.length
        place = max(0, min(place, length))
        finder.setPosition(place)
        start = place if finder.isAtBoundary() else finder.toPreviousBoundary()
        finder.setPosition(place)
        end = finder.toNextBoundary()
        return max(0, start), end if end >= 0 else length

    def _leaf_at(self, place: int) -> int:
        at = 0
        for number, leaf in enumerate(self.leaves):
            at += Utf16(leaf.text).units(len(leaf.text)) + 1
            if place < at:
                return number
        return len(self.leaves) - 1


def is_selectable(entry: Entry) -> bool:
    """Tell whether a row has words of somebody's in it."""
    return (
        isinstance(entry, MessageEntry)
        and bool(entry.text)
        and not (entry.deleted or entry.unopened)
    )


def shown_text(entry: MessageEntry, *, as_typed: bool) -> ShownText:
    """Return what the row of a message shows; as `TimelineLayouts` sets it."""
    if not (as_typed or only_emoji(entry.text)):
        formatted = parse(entry.text)
        if not formatted.plain:
            return ShownText(tuple(_leaves(formatted.blocks)))
    return ShownText((Leaf(entry.text.replace("\r\n", "\n").replace("\r", "\n")),))


def _leaves(blocks: tuple[Block, ...], mark: str = "") -> Iterator[Leaf]:
    for block in blocks or (Paragraph(""),):
        match block:
            case Quote():
                yield from _leaves(block.blocks, mark)
            case ListBlock():
                for item in block.items:
                    marks = f"{mark} {item.mark}" if mark else item.mark
                    yield from _leaves(item.blocks, marks)
                    mark = ""
            case Paragraph() | CodeBlock():
                yield Leaf(block.text, mark)
        mark = ""
