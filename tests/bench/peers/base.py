"""What every server under test has in common."""

from __future__ import annotations

import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

NOTHING: Mapping[str, str] = MappingProxyType({})


class Peer(ABC):
    """A server, and how to start it so that its limits are not what is measured."""

    name: ClassVar[str]
    """The word on the command line."""
    protocol: ClassVar[str]
    """How the generator speaks with it."""
    program: ClassVar[str] = ""
    """What must be installed, if anything."""
    parallel: ClassVar[int] = 8
    """How many may join at a time: ngircd's listen backlog is 10, so by default 8 for all."""
    one_at_a_time: ClassVar[bool] = False
    """Its protocol marks no end of a message, so nobody may send before the last one is through."""
    environment: Mapping[str, str] = NOTHING

    @abstractmethod
    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Write what it needs into `folder`; return the command that listens on `port`."""

    @property
    def missing(self) -> str:
        """Why it cannot run here, or nothing."""
        if self.program and shutil.which(self.program, path=_SEARCH) is None:
            return f"{self.program} is not installed"
        return ""

    @property
    def path(self) -> str:
        """The program's path."""
        found = shutil.which(self.program, path=_SEARCH)
        assert found is not None
        return found

    @property
    def version(self) -> str:
        """The first line of what the program says about itself."""
        done = subprocess.run(
            [self.path, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
        return next(iter((done.stdout or done.stderr).splitlines()), "").strip()


_SEARCH = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"
