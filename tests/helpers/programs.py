"""Programs that know nothing of Papo, as they are: netcat and the tutorial's client."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

TUTORIAL = Path(__file__).with_name("tutorial_client.py")


class Program:
    """A program on its terminal, with what it prints."""

    def __init__(self, *command: str) -> None:
        self.printed = ""
        env = {**os.environ, "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env
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
        """Type it on its terminal."""
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def wait_for(self, text: str, timeout: float = 20) -> None:
        """Wait until it has printed that."""
        with self._told:
            assert self._told.wait_for(lambda: text in self.printed, timeout), self.printed

    def _read(self) -> None:
        assert self.process.stdout is not None
        while data := os.read(self.process.stdout.fileno(), 65_536):
            with self._told:
                self.printed += data.decode(errors="replace")
                self._told.notify_all()


def netcat_to(port: str) -> Program:
    """Start `nc` to a room on this computer."""
    return Program("nc", "127.0.0.1", port)


def tutorial_of(nickname: str, port: str) -> Program:
    """Start the tutorial's client, as it is."""
    return Program(sys.executable, str(TUTORIAL), port, nickname)


def spoken(text: str) -> list[str]:
    """Return the lines that somebody said, without what is told of comings and goings."""
    return re.findall(r"^(?!\*)[^\s:]+: .*$", text.removeprefix("NICK"), re.MULTILINE)
