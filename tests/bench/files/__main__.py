"""`python -m tests.bench.files`: Papo's files beside nginx's, sent and fetched by `curl`, in one run.

Both servers run on one core, `curl` and two members who talk on another. In each round a file is
sent to both and fetched from both, a few times; while Papo is at it, the two talk, every 20 ms a
text. Then one fetch is cut off and gone on with, ten members fetch the file at once, and at last the
files are deleted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from app.protocol import messages as m
from tests.bench import machine
from tests.bench.files.nginx import Nginx
from tests.bench.files.talking import Talk
from tests.bench.files.transfers import (
    LOOK_EVERY,
    MIB,
    SIGN_OF_LIFE,
    Cost,
    Curl,
    TransferFailed,
    fetch_by_all,
    fetch_in_two_parts,
    hash_of,
    make_file,
)
from tests.bench.peers.papo import Papo
from tests.bench.server import Server, ServerFailed
from tests.helpers.blocking_member import BlockingMember

FETCHERS = 10

FETCHES = 3
"""Times that a file is fetched from each in a round, in turn: it does not take long."""

DELETED_BY = 600.0
"""Seconds in which deleted files are off the disk."""

GIB = 1024 * MIB


@dataclass(frozen=True)
class Promise:
    """A figure, and the least or the most that it has to be. `most` holds unless `at_least`."""

    figure: str
    limit: float
    unit: str
    what: str
    at_least: bool = False

    def kept(self, value: float) -> bool:
        """Tell whether a value is good enough."""
        return value >= self.limit if self.at_least else value <= self.limit


PROMISES = (
    Promise("fetch ratio", 0.7, "", "fetched from Papo, by what nginx moves", at_least=True),
    Promise("fetch grown", 32, "MiB", "memory that a host grew by, fetched from"),
    Promise("send grown", 32, "MiB", "memory that a host grew by, sent to"),
    Promise("fetch p99", 100, "ms", "a text during a fetch, p99"),
    Promise("send p99", 100, "ms", "a text while a file is sent, p99"),
    Promise("ten p99", 100, "ms", f"a text while {FETCHERS} fetch at once, p99"),
    Promise("delete most", 100, "ms", "a text while the files are deleted, at most"),
    Promise("ten grown", 32, "MiB", f"memory that a host grew by, {FETCHERS} at once"),
)


@dataclass
class Figures:
    """All values by the name of their figure, one a round."""

    kept: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, about: str, **values: float) -> None:
        """Keep a round's values of one thing."""
        for name, value in values.items():
            self.kept[f"{about} {name}"].append(value)

    def median(self, figure: str) -> float:
        """Return the one in the middle."""
        return statistics.median(self.kept[figure])


class PapoWithFiles(Papo):
    """Papo's headless host, into whose folder one can look."""

    def __init__(self) -> None:
        self._data = Path()

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Host a room in `folder`."""
        self._data = folder / "data"
        return super().command(folder, port, members)

    def has_files(self) -> bool:
        """Tell whether the room has any file, or what is left of one."""
        return any(self._data.rglob("files/*"))


class Bench:
    """Both servers with a file of `size` bytes, in `folder`. `sender` is a member of Papo's room."""

    def __init__(
        self, folder: Path, size: int, papo: Server, nginx: Server, sender: BlockingMember
    ) -> None:
        self.figures = Figures()
        self._folder = folder
        self._size = size
        self._servers = {"papo": papo, "nginx": nginx}
        self._sender = sender
        self._curls = {
            "papo": Curl(papo.port, self._sender),
            "nginx": Curl(nginx.port, self._sender, asked=False),
        }
        self._path = folder / "file"
        make_file(self._path, size)
        self._names = {"papo": "", "nginx": "sent"}
        self._digest = ""
        self._attached: list[int] = []

    def send(self, number: int) -> None:
        """Send the file to both, in each round another one, since a host has what it has."""
        with self._path.open("r+b") as file:
            file.write(bytes([number]))
        self._names["papo"] = self._digest = hash_of(self._path)
        with Talk(self._servers["papo"].port) as talk:
            self._measure("send", "papo", f"{number:032x}")
        self._talked("send", talk)
        self._measure("send", "nginx", "sent")
        self._ratio("send")
        self._attach()

    def fetch(self) -> None:
        """Fetch the file from both."""
        with Talk(self._servers["papo"].port) as talk:
            self._measure("fetch", "papo", self._digest)
        self._talked("fetch", talk)
        self._measure("fetch", "nginx", "sent")
        self._ratio("fetch")

    def resume(self) -> None:
        """Cut a fetch off, and go on; raises TransferFailed where that is not the file."""
        path = self._folder / "resumed"
        fetch_in_two_parts(self._curls["papo"], self._digest, path, self._size)
        if hash_of(path) != self._digest:
            raise TransferFailed("what was fetched in two parts is another file")
        path.unlink()

    def ten(self) -> None:
        """Let ten members fetch it at once."""
        port = self._servers["papo"].port
        members = [BlockingMember(port, f"fetcher {number}") for number in range(FETCHERS)]
        curls = [Curl(port, member) for member in members]
        cost = Cost(self._servers["papo"].pid)
        with Talk(port) as talk:
            took = fetch_by_all(curls, self._digest, self._digest, self._sender)
        for member in members:
            member.leave()
        self._talked("ten", talk)
        moved = FETCHERS * self._size
        self.figures.add(
            "ten",
            **{
                "papo": moved / MIB / took,
                "papo cpu": cost.cpu() / moved * GIB,
                "papo waited": 100 * cost.waited() / took,
                "grown": cost.grown_mib(),
            },
        )

    def delete(self) -> None:
        """Delete all messages with files, and wait until the host's disk has its space again."""
        papo = self._servers["papo"].peer
        assert isinstance(papo, PapoWithFiles)
        with Talk(self._servers["papo"].port) as talk:
            for seq in self._attached:
                self._sender.send(m.Delete(cid=os.urandom(16), seq=seq))
            began = spoken = time.monotonic()
            while papo.has_files():
                time.sleep(LOOK_EVERY)
                if time.monotonic() - spoken > SIGN_OF_LIFE:
                    spoken = time.monotonic()
                    self._sender.send(m.Ping())
                if spoken - began > DELETED_BY:
                    raise TransferFailed("deleted files are still on the disk")
        self._talked("delete", talk)

    def ciphers(self) -> list[str]:
        """Return what each speaks; only once there is a file."""
        return [f"{name}: {self._curls[name].cipher(self._names[name])}" for name in self._curls]

    def _measure(self, what: str, name: str, where: str) -> None:
        curl, cost = self._curls[name], Cost(self._servers[name].pid)
        took = curl.fetch(where) if what == "fetch" else curl.send(self._path, where)
        spent = cost.cpu() / self._size * GIB
        waited = 100 * cost.waited() / took
        self.figures.add(
            what,
            **{name: self._size / MIB / took, f"{name} cpu": spent, f"{name} waited": waited},
        )
        if name == "papo":
            self.figures.add(what, grown=cost.grown_mib())

    def _ratio(self, what: str) -> None:
        ours, theirs = (self.figures.kept[f"{what} {name}"][-1] for name in ("papo", "nginx"))
        self.figures.add(what, ratio=ours / theirs)

    def _talked(self, what: str, talk: Talk) -> None:
        if talk.lost:
            raise TransferFailed(f"{talk.lost} texts did not arrive")
        self.figures.add(what, p50=talk.p(50), p99=talk.p(99), most=talk.most)

    def _attach(self) -> None:
        """Say the file in the room, so that everybody may fetch it."""
        answer = self._sender.say("", m.Attach(hash=bytes.fromhex(self._digest)))
        if not isinstance(answer, m.Acked):
            raise TransferFailed(f"the host does not take it: {answer}")
        self._attached.append(answer.seq)


def missing() -> str:
    """Return what is not installed and needed, or nothing."""
    for program in ("curl", "sha256sum"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    return Nginx().missing


def run(size: int, rounds: int) -> Figures:
    """Measure everything; raises ServerFailed and TransferFailed."""
    cores = machine.choose_cores()
    with ExitStack() as stack:
        stack.callback(os.sched_setaffinity, 0, os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores.generator})
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-files-")))
        papo = stack.enter_context(Server(PapoWithFiles(), FETCHERS + 10, cores))
        nginx = stack.enter_context(Server(Nginx(), 0, cores))
        sender = stack.enter_context(BlockingMember(papo.port, "sender"))
        bench = Bench(folder, size, papo, nginx, sender)
        for number in range(1, rounds + 1):
            bench.send(number)
            for _ in range(FETCHES):
                bench.fetch()
            if number == 1:
                _say(*bench.ciphers())
            _say(f"round {number}: {_last(bench.figures)}")
        bench.resume()
        _say("a fetch that was killed and gone on with brought the same SHA-256")
        bench.ten()
        bench.delete()
    return bench.figures


def _last(figures: Figures) -> str:
    return ", ".join(f"{name} {values[-1]:.2f}" for name, values in sorted(figures.kept.items()))


def _table(figures: Figures) -> list[str]:
    """Return what was measured, in MiB a second, ms, and CPU seconds of the servers for a GiB.

    How much of the time others ran on the servers' core tells what the rest is worth.
    """
    lines = [
        "| | Papo | nginx | ratio | CPU s/GiB | others ran % | text p50, p99, most ms | grown MiB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for about in ("fetch", "send", "ten", "delete"):
        told = {name: _shown(figures, f"{about} {name}") for name in _COLUMNS}
        cpu = f"{told['papo cpu']}, {told['nginx cpu']}"
        waited = f"{told['papo waited']}, {told['nginx waited']}"
        texts = f"{told['p50']}, {told['p99']}, {told['most']}"
        lines.append(
            f"| {about} | {told['papo']} | {told['nginx']} | {told['ratio']} | {cpu} | {waited}"
            f" | {texts} | {told['grown']} |"
        )
    return lines


_COLUMNS = (
    *("papo", "nginx", "ratio", "papo cpu", "nginx cpu", "papo waited", "nginx waited"),
    *("p50", "p99", "most", "grown"),
)


def _shown(figures: Figures, figure: str) -> str:
    if not figures.kept[figure]:
        return "–"
    value = figures.median(figure)
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; return 1 if a promise is not kept, or nothing could be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.files", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small file, once: does it work?")
    parser.add_argument("--size", type=float, default=2.0, help="GiB of the file")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    options = parser.parse_args(arguments)
    if why := missing():
        return _complain(why)
    size, rounds = int(options.size * GIB), options.rounds
    if options.quick:
        size, rounds = 64 * MIB, 1
    place = machine.file_system_of(Path(tempfile.gettempdir()).resolve())
    _say(machine.describe(), f"{size / MIB:,.0f} MiB, {rounds} rounds; files on {place}")
    _say(*(peer.version for peer in (Papo(), Nginx())))
    try:
        figures = run(size, rounds)
    except (ServerFailed, TransferFailed) as error:
        return _complain(str(error))
    _say("", *_table(figures), "")
    kept = True
    for promise in PROMISES:
        value = figures.median(promise.figure)
        good = promise.kept(value)
        kept &= good
        sign = "≥" if promise.at_least else "≤"
        verdict = "kept" if good else "NOT KEPT"
        _say(f"{promise.what}: {value:.2f} {promise.unit} ({sign} {promise.limit:g}) {verdict}")
    return 0 if kept else 1


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _complain(line: str) -> int:
    sys.stderr.write(f"bench: {line}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
