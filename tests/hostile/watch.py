"""Notices whether a process touches what it must not: a file, or a server, that hostile text speaks of.

Qt opens files without Python: an audit hook in the process is not enough. The kernel tells of the bait
itself (inotify, Linux alone), a listener counts who knocks, and `strace`, where there is one, sees every
path and every connection.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.corpus import Bait

_IN_ACCESS, _IN_OPEN = 0x1, 0x20
_IN_NONBLOCK = os.O_NONBLOCK

# The smallest picture there is: one that cannot be read would be looked for, and not shown.
_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154"
    "789c6360000000020001e221bc330000000049454e44ae426082"
)
_PATIENCE = 120


def has_strace() -> bool:
    """Tell whether processes may be traced here."""
    if shutil.which("strace") is None:
        return False
    probe = ["strace", "-f", "-qq", "-e", "trace=connect", "-o", os.devnull, "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@dataclass
class Touched:
    """What a process touched. All empty: nothing."""

    file_opened: bool = False
    knocked: int = 0
    traced: list[str] = field(default_factory=list)
    status: int = 0
    output: str = ""
    errors: str = ""

    def __bool__(self) -> bool:
        return self.file_opened or self.knocked > 0 or bool(self.traced)


class Watch:
    """A bait in `folder`, and who looks at it. `close()` at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        file = folder / f"bait-{os.getpid()}-{id(self):x}.png"
        file.write_bytes(_PICTURE)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.bait = Bait(file, f"127.0.0.1:{self._listener.getsockname()[1]}")
        libc = ctypes.CDLL(None, use_errno=True)
        self._inotify: int = libc.inotify_init1(_IN_NONBLOCK)
        watch = libc.inotify_add_watch(self._inotify, os.fsencode(file), _IN_OPEN | _IN_ACCESS)
        assert self._inotify >= 0
        assert watch >= 0

    def run(self, arguments: list[str], *, strace: bool) -> Touched:
        """Run this Python with `arguments`, and tell what it touched. The bait lies where it runs."""
        trace = self._folder.with_name(f"{self._folder.name}.trace")
        command = [sys.executable, *arguments]
        if strace:
            calls = "trace=%file,connect,sendto,execve"
            command = ["strace", "-f", "-qq", "-s", "400", "-e", calls, "-o", str(trace), *command]
        root = Path(__file__).parents[2]
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(root),
            "BAIT_FILE": str(self.bait.file),
            "BAIT_SERVER": self.bait.server,
        }
        done = subprocess.run(
            command,
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        return Touched(
            file_opened=self._was_opened(),
            knocked=self._knocks(),
            traced=self._traced(trace) if strace else [],
            status=done.returncode,
            output=done.stdout,
            errors=done.stderr,
        )

    def close(self) -> None:
        """Let go of the listener and of the watch."""
        self._listener.close()
        os.close(self._inotify)

    def _was_opened(self) -> bool:
        try:
            return bool(os.read(self._inotify, 4096))
        except BlockingIOError:
            return False

    def _knocks(self) -> int:
        count = 0
        while True:
            try:
                connection, _ = self._listener.accept()
            except BlockingIOError:
                return count
            connection.close()
            count += 1

    def _traced(self, trace: Path) -> list[str]:
        """Return the calls that name the bait, go to the network, or start a program."""
        lines = trace.read_text("utf-8", "replace").splitlines()
        # The first program is the one that was asked for.
        suspicious = re.compile(
            rf"{re.escape(self.bait.file.name)}|(connect|sendto)\(.*AF_INET|share/bait"
        )
        started = [line for line in lines if "execve(" in line][1:]
        found = [line for line in lines if suspicious.search(line) and "execve(" not in line]
        return found + [line for line in started if " = 0" in line]
