"""`python -m tests.bench`: Papo's host beside other servers, on the same work, in one run.

Servers run on one core, the load generator on another; for each thing that is measured every server
has its turn, and all that is a round. Nothing leaves the loopback. Ctrl+C ends everything.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.bench import machine
from tests.bench.generator import CannotBuild, GeneratorFailed, build
from tests.bench.measure import Bench, Figures
from tests.bench.passwords import join_by_password
from tests.bench.peers.base import Peer
from tests.bench.peers.papo import Papo
from tests.bench.peers.registry import OURS, PEERS
from tests.bench.picture import draw
from tests.bench.plan import MEMBERS, QUICK, Plan
from tests.bench.report import targets, write_report
from tests.bench.samples import Sample, Samples
from tests.bench.server import ServerFailed
from tests.bench.window import watch_window

FILES_BESIDE_MEMBERS = 200
"""Open files that a server needs for other things than members."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and return its exit status."""
    options = _parse(arguments)
    plan = _plan(options)
    signal.signal(signal.SIGTERM, _on_terminated)
    files = machine.allow_many_files()
    if max(plan.members) + FILES_BESIDE_MEMBERS > files:
        return _complain(f"{max(plan.members):,} members need more than {files:,} open files")
    peers, absent = _choose(options.peers)
    if options.papo:
        Papo.root = options.papo.absolute()
    out = options.out or Path(tempfile.mkdtemp(prefix="papo-bench-"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-load-") as place:
        try:
            program = build(Path(place))
        except CannotBuild as reason:
            return _complain(f"the load generator cannot be built: {reason}")
        bench = Bench(plan, program, machine.choose_cores())
        head = _head(bench, peers, absent)
        _say(*head)
        samples, stopped = Samples(), False
        try:
            _run(bench, peers, samples, head)
        except KeyboardInterrupt:
            stopped = True
            head.append("The run was stopped before its end.")
    if not samples.kept:
        return _complain("nothing was measured")
    _write(out, samples, plan, head)
    return 130 if stopped else 0


# --- the run ----------------------------------------------------------------------------------


def _run(bench: Bench, peers: Sequence[Peer], samples: Samples, head: list[str]) -> None:
    began = time.monotonic()
    steps: list[tuple[str, Peer | None, Callable[[], dict[str, Figures]]]] = []
    for members in bench.plan.members:
        steps += [(f"{members:,} members", p, partial(bench.fill, p, members)) for p in peers]
    steps += [("one stuck reader", peer, partial(bench.stall, peer)) for peer in peers]
    if any(peer.name == OURS for peer in peers):
        steps.append(("joins by password", None, partial(join_by_password, bench)))
        steps.append(("a window", None, partial(watch_window, bench)))
    for number in range(1, bench.plan.rounds + 1):
        for what, peer, measure in steps:
            name = peer.name if peer else OURS
            where = f"[{time.monotonic() - began:5.0f} s] round {number}, {what}, {name}"
            try:
                found = measure()
            except (ServerFailed, GeneratorFailed) as error:
                _say(f"{where}: failed, {error}")
                head.append(f"Failed in round {number}: {name}, {what}: {error}.")
                continue
            for about, figures in found.items():
                samples.add(Sample(number, name, about, figures))
            _say(f"{where}: {_brief(found)}")


def _brief(found: dict[str, Figures]) -> str:
    """Return what is worth seeing while it runs."""
    parts = []
    for about, figures in found.items():
        kind = about.partition("/")[0]
        if kind in {"joined", "joined-by-password"}:
            parts.append(f"{figures['cpu_ms']:.2f} ms a join")
        elif kind == "stalled":
            cut = "cut" if figures["cut"] else f"sent {figures['taken']:.0%} of it in the end"
            parts.append(f"gap {figures['gap_ms']:.0f} ms, {figures['extra_kib']:.0f} KiB, {cut}")
        elif kind == "window":
            parts.append(f"late {figures['late_p99_ms']:.1f} ms at p99")
            parts.append(f"typed until ticked {figures['typed_max_ms']:.1f} ms at most")
        elif kind == "saturated":
            parts.append(f"{figures['cpu_us']:.2f} µs × {figures['per_second']:,.0f}/s")
        else:
            parts.append(f"{kind} {figures['cpu_us']:.1f} µs, p99 {figures['p99_ms']:.1f} ms")
    return "; ".join(parts)


# --- what is said about it --------------------------------------------------------------------


def _head(bench: Bench, peers: Sequence[Peer], absent: dict[str, str]) -> list[str]:
    plan, cores = bench.plan, bench.cores
    stored = machine.file_system_of(Path(tempfile.gettempdir()).resolve())
    head = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine.describe()}; data on {stored}",
        f"{plan.rounds} rounds; servers on core {cores.server}, generator on {cores.generator}",
        "texts of 100 bytes; at saturation a closed loop with at most 100 messages in flight",
        *(f"{peer.name}: {peer.version}" for peer in peers),
        *(f"{name}: left out, {why}" for name, why in absent.items()),
    ]
    if not cores.apart:
        head.append("Only one core: servers and generator shared it, so figures mean little.")
    return head


def _write(out: Path, samples: Samples, plan: Plan, head: Sequence[str]) -> None:
    (out / "report.md").write_text(write_report(samples, plan, head), "utf-8")
    (out / "picture.svg").write_text(draw(samples, plan), "utf-8")
    raw = json.dumps([asdict(sample) for sample in samples], indent=1)
    (out / "samples.json").write_text(raw, "utf-8")
    _say("", targets(samples, plan), "", f"Written to {out}: report.md, picture.svg, samples.json")


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _complain(line: str) -> int:
    sys.stderr.write(f"bench: {line}\n")
    return 1


def _on_terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


# --- the command line -------------------------------------------------------------------------


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke test of about a minute")
    parser.add_argument(
        "--peers", help=f"some of {','.join(PEERS)}; all that are installed if not given"
    )
    parser.add_argument("--members", help=f"room sizes; {','.join(map(str, MEMBERS))} if not given")
    parser.add_argument("--rounds", type=int, help="how often every server has its turn")
    parser.add_argument("--out", type=Path, help="where the results go; a new folder if not given")
    parser.add_argument("--papo", type=Path, help="run Papo from this checkout instead of this one")
    options = parser.parse_args(arguments)
    unknown = [name for name in (options.peers or "").split(",") if name and name not in PEERS]
    if unknown:
        parser.error(f"no such peer: {', '.join(unknown)}")
    return options


def _plan(options: argparse.Namespace) -> Plan:
    plan = QUICK if options.quick else Plan()
    if options.members:
        plan = replace(plan, members=tuple(sorted({int(n) for n in options.members.split(",")})))
    return replace(plan, rounds=options.rounds) if options.rounds else plan


def _choose(wanted: str | None) -> tuple[list[Peer], dict[str, str]]:
    """Return who takes part, and why others do not."""
    chosen = [PEERS[name] for name in wanted.split(",") if name] if wanted else list(PEERS.values())
    absent = {peer.name: peer.missing for peer in chosen if peer.missing}
    return [peer for peer in chosen if not peer.missing], absent


if __name__ == "__main__":
    sys.exit(main())
