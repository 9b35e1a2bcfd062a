"""Mosquitto, the MQTT broker in C."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.bench.peers.base import Peer

_CONFIGURATION = """\
listener {port} 127.0.0.1
allow_anonymous true
max_connections -1
max_queued_messages 0
set_tcp_nodelay true
persistence false
log_type none
user {user}
"""


class Mosquitto(Peer):
    """One topic, QoS 0."""

    name = "mosquitto"
    protocol = "mqtt"
    program = "mosquitto"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Write mosquitto.conf."""
        del members
        path = folder / "mosquitto.conf"
        path.write_text(_CONFIGURATION.format(port=port, user=folder.owner()), "utf-8")
        return [self.path, "-c", str(path)]

    @property
    def version(self) -> str:
        """The first line of its help: it has no --version."""
        done = subprocess.run(
            [self.path, "-h"], capture_output=True, text=True, timeout=10, check=False
        )
        return next(iter(done.stdout.splitlines()), "")
