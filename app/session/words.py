"""Words as a search compares them: without case, accents and the borders that only some scripts have.

A `Query` alone says whether a text matches; an index may only save it the trouble of looking.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PREFIX = 4
"""Letters of a word's beginning that the index finds by themselves; the rest is compared."""

# Accents of Latin, Greek and Cyrillic letters, and marks that only choose how an emoji is drawn.
# Vowel signs of other scripts are no accents: without them another word is left.
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe0e\ufe0f]")

# Scripts that put no space between words: Thai, Lao, Myanmar, Khmer, kana, Han and its radicals.
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def fold(text: str) -> str:
    """Return what two texts share that differ in case, accents and presentation alone."""
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return unicodedata.normalize("NFC", bare)


def tokens(folded: str) -> list[str]:
    """Split a folded text into words; a symbol, or a letter of an unspaced script, is one by itself."""
    return folded.translate(_TOKENS).split()


class _Tokens(dict[int, str]):
    """What becomes of a character: itself, a border, or a word of its own. Grows with what is met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if kind[0] == "S" or any(first <= code <= last for first, last in _UNSPACED):
            found = f" {character} "
        elif kind[0] in "LNM" or kind == "Co":
            found = character
        else:
            found = " "
        self[code] = found
        return found


_TOKENS = _Tokens()


@dataclass(frozen=True)
class Query:
    """What somebody looks for: texts in which all `words` occur, the last one perhaps unfinished.

    `literals` are what no index of words can tell (`C++`, `foo-bar`, 日本語): they occur as they are.
    """

    words: tuple[str, ...]
    beginning: str
    literals: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Query:
        """Read what a person typed: nothing in it has a special meaning."""
        parts = fold(text.encode("utf-8", "replace").decode("utf-8")).split()
        words: list[str] = []
        literals: list[str] = []
        beginning = ""
        for part in parts:
            found = tokens(part)
            if found != [part]:
                literals.append(part)
            words += found
            beginning = ""
            if found and part.endswith(found[-1]):
                beginning = found[-1]
        if beginning:
            words.pop()
        return cls(tuple(dict.fromkeys(words)), beginning, tuple(literals))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.beginning or self.literals)

    def matches(self, text: str) -> bool:
        """Tell whether a text is what is looked for."""
        folded = fold(text)
        if not all(literal in folded for literal in self.literals):
            return False
        found = set(tokens(folded))
        return found.issuperset(self.words) and (
            not self.beginning
            or self.beginning in found
            or any(word.startswith(self.beginning) for word in found)
        )

    def as_match(self) -> str:
        """Return it for an index of words; empty where only looking helps. May find too much."""
        terms = [f'"{word}"' for word in self.words]
        if self.beginning:
            terms.append(f'"{self.beginning[:PREFIX]}"*')
        return " ".join(terms)
