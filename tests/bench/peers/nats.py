"""NATS, the message broker in Go."""

from __future__ import annotations

from pathlib import Path

from tests.bench.peers.base import Peer


class Nats(Peer):
    """One subject, core NATS: nothing is stored."""

    name = "nats"
    protocol = "nats"
    program = "nats-server"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Write nats.conf."""
        del members
        path = folder / "nats.conf"
        path.write_text(
            f'listen: "127.0.0.1:{port}"\nmax_connections: 1000000\nping_interval: "1h"\n', "utf-8"
        )
        return [self.path, "-c", str(path)]
