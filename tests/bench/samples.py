"""What was measured, and the statistics over it: medians, and medians of ratios within a round.

A machine is now faster, now slower; two servers of one round saw the same machine, so their ratio
says more than either figure.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

HOST_BOUND = 0.9
"""The share of the wall clock that a server must be running, or ready to, to be called the limit."""


@dataclass(frozen=True)
class Sample:
    """The figures of one server in one round, about one thing (`saturated/100`)."""

    round: int
    peer: str
    about: str
    figures: dict[str, float]


@dataclass(frozen=True)
class Ratio:
    """Ours by theirs, for every round that has both; below 1 ours is the smaller."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The one in the middle."""
        return statistics.median(self.values)


@dataclass
class Samples:
    """All samples of a run."""

    kept: list[Sample] = field(default_factory=list)

    def add(self, sample: Sample) -> None:
        """Keep a sample."""
        self.kept.append(sample)

    def __iter__(self) -> Iterator[Sample]:
        return iter(self.kept)

    def values(self, peer: str, about: str, figure: str) -> dict[int, float]:
        """Return a figure by round."""
        return {
            sample.round: sample.figures[figure]
            for sample in self.kept
            if sample.peer == peer and sample.about == about and figure in sample.figures
        }

    def median(self, peer: str, about: str, figure: str) -> float | None:
        """Return the median over all rounds; None where nothing was measured."""
        values = self.values(peer, about, figure)
        return statistics.median(values.values()) if values else None

    def worst(self, peer: str, about: str, figure: str) -> float | None:
        """Return the largest of all rounds; None where nothing was measured."""
        return max(self.values(peer, about, figure).values(), default=None)

    def ratio(self, ours: str, theirs: str, about: str, figure: str) -> Ratio | None:
        """Return the ratios within each round; None where no round has both."""
        mine = self.values(ours, about, figure)
        other = self.values(theirs, about, figure)
        both = sorted(mine.keys() & other.keys())
        values = tuple(mine[number] / other[number] for number in both if other[number])
        return Ratio(values) if values else None

    def peers(self, about: str) -> list[str]:
        """Return who was measured about this, in the order of their first samples."""
        return list(dict.fromkeys(s.peer for s in self.kept if s.about == about))

    def host_was_limit(self, peer: str, about: str) -> bool:
        """Tell whether the server was what a saturated run waited for, in most rounds."""
        busy = self.median(peer, about, "busy")
        return busy is None or busy >= HOST_BOUND
