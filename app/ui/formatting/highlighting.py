"""Tell which parts of a code block are what, for the theme to colour. Pygments does the reading."""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QDeadlineTimer

from app.protocol.limits import MAX_TEXT
from app.ui.formatting.blocks import Utf16

if TYPE_CHECKING:
    from collections.abc import Callable

    from pygments.lexer import Lexer

MAX_COLOURED: Final = 2_000
"""Ranges of one block; what comes after stays plain."""

MOST_TIME: Final = 15
"""Milliseconds spent on one block; what comes after stays plain.

Many lexers are quadratic, and worse, on what a hostile person types: 5,000 line feeds take the one for
C 1.3 s. Between two tokens time is looked at.
"""

# Left out are those that can take long over a single token (INI, MATLAB, consoles); none is chosen by
# guessing.
_KNOWN: Final = """
    asm bash bat batch c c# c++ clojure cmake cpp cs csharp css dart diff docker dockerfile elixir
    erlang fortran go golang graphql groovy haskell hs html java javascript js json jsx julia
    kotlin lua make makefile nasm nginx nim objc pascal perl php powershell ps1 protobuf py py3
    pycon pytb python python3 r rb ruby rs rust scala scss sh shell sql sqlite3 swift tcl terraform
    tex latex toml ts tsx typescript vbnet verilog vhdl vim xml yaml yml zig zsh
"""
LANGUAGES: Final = frozenset(_KNOWN.split())
"""The names of languages that are coloured."""


class TokenKind(StrEnum):
    """What a part of code is; each has a colour of the theme."""

    KEYWORD = "keyword"
    NAME = "name"
    """What is defined or built in: functions, classes, tags, attributes."""
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    OPERATOR = "operator"
    INSERTED = "inserted"
    DELETED = "deleted"


@functools.lru_cache(maxsize=64)
def highlight(code: str, language: str) -> tuple[tuple[int, int, TokenKind], ...]:
    """Return ranges as (start, length, kind), in order, in UTF-16 code units.

    Empty for a language that is not known here, and for code longer than a message. The first code
    in a language costs some 20 ms more.
    """
    if language.lower() in LANGUAGES:
        _lexer(language.lower())
    return highlight_until(code, language, QDeadlineTimer(MOST_TIME).hasExpired)


def highlight_until(
    code: str, language: str, expired: Callable[[], bool]
) -> tuple[tuple[int, int, TokenKind], ...]:
    """Return the ranges found until `expired`, which is asked before each."""
    name = language.lower()
    if name not in LANGUAGES or not 0 < len(code) <= MAX_TEXT:
        return ()
    at = Utf16(code)
    ranges: list[tuple[int, int, TokenKind]] = []
    last: tuple[int, int, TokenKind] | None = None
    # Many lexers end a comment or a command with the end of its line.
    for start, token, text in _lexer(name).get_tokens_unprocessed(f"{code}\n"):
        if expired():
            break
        kind = _kind(token)
        end = min(start + len(text), len(code))
        if kind is None or end <= start or not text.strip():
            continue
        if last and last[2] is kind and last[1] == start:
            last = (last[0], end, kind)
            ranges[-1] = last
            continue
        if len(ranges) >= MAX_COLOURED:
            break
        last = (start, end, kind)
        ranges.append(last)
    return tuple(
        (at.units(start), at.units(end) - at.units(start), kind) for start, end, kind in ranges
    )


@functools.cache
def _lexer(name: str) -> Lexer:
    # Not at the top: a start that shows no code does not pay for it.
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415

    return get_lexer_by_name(name)


@functools.cache
def _kind(token: tuple[str, ...]) -> TokenKind | None:
    """Return the kind of a Pygments token, which is the path of its names."""
    path = tuple(token)
    for length in range(len(path), 0, -1):
        if path[:length] in _KINDS:
            return _KINDS[path[:length]]
    return None


_KINDS: Final[dict[tuple[str, ...], TokenKind]] = {
    ("Comment",): TokenKind.COMMENT,
    ("Comment", "Preproc"): TokenKind.KEYWORD,
    ("Comment", "PreprocFile"): TokenKind.STRING,
    ("Keyword",): TokenKind.KEYWORD,
    ("Keyword", "Constant"): TokenKind.NUMBER,
    ("Literal",): TokenKind.STRING,
    ("Literal", "Number"): TokenKind.NUMBER,
    ("Operator",): TokenKind.OPERATOR,
    ("Operator", "Word"): TokenKind.KEYWORD,
    ("Generic", "Inserted"): TokenKind.INSERTED,
    ("Generic", "Deleted"): TokenKind.DELETED,
    ("Generic", "Error"): TokenKind.DELETED,
    ("Generic", "Heading"): TokenKind.COMMENT,
    ("Generic", "Subheading"): TokenKind.COMMENT,
    ("Generic", "Prompt"): TokenKind.COMMENT,
    ("Name", "Function"): TokenKind.NAME,
    ("Name", "Class"): TokenKind.NAME,
    ("Name", "Builtin"): TokenKind.NAME,
    ("Name", "Decorator"): TokenKind.NAME,
    ("Name", "Tag"): TokenKind.NAME,
    ("Name", "Attribute"): TokenKind.NAME,
}
