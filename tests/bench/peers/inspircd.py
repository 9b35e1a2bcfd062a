"""InspIRCd, the large IRC server in C++."""

from __future__ import annotations

from pathlib import Path

from tests.bench.peers.base import Peer

_CONFIGURATION = """\
<server name="bench.example" description="bench" network="bench">
<admin name="bench" nick="bench" email="bench@localhost">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect name="all" allow="*" timeout="60" threshold="1000000" commandrate="100000000"
    fakelag="no" pingfreq="1h" hardsendq="1048576" softsendq="1048576" recvq="1048576"
    localmax="100000" globalmax="100000" limit="100000" maxchans="20" maxconnwarn="no"
    resolvehostnames="no" useident="no" useconnectban="no" useconnflood="no">
<options>
<performance softlimit="100000" somaxconn="1024" netbuffersize="65534">
<security>
<dns server="127.0.0.1" timeout="1">
<pid file="{folder}/inspircd.pid">
<path configdir="{folder}" datadir="{folder}" logdir="{folder}" runtimedir="{folder}">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="none" target="{folder}/log">
"""


class Inspircd(Peer):
    """One channel, flood control off."""

    name = "inspircd"
    protocol = "irc"
    program = "inspircd"
    # It completes registrations once a second: eight at a time would take a minute for 500.
    parallel = 500

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Write inspircd.conf."""
        del members
        path = folder / "inspircd.conf"
        path.write_text(_CONFIGURATION.format(port=port, folder=folder), "utf-8")
        return [self.path, "--nofork", "--runasroot", f"--config={path}"]
