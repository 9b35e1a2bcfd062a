"""Whether a name is what was typed, and which of its letters were: by words, anywhere, or initials."""

from __future__ import annotations

from dataclasses import dataclass

from app.session.words import fold

_BEGINNING, _WORD, _INITIALS, _WITHIN = range(4)


@dataclass(frozen=True)
class Match:
    """How well a name matches, lower is better, and the runs of its characters that do."""

    cost: int
    runs: tuple[tuple[int, int], ...]


class Name:
    """A name, ready to be compared often: without case and accents."""

    def __init__(self, text: str) -> None:
        self.text = text
        signs: list[str] = []
        origins: list[int] = []
        for place, sign in enumerate(text):
            folded = fold(sign)
            signs.append(folded)
            origins += [place] * len(folded)
        self._folded = "".join(signs)
        self._origins = [*origins, len(text)]
        folded = self._folded
        self._starts = [
            place
            for place, sign in enumerate(folded)
            if not sign.isspace() and (not place or not folded[place - 1].isalnum())
        ]
        self._initials = "".join(folded[place] for place in self._starts)

    def match(self, words: tuple[str, ...]) -> Match | None:
        """Return how the name matches, where every one of the folded `words` is in it."""
        cost = 0
        runs: list[tuple[int, int]] = []
        for word in words:
            found = self._find(word)
            if found is None:
                return None
            cost += found[0]
            runs += found[1]
        return Match(cost, _joined(runs))

    def _find(self, word: str) -> tuple[int, list[tuple[int, int]]] | None:
        if self._folded.startswith(word):
            return _BEGINNING, [self._run(0, len(word))]
        for start in self._starts:
            if self._folded.startswith(word, start):
                return _WORD, [self._run(start, len(word))]
        at = self._initials.find(word)
        if at >= 0:
            starts = self._starts[at : at + len(word)]
            return _INITIALS, [self._run(start, 1) for start in starts]
        at = self._folded.find(word) if len(word) > 1 else -1
        return None if at < 0 else (_WITHIN, [self._run(at, len(word))])

    def _run(self, start: int, length: int) -> tuple[int, int]:
        return self._origins[start], self._origins[start + length]


def words_of(text: str) -> tuple[str, ...]:
    """Return what was typed as folded words."""
    return tuple(fold(text).split())


def _joined(runs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
