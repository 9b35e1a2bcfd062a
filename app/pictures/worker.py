"""The worker: one JSON object a line in, one a line out, until the input ends.

It works for one program, in its name, and is trusted with nothing: it may take so much memory and time
and write so large a file, and whoever started it believes nothing of its answers that it can check.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from app.pictures import limits

_IN, _OUT = 0, 1


def run() -> int:
    """Do jobs until there are no more; returns the exit status."""
    # Ctrl+C in a terminal is for the program; the worker ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not be taken for an answer.
    answers = os.dup(_OUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _OUT)
    os.close(nowhere)
    with os.fdopen(answers, "wb", buffering=0) as out, os.fdopen(_IN, "rb", closefd=False) as jobs:
        _become_small()
        _work(jobs, out)
    return 0


def _become_small() -> None:
    """Step back, and give up what a picture's decoder does not need."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(limits.NICENESS)
    _warm_up()
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for name, most in (
        (resource.RLIMIT_AS, limits.WORKER_MEMORY),
        (resource.RLIMIT_FSIZE, limits.WORKER_FILE),
        (resource.RLIMIT_NOFILE, limits.WORKER_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(name, (most, most))


def _warm_up() -> None:
    """Let Qt make its pool of threads while it sees one core.

    It scales large pictures in as many threads as there are cores, and each takes address space: on
    a large machine more than there is, and Qt waits for a thread that never began.
    """
    from app.pictures.decoding import warm_up  # noqa: PLC0415 - after the niceness

    if sys.platform == "linux":
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
        warm_up()
        os.sched_setaffinity(0, cores)
    else:
        warm_up()


def _work(jobs: BinaryIO, out: BinaryIO) -> None:
    from app.pictures.jobs import JOBS  # noqa: PLC0415 - after the limits

    while line := jobs.readline(limits.MAX_LINE):
        job = json.loads(line)
        _grant_time()
        answer: dict[str, object] = {"id": job["id"]}
        try:
            answer["result"] = JOBS[job["do"]](*job["with"])
        except Exception as error:  # noqa: BLE001 - whatever it is, this picture has failed
            answer["error"] = type(error).__name__
        out.write(json.dumps(answer).encode() + b"\n")


def _grant_time() -> None:
    """Allow the next job WORKER_CPU seconds beyond what was used so far."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime) + limits.WORKER_CPU
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
