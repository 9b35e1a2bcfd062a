"""Cut a text that is too long for one message into several. Knows no Qt."""

from __future__ import annotations

import re
import unicodedata

MOST_PARTS = 10
"""More messages than that in a row are nobody's reading."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_LONGEST_FENCE = 40
_JOINER = "\u200d"
_SEARCHED = 3
"""A cut at a better place may leave at most a third of a message empty."""


def parts_of(text: str, limit: int) -> list[str]:
    """Return `text` in parts of at most `limit` characters, none of them blank.

    Cut between paragraphs, else between lines, words or characters, whichever comes first in the
    last third; the white space at a cut goes. A block of code that is cut is closed and opened
    again with the same line, so that each part shows as it should.
    """
    parts: list[str] = []
    opening = ""
    rest = text
    while rest.strip():
        head = f"{opening}\n" if opening else ""
        if len(head) + len(rest) <= limit:
            parts.append(head + rest)
            break
        room = limit - len(head) - _LONGEST_FENCE
        end, following = _cut(rest, room)
        part = head + rest[:end]
        rest = rest[following:]
        opening = _open_fence(part)
        if opening:
            part = f"{part}\n{_closing(opening)}"
        if part.strip():
            parts.append(part)
    return parts


def _cut(text: str, room: int) -> tuple[int, int]:
    """Return where a part ends, at most at `room`, and where the next begins."""
    least = room - room // _SEARCHED
    for border in ("\n\n", "\n", " "):
        at = text.rfind(border, least, room + len(border))
        if at > 0:
            return at, at + len(border)
    end = room
    while end > least and _holds_on(text[end - 1], text[end]):
        end -= 1
    return end, end


def _holds_on(before: str, after: str) -> bool:
    """Tell whether a cut between the two would tear one sign apart."""
    if _JOINER in {before, after} or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if "\U0001f1e6" <= after <= "\U0001f1ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return unicodedata.category(after) in {"Mn", "Me", "Mc"}


def _open_fence(part: str) -> str:
    """Return the line that opened a block of code which is still open at the end; else nothing."""
    opening = ""
    for found in _FENCE.finditer(part):
        line = found[0]
        if not opening:
            opening = line if len(line) < _LONGEST_FENCE // 2 else line.strip()[:3]
        elif found[1].startswith(_closing(opening)) and line.strip() == found[1]:
            opening = ""
    return opening


def _closing(opening: str) -> str:
    bare = opening.strip()
    return bare[: len(bare) - len(bare.lstrip(bare[0]))]
