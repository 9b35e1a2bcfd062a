"""Papo's own headless host, as shipped: TLS, the log, everything; only the flood limit is lifted."""

from __future__ import annotations

import sys
from pathlib import Path

from app import __version__
from tests.bench.peers.base import Peer

ROOT = Path(__file__).resolve().parents[3]


class Papo(Peer):
    """`papo host --headless --no-flood-limit`."""

    name = "papo"
    protocol = "papo"
    root = ROOT
    """The checkout that is run: this one, unless the command line says another."""
    environment = {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}  # noqa: RUF012 - never changed

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Host a room in `folder`."""
        options = ["--headless", "--no-flood-limit", "--max-members", str(members)]
        where = ["--bind", "127.0.0.1", "--port", str(port), "--data", str(folder / "data")]
        return [sys.executable, str(self.root / "main.py"), "host", *options, *where]

    @property
    def version(self) -> str:
        """The program's version and Python's."""
        return f"papo {__version__}, Python {sys.version.split()[0]}"
