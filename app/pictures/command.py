"""How the worker's process is started: from source, installed, and in a packaged program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORKER = "pictures-worker"
"""The word by which the packaged program is told to be a worker. No person needs it."""


@dataclass(frozen=True)
class Command:
    """A program, its arguments, and what its environment says besides."""

    program: str
    arguments: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


def worker_command() -> Command:
    """Return what starts a worker, from whatever folder."""
    # One arena: each further one takes address space of which the worker has little.
    small = ("MALLOC_ARENA_MAX", "1")
    if getattr(sys, "frozen", False):
        return Command(sys.executable, (WORKER,), (small,))
    root = str(Path(__file__).resolve().parents[2])
    # -P: the folder that it is started in has no say in what is imported.
    return Command(sys.executable, ("-P", "-m", "app.pictures"), (small, ("PYTHONPATH", root)))


def is_worker(arguments: Sequence[str]) -> bool:
    """Tell whether these are the arguments of a worker."""
    return list(arguments) == [WORKER]
