"""Real Papo processes, and the JSON lines that they print."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]

Event = dict[str, Any]

TIMEOUT = 30.0
"""Seconds to wait for any one event: far longer than it takes, so that only a hang fails."""


class Papo:
    """One running process. Use as a context manager: it is killed at the end if it still runs."""

    def __init__(
        self,
        *arguments: str,
        data: Path,
        environment: dict[str, str] | None = None,
        before: tuple[str, ...] = (),
    ) -> None:
        """`before` is what goes before the command, such as what takes it to another network."""
        # UTF-8 whatever the machine's locale; a fresh folder for whatever is stored.
        env = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        # What a test says is announced on nobody's desktop.
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        env |= environment or {}
        self._process = subprocess.Popen(
            [*before, sys.executable, str(ROOT / "main.py"), *arguments, "--data", str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            cwd=data.parent,
        )
        self.events: list[Event] = []
        self.counts: Counter[str] = Counter()
        self.complaints = ""
        self._silent = False
        self._told = threading.Condition()
        self._queue: queue.Queue[Event | None] = queue.Queue()
        self._readers = [
            threading.Thread(target=self._read_events, daemon=True),
            threading.Thread(target=self._read_complaints, daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                # Lines that a killed process did not take are gone with it.
                with suppress(BrokenPipeError):
                    stream.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def say(self, *lines: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self._process.stdin.flush()

    def end_input(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.stdin = None

    def wait_for(self, name: str, where: Callable[[Event], bool] = lambda _event: True) -> Event:
        """Return the next event of that name for which `where` holds."""
        while True:
            event = self._queue.get(timeout=TIMEOUT)
            if event is None:
                status = self.wait_for_end()
                raise AssertionError(
                    f"ended with {status}, without {name!r}: {self.events} {self.complaints}"
                )
            if event["event"] == name and where(event):
                return event

    def wait_until(self, holds: Callable[[], bool], timeout: float = TIMEOUT) -> bool:
        """Wait until `holds`, asked after each event; return False if the process ended without.

        Takes nothing from `wait_for`. Raises TimeoutError.
        """
        with self._told:
            if not self._told.wait_for(lambda: holds() or self._silent, timeout):
                raise TimeoutError(f"{self.events[-5:]} {self.complaints}")
            return holds()

    def wait_for_end(self) -> int:
        """Return the exit status."""
        status = self._process.wait(TIMEOUT)
        for reader in self._readers:
            reader.join(TIMEOUT)
        return status

    def terminate(self) -> int:
        """Ask the process to end, as `systemd` and Ctrl+C do, and return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self.wait_for_end()

    def kill(self) -> None:
        """End the process as a power cut does: it is not asked."""
        self._process.kill()
        self.wait_for_end()

    def freeze(self) -> None:
        """Let it stand still until `thaw`."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def named(self, name: str) -> list[Event]:
        """Return all events of that name so far."""
        return [event for event in self.events if event["event"] == name]

    def _read_events(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            # Whoever is killed in mid-word has not said it.
            if line.endswith(b"\n"):
                event = json.loads(line)
                with self._told:
                    self.events.append(event)
                    self.counts[event["event"]] += 1
                    self._told.notify_all()
                self._queue.put(event)
        with self._told:
            self._silent = True
            self._told.notify_all()
        self._queue.put(None)

    def _read_complaints(self) -> None:
        assert self._process.stderr is not None
        self.complaints = self._process.stderr.read().decode()
