"""Redis, publish and subscribe."""

from __future__ import annotations

from pathlib import Path

from tests.bench.peers.base import Peer


class Redis(Peer):
    """One channel, nothing is stored."""

    name = "redis"
    protocol = "redis"
    program = "redis-server"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Give everything as options."""
        where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
        limits = ["--maxclients", str(members + 100), "--tcp-backlog", "1024"]
        return [self.path, *where, *limits, "--save", "", "--appendonly", "no"]
