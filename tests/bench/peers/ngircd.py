"""ngIRCd, the small IRC server in C."""

from __future__ import annotations

from pathlib import Path

from tests.bench.peers.base import Peer

_CONFIGURATION = """\
[Global]
Name = bench.example
Info = bench
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = bench
ServerUID = {user}
ServerGID = {group}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxPenaltyTime = 0
MaxNickLength = 16
PingTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
"""


class Ngircd(Peer):
    """One channel, penalties off."""

    name = "ngircd"
    protocol = "irc"
    program = "ngircd"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Write ngircd.conf; run it as who owns it, so that it can read it."""
        del members
        owner = folder.stat()
        text = _CONFIGURATION.format(port=port, user=owner.st_uid, group=owner.st_gid)
        path = folder / "ngircd.conf"
        path.write_text(text, "utf-8")
        return [self.path, "-n", "-f", str(path)]
