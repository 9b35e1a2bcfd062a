"""`papo papo://…`: what the system runs when somebody opens an invite."""

from __future__ import annotations

import sys

from app.security.invite import SCHEME

LINK_COMMAND = "link"
"""Opens the window with an invite filled in; nobody has to type it."""


def with_link_command(arguments: list[str] | None) -> list[str]:
    """Return the arguments (None: the program's) with the command that a link in its place means."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    place = 0
    while place < len(given) and given[place].startswith("-"):
        place += 2 if given[place] == "--data" else 1
    if place < len(given) and given[place].lower().startswith(f"{SCHEME}:"):
        given.insert(place, LINK_COMMAND)
    return given
