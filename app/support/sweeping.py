"""Old files that nobody needs any more are removed, a few at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.support.clock import Clock
from app.support.removing import Remover

AT_ONCE = 8
"""Files that one step looks at: a millisecond or two, on a slow disk."""


@dataclass(frozen=True)
class Sweep:
    """A folder of ours, and how old its files may be, in seconds."""

    folder: Path
    older_than: float = 0.0


class Sweeper:
    """Removes old files from folders, in the background, from `start` on. Whatever refuses, stays."""

    def __init__(self, sweeps: Iterable[Sweep], clock: Clock) -> None:
        self._clock = clock
        self._remover = Remover(clock)
        self._files = self._all(tuple(sweeps))

    def start(self) -> None:
        """Begin, or go on."""
        for _ in range(AT_ONCE):
            path = next(self._files, None)
            if path is None:
                return
            # What is no file, or in use, stays; the next start tries again.
            self._remover.remove(path)
        self._clock.call_later(0, self.start)

    def _all(self, sweeps: tuple[Sweep, ...]) -> Iterator[Path]:
        now = self._clock.now()
        for sweep in sweeps:
            try:
                # What comes into the folder from now on is not meant.
                names = os.listdir(sweep.folder)  # noqa: PTH208 - names alone, read at once
            except OSError:
                continue
            for name in names:
                path = sweep.folder / name
                try:
                    old = path.lstat().st_mtime <= now - sweep.older_than
                except OSError:
                    continue
                if old:
                    yield path
