"""Joins with the room's password: members in Python, since the exchange (CPace) is in no generator.

Only the host's CPU time is taken, so how slow these members are does not count.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from app.protocol import messages as m
from app.protocol.version import NEWEST, OLDEST
from app.protocol.wire import Side, Wire
from app.security import proof
from app.security.channel import Channel, member_context
from app.security.fingerprint import fingerprint_of
from app.security.identity import DeviceKey, load_or_create_device_key
from app.security.password import MemberExchange, password_key
from tests.bench.machine import LOOPBACK
from tests.bench.measure import Bench, Figures
from tests.bench.peers.papo import Papo
from tests.bench.server import Server

M = TypeVar("M", bound=m.Message)

PASSWORD = "correct horse battery staple"  # noqa: S105 - of a room that lives for seconds
TIMEOUT = 10.0
PARALLEL = 8
"""Members on their way in at once, as with the generator."""

READ = 64 * 1024


class PapoWithPassword(Papo):
    """Papo's headless host, and a room with a password."""

    name = "papo-password"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Host a room in `folder`."""
        secret = folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        secret.chmod(0o600)
        return [*super().command(folder, port, members), "--password-file", str(secret)]


class Newcomer:
    """A member that joins by password, one step after the other, and stays."""

    def __init__(self, port: int, device: DeviceKey, key: Callable[[bytes], bytes]) -> None:
        """`key`: makes the password key from the room's fingerprint."""
        self._socket = socket.create_connection((LOOPBACK, port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._channel = Channel(member_context(), server_side=False)
        self._wire = Wire(Side.MEMBER)
        self._coming: Iterator[m.AnyMessage] = iter(())
        self._device = device
        self._key = key

    def join(self, nick: str) -> None:
        """Go all the way into the room."""
        while not self._channel.ready:
            self._exchange(b"")
        fingerprint = fingerprint_of(self._channel.peer_certificate)
        self._say(m.ClientHello(min_version=OLDEST, max_version=NEWEST, agent="bench"))
        self._hear(m.HostHello)
        hellos = self._wire.client_hello, self._wire.host_hello
        self._say(proof.prove(self._device, *hellos, fingerprint))
        exchange = MemberExchange(
            self._key(fingerprint),
            transcript=proof.transcript(*hellos, fingerprint),
            room=fingerprint,
            device=self._device.public,
        )
        share, confirmation = exchange.answer(self._hear(m.Challenge).share)
        self._say(m.Response(share=share, confirmation=confirmation))
        exchange.check(self._hear(m.Confirmed).confirmation)
        self._say(m.Join(nick=nick))
        self._hear(m.Joined)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _say(self, message: m.AnyMessage) -> None:
        self._socket.sendall(self._channel.seal(self._wire.send(message)))

    def _hear(self, kind: type[M]) -> M:
        while True:
            for message in self._coming:
                if isinstance(message, kind):
                    return message
            self._coming = self._wire.receive(self._exchange(b""))

    def _exchange(self, plain: bytes) -> bytes:
        if data := self._channel.outgoing():
            self._socket.sendall(data)
        data = self._socket.recv(READ)
        if not data:
            raise ConnectionError("the host hung up")
        plain = self._channel.receive(data)
        if data := self._channel.outgoing():
            self._socket.sendall(data)
        return plain


def join_by_password(bench: Bench) -> dict[str, Figures]:
    """Let as many join by password as join without one."""
    members = bench.plan.joins_at
    keys: dict[bytes, bytes] = {}

    def key(fingerprint: bytes) -> bytes:
        # Slow on purpose, and the same for all of them.
        if fingerprint not in keys:
            keys[fingerprint] = password_key(PASSWORD, fingerprint)
        return keys[fingerprint]

    with (
        TemporaryDirectory(prefix="bench-devices-") as place,
        Server(PapoWithPassword(), members + 10, bench.cores) as server,
    ):
        devices = [
            load_or_create_device_key(Path(place) / f"{number}.pem").value
            for number in range(members)
        ]
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {bench.cores.generator})
        newcomers: list[Newcomer] = []

        def come(number: int) -> Newcomer:
            newcomer = Newcomer(server.port, devices[number], key)
            newcomer.join(f"p{number:05}")
            return newcomer

        spent, began = _cpu_seconds(server.pid), time.monotonic()
        try:
            with ThreadPoolExecutor(PARALLEL) as pool:
                newcomers += pool.map(come, range(members))
            seconds = time.monotonic() - began
            # The roster's last news of them is the host's work as well.
            time.sleep(1.0)
            spent = _cpu_seconds(server.pid) - spent
        finally:
            os.sched_setaffinity(0, before)
            for newcomer in newcomers:
                newcomer.close()
    return {
        f"joined-by-password/{members}": {
            "cpu_ms": spent / members * 1e3,
            "per_cpu_second": members / spent,
            "wall_s": seconds,
        }
    }


def _cpu_seconds(pid: int) -> float:
    tasks: Any = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9
