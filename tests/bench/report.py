"""A run as Markdown: what was measured, how Papo stands beside each peer, and the targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.bench.peers.registry import OURS
from tests.bench.plan import LIGHT, MODERATE, Plan
from tests.bench.samples import Samples
from tests.bench.targets import judge

_BESIDE = ("ngircd", "inspircd", "tutorial")
"""The peers that Papo is set in relation to."""

_INTRODUCTION = (
    "Papo speaks TLS 1.3; the others speak plain text and store nothing. "
    "Medians of all rounds; ratios are medians of the ratios within each round."
)

_FOOTNOTE = (
    "†: the server was running or ready for less than 90 % of the time. What limits the deliveries a "
    "second is then the generator, the disk, or the closed loop, in which both sides take turns."
)

_ALL = 0.9
"""The share of a flood that a stuck reader must be sent in the end to have missed nothing."""

_LIMIT = " †"
"""Marks a figure for which the server was not the limit."""


def write_report(samples: Samples, plan: Plan, head: Sequence[str]) -> str:
    """Return the whole report; `head` is about machine, versions and what was left out."""
    parts = [
        "# Papo beside other servers",
        "\n".join(f"- {line}" for line in head),
        _INTRODUCTION,
        "## Targets",
        targets(samples, plan),
        "## Saturated fan-out: the host's CPU µs a delivery",
        _by_members(samples, plan, "cpu_us", _precise),
        "## Saturated fan-out: deliveries a second",
        _by_members(samples, plan, "per_second", _whole),
        _FOOTNOTE,
        _generator(samples, plan),
        "## Papo by others: CPU a delivery, saturated (below 1: Papo needs less)",
        _ratios(samples, plan),
        f"## Loads of a room of {plan.loads_at}",
        _loads(samples, plan),
        "## Joining, memory, and one reader who never reads",
        _rest(samples, plan),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def targets(samples: Samples, plan: Plan) -> str:
    """Return the table of targets."""
    rows = [
        [v.what, v.wanted, _with_unit(v.measured, v.unit), v.outcome] for v in judge(samples, plan)
    ]
    return _table(["what", "target", "measured", "outcome"], rows)


def _by_members(
    samples: Samples, plan: Plan, figure: str, shown: Callable[[float | None], str]
) -> str:
    rows = []
    for peer in _peers(samples, (f"saturated/{members}" for members in plan.members)):
        cells = []
        for members in plan.members:
            about = f"saturated/{members}"
            value = samples.median(peer, about, figure)
            mark = "" if value is None or samples.host_was_limit(peer, about) else _LIMIT
            cells.append(shown(value) + mark)
        rows.append([peer, *cells])
    return _table(["server", *(f"{members:,} members" for members in plan.members)], rows)


def _generator(samples: Samples, plan: Plan) -> str:
    about = f"saturated/{plan.loads_at}"
    own = samples.median(OURS, about, "generator_us")
    wire = samples.median(OURS, about, "wire_bytes")
    if own is None or wire is None:
        return ""
    return (
        f"The generator needs {own:.2f} µs a delivery of Papo's, TLS included; "
        f"one delivery is {wire:.0f} bytes on Papo's wire."
    )


def _ratios(samples: Samples, plan: Plan) -> str:
    rows = []
    for peer in _BESIDE:
        cells = []
        for members in plan.members:
            ratio = samples.ratio(OURS, peer, f"saturated/{members}", "cpu_us")
            cells.append(_precise(ratio.median if ratio else None))
        rows.append([peer, *cells])
    return _table(["by", *(f"{members:,} members" for members in plan.members)], rows)


def _loads(samples: Samples, plan: Plan) -> str:
    at = plan.loads_at
    names = {
        "moderate": f"moderate: {MODERATE:.0f} messages/s",
        "light": f"light: {LIGHT:.0f} messages/s",
        "half": "half of its saturation",
    }
    rows = []
    for load, name in names.items():
        about = f"{load}/{at}"
        for peer in samples.peers(about):
            latencies = [samples.median(peer, about, f"{which}_ms") for which in ("p50", "p99")]
            rows.append([
                name,
                peer,
                _whole(samples.median(peer, about, "rate")),
                _precise(samples.median(peer, about, "cpu_us")),
                *(_precise(value) for value in latencies),
                _precise(samples.worst(peer, about, "max_ms")),
                _precise(samples.worst(peer, about, "late_ms")),
                _whole(samples.worst(peer, about, "lost")),
            ])  # fmt: skip
    head = ["load", "server", "messages/s", "CPU µs a delivery", "p50 ms", "p99 ms", "max ms",
            "generator late ms, at most", "lost"]  # fmt: skip
    return _table(head, rows)


def _rest(samples: Samples, plan: Plan) -> str:
    joined, memory = f"joined/{plan.joins_at}", f"joined/{plan.memory_at}"
    stalled = f"stalled/{plan.loads_at}"
    rows = [
        [
            peer,
            _whole(samples.median(peer, joined, "per_cpu_second")),
            _precise(samples.median(peer, joined, "wall_s")),
            _precise(samples.median(peer, memory, "member_kib")),
            _whole(samples.worst(peer, stalled, "gap_ms")),
            _whole(samples.worst(peer, stalled, "usual_gap_ms")),
            _whole(samples.median(peer, stalled, "grown_kib")),
            _whole(samples.median(peer, stalled, "extra_kib")),
            _fate(samples, peer, stalled),
        ]
        for peer in _peers(samples, [joined, memory, stalled])
    ]
    head = [
        "server",
        f"joins a CPU-second ({plan.joins_at} joins)",
        "wall s",
        f"KiB a member at {plan.memory_at:,}",
        "longest gap of anybody, one stuck: ms",
        "without: ms",
        "memory grown, one stuck: KiB",
        "of it for the stuck one",
        "the stuck one was",
    ]
    return _table(head, rows)


def _fate(samples: Samples, peer: str, about: str) -> str:
    """Return what became of the one who never read."""
    cut, taken = samples.median(peer, about, "cut"), samples.median(peer, about, "taken")
    if cut is None or taken is None:
        return "–"
    if cut:
        return "cut"
    return "kept, everything stored for it" if taken > _ALL else "kept, left out"


def _peers(samples: Samples, abouts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(peer for about in abouts for peer in samples.peers(about)))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _precise(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _with_unit(value: float | None, unit: str) -> str:
    return _precise(value) if value is None else f"{_precise(value)} {unit}".strip()
