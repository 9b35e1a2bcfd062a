"""Disks that are full: a small one of our own, and a limit on what one process may write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

SIZE = 4 * 1024 * 1024


class Unavailable(Exception):
    """This machine has no such thing; the argument says what is missing."""


class Disk(Protocol):
    """Where a host keeps its room."""

    data: Path

    def fill(self, pid: int) -> None:
        """Let process `pid` write nothing more."""

    def free(self, pid: int) -> None:
        """Let it write again."""


class SmallDisk:
    """A mounted tmpfs, really full."""

    def __init__(self, place: Path) -> None:
        self.data = place / "data"
        self._ballast = place / "ballast"

    def fill(self, _pid: int) -> None:
        with self._ballast.open("wb", buffering=0) as ballast:
            try:
                while ballast.write(b"\0" * 4096):
                    pass
            except OSError:
                pass

    def free(self, _pid: int) -> None:
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Mount a small disk for a while; raises Unavailable where that is not allowed."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise Unavailable("mounting a small tmpfs wants root on Linux")
    place = folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "papo-test", str(place)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"a small tmpfs cannot be mounted: {done.stderr.strip()}")
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


class LimitedDisk:
    """A disk on which the files of one process may not grow (RLIMIT_FSIZE): no root is needed."""

    def __init__(self, place: Path) -> None:
        self.data = place

    def fill(self, pid: int) -> None:
        self._limit(pid, min(path.stat().st_size for path in self.data.rglob("log.db-wal")))

    def free(self, pid: int) -> None:
        import resource  # noqa: PLC0415 - Unix alone has it

        self._limit(pid, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(pid: int, size: int) -> None:
        import resource  # noqa: PLC0415

        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


@contextmanager
def limited_disk(folder: Path) -> Iterator[Disk]:
    """Make a place whose disk can be filled for one process; raises Unavailable but on Linux."""
    if not sys.platform.startswith("linux"):
        raise Unavailable("limiting another process wants Linux's prlimit")
    yield LimitedDisk(folder / "host")
