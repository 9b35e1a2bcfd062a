"""What the bench asks of the machine: cores, open files, free ports, and what a process costs."""

from __future__ import annotations

import os
import platform
import resource
import socket
from dataclasses import dataclass
from itertools import count
from pathlib import Path

LOOPBACK = "127.0.0.1"

_LISTENING = "0A"
"""The state of a listening socket in /proc/net/tcp."""

# Below the range from which the kernel takes ports for outgoing connections.
_ports = count(20_000 + os.getpid() % 5_000)


@dataclass(frozen=True)
class Cores:
    """Which core the servers run on, and which the generator. The same where there is only one."""

    server: int
    generator: int

    @property
    def apart(self) -> bool:
        """Whether servers and generator keep out of each other's way."""
        return self.server != self.generator


def choose_cores() -> Cores:
    """Return the first two cores that this process may use."""
    usable = sorted(os.sched_getaffinity(0))
    return Cores(usable[0], usable[1 % len(usable)])


def allow_many_files() -> int:
    """Raise the limit of open files as far as it goes, for us and our children; return it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def free_port() -> int:
    """Return a port of the loopback on which nothing listens."""
    for port in _ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise AssertionError("unreachable")


def is_listening(port: int) -> bool:
    """Tell whether something listens there, without knocking: that ends the tutorial's server."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text("ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == _LISTENING and int(local.rpartition(":")[2], 16) == port:
                return True
    return False


def resident_kib(pid: int) -> float:
    """Return the resident memory of a process in KiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1024


def describe() -> str:
    """Return one line about the machine, for the head of a report."""
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release()}"


def file_system_of(folder: Path) -> str:
    """Return the type of the file system that holds `folder`: what a durable log is written to."""
    found, kind = "", "unknown"
    for line in Path("/proc/mounts").read_text("utf-8").splitlines():
        _, place, name, *_ = line.split()
        if folder.is_relative_to(place) and len(place) >= len(found):
            found, kind = place, name
    return kind
