"""Find in a text what a search looked for, to mark it."""

from __future__ import annotations

import unicodedata

from app.session.words import Query, fold, tokens
from app.ui.chat.names import one_line

SHOWN = 160
"""Characters of a line that are shown around a hit."""

_BEFORE = 32
"""Characters shown before the first hit, where the line is longer."""

Span = tuple[int, int]
"""Where a hit begins and ends, in characters."""


def hits(text: str, query: str) -> list[Span]:
    """Return where `text` holds what is looked for, in order and apart from each other."""
    wanted = Query.parse(query)
    folded, origins = _folded(text)
    found: list[Span] = []
    sought = [(word, True, True) for word in wanted.words]
    sought += [(literal, False, False) for literal in wanted.literals]
    if wanted.beginning:
        sought.append((wanted.beginning, True, False))
    for part, begins, ends in sought:
        start = folded.find(part)
        while start >= 0:
            end = start + len(part)
            # A word is one as the search takes it: nothing that belongs to it stands beside it.
            whole = not begins or tokens(folded[max(0, start - 1) : end])[-1] == part
            whole = whole and (not ends or tokens(folded[start : end + 1])[0] == part)
            if whole:
                found.append((origins[start], origins[end - 1] + 1))
            start = folded.find(part, start + 1)
    return _merged(found, text)


def excerpt(text: str, query: str) -> tuple[str, list[Span]]:
    """Return `text` in one line, around its first hit where it is long, and the hits in that."""
    line = one_line(text)
    found = hits(line, query)
    if len(line) <= SHOWN:
        return line, found
    start = max(0, found[0][0] - _BEFORE) if found else 0
    if start:
        # Rather at the beginning of a word, where one is near.
        space = line.find(" ", start, found[0][0])
        start = space + 1 if space >= 0 else start
    end = min(len(line), start + SHOWN)
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shift = len(before) - start
    kept = [(a + shift, min(b, end) + shift) for a, b in found if start <= a < end]
    return f"{before}{line[start:end]}{after}", kept


def utf16(text: str, place: int) -> int:
    """Return a place in `text` as Qt counts it."""
    if text.isascii():
        return place
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text to compare, and for each of its characters where in `text` it came from."""
    if text.isascii():
        return fold(text), list(range(len(text)))
    signs: list[str] = []
    origins: list[int] = []
    for place, sign in enumerate(text):
        parts = fold(sign)
        signs.append(parts)
        origins += [place] * len(parts)
    return "".join(signs), origins


def _merged(found: list[Span], text: str) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(found):
        stop = end
        # A mark belongs to the letter before it, and so to the hit.
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        if merged and start <= merged[-1][1]:
            first, last = merged.pop()
            merged.append((first, max(last, stop)))
        else:
            merged.append((start, stop))
    return merged
