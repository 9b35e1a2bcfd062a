"""Fuzz for as long as you like: `python -m tests.fuzz [--minutes N] [--target NAME] [--seed N]`.

Each round runs every target with a seed of its own; what fails is printed with the shortest case that
shows it, and the other targets go on. `--keep` puts it among the regressions (`tests/fuzz/corpus`).
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.fuzz.engine import Found, Noise, TooMuchMemory, TooSlow, fuzz, keep
from tests.fuzz.registry import TARGETS

ROUND = 5
"""How many times as many cases a round has as the short run."""


def main(arguments: list[str] | None = None) -> int:
    """Run until the time is over; the exit status tells whether anything was found."""
    options = _parser().parse_args(arguments)
    seed = secrets.randbits(32) if options.seed is None else options.seed
    names = options.target or sorted(TARGETS)
    end = time.monotonic() + options.minutes * 60
    failed: set[str] = set()
    rounds = 0
    while rounds == 0 or time.monotonic() < end:
        for name in names:
            # One that failed would only be found once more.
            if name not in failed and not _round(name, seed + rounds, options):
                failed.add(name)
            if rounds and time.monotonic() >= end:
                break
        rounds += 1
        if options.minutes == 0:
            break
    found = ", ".join(sorted(failed)) or "nothing"
    _say(f"{rounds} round(s) from seed {seed}; found something in: {found}")
    return 1 if failed else 0


def _round(name: str, seed: int, options: argparse.Namespace) -> bool:
    target = TARGETS[name]
    examples = options.examples or target.examples * ROUND
    began = time.monotonic()
    try:
        fuzz(target, examples=examples, seed=seed)
    except (Found, Noise, TooSlow, TooMuchMemory) as error:
        _say(f"--- {error}")
        _say(f"again: python -m tests.fuzz --minutes 0 --target {name} --seed {seed}")
        if isinstance(error, Found):
            if error.__cause__ is not None and options.traceback:
                raise error.__cause__ from None
            if options.keep and error.seed is not None:
                _say(f"kept as {keep(error).name}")
        return False
    _say(f"{name}: {examples} cases, seed {seed}, {time.monotonic() - began:.1f} s")
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="0: one round (default: 10)")
    parser.add_argument(
        "--target", action="append", choices=sorted(TARGETS), help="this one alone; may be repeated"
    )
    parser.add_argument("--seed", type=int, help="of the first round (default: another each time)")
    parser.add_argument("--examples", type=int, help="cases a target and round")
    parser.add_argument("--keep", action="store_true", help="keep what fails as a regression")
    parser.add_argument(
        "--traceback", action="store_true", help="stop at the first, with its trace"
    )
    return parser


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
