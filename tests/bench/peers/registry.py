"""All servers under test, in the order of the tables."""

from __future__ import annotations

from tests.bench.peers.asyncio_lines import AsyncioLines
from tests.bench.peers.base import Peer
from tests.bench.peers.inspircd import Inspircd
from tests.bench.peers.mosquitto import Mosquitto
from tests.bench.peers.nats import Nats
from tests.bench.peers.ngircd import Ngircd
from tests.bench.peers.papo import Papo
from tests.bench.peers.redis import Redis
from tests.bench.peers.tutorial import Tutorial

OURS = "papo"

PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Papo(),
        Tutorial(),
        AsyncioLines(),
        Ngircd(),
        Inspircd(),
        Nats(),
        Redis(),
        Mosquitto(),
    )
}
