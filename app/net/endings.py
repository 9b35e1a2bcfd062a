"""What the end of a link to a host means for whether, and where, to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.net.link import Ending
from app.protocol.errors import Refusal
from app.session.connection import Problem

if TYPE_CHECKING:
    from app.net.link import LinkEnd

FINAL = {
    Refusal.ROOM_CLOSED,
    Refusal.REPLACED,
    Refusal.BAD_PROOF,
    Refusal.PEER_TOO_OLD,
    Refusal.PEER_TOO_NEW,
    Refusal.REMOVED,
    Refusal.BANNED,
}
"""Last words after which trying again by itself would be of no use."""

AGAIN_AT_ONCE = frozenset({Ending.LOST, Ending.ASKED})
"""Ends of a link without TLS after which a few quick further attempts may help."""


def problem_of(end: LinkEnd, *, was_secure: bool) -> str:
    """Return the `Refusal` or `Problem` that an end comes to."""
    if end.refusal:
        return end.refusal
    if end.ending in {Ending.NOT_PAPO, Ending.ASKED}:
        return Problem.NOT_PAPO
    return Problem.LOST if was_secure else Problem.TURNED_AWAY
