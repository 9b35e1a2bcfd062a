"""The data of a formatted message: blocks of plain text, and which ranges of it look how.

Ranges count UTF-16 code units, as `QTextLayout` does. Everything here is frozen and hashable.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import IntFlag
from itertools import accumulate, pairwise

import msgspec

_BMP_END = "\uffff"


class Style(IntFlag):
    """How a range looks; they combine."""

    NONE = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    CODE = 8


class Link(msgspec.Struct, frozen=True):
    """Where a link leads.

    `target` is ASCII: an http, https or papo URL with its host in A-labels (RFC 5890) and without
    user information, or a mailto URL of one plain address.
    """

    target: str
    shown_target: str = ""
    """What to show beside the text, because the text alone does not tell where it leads; or empty."""
    deceptive: bool = False
    """Whether the text looks like another place than the target."""


class Span(msgspec.Struct, frozen=True):
    """How a range of a block's text looks. Spans are in order and do not overlap.

    A link or mention in which the style changes is several spans, with the same `link`.
    """

    start: int
    length: int
    style: Style = Style.NONE
    link: Link | None = None
    mention: str = ""
    """The nickname, as its member writes it, or empty."""


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """Lines of text, divided by line feeds; blank lines too, as they were typed."""

    text: str
    spans: tuple[Span, ...] = ()


class CodeBlock(msgspec.Struct, frozen=True, tag=True):
    """Lines of code, shown as they are. `language` is a peer's word, perhaps empty."""

    text: str
    language: str = ""


class Quote(msgspec.Struct, frozen=True, tag=True):
    """What is quoted."""

    blocks: tuple[Block, ...]


class ListItem(msgspec.Struct, frozen=True):
    """One item. `mark` stands before it: the number as it was typed ("7."), or "•"."""

    mark: str
    blocks: tuple[Block, ...]


class ListBlock(msgspec.Struct, frozen=True, tag=True):
    """A list. `start` is the first item's number, 0 where it is not `ordered`."""

    ordered: bool
    start: int
    items: tuple[ListItem, ...]


Block = Paragraph | CodeBlock | Quote | ListBlock


class Formatted(msgspec.Struct, frozen=True):
    """A whole message, its blocks from top to bottom; at least one."""

    blocks: tuple[Block, ...]

    @property
    def plain(self) -> bool:
        """Whether it is but text, to be laid out as it was typed."""
        return (
            len(self.blocks) == 1
            and isinstance(block := self.blocks[0], Paragraph)
            and not block.spans
        )

    def leaves(self) -> Iterator[Paragraph | CodeBlock]:
        """Iterate over all text, from top to bottom."""
        return _leaves(self.blocks)

    def spoken(self) -> str:
        """Return it as lines of plain text, with the marks of lists: to be read aloud, or copied."""
        return "\n".join(_lines(self.blocks))


def _leaves(blocks: Iterable[Block]) -> Iterator[Paragraph | CodeBlock]:
    for block in blocks:
        match block:
            case Quote():
                yield from _leaves(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from _leaves(item.blocks)
            case _:
                yield block


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Quote():
                yield from (f"> {line}" for line in _lines(block.blocks))
            case ListBlock():
                for item in block.items:
                    for number, line in enumerate(_lines(item.blocks) if item.blocks else ("",)):
                        yield f"{'  ' if number else item.mark + ' '}{line}"
            case _:
                yield from block.text.split("\n")


class Run(msgspec.Struct, frozen=True):
    """A span in the making: `start` and `end` count code points."""

    start: int
    end: int
    style: int = 0
    link: Link | None = None
    mention: str = ""


def overlaid(runs: Sequence[Run], others: Sequence[Run]) -> list[Run]:
    """Return both as one sequence without overlaps; each is in order and has none of its own."""
    cuts = sorted({cut for run in (*runs, *others) for cut in (run.start, run.end)})
    merged = []
    below = above = 0
    for start, end in pairwise(cuts):
        while below < len(runs) and runs[below].end <= start:
            below += 1
        while above < len(others) and others[above].end <= start:
            above += 1
        one = runs[below] if below < len(runs) and runs[below].start <= start else None
        two = others[above] if above < len(others) and others[above].start <= start else None
        if one and two:
            style = one.style | two.style
            merged.append(Run(start, end, style, one.link or two.link, one.mention or two.mention))
        elif found := one or two:
            merged.append(Run(start, end, found.style, found.link, found.mention))
    return merged


def spans_of(text: str, runs: Sequence[Run]) -> tuple[Span, ...]:
    """Return `runs` over `text` as spans, in UTF-16 code units."""
    if not runs:
        return ()
    at = Utf16(text)
    return tuple(
        Span(
            at.units(run.start),
            at.units(run.end) - at.units(run.start),
            Style(run.style),
            run.link,
            run.mention,
        )
        for run in runs
    )


def runs_of(text: str, spans: Sequence[Span]) -> list[Run]:
    """Return `spans` over `text` as runs, in code points."""
    at = Utf16(text)
    return [
        Run(
            at.points(span.start),
            at.points(span.start + span.length),
            int(span.style),
            span.link,
            span.mention,
        )
        for span in spans
    ]


class Utf16:
    """Places in one text: in code points, as Python counts, and in UTF-16 units, as Qt does."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] | None = None
        if not text.isascii() and max(text) > _BMP_END:
            self._starts = [0, *accumulate(1 + (sign > _BMP_END) for sign in text)]

    def units(self, points: int) -> int:
        """Return how many UTF-16 units the first `points` code points take."""
        return points if self._starts is None else self._starts[points]

    def points(self, units: int) -> int:
        """Return how many code points the first `units` UTF-16 units are."""
        return units if self._starts is None else bisect_left(self._starts, units)
