"""The tutorial's server, from which Papo descends: `tutorial_server.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.peers.base import Peer


class Tutorial(Peer):
    """Sockets and threads."""

    name = "tutorial"
    protocol = "lines"
    one_at_a_time = True
    environment = {"PYTHONUNBUFFERED": "1"}  # noqa: RUF012 - never changed

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Run it under the Python that runs the bench."""
        del folder, members
        return [sys.executable, str(Path(__file__).with_name("tutorial_server.py")), str(port)]

    @property
    def version(self) -> str:
        """Python's version: it has none of its own."""
        return f"socket and threading, Python {sys.version.split()[0]}"
