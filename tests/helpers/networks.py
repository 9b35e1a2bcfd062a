"""Two computers on one cable: network namespaces, where the system lets us make them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


def _ip(*arguments: str) -> bool:
    done = subprocess.run(["ip", *arguments], check=False, capture_output=True, timeout=20)
    return done.returncode == 0


@dataclass(frozen=True)
class Computer:
    """One namespace with one interface, eth0."""

    name: str
    address: str

    @property
    def enter(self) -> tuple[str, ...]:
        """What to put before a command so that it runs there."""
        return ("ip", "netns", "exec", self.name)

    def plug(self, there: bool) -> None:
        """Plug the cable in, or pull it."""
        _ip("-n", self.name, "link", "set", "eth0", "up" if there else "down")


@contextmanager
def two_computers() -> Iterator[tuple[Computer, Computer]]:
    """Give two computers joined by a cable; skips where that is not allowed."""
    if shutil.which("ip") is None or not Path("/proc/self/ns/net").exists():
        pytest.skip("no network namespaces here")
    one, other = (
        Computer(f"papo{os.getpid()}{side}", f"10.77.0.{number}")
        for number, side in ((1, "a"), (2, "b"))
    )
    made = []
    try:
        for computer in (one, other):
            if not _ip("netns", "add", computer.name):
                pytest.skip("network namespaces are not allowed here")
            made.append(computer)
        cable = ("type", "veth", "peer", "name", "eth0", "netns", other.name)
        if not _ip("link", "add", "eth0", "netns", one.name, *cable):
            pytest.skip("no virtual cables here")
        for computer in made:
            inside = ("-n", computer.name)
            # Without the wait for duplicates: an address can be used at once.
            quick = "echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad"
            subprocess.run([*computer.enter, "sh", "-c", quick], check=False, capture_output=True)
            assert _ip(*inside, "link", "set", "lo", "up")
            assert _ip(*inside, "addr", "add", f"{computer.address}/24", "dev", "eth0")
            assert _ip(*inside, "link", "set", "eth0", "up")
        yield one, other
    finally:
        for computer in made:
            _ip("netns", "del", computer.name)
