"""A run as one picture: four bar charts in an SVG, logarithmic, readable on white and on dark.

Written by hand: an SVG is text, and the bench needs no library for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.bench.peers.registry import OURS, PEERS
from tests.bench.plan import Plan
from tests.bench.samples import Samples

# Middle tones: each stands out from white as well as from #0d1117.
_TEXT = "#757d86"
_OURS = "#1f883d"
_OTHERS = "#8c959f"

_WIDTH, _LABELS, _VALUES = 420, 84, 64
_ROW, _BAR, _HEAD, _GAP = 24, 14, 56, 28


@dataclass(frozen=True)
class Panel:
    """One chart: a title, what to read from it, and a value for each server that has one."""

    title: str
    note: str
    values: Sequence[tuple[str, float]]

    @property
    def height(self) -> int:
        """What it takes of the picture."""
        return _HEAD + _ROW * len(self.values)


def draw(samples: Samples, plan: Plan) -> str:
    """Return the picture of a run as SVG."""
    panels = [panel for panel in _panels(samples, plan) if panel.values]
    parts, top = [], 0
    for start in range(0, len(panels), 2):
        row = panels[start : start + 2]
        for place, panel in enumerate(row):
            parts.append(_draw_panel(panel, place * (_WIDTH + _GAP), top))
        top += max(panel.height for panel in row) + _GAP
    width, height = 2 * _WIDTH + _GAP, max(top - _GAP, 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" '
        "font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\" "
        f'font-size="13" fill="{_TEXT}">\n{"".join(parts)}</svg>\n'
    )


def _panels(samples: Samples, plan: Plan) -> list[Panel]:
    at, most = plan.loads_at, plan.memory_at
    less, more = "less is better", "more is better"
    return [
        Panel(
            f"CPU µs a delivery, {at:,} members, saturated", less,
            _values(samples, f"saturated/{at}", "cpu_us"),
        ),
        Panel(
            f"CPU µs a delivery, {most:,} members, saturated", less,
            _values(samples, f"saturated/{most}", "cpu_us"),
        ),
        Panel(
            f"CPU µs a delivery, {at:,} members, 500 messages/s", less,
            _values(samples, f"moderate/{at}", "cpu_us"),
        ),
        Panel(
            "Joins a CPU-second", more,
            _values(samples, f"joined/{plan.joins_at}", "per_cpu_second"),
        ),
    ]  # fmt: skip


def _values(samples: Samples, about: str, figure: str) -> list[tuple[str, float]]:
    found = [(peer, samples.median(peer, about, figure)) for peer in PEERS]
    return [(peer, value) for peer, value in found if value]


def _draw_panel(panel: Panel, left: int, top: int) -> str:
    low = math.floor(math.log10(min(value for _, value in panel.values)))
    high = math.ceil(math.log10(max(value for _, value in panel.values)))
    high = max(high, low + 1)
    room = _WIDTH - _LABELS - _VALUES
    bars = left + _LABELS
    title, note = escape(panel.title), f"{escape(panel.note)}; from line to line ten times as much"
    parts = [
        f'<text x="{left}" y="{top + 16}" font-size="15" font-weight="600">{title}</text>\n',
        f'<text x="{left}" y="{top + 34}" font-size="12">{note}</text>\n',
    ]
    bottom = top + panel.height
    for power in range(low, high + 1):
        x = bars + room * (power - low) / (high - low)
        parts.append(
            f'<path d="M{x:.1f} {top + _HEAD - 8}V{bottom - 4}" stroke="{_TEXT}" '
            f'stroke-opacity="0.25"/>\n'
        )
    for number, (peer, value) in enumerate(panel.values):
        y = top + _HEAD + number * _ROW
        # The shortest bar must still be seen.
        width = max(2.0, room * (math.log10(value) - low) / (high - low))
        ours = peer == OURS
        colour, weight = (_OURS, "600") if ours else (_OTHERS, "400")
        text = f'y="{y + _BAR - 2}" font-weight="{weight}"' + (f' fill="{_OURS}"' if ours else "")
        parts.append(
            f'<text x="{bars - 8}" {text} text-anchor="end">{escape(peer)}</text>\n'
            f'<rect x="{bars}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="2" '
            f'fill="{colour}"/>\n'
            f'<text x="{bars + width + 6:.1f}" {text}>{_short(value)}</text>\n'
        )
    return "".join(parts)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
