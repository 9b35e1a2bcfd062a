"""A plain asyncio server, as one writes it in ten minutes: `asyncio_server.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.peers.base import Peer


class AsyncioLines(Peer):
    """Streams, and one write a message a member."""

    name = "asyncio"
    protocol = "lines"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Run it under the Python that runs the bench."""
        del folder, members
        return [sys.executable, str(Path(__file__).with_name("asyncio_server.py")), str(port)]

    @property
    def version(self) -> str:
        """Python's version: it has none of its own."""
        return f"asyncio streams, Python {sys.version.split()[0]}"
