"""How the parsers are loaded before the first message needs them.

The libraries take 60 to 90 ms to load, and to compile what they search by.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Final

from app.ui.formatting.markdown import parse

if TYPE_CHECKING:
    from app.ui.warming import Step

BETWEEN: Final = 120
"""Milliseconds from one step to the next: the room's first messages come meanwhile."""


def _spare_collections(_what: str) -> None:
    """Let the garbage collector look no more at what is loaded for good, once.

    All of it in every full collection is 30 ms in the midst of scrolling; `gc.freeze` is made for this.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()


# markdown-it alone takes 30 ms on the slowest computer it was measured on.
PARSERS: Final[tuple[Step, ...]] = (
    (import_module, "mdurl"),
    (import_module, "linkify_it"),
    (import_module, "markdown_it"),
    (import_module, "app.ui.formatting.rules"),
    (parse, "**a**"),
    (parse, "www.a.com"),
    (parse, "http://a.com"),
    (import_module, "pygments.lexers"),
    (import_module, "pygments.lexers.python"),
    (_spare_collections, ""),
)
