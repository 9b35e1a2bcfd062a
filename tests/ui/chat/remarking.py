"""What others do to messages, in lines of the log, and where the chips of a row stand."""

from __future__ import annotations

import msgspec
from PyQt6.QtCore import QPoint, QPointF

from app.protocol.messages import Live, SaidKind
from app.session.timeline import MessageEntry
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.chat.timeline.reactions import Chip
from tests.ui.chat.rooms import Room

NUMBERS = {"Marina": 1, "Leo": 2, "Priya": 3, "Sam": 4}


def answer(room: Room, nick: str, text: str, about: int) -> int:
    """Let somebody answer the message of that number; return the answer's."""
    said = room.said(nick, text, number=NUMBERS.get(nick, 9))
    room.session.receive(Live(said=(msgspec.structs.replace(said, about=about),)))
    return said.seq


def act(room: Room, nick: str, kind: SaidKind, about: int, text: str = "") -> None:
    """Let somebody delete, edit or react."""
    said = room.said(nick, text, number=NUMBERS.get(nick, 9))
    room.session.receive(Live(said=(msgspec.structs.replace(said, kind=kind, about=about),)))


def entry_of(panel: TimelinePanel, seq: int) -> MessageEntry:
    entry = panel.model.entry(panel.model.row_of(seq))
    assert isinstance(entry, MessageEntry)
    return entry


def chips(panel: TimelinePanel, seq: int) -> tuple[Chip, ...]:
    """Return the chips under a message."""
    row = panel.model.row_of(seq)
    rect = panel.view.visualRect(panel.model.index(row))
    layouts = panel.view._delegate.layouts
    return layouts.row(panel.model.row(row), rect.width()).remarks.chips


def chip_point(panel: TimelinePanel, seq: int, emoji: str) -> QPoint:
    """Return the middle of a chip in the viewport; without an emoji, of the one that adds."""
    row = panel.model.row_of(seq)
    rect = panel.view.visualRect(panel.model.index(row))
    layouts = panel.view._delegate.layouts
    layout = layouts.row(panel.model.row(row), rect.width())
    found = (c for c in layout.remarks.chips if (c.reaction.emoji if c.reaction else "") == emoji)
    place = next(found).place.translated(0, layout.remarks.chips_top)
    corner = QPointF(rect.topLeft()) + QPointF(layouts.columns(rect.width()).text, 0)
    return (place.center() + corner).toPoint()


def quote_point(panel: TimelinePanel, seq: int) -> QPoint:
    """Return a point on the quote above an answer, in the viewport."""
    row = panel.model.row_of(seq)
    rect = panel.view.visualRect(panel.model.index(row))
    layouts = panel.view._delegate.layouts
    layout = layouts.row(panel.model.row(row), rect.width())
    assert layout.remarks.quote is not None
    corner = QPointF(rect.topLeft()) + QPointF(layouts.columns(rect.width()).text, 0)
    return (layout.remarks.quote_place.center() + corner).toPoint()
