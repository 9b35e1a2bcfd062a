"""What stands under a message: that it was not sent, or how to keep what was deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF

from app.session.timeline import MessageEntry, SendState
from app.ui.texts import tr
from app.ui.theme.roles import Role


class Link(Enum):
    """What can be clicked within a row."""

    TRY_AGAIN = "try-again"
    DELETE = "delete"
    """Give up a message that was not sent."""
    DISCARD = "discard"
    """Give up another text that was not sent."""
    UNDO = "undo"
    """Keep what was deleted just now."""


@dataclass(frozen=True)
class Part:
    """A few words under a message, and where they stand from the foot's upper left corner."""

    text: str
    link: Link | None
    role: Role
    place: QRectF


@dataclass(frozen=True)
class Foot:
    """All that stands under a message, and how high that is."""

    parts: tuple[Part, ...]
    height: float


def link_font(small: QFont) -> QFont:
    """Return the font of the foot's links."""
    bold = QFont(small)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def foot_of(
    entry: MessageEntry, *, gone: str, why: str, small: QFont, width: float, line: float
) -> Foot | None:
    """Return the foot of a message, set in `width`; None for most. `why` is why it was not sent.

    `gone` is what stands in the place of one that was deleted just now.
    """
    if gone:
        words = [(gone, None, Role.TEXT_FAINT), (tr("Undo"), Link.UNDO, Role.ACCENT_TEXT)]
    elif entry.state is SendState.FAILED:
        words = [
            (tr("Not sent."), None, Role.DANGER),
            (tr("Try again"), Link.TRY_AGAIN, Role.ACCENT_TEXT),
            ("·", None, Role.TEXT_SECOND),
            (tr("Delete"), Link.DELETE, Role.ACCENT_TEXT),
        ]
    elif entry.edit is not None and entry.edit.state is SendState.FAILED:
        words = [
            (tr("Edit not saved."), None, Role.DANGER),
            (tr("Try again"), Link.TRY_AGAIN, Role.ACCENT_TEXT),
            ("·", None, Role.TEXT_SECOND),
            (tr("Discard"), Link.DISCARD, Role.ACCENT_TEXT),
        ]
    else:
        return None
    parts = _flow(words, QFontMetricsF(link_font(small)), width, line)
    height = parts[-1].place.bottom()
    if why and not gone:
        shown = QFontMetricsF(small).elidedText(why, Qt.TextElideMode.ElideRight, width)
        parts.append(Part(shown, None, Role.TEXT_SECOND, QRectF(0, height, width, line)))
        height += line
    return Foot(tuple(parts), height)


def moved(foot: Foot, right: float, down: float) -> Foot:
    """Return the same foot, that much further from its corner."""
    parts = tuple(replace(part, place=part.place.translated(right, down)) for part in foot.parts)
    return Foot(parts, foot.height + down)


def _flow(
    words: list[tuple[str, Link | None, Role]], metrics: QFontMetricsF, width: float, line: float
) -> list[Part]:
    x = y = 0.0
    parts: list[Part] = []
    for text, link, role in words:
        wide = metrics.horizontalAdvance(text) + 1
        if x and x + wide > width:
            x, y = 0.0, y + line
        parts.append(Part(text, link, role, QRectF(x, y, wide, line)))
        x += wide + 5
    return parts
