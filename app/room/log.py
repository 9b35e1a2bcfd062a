"""The log: all messages of a room, in order."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

from app.protocol.messages import Said

Author = bytes
"""The device that said something: with a cid it names a message for good."""


@dataclass
class Log:
    """Messages in order, in memory, for as long as the room is open.

    Sequence numbers start at 1 and have no holes; `keep` bounds how many messages stay readable
    (0: none, so that only the numbers go on). The numbers of the last `remember` messages are known
    even where the messages are not: one that is sent again must not be said twice.
    """

    keep: int = 100_000
    remember: int = 100_000
    last_seq: int = 0
    _said: list[Said] = field(default_factory=list)
    _seqs: dict[tuple[Author, bytes], int] = field(default_factory=dict)

    def seq_of(self, author: Author, cid: bytes) -> int | None:
        """Return the number that this message got already, or None."""
        return self._seqs.get((author, cid))

    def append(self, said: Said) -> None:
        """Add the next message; its `seq` is `last_seq + 1`."""
        assert said.seq == self.last_seq + 1
        self.last_seq = said.seq
        self._seqs[said.device, said.cid] = said.seq
        self._said.append(said)
        # Trimmed by half at a time: deleting from a list's front costs its length.
        if len(self._said) > max(2 * self.keep, 64):
            del self._said[: -self.keep or None]
        if len(self._seqs) > 2 * max(self.keep, self.remember):
            for name in list(islice(self._seqs, len(self._seqs) // 2)):
                del self._seqs[name]

    @property
    def start(self) -> int:
        """The log holds nothing at or before this number."""
        return self._said[0].seq - 1 if self._said else self.last_seq

    def between(self, after: int, until: int, limit: int, *, newest: bool) -> list[Said]:
        """Return up to `limit` messages of `(after, until]`, in order.

        The oldest of the range, or its newest where `newest` is set.
        """
        first = bisect_right(self._said, after, key=_seq)
        end = bisect_right(self._said, until, key=_seq)
        if newest:
            return self._said[max(first, end - limit) : end]
        return self._said[first : min(end, first + limit)]


def _seq(said: Said) -> int:
    return said.seq
