"""Set a formatted message: paragraphs, quotes with a bar at their side, lists, code on its own ground.

It is set a piece at a time where it is long, as `TextBlock` is, and stands where that stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QTextLayout

from app.ui.chat.names import runs_right_to_left
from app.ui.chat.timeline.text_block import TextBlock, TextEnd, shifted, units
from app.ui.chat.timeline.text_look import TextLook
from app.ui.formatting.blocks import Block, CodeBlock, Formatted, Link, ListBlock, Paragraph, Quote
from app.ui.theme.roles import Role

WIDEST_CODE = 520
BUTTON = 26
"""The side of the place that copies a code block."""

_GAP = 6
_ITEM_GAP = 2
_BAR = 3
_QUOTE = 14
_PADDING_X, _PADDING_Y = 10, 6
_ROUND = 6
_MARK_GAP = 8
_LEAST_WIDTH = 48

_AT_ONCE = 1_500
"""Characters, about, that are set in one go; more come in the next ones."""
_OF_ANY_PIECE = 40
_TIMES_DEARER = 3  # for code that is coloured


@dataclass
class _Bar:
    """A quote's bar: `inset` from the left, or from the right."""

    inset: float
    at_right: bool
    top: float = -1.0
    bottom: float = 0.0


@dataclass(frozen=True)
class _Mark:
    """What stands before a list's item, in a column `width` wide."""

    text: str
    inset: float
    width: float
    at_right: bool


@dataclass(frozen=True)
class _Place:
    """Where a piece stands: how far from both sides, in which quotes, under which marks."""

    left: float = 0.0
    right: float = 0.0
    gap: float = 0.0
    bars: tuple[_Bar, ...] = ()
    marks: tuple[_Mark, ...] = ()


@dataclass
class _Piece:
    """A paragraph or code, and once it is set where its text stands."""

    leaf: Paragraph | CodeBlock
    place: _Place
    block: TextBlock | None = None
    at: QPointF = field(default_factory=QPointF)
    ground: QRectF = field(default_factory=QRectF)
    start: int = 0
    """Where it begins in the leaves' texts, a line feed between each two; UTF-16 code units."""


class FormattedBlock:
    """One formatted message, set at one width. `is_me` tells one's own nickname.

    The first line gives way at its left by `indent`, where that is `makes_way`.
    """

    def __init__(
        self,
        formatted: Formatted,
        look: TextLook,
        width: float,
        is_me: Callable[[str], bool],
        *,
        indent: float = 0.0,
    ) -> None:
        self._look = look
        self._width = width
        self._is_me = is_me
        self._indent = indent
        self._bars: list[_Bar] = []
        self._to_come = list(self._pieces(formatted.blocks, _Place()))
        self._to_come.reverse()
        self._set: list[_Piece] = []
        self.height = 0.0
        self.first_line = look.line
        self.mentions_me = any(
            span.mention and is_me(span.mention)
            for leaf in formatted.leaves()
            if isinstance(leaf, Paragraph)
            for span in leaf.spans
        )
        self.go_on()

    @property
    def complete(self) -> bool:
        """Whether all of it is set."""
        return not self._to_come and (not self._set or _block(self._set[-1]).complete)

    def go_on(self) -> None:
        """Set some more of it."""
        if self._set and not _block(self._set[-1]).complete:
            _block(self._set[-1]).go_on()
            self._measure(self._set[-1])
            return
        credit = _AT_ONCE
        while self._to_come and credit > 0:
            leaf = self._to_come[-1].leaf
            if isinstance(leaf, CodeBlock) and self._look.learn(leaf.language):
                break
            piece = self._to_come.pop()
            self._lay(piece)
            coloured = isinstance(piece.leaf, CodeBlock) and piece.leaf.language
            credit -= len(piece.leaf.text) * (_TIMES_DEARER if coloured else 1) + _OF_ANY_PIECE
            if not _block(piece).complete:
                break

    # --- what stands where ----------------------------------------------------------------------

    def link_at(self, point: QPointF) -> Link | None:
        """Return the link whose text stands at `point`, from the block's corner."""
        for piece in self._set:
            leaf = piece.leaf
            if not isinstance(leaf, Paragraph) or not any(span.link for span in leaf.spans):
                continue
            place = _block(piece).place_at(point - piece.at)
            for span in leaf.spans if place >= 0 else ():
                if span.start <= place < span.start + span.length:
                    return span.link
        return None

    def code_at(self, point: QPointF) -> CodeBlock | None:
        """Return the code that a click at `point` copies."""
        return next((code for place, code in self.buttons() if place.contains(point)), None)

    def buttons(self) -> Iterator[tuple[QRectF, CodeBlock]]:
        """Iterate over the code, and where the button that copies it stands."""
        for piece in self._set:
            if isinstance(piece.leaf, CodeBlock):
                corner = piece.ground.topRight() + QPointF(-BUTTON - 3, 3)
                yield QRectF(corner.x(), corner.y(), BUTTON, BUTTON), piece.leaf

    def cursor_at(self, point: QPointF, *, on_character: bool = False) -> int:
        """Return the place in the leaves' texts nearest to `point`; `_Piece.start` tells how counted."""
        piece = next((one for one in self._set if one.ground.bottom() > point.y()), self._set[-1])
        return piece.start + _block(piece).cursor_at(point - piece.at, on_character=on_character)

    def end(self) -> TextEnd | None:
        """Return where the last line ends; None where that is code, or is not set yet."""
        if not self.complete or not self._set or isinstance(self._set[-1].leaf, CodeBlock):
            return None
        found = _block(self._set[-1]).end()
        return None if found is None else found.moved(self._set[-1].at)

    # --- painting -------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        at: QPointF,
        clip: QRectF,
        selected: QTextLayout.FormatRange | None = None,
    ) -> None:
        """Paint in the painter's pen, and what is not simply text in the theme's colours.

        `selected` counts as `cursor_at` does.
        """
        pen = painter.pen()
        for bar in self._bars:
            if bar.top >= 0:
                painter.fillRect(
                    self._bar_place(bar).translated(at), self._look.colour(Role.OUTLINE)
                )
        for piece in self._set:
            if piece.ground.translated(at).intersects(clip):
                painter.setPen(pen)
                self._paint_piece(painter, piece, at, clip, selected)
        painter.setPen(pen)

    def _paint_piece(
        self,
        painter: QPainter,
        piece: _Piece,
        at: QPointF,
        clip: QRectF,
        selected: QTextLayout.FormatRange | None,
    ) -> None:
        if isinstance(piece.leaf, CodeBlock):
            painter.setPen(self._look.colour(Role.LINE))
            painter.setBrush(self._look.colour(Role.SURFACE_SUNKEN))
            painter.drawRoundedRect(piece.ground.translated(at), _ROUND, _ROUND)
            painter.setPen(self._look.colour(Role.TEXT))
        elif piece.place.bars:
            painter.setPen(self._look.colour(Role.TEXT_SECOND))
        inside = shifted([selected], piece.start, units(piece.leaf.text)) if selected else []
        _block(piece).paint(painter, at + piece.at, clip, next(iter(inside), None))
        for mark in piece.place.marks:
            x = self._width - mark.inset - mark.width if mark.at_right else mark.inset
            room = QRectF(x, piece.at.y(), mark.width, _block(piece).first_line)
            side = Qt.AlignmentFlag.AlignLeft if mark.at_right else Qt.AlignmentFlag.AlignRight
            side |= Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.setFont(self._look.font)
            painter.setPen(self._look.colour(Role.TEXT_SECOND))
            gap = _MARK_GAP if mark.at_right else 0
            room.adjust(gap, 0, gap - _MARK_GAP, 0)
            painter.drawText(room.translated(at), side, mark.text)

    def _bar_place(self, bar: _Bar) -> QRectF:
        x = self._width - bar.inset - _BAR if bar.at_right else bar.inset
        return QRectF(x, bar.top, _BAR, bar.bottom - bar.top)

    # --- setting --------------------------------------------------------------------------------

    def _lay(self, piece: _Piece) -> None:
        place, leaf = piece.place, piece.leaf
        top = self.height + (place.gap if self._set else 0.0)
        if isinstance(leaf, CodeBlock) and not self._set:
            top += _ITEM_GAP
        width = max(_LEAST_WIDTH, self._width - place.left - place.right)
        if isinstance(leaf, CodeBlock):
            width = min(width, WIDEST_CODE)
            ranges = self._look.code_ranges(leaf)
            # The button covers none of the code.
            inner = max(_LEAST_WIDTH, width - _PADDING_X - BUTTON - 6)
            piece.block = TextBlock(
                leaf.text, self._look.code, inner, self._look.code_line, ranges, code=True
            )
            piece.at = QPointF(place.left + _PADDING_X, top + _PADDING_Y)
        else:
            ranges = self._look.ranges(leaf.spans, self._is_me)
            piece.block = TextBlock(
                leaf.text,
                self._look.font,
                width,
                self._look.line,
                ranges,
                indent=0.0 if self._set else self._indent,
            )
            piece.at = QPointF(place.left, top)
        if self._set:
            piece.start = self._set[-1].start + units(self._set[-1].leaf.text) + 1
        piece.ground = QRectF(place.left, top, width, 0)
        if not self._set:
            self.first_line = piece.block.first_line + 2 * (piece.at.y() - top)
        self._set.append(piece)
        self._measure(piece)

    def _measure(self, piece: _Piece) -> None:
        """Take note of how high the last piece has become."""
        padding = 2 * (piece.at.y() - piece.ground.top())
        piece.ground.setHeight(_block(piece).height + padding)
        self.height = piece.ground.bottom()
        for bar in piece.place.bars:
            bar.top = piece.ground.top() if bar.top < 0 else bar.top
            bar.bottom = self.height

    def _pieces(self, blocks: tuple[Block, ...], place: _Place) -> Iterator[_Piece]:
        for number, block in enumerate(blocks or (Paragraph(""),)):
            # Marks stand before the first of what they mark; what follows keeps its distance.
            within = place.marks and isinstance(block, ListBlock)
            gap = _ITEM_GAP if within else _GAP
            own = replace(place, gap=gap, marks=()) if number else place
            match block:
                case Quote():
                    yield from self._pieces(block.blocks, self._in_quote(block, own))
                case ListBlock():
                    yield from self._items(block, own)
                case _:
                    yield _Piece(block, own)

    def _in_quote(self, quote: Quote, place: _Place) -> _Place:
        at_right = runs_right_to_left(_first_text(quote))
        bar = _Bar(place.right if at_right else place.left, at_right)
        self._bars.append(bar)
        return _narrowed(replace(place, bars=(*place.bars, bar)), _QUOTE, at_right=at_right)

    def _items(self, block: ListBlock, place: _Place) -> Iterator[_Piece]:
        wide = max(self._look.metrics.horizontalAdvance(item.mark) for item in block.items)
        width = min(wide + _MARK_GAP, self._width / 4)
        at_right = runs_right_to_left(_first_text(block))
        inset = place.right if at_right else place.left
        for number, item in enumerate(block.items):
            mark = _Mark(item.mark, inset, width, at_right)
            own = replace(place, gap=_ITEM_GAP, marks=()) if number else place
            own = replace(own, marks=(*own.marks, mark))
            yield from self._pieces(item.blocks, _narrowed(own, width, at_right=at_right))


def _narrowed(place: _Place, by: float, *, at_right: bool) -> _Place:
    if at_right:
        return replace(place, right=place.right + by)
    return replace(place, left=place.left + by)


def makes_way(formatted: Formatted) -> bool:
    """Tell whether a message begins with words, and not with code, a quote or a list."""
    return not formatted.blocks or isinstance(formatted.blocks[0], Paragraph)


def _first_text(block: Block) -> str:
    return next((leaf.text for leaf in Formatted((block,)).leaves() if leaf.text), "")


def _block(piece: _Piece) -> TextBlock:
    if piece.block is None:
        raise ValueError("not set yet")
    return piece.block
