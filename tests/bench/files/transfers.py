"""Files sent and fetched by `curl`, and what that cost the server."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.protocol import messages as m
from tests.bench.machine import resident_kib
from tests.helpers.blocking_member import BlockingMember

MIB = 1024 * 1024

LOOK_EVERY = 0.005
SIGN_OF_LIFE = 5.0
"""Seconds after which a member whose files go by says that it is there."""

_PIECE = 4 * MIB

_LAST = ("nice", "-n", "5")
"""It shares its core with the members who talk, whose waiting for it would say nothing of the host."""


class TransferFailed(Exception):
    """curl gave up, or brought something else; the argument says what."""


class Curl:
    """curl against one server, at a lower priority than who measures it.

    `member` is whose token it has, where `asked` for one, and who must not fall silent meanwhile.
    """

    def __init__(self, port: int, member: BlockingMember, *, asked: bool = True) -> None:
        self.member = member
        self._base = f"https://127.0.0.1:{port}/files/"
        self._options = ["--silent", "--show-error", "--fail", "--insecure", "--noproxy", "*"]
        if asked:
            self._options += ["--header", f"Authorization: Bearer {member.token()}"]

    def start(self, what: str, *arguments: str, out: int = subprocess.DEVNULL) -> Running:
        """Begin; what it fetches goes to `out`, or where the arguments say."""
        command = [*_LAST, "curl", *self._options, *arguments, self._base + what]
        return Running(subprocess.Popen(command, stdout=out), self.member)

    def fetch(self, what: str) -> float:
        """Fetch a file, throw it away, and return the seconds that it took."""
        return finish([self.start(what, "--output", os.devnull)])

    def send(self, path: Path, where: str) -> float:
        """Send a file and return the seconds that it took."""
        return finish([self.start(where, "--upload-file", str(path))])

    def cipher(self, what: str) -> str:
        """Return the TLS version and suite that both agree on, as curl tells it."""
        done = subprocess.run(
            ["curl", *self._options, "--verbose", "--range", "0-0", self._base + what],
            capture_output=True,
            check=False,
        )
        for line in done.stderr.decode(errors="replace").splitlines():
            if "SSL connection using" in line:
                return line.partition("using ")[2].strip()
        return "unknown"


@dataclass
class Running:
    """A curl that is at work, for a member that must not fall silent meanwhile."""

    process: subprocess.Popen[bytes]
    member: BlockingMember


def finish(running: Sequence[Running], *idle: BlockingMember) -> float:
    """Wait for all of them and return the seconds; raises TransferFailed."""
    members = [*(one.member for one in running), *idle]
    began = time.monotonic()
    spoken = began - SIGN_OF_LIFE
    while any(one.process.poll() is None for one in running):
        time.sleep(LOOK_EVERY)
        if time.monotonic() - spoken > SIGN_OF_LIFE:
            spoken = time.monotonic()
            for member in members:
                member.send(m.Ping())
    took = time.monotonic() - began
    failed = [one.process.returncode for one in running if one.process.returncode]
    if failed:
        raise TransferFailed(f"curl ended with {failed}")
    return took


def fetch_by_all(curls: Sequence[Curl], what: str, digest: str, *idle: BlockingMember) -> float:
    """Let all fetch at once, compare what they got, and return the seconds until the last is done.

    `idle`: who must not fall silent meanwhile, besides.
    """
    running, sums = [], []
    for curl in curls:
        read, write = os.pipe()
        running.append(curl.start(what, out=write))
        os.close(write)
        sums.append(subprocess.Popen([*_LAST, "sha256sum"], stdin=read, stdout=subprocess.PIPE))
        os.close(read)
    took = finish(running, *idle)
    for one in sums:
        found = one.communicate()[0].split()[0].decode()
        if found != digest:
            raise TransferFailed(f"{found} came, not {digest}")
    return took


def fetch_in_two_parts(curl: Curl, what: str, path: Path, size: int) -> None:
    """Fetch a file into `path`, kill curl in the middle, and let another one go on."""
    # No faster than in a second, so that there is a middle.
    first = curl.start(what, "--limit-rate", str(size), "--output", str(path))
    while first.process.poll() is None and not (path.exists() and path.stat().st_size > size / 3):
        time.sleep(LOOK_EVERY)
    first.process.kill()
    first.process.wait()
    if path.stat().st_size == size:
        # A small file may be there as a whole before curl is gone.
        os.truncate(path, size // 2)
    finish([curl.start(what, "--continue-at", "-", "--output", str(path))])


def make_file(path: Path, size: int) -> None:
    """Fill a file with bytes that nothing can guess."""
    with path.open("wb") as file:
        while size:
            piece = os.urandom(min(_PIECE, size))
            file.write(piece)
            size -= len(piece)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Cost:
    """What a server and its workers spend from now on."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._pids = [pid, *_children(pid)]
        for one in self._pids:
            # The most that it ever had is forgotten (proc(5), clear_refs).
            Path(f"/proc/{one}/clear_refs").write_text("5")
        self._resident = resident_kib(pid)
        self._ran, self._waited = self._spent()

    def cpu(self) -> float:
        """Return the CPU seconds since then."""
        return self._spent()[0] - self._ran

    def waited(self) -> float:
        """Return the seconds since then in which it could have run, and others did."""
        return self._spent()[1] - self._waited

    def grown_mib(self) -> float:
        """Return how much more memory the server's first process had at most than then, in MiB."""
        for line in Path(f"/proc/{self._pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM"):
                return (float(line.split()[1]) - self._resident) / 1024
        return 0.0

    def _spent(self) -> tuple[float, float]:
        # In nanoseconds (proc(5), schedstat), of each thread.
        ran = waited = 0
        for pid in self._pids:
            for task in Path(f"/proc/{pid}/task").iterdir():
                on, ready, _ = (task / "schedstat").read_text("ascii").split()
                ran, waited = ran + int(on), waited + int(ready)
        return ran / 1e9, waited / 1e9


def _children(pid: int) -> list[int]:
    return [
        int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    ]
