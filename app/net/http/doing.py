"""`Doing`: what a connection that speaks HTTP is busy with."""

from __future__ import annotations

from enum import Enum, auto


class Doing(Enum):
    """What a connection is busy with."""

    LISTENING = auto()
    """A request, or the body of one, is awaited."""
    OPENING = auto()
    """What there is of an upload is read again, before its body is."""
    MAKING = auto()
    """The thumbnail of what came is made, before it is said that it came."""
    ANSWERING = auto()
    """A file is on its way out."""
    ENDING = auto()
    """The last answer is on its way; what still comes is thrown away."""
    OVER = auto()
