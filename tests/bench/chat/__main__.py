"""`python -m tests.bench.chat`: the chat window's figures beside what they must reach.

Each is measured in a process of its own, as often as `--rounds` says, and the median is told. The
first run makes a replica of a million messages in the temporary folder, which takes a minute and
250 MB, and leaves it there for the next.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Promise:
    """A figure, what it is measured with, and the most that it may be."""

    figure: str
    size: int
    value: str
    most: float
    unit: str
    what: str


PROMISES = (
    Promise(
        "open", 1_000_000, "opened", 150, "ms", "a replica of 1,000,000 opens to its last page"
    ),
    Promise("open", 1_000_000, "resident MiB", 200, "MiB", "with it, the program is resident in"),
    Promise("scroll", 10_000, "frame p99", 8, "ms", "a frame while scrolling through 10,000, p99"),
    Promise("burst", 10, "blocked max", 50, "ms", "2,000 messages a second block the event loop"),
    Promise("burst", 10, "key max", 50, "ms", "a key typed meanwhile is on the screen after"),
    Promise("resize", 5_000, "step max", 50, "ms", "a step of resizing with 5,000 loaded"),
)


def measure(figure: str, size: int) -> dict[str, float]:
    """Return the numbers of one figure, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.chat.figures", figure, str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all figures; return 1 if a promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.chat", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    options = parser.parse_args(arguments)
    kept = True
    rounds = [
        {
            (one.figure, one.size): measure(one.figure, one.size)
            for one in {(p.figure, p.size): p for p in PROMISES}.values()
        }
        for _ in range(options.rounds)
    ]
    for promise in PROMISES:
        value = median(found[promise.figure, promise.size][promise.value] for found in rounds)
        good = value <= promise.most
        kept &= good
        verdict = "kept" if good else "NOT KEPT"
        line = f"{promise.what}: {value:.1f} {promise.unit} (≤ {promise.most:g}) {verdict}"
        sys.stdout.write(f"{line}\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
