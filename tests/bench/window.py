"""A room hosted in a window that talks: how late its event loop is, and what is typed there."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.generator import Generator
from tests.bench.measure import Bench, Figures
from tests.bench.peers.papo import Papo
from tests.bench.plan import WINDOW_MEMBERS, WINDOW_RATE
from tests.bench.server import Server


class PapoWindow(Papo):
    """Papo's window, offscreen, hosting; what it measured goes to the file `result`."""

    name = "papo-window"

    def __init__(self, result: Path) -> None:
        self._result = result
        self.environment = {
            **Papo.environment,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(self.root),
        }

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Host a room in `folder`, with a nickname: the window is a member."""
        probe = [sys.executable, str(Path(__file__).with_name("window_host.py")), str(self._result)]
        who = ["--room", "Bench", "--nick", "Host", "--no-flood-limit"]
        where = ["--bind", "127.0.0.1", "--port", str(port), "--data", str(folder / "data")]
        return [*probe, "host", *who, "--max-members", str(members), *where]


def watch_window(bench: Bench) -> dict[str, Figures]:
    """Let members into a window's room, and let them talk."""
    with TemporaryDirectory(prefix="bench-ticks-") as place:
        result = Path(place) / "ticks"
        peer = PapoWindow(result)
        members = min(WINDOW_MEMBERS, max(bench.plan.members))
        with (
            Server(peer, members + 10, bench.cores) as server,
            Generator(
                bench.program, peer.protocol, server.port, server.pid, bench.cores
            ) as generator,
        ):
            generator.join(members, peer.parallel)
            time.sleep(1.0)
            before = time.monotonic_ns()
            answer = generator.open(WINDOW_RATE, bench.plan.window, warm=bench.plan.warm)
            after = time.monotonic_ns()
            # Stopped while the members are still there: their leaving is no part of it.
            server.end()
            lines = [line.split() for line in result.read_text("ascii").splitlines()]
    took: dict[str, list[float]] = {"late": [], "typed": []}
    for what, at, milliseconds in lines:
        if before <= int(at) <= after:
            took[what].append(float(milliseconds))
    late, typed = took["late"], took["typed"]
    return {
        "window": {
            "late_p50_ms": statistics.median(late),
            "late_p99_ms": statistics.quantiles(late, n=100)[98],
            "late_max_ms": max(late),
            "typed_p50_ms": statistics.median(typed),
            "typed_max_ms": max(typed),
            "p99_ms": answer["p99_us"] / 1e3,
            "cpu_share": answer["server_cpu"] / answer["seconds"],
            "members": float(members),
        }
    }
