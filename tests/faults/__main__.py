"""Break a room at random for as long as asked: `python -m tests.faults --minutes 10 [--seed N]`.

Prints a line for each run. The first history that does not hold ends it: its seed is printed, what
cannot be is said, the folder stays for whoever looks into it, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.faults.amending import AMENDED, run_amended
from tests.faults.disks import Unavailable
from tests.faults.history import summary
from tests.faults.scenarios import DISKS, SCENARIOS, has_outbox, run, run_on_full_disk
from tests.faults.world import PortLost

MOST_ROUNDS = 3
"""Times as many rounds as in CI that a run has at most."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and return the exit status."""
    options = _parse(arguments)
    names = [one.name for one in SCENARIOS if has_outbox() or not one.outbox]
    names += [AMENDED, *DISKS]
    chosen = [name for name in names if options.only in name]
    if not chosen:
        _say(f"no scenario is called {options.only!r}; there are: {', '.join(names)}")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="papo-faults-"))
    end = time.monotonic() + options.minutes * 60
    seed = random.SystemRandom().randrange(10**9) if options.seed is None else options.seed
    while True:
        if not _run(seed, chosen, folder / str(seed)):
            again = f" --only {options.only!r}" if options.only else ""
            _say(f"FAILED. Again: python -m tests.faults --minutes 0 --seed {seed}{again}")
            _say(f"Everything that was stored is in {folder / str(seed)}")
            return 1
        if time.monotonic() >= end:
            shutil.rmtree(folder)
            return 0
        seed += 1


def _run(seed: int, names: list[str], folder: Path) -> bool:
    """Run the scenario that `seed` draws; return whether the history held."""
    chance = random.Random(seed)
    name = chance.choice(names)
    factor = chance.randint(1, MOST_ROUNDS)
    folder.mkdir()
    began = time.monotonic()
    try:
        if name == AMENDED:
            outcome = run_amended(seed, folder, factor)
        elif name in DISKS:
            outcome = summary(run_on_full_disk(name, seed, folder, factor))
        else:
            scenario = next(one for one in SCENARIOS if one.name == name)
            outcome = summary(run(scenario, seed, folder, factor))
    except (Unavailable, PortLost) as reason:
        outcome, held = str(reason), True
    except (AssertionError, TimeoutError, OSError) as problem:
        outcome, held = f"{type(problem).__name__}: {problem}", False
    else:
        held = True
    _say(f"seed {seed}: {name}, x{factor}: {time.monotonic() - began:.0f} s: {outcome}")
    if held:
        shutil.rmtree(folder)
    return held


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long; 0: one run")
    parser.add_argument("--seed", type=int, help="the first run's seed; the next ones count on")
    parser.add_argument("--only", default="", help="only scenarios with this in their name")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
