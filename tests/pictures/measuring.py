"""What jobs cost a worker: the most memory that it had at once, and the time that it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from app.pictures.command import worker_command

# In a small process of its own: a child counts what its parent had when it was forked.
_MEASURE = """
import json, os, signal, subprocess, sys, time
jobs, seconds, *command = sys.argv[1:]
began = time.monotonic()
worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
worker.stdin.write(jobs.encode())
worker.stdin.close()
signal.signal(signal.SIGALRM, lambda *_: worker.kill())
signal.alarm(int(seconds))
said = worker.stdout.read()
_, status, usage = os.wait4(worker.pid, 0)
took = time.monotonic() - began
print(json.dumps([said.decode(), status, usage.ru_maxrss * 1024, took]))
"""


@dataclass(frozen=True)
class Cost:
    """`answers` is what the worker said until it ended, or was killed. Bytes and seconds."""

    answers: list[dict[str, object]]
    status: int
    memory: int
    seconds: float


def measured(*jobs: tuple[str, *tuple[str | int, ...]], within: int = 10) -> Cost:
    """Let a new worker do some jobs, and kill it after `within` seconds."""
    command = worker_command()
    lines = "".join(
        json.dumps({"id": number, "do": do, "with": values}) + "\n"
        for number, (do, *values) in enumerate(jobs)
    )
    done = subprocess.run(
        [
            *(sys.executable, "-S", "-E", "-c", _MEASURE, lines, str(within)),
            *(command.program, *command.arguments),
        ],
        env={**os.environ, **dict(command.environment)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    said, status, memory, seconds = json.loads(done.stdout)
    return Cost([json.loads(line) for line in said.splitlines()], status, memory, seconds)
