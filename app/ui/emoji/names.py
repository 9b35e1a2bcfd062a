"""Short codes and names of emoji in the reader's language, with English behind them.

Everything here is loaded at the first question and kept for one language; knows no Qt but its locale.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from app.ui.emoji.data import TONES, Names, all_emoji, code_of, load_names
from app.ui.texts import locale

_ENGLISH = "en"
_PRESENTATION = "\ufe0f"
_LAST = "\U0010ffff"

_LONGEST = 48
_FRAGMENT = re.compile(r"(?<![\w:/]):(?:[^\W\d_]|[+-])[\w+-]+$")

# What a hit is worth, the best first. The other language comes half a step behind, and a code of
# more words behind one of fewer.
_EXACT, _BEGINNING, _NAME, _WORD = 0, 100, 200, 300
_BEHIND = 50


class Completion(NamedTuple):
    """An emoji that what was typed may mean, and the short code to show for it, without colons."""

    emoji: str
    name: str


class _Table:
    """The short codes and words of one language, sorted for looking up by their beginnings."""

    def __init__(self, names: tuple[Names, ...]) -> None:
        codes: dict[str, int] = {}
        named: defaultdict[str, set[int]] = defaultdict(set)
        words: defaultdict[str, set[int]] = defaultdict(set)
        for row, one in enumerate(names):
            for code in one.codes.split():
                codes.setdefault(code, row)
                for word in code.split("_"):
                    named[word].add(row)
            for word in one.words.split():
                words[word].add(row)
        self.codes = codes
        self._names = names
        self._sorted_codes = sorted(codes)
        self._named = _Words(named)
        self._words = _Words(words)

    def words_of(self, row: int) -> list[str]:
        """Return the words of a row's codes."""
        return self._names[row].codes.replace("_", " ").split()

    def beginning_with(self, code: str) -> Iterator[tuple[str, int]]:
        """Yield the codes that begin like this, each with its row."""
        codes = self._sorted_codes
        for place in range(bisect_left(codes, code), bisect_left(codes, code + _LAST)):
            yield codes[place], self.codes[codes[place]]

    def named(self, parts: list[str]) -> set[int]:
        """Return the rows in whose codes each part begins a word."""
        return set[int].intersection(*(self._named.rows(part) for part in parts))

    def found(self, parts: list[str]) -> set[int]:
        """Return the rows in whose codes or further words each part begins a word."""
        of, more = self._named.rows, self._words.rows
        return set[int].intersection(*(of(part) | more(part) for part in parts))

    def only(self, word: str) -> int | None:
        """Return the row that alone has this further word."""
        rows = self._words.exactly(word)
        return next(iter(rows)) if len(rows) == 1 else None


class _Words:
    """Words and the rows that have them."""

    def __init__(self, rows: dict[str, set[int]]) -> None:
        self._rows = {word: tuple(of) for word, of in rows.items()}
        self._words = sorted(rows)

    def exactly(self, word: str) -> tuple[int, ...]:
        return self._rows.get(word, ())

    def rows(self, beginning: str) -> set[int]:
        words = self._words
        first, last = bisect_left(words, beginning), bisect_left(words, beginning + _LAST)
        return {row for word in words[first:last] for row in self._rows[word]}


class EmojiNames:
    """What emoji are called in one language; `reader_names()` gives the reader's."""

    def __init__(self, language: str) -> None:
        """`language`: as in ISO 639-1 ("pt"); English where there are no names in it."""
        english = load_names(_ENGLISH)
        if english is None:
            raise FileNotFoundError("the English names come with Papo")
        own = None if language == _ENGLISH else load_names(language)
        self._emoji = all_emoji()
        self._names = own or english
        self._tables = [_Table(self._names)]
        if own is not None:
            self._tables.append(_Table(english))
        self._rows = {_bare(one.text): row for row, one in enumerate(self._emoji)}

    def emoji(self, code: str) -> str | None:
        """Return the emoji that `code` means, with or without colons; None where it is no code.

        A code of the reader's language wins over an English one; then comes a word that belongs to
        one emoji alone.
        """
        wanted = code_of(code)
        for table in self._tables:
            row = table.codes.get(wanted)
            if row is not None:
                return self._emoji[row].text
        for table in self._tables:
            row = table.only(wanted)
            if row is not None:
                return self._emoji[row].text
        return None

    def place(self, emoji: str) -> int | None:
        """Return where in `all_emoji()` an emoji is, whatever its skin tone; None for what is none."""
        return self._rows.get(_bare(emoji))

    def name(self, emoji: str) -> str:
        """Return what the emoji is called, whatever its skin tone; empty for what is none."""
        row = self.place(emoji)
        return "" if row is None else self._names[row].name

    def code(self, emoji: str) -> str:
        """Return the most usual short code of the emoji, without colons; empty for what is none."""
        row = self.place(emoji)
        return "" if row is None else self._code(row)

    def complete(
        self, beginning: str, limit: int, *, recents: Iterable[str] = (), tone: int = 0
    ) -> list[Completion]:
        """Return what `beginning` (with or without its colon) may become, the likeliest first.

        First the very code, then what is in `recents` and fits, then codes that begin so, codes in
        which a word begins so, other words. `tone` is an index into `TONES`.
        """
        wanted = code_of(beginning)
        scores = self._scores(wanted, limit)
        for row in self._rows_of(recents) if wanted else ():
            score, code = scores.get(row, (_BEGINNING, self._code(row)))
            if score >= _BEGINNING and self._is_named(row, wanted):
                scores[row] = (_BEGINNING - 1, code)
        best = nsmallest(limit, scores, key=lambda row: (scores[row][0], row))
        return [Completion(self._emoji[row].toned(tone), scores[row][1]) for row in best]

    def search(self, text: str) -> list[int]:
        """Return the places in `all_emoji()` of all that `text` finds, the likeliest first."""
        row = self.place(text.strip())
        if row is not None:
            return [row]
        scores = self._scores(code_of(text), len(self._emoji))
        return sorted(scores, key=lambda row: (scores[row][0], row))

    def _scores(self, wanted: str, enough: int) -> dict[int, tuple[int, str]]:
        """Return for each row that fits what it is worth, and the code to show.

        Looks no further for worse hits once there are `enough` good ones, but for whole words.
        """
        scores: dict[int, tuple[int, str]] = {}
        parts = [part for part in wanted.split("_") if part]
        if not parts:
            return scores
        for number, table in enumerate(self._tables):
            for code, row in table.beginning_with(wanted):
                worth = _EXACT if code == wanted else _BEGINNING + min(code.count("_"), _BEHIND - 1)
                score = worth + number * _BEHIND
                if row not in scores or score < scores[row][0]:
                    scores[row] = (score, code)
        for worth, look in ((_NAME, _Table.named), (_WORD, _Table.found)):
            for number, table in enumerate(self._tables):
                if len(scores) >= enough:
                    return scores
                for row in look(table, parts):
                    scores.setdefault(row, (worth + number * _BEHIND, self._code(row)))
        return scores

    def _is_named(self, row: int, wanted: str) -> bool:
        """Tell whether a word in one of the codes begins with each part of `wanted`."""
        words = {word for table in self._tables for word in table.words_of(row)}
        return all(any(word.startswith(part) for word in words) for part in wanted.split("_"))

    def _code(self, row: int) -> str:
        return self._names[row].codes.partition(" ")[0]

    def _rows_of(self, emoji: Iterable[str]) -> list[int]:
        return [row for row in map(self.place, emoji) if row is not None]


def _bare(emoji: str) -> str:
    """Return what all variants of an emoji share."""
    for tone in TONES[1:]:
        emoji = emoji.replace(tone, "")
    return emoji.replace(_PRESENTATION, "")


@lru_cache(maxsize=1)
def _names_in(language: str) -> EmojiNames:
    return EmojiNames(language)


def reader_names() -> EmojiNames:
    """Return the names in the language that is spoken now; the last one's are kept."""
    return _names_in(locale().name().split("_")[0])


def complete(
    beginning: str, limit: int = 8, *, recents: Iterable[str] = (), tone: int = 0
) -> list[Completion]:
    """Complete a short code in the reader's language; see `EmojiNames.complete`."""
    return reader_names().complete(beginning, limit, recents=recents, tone=tone)


def emoji_of(code: str) -> str | None:
    """Return the emoji that a short code means to the reader; see `EmojiNames.emoji`."""
    return reader_names().emoji(code)


def fragment(text: str) -> str:
    """Return the unfinished code at the end of `text`, with its colon; empty where there is none.

    It begins a word and has two characters at least: neither 10:30, http: nor :) is one.
    """
    found = _FRAGMENT.search(text[-_LONGEST:])
    return found[0] if found else ""


RECENTS = 20
"""How many of the emoji used last are worth keeping: two rows of the panel."""


def with_recent(recents: Iterable[str], emoji: str) -> tuple[str, ...]:
    """Return `recents` with `emoji` before all others, whatever its skin tone was."""
    same = _bare(emoji)
    others = [one for one in recents if _bare(one) != same]
    return (emoji, *others[: RECENTS - 1])
