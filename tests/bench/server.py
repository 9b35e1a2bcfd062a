"""One running server: started on its core, ready when it listens, ended whatever happens."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bench.machine import Cores, free_port, is_listening, resident_kib
from tests.bench.peers.base import Peer

START = 30.0
"""Seconds that a server has to listen."""

END = 5.0
"""Seconds that a server has to end when it is asked to; then it is killed."""

_LOOK_EVERY = 0.02


class ServerFailed(Exception):
    """A server did not start; the argument says why."""


class Server:
    """A peer's server process, as a context manager. Keeps what it writes in a folder of its own."""

    def __init__(self, peer: Peer, members: int, cores: Cores) -> None:
        self.peer = peer
        self._members = members
        self._cores = cores
        self._folder = tempfile.TemporaryDirectory(prefix=f"bench-{peer.name}-")
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()

    def __enter__(self) -> Self:
        folder = Path(self._folder.name)
        # Some servers give up root and must still reach their configuration.
        folder.chmod(0o755)
        command = self.peer.command(folder, self.port, self._members)
        # A child inherits the affinity; a session of its own keeps Ctrl+C for us.
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {self._cores.server})
        try:
            with (folder / "output").open("wb") as output:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd=folder,
                    env={**os.environ, **self.peer.environment},
                    start_new_session=True,
                )
        finally:
            os.sched_setaffinity(0, before)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    @property
    def resident_kib(self) -> float:
        """Its resident memory now."""
        return resident_kib(self.pid)

    def said(self) -> str:
        """Return the end of what it wrote."""
        written = (Path(self._folder.name) / "output").read_bytes()[-400:]
        return " ".join(written.decode(errors="replace").split())

    def end(self) -> None:
        """End it, gently if it listens to that."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop(self) -> None:
        """End it, and remove its folder."""
        self.end()
        self._folder.cleanup()

    def _wait(self) -> None:
        deadline = time.monotonic() + START
        assert self._process is not None
        while not is_listening(self.port):
            if self._process.poll() is not None:
                raise ServerFailed(f"{self.peer.name} ended at once: {self.said()}")
            if time.monotonic() > deadline:
                raise ServerFailed(f"{self.peer.name} does not listen: {self.said()}")
            time.sleep(_LOOK_EVERY)
