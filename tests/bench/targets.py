"""The targets (README, "To beat"), and whether a run met them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.peers.registry import OURS
from tests.bench.plan import Plan
from tests.bench.samples import Ratio, Samples


@dataclass(frozen=True)
class Verdict:
    """One target: what was wanted, what was measured. `measured` is None where nothing was."""

    what: str
    wanted: str
    limit: float
    measured: float | None
    at_least: bool = False
    unit: str = ""
    why_not: str = "not measured in this run"

    @property
    def met(self) -> bool | None:
        """Whether it was met; None where nothing was measured."""
        if self.measured is None:
            return None
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    @property
    def outcome(self) -> str:
        """In words: met, or by how much not."""
        if self.measured is None or self.met is None:
            return self.why_not
        if self.met:
            return "met"
        share = self.measured / self.limit
        return f"missed: {1 / share if self.at_least else share:.2f} times the target"


def judge(samples: Samples, plan: Plan) -> list[Verdict]:
    """Return all targets in the order of the README."""
    return [
        *_fan_out(samples),
        *_loads(samples, plan),
        *_joins(samples, plan),
        *_one_room(samples, plan),
        *_stalled(samples, plan),
        *_window(samples),
    ]


def _by(samples: Samples, theirs: str, about: str, figure: str) -> float | None:
    ratio = samples.ratio(OURS, theirs, about, figure)
    return ratio.median if ratio else None


def _fan_out(samples: Samples) -> list[Verdict]:
    found = []
    for members, theirs, limit in (
        (100, "ngircd", 1.0),
        (500, "ngircd", 0.5),
        (500, "inspircd", 1.0),
        (500, "tutorial", 0.2),
        (1000, "ngircd", 0.5),
        (1000, "inspircd", 1.0),
        (1000, "tutorial", 0.2),
    ):
        measured = _by(samples, theirs, f"saturated/{members}", "cpu_us")
        what = f"saturated fan-out, {members:,} members, CPU a delivery"
        found.append(Verdict(what, f"≤ {limit} of {theirs}", limit, measured))
    return found


def _loads(samples: Samples, plan: Plan) -> list[Verdict]:
    moderate, light = f"moderate/{plan.loads_at}", f"light/{plan.loads_at}"
    return [
        Verdict(
            "moderate load, CPU a delivery", "≤ 0.7 of ngircd", 0.7,
            _by(samples, "ngircd", moderate, "cpu_us"),
        ),
        Verdict(
            "moderate load, p99", "< 25 ms", 25.0,
            samples.median(OURS, moderate, "p99_ms"), unit="ms",
        ),
        Verdict("light load, p50", "≤ 1.5 of ngircd", 1.5, _by(samples, "ngircd", light, "p50_ms")),
        Verdict(
            "light load, p99 at the socket", "< 50 ms", 50.0,
            samples.median(OURS, light, "p99_ms"), unit="ms",
        ),
    ]  # fmt: skip


def _joins(samples: Samples, plan: Plan) -> list[Verdict]:
    joined = f"joined/{plan.joins_at}"
    ours = samples.values(OURS, f"joined-by-password/{plan.joins_at}", "per_cpu_second")
    theirs = samples.values("ngircd", joined, "per_cpu_second")
    both = tuple(ours[number] / theirs[number] for number in ours.keys() & theirs.keys())
    by_password = Ratio(both).median if both else None
    return [
        Verdict(
            f"joins a CPU-second, no password ({plan.joins_at} joins)", "≥ 1.5 of ngircd", 1.5,
            _by(samples, "ngircd", joined, "per_cpu_second"), at_least=True,
        ),
        Verdict(
            "joins a CPU-second, password", "≥ 0.7 of ngircd", 0.7, by_password, at_least=True,
        ),
    ]  # fmt: skip


def _one_room(samples: Samples, plan: Plan) -> list[Verdict]:
    most = max(plan.members)
    wall = None
    if most > 1000 and 1000 in plan.members:
        here = samples.values(OURS, f"saturated/{most}", "cpu_us")
        there = samples.values(OURS, "saturated/1000", "cpu_us")
        both = tuple(here[number] / there[number] for number in here.keys() & there.keys())
        wall = Ratio(both).median if both else None
    memory = samples.median(OURS, f"joined/{plan.memory_at}", "member_kib")
    at = f"at {plan.memory_at:,}"
    return [
        Verdict(
            f"one room of {most:,} (5,000 wanted), joined", "< 30 s", 30.0,
            samples.worst(OURS, f"joined/{most}", "wall_s"), unit="s",
        ),
        Verdict(
            f"CPU a delivery at {most:,} by that at 1,000", "≤ 1.3", 1.3, wall,
            why_not="not measured: 1,000 and more are needed",
        ),
        Verdict(f"memory a member {at}, first", "< 60 KB", 60.0, memory, unit="KB"),
        Verdict(f"memory a member {at}, then", "< 30 KB", 30.0, memory, unit="KB"),
    ]  # fmt: skip


def _stalled(samples: Samples, plan: Plan) -> list[Verdict]:
    about = f"stalled/{plan.loads_at}"
    return [
        Verdict(
            "one stuck reader, memory for it", "< 1.5 MiB", 1536.0,
            samples.median(OURS, about, "extra_kib"), unit="KiB",
        ),
        Verdict(
            "one stuck reader, anybody else's gap", "≤ 100 ms", 100.0,
            samples.worst(OURS, about, "gap_ms"), unit="ms",
        ),
    ]  # fmt: skip


def _window(samples: Samples) -> list[Verdict]:
    return [
        Verdict(
            "host in a window, event loop late at p99", "≤ 16 ms", 16.0,
            samples.worst(OURS, "window", "late_p99_ms"), unit="ms",
        ),
        Verdict(
            "typed in that window until painted with its tick, at most", "< 100 ms", 100.0,
            samples.worst(OURS, "window", "typed_max_ms"), unit="ms",
        ),
    ]  # fmt: skip
