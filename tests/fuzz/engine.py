"""Runs a target: the regressions first, then new cases, and the shortest one that fails is shown.

A target fails by an exception, by what only the hooks and the log hear of, by taking too long over
one case, or by taking too much memory over all of them.
"""

from __future__ import annotations

import hashlib
import logging
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from tests.fuzz.inputs import Case, Cases

CORPUS = Path(__file__).with_name("corpus")
"""A folder a target, a file a case: one part a line, in hexadecimal; `#` begins a remark."""

LONGEST = 4.0
"""Seconds of CPU time for one case, on a slow computer: what is more would freeze a window."""

MOST_MEMORY = 256 * 1024
"""KiB that the process may grow by while a target runs."""

Run = Callable[[Case], None]


@dataclass(frozen=True)
class Target:
    """One part of the program. `open` prepares it and gives what runs one case.

    `examples`: how many cases a short run has for it. `once`: preparing it costs so much, or its
    cases so depend on an event loop, that a process should open it once a round.
    """

    name: str
    cases: Cases
    open: Callable[[], AbstractContextManager[Run]]
    examples: int = 100


class Found(AssertionError):
    """A case that a target does not stand. `case` is the shortest that was found."""

    def __init__(self, target: str, seed: int | None, case: Case, why: BaseException) -> None:
        self.target = target
        self.seed = seed
        self.case = case
        how = "a kept case" if seed is None else f"seed {seed}"
        lines = [f"{target}, {how}: {type(why).__name__}: {why}", "the shortest case:"]
        lines += [f"  {part!r}" for part in case]
        super().__init__("\n".join(lines))


class Noise(AssertionError):
    """Something failed where nobody could catch it."""


class TooSlow(AssertionError):
    """One case took longer than a window may stand still."""


class TooMuchMemory(AssertionError):
    """The process has grown more than a peer may make it."""


def kept(target: Target) -> Iterator[tuple[str, Case]]:
    """Yield the regressions of a target, each with its file's name."""
    for path in sorted((CORPUS / target.name).glob("*.txt")):
        yield path.name, as_case(path.read_text("ascii"))


def as_case(text: str) -> Case:
    """Read a case as it is kept."""
    return tuple(bytes.fromhex(line) for line in text.splitlines() if not line.startswith("#"))


def as_text(case: Case, remark: str) -> str:
    """Write a case as it is kept."""
    head = "".join(f"# {line}\n" for line in remark.splitlines()[:1])
    return head + "".join(f"{part.hex()}\n" for part in case)


def keep(found: Found) -> Path:
    """Put a case among the regressions; return its file."""
    text = as_text(found.case, str(found).encode("ascii", "replace").decode())
    name = hashlib.sha256(repr(found.case).encode()).hexdigest()[:12]
    path = CORPUS / found.target / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "ascii")
    return path


def fuzz(target: Target, *, examples: int, seed: int) -> None:
    """Run the regressions and then `examples` new cases; raises Found at what fails."""
    before = _memory()
    with target.open() as run:
        for _, case in kept(target):
            _try(target, run, case)
        _search(target, run, examples, seed)
    grown = _memory() - before
    if grown > MOST_MEMORY:
        raise TooMuchMemory(f"{target.name}, seed {seed}: {grown // 1024} MiB more")


def _try(target: Target, run: Run, case: Case) -> None:
    try:
        _watched(run, case)
    except BaseException as error:
        raise Found(target.name, None, case, error) from error


def _search(target: Target, run: Run, examples: int, seed: int) -> None:
    failed: list[Case] = []

    @seeded(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(target.cases)
    def check(case: Case) -> None:
        try:
            _watched(run, case)
        except Exception:
            # The last one that fails is the shortest: hypothesis ends with it.
            failed.append(case)
            raise

    try:
        check()
    except Exception as error:
        if not failed:
            raise
        raise Found(target.name, seed, failed[-1], error) from error


def _watched(run: Run, case: Case) -> None:
    began = time.process_time()
    with quiet():
        run(case)
    took = time.process_time() - began
    if took > LONGEST:
        raise TooSlow(f"{took:.1f} s")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def quiet() -> Iterator[None]:
    """Fail where an exception reaches a hook of the interpreter, or an error the log."""
    heard = _Listener()
    root = logging.getLogger()
    errors: list[BaseException | str] = []

    def note(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        errors.append(error)

    def note_unraisable(unraisable: sys.UnraisableHookArgs) -> None:
        errors.append(unraisable.exc_value or str(unraisable.err_msg))

    hooks = sys.excepthook, sys.unraisablehook
    sys.excepthook, sys.unraisablehook = note, note_unraisable
    root.addHandler(heard)
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook = hooks
        root.removeHandler(heard)
    if errors:
        first = errors[0]
        raise Noise(f"{type(first).__name__}: {first}") from (
            first if isinstance(first, BaseException) else None
        )
    if heard.heard:
        raise Noise(heard.heard[0])


def _memory() -> int:
    """Return the most memory that this process ever had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
