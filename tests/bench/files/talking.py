"""Two members who talk while files go by: how long a text takes from the one to the other."""

from __future__ import annotations

import itertools
import os
import statistics
import threading
import time
from types import TracebackType
from typing import Self

from app.protocol import messages as m
from tests.helpers.blocking_member import BlockingMember

EVERY = 0.02
"""Seconds between two texts, whatever became of those before: an open loop."""

AT_LEAST = 20
"""Texts that are said in any case: a short file has its figures too."""

_PATIENCE = 20.0
"""Seconds that the last texts have to arrive."""

_SIGN_OF_LIFE = 100
"""Texts heard after which the hearer, who is silent otherwise, says that it is there."""


class Talk:
    """One member says something every 20 ms, another hears it. A context manager: talks within it.

    Afterwards `waits` has the seconds from when each text was due until it was heard. The speaker is
    late where its core is taken, and that counts against the host. `lost`: texts that never came.
    """

    def __init__(self, port: int) -> None:
        self.waits: list[float] = []
        self.lost = 0
        self._speaker = BlockingMember(port, "speaker")
        self._hearer = BlockingMember(port, "hearer")
        self._due: dict[bytes, float] = {}
        self._enough = threading.Event()
        self._last = b""
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._speak, self._hear)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join(_PATIENCE)
        self.lost = len(self._due)
        self._speaker.leave()
        self._hearer.leave()

    def p(self, percent: int) -> float:
        """Return the milliseconds within which so many of a hundred texts were heard."""
        return 1e3 * statistics.quantiles(self.waits, n=100, method="inclusive")[percent - 1]

    @property
    def most(self) -> float:
        """The milliseconds that the slowest took."""
        return 1e3 * max(self.waits)

    def _speak(self) -> None:
        began = time.monotonic()
        for number in itertools.count():
            due = began + number * EVERY
            time.sleep(max(0.0, due - time.monotonic()))
            if number >= AT_LEAST and self._enough.is_set():
                break
            self._say(os.urandom(16), due)
        self._last = os.urandom(16)
        self._say(self._last, time.monotonic())

    def _say(self, cid: bytes, due: float) -> None:
        self._due[cid] = due
        self._speaker.send(m.Say(cid=cid, text=80 * "x"))

    def _hear(self) -> None:
        while True:
            live = self._hearer.wait_for(m.Live)
            now = time.monotonic()
            for said in live.said:
                due = self._due.pop(said.cid, None)
                if due is None:
                    continue
                self.waits.append(now - due)
                if said.cid == self._last:
                    return
                if len(self.waits) % _SIGN_OF_LIFE == 0:
                    self._hearer.send(m.Ping())
