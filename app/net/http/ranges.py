"""Parts of a file, as `Range` and `Content-Range` name them (RFC 9110, 14). `end` is exclusive."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)
_CONTENT = re.compile(
    r"bytes[ \t]+(?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18})", re.ASCII | re.IGNORECASE
)


class Unsatisfiable(Exception):
    """Nothing of what was asked for is in the file: 416."""


class BadContentRange(ValueError):
    """It is none, or one that contradicts itself: 400."""


@dataclass(frozen=True)
class Span:
    """The bytes from `first` up to `end`, not included, of a file of `total` bytes."""

    first: int
    end: int
    total: int

    def __len__(self) -> int:
        return self.end - self.first

    def as_text(self) -> str:
        """Return it as the value of `Content-Range`; only where it has any bytes."""
        return f"bytes {self.first}-{self.end - 1}/{self.total}"


def asked_span(header: str | None, total: int) -> Span | None:
    """Return the part that `Range` asks for, None for all of it; raises Unsatisfiable.

    Several ranges, another unit and what is no range at all are passed over, as RFC 9110 14.2 allows.
    """
    found = _ONE.fullmatch(header.strip()) if header is not None else None
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, end = max(0, total - int(found[2])), total
    else:
        first = int(found[1])
        end = min(int(found[2]) + 1, total) if found[2] else total
        if found[2] and int(found[2]) < first:
            return None
    if first >= end:
        raise Unsatisfiable
    return Span(first, end, total)


def sent_span(header: str) -> Span:
    """Return the part that a body is, by its `Content-Range`; raises BadContentRange.

    Where it is `bytes */N` there is no body: the part is the empty one at the end.
    """
    found = _CONTENT.fullmatch(header.strip())
    if found is None:
        raise BadContentRange(header)
    total = int(found[3])
    if found[1] is None:
        return Span(total, total, total)
    first, end = int(found[1]), int(found[2]) + 1
    if not first < end <= total:
        raise BadContentRange(header)
    return Span(first, end, total)
