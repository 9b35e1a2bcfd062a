"""Sizes of files as people write them."""

from __future__ import annotations

import re

_SIZE = re.compile(
    r"([0-9]{1,15})(?:[.,]([0-9]{1,2}))?\s*(?:([kmgt]?)(?:i?b)?|bytes?)", re.IGNORECASE
)
_STEPS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}

MOST = 2**53 - 1
"""What a number in a message can say."""


def parse_size(text: str, *, needs_unit: bool = False) -> int:
    """Return the bytes that `500M`, `4G`, `1.5 GB` or `1,5 GiB` mean, 1,024 to a step.

    Three digits after a point or a comma are refused: they may be meant as thousands. A number alone
    is bytes, or with `needs_unit` not clear, unless it is 0. Raises ValueError.
    """
    text = text.strip()
    found = _SIZE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    whole, part, unit = found.group(1), found.group(2) or "", (found.group(3) or "").lower()
    step: int = 1024 ** _STEPS[unit]
    size: int = int(whole) * step + int(part or 0) * step // 10 ** len(part)
    if size > MOST or (needs_unit and size and text[-1].isdigit()):
        raise ValueError(text)
    return size
