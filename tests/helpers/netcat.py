"""`nc`, the real one, and what is spoken in what it printed."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from typing import Self


class NetcatProcess:
    """`nc`, with what it prints."""

    def __init__(self, *arguments: str) -> None:
        self.printed = ""
        self.process = subprocess.Popen(
            ["nc", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._told = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join(10)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def wait_for(self, text: str, timeout: float = 20) -> None:
        with self._told:
            assert self._told.wait_for(lambda: text in self.printed, timeout), self.printed

    def _read(self) -> None:
        assert self.process.stdout is not None
        while data := os.read(self.process.stdout.fileno(), 65_536):
            with self._told:
                self.printed += data.decode(errors="replace")
                self._told.notify_all()


def spoken(text: str) -> list[str]:
    """Return the lines that somebody said, without what is told of comings and goings."""
    return re.findall(r"^(?!\*)[^\s:]+: .*$", text.removeprefix("NICK"), re.MULTILINE)
