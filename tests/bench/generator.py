"""The load generator: C, compiled on demand, driven by one command a line (`load/main.c`)."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.bench.machine import LOOPBACK, Cores

SOURCES = Path(__file__).parent / "load"

_POLL = 0.05
"""Seconds between two looks at what is to be watched while the generator works."""

_PATIENCE = 60.0
"""Seconds over what a command should take."""

_NO_HEADERS = "OpenSSL's headers are missing (Debian: libssl-dev)"

Answer = dict[str, Any]


class CannotBuild(Exception):
    """The generator cannot be compiled here; the argument is one clear line."""


class GeneratorFailed(Exception):
    """The generator gave up; the argument says why."""


def build(folder: Path) -> Path:
    """Compile the generator into `folder` and return the program; raises CannotBuild."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise CannotBuild("there is no C compiler (Debian: gcc)")
    program = folder / "load"
    sources = sorted(str(path) for path in SOURCES.glob("*.c"))
    options = ["-std=c11", "-O2", "-Wall", "-Wextra", "-o", str(program)]
    done = subprocess.run(
        [compiler, *options, *sources, "-lssl", "-lcrypto"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        if "openssl/" in done.stderr or "-lssl" in done.stderr:
            raise CannotBuild(_NO_HEADERS)
        raise CannotBuild(next(iter(done.stderr.splitlines()), "the compiler failed"))
    return program


class Generator:
    """All members of one room, in one process on the generator's core. A context manager."""

    def __init__(self, program: Path, protocol: str, port: int, server: int, cores: Cores) -> None:
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {cores.generator})
        try:
            self._process = subprocess.Popen(
                [str(program), protocol, LOOPBACK, str(port), str(server)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        finally:
            os.sched_setaffinity(0, before)
        self._heard = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def join(self, members: int, parallel: int, timeout: float = 300.0) -> Answer:
        """Let members in, `parallel` at a time."""
        return self._ask(f"join {members} {parallel} {timeout}", timeout)

    def closed(
        self,
        seconds: float,
        *,
        warm: float = 0.5,
        window: int = 100,
        senders: int = 4,
        size: int = 100,
        messages: int = 0,
        apart: bool = False,
        watch: Callable[[], None] | None = None,
    ) -> Answer:
        """Keep `window` messages in flight; `watch` is called now and then meanwhile.

        With `apart` nobody sends before everyone has what it sent last.
        """
        mode = "apart" if apart else "closed"
        command = f"{mode} {window} {senders} {warm} {seconds} {size} {messages}"
        return self._ask(command, warm + seconds, watch)

    def open(
        self, rate: float, seconds: float, *, warm: float = 0.5, senders: int = 4, size: int = 100
    ) -> Answer:
        """Send `rate` messages a second, whatever becomes of them."""
        return self._ask(f"open {rate} {senders} {warm} {seconds} {size}", warm + seconds)

    def stall(self, timeout: float = 20.0) -> Answer:
        """Let one more in, who never reads again."""
        return self._ask(f"stall {timeout}", timeout)

    def release(self, timeout: float = 3.0) -> Answer:
        """Read what waits for the stalled one; `cut` tells whether its connection ended."""
        return self._ask(f"release {timeout}", timeout)

    def _ask(self, command: str, seconds: float, watch: Callable[[], None] | None = None) -> Answer:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{command}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise GeneratorFailed("the generator is gone") from error
        answer: Answer = json.loads(self._line(seconds + _PATIENCE, watch))
        if answer["event"] == "error":
            raise GeneratorFailed(str(answer["why"]))
        return answer

    def _line(self, seconds: float, watch: Callable[[], None] | None) -> bytes:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        while b"\n" not in self._heard:
            ready, _, _ = select.select([pipe], [], [], _POLL if watch else seconds)
            if watch is not None:
                watch()
            elif not ready:
                raise GeneratorFailed("the generator does not answer")
            if ready:
                data = os.read(pipe, 65_536)
                if not data:
                    raise GeneratorFailed("the generator ended")
                self._heard += data
        line, _, self._heard = self._heard.partition(b"\n")
        return line
