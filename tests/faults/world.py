"""`World`: a host and its members as real processes, the network between them, and their history."""

from __future__ import annotations

import random
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.history import End, History, Life, Witness, read_kept, read_log
from tests.faults.proxy import FAIR, Network, Proxy, Weather
from tests.helpers.processes import Papo

PATIENCE = 100.0
"""Seconds for everybody to come to rest: three of the longest waits between two attempts to join."""

START_ATTEMPTS = 12
"""How often a member is started that the network turns away before it has joined."""

PORT_ATTEMPTS = 5

WORDS = [
    "olá",
    "λόγος",
    "שלום",
    "नमस्ते",
    "日本語",
    "ไทย",
    "👩‍👩‍👧‍👦",
    "<b>&amp;</b>",
    "e\u0301",
    "plain",
]
NICKNAMES = ["Ana", "Bruno", "Čeněk", "דנה", "エミ", "Фёдор"]


class PortLost(Exception):
    """Somebody else took the host's port while the host was down: nothing that Papo could help."""


class Person:
    """A member over all its lives, on one folder. Its way to the host may be a proxy."""

    def __init__(self, world: World, name: str, data: Path, proxy: Proxy | None) -> None:
        self.witness = Witness(name)
        self.name = name
        self.data = data
        self.proxy = proxy
        self._world = world
        self._papo: Papo | None = None
        self._line = 0

    @property
    def papo(self) -> Papo:
        assert self._papo is not None, f"{self.name} is not running"
        return self._papo

    @property
    def is_alive(self) -> bool:
        return self._papo is not None

    @property
    def life(self) -> Life:
        return self.witness.lives[-1]

    def launch(self) -> None:
        """Start, and do not wait for anything."""
        port = self.proxy.port if self.proxy is not None else self._world.port
        self._papo = self._world.stack.enter_context(
            Papo(
                "join", f"127.0.0.1:{port}", "--nick", self.name, "--accept-new", "--headless",
                *self._world.wishes, data=self.data,
            )
        )  # fmt: skip
        self.witness.lives.append(Life(events=self._papo.events))

    def wait_until_joined(self) -> None:
        """Wait until it is in, starting it anew where the network turned it away."""
        complaints: list[str] = []
        for _ in range(START_ATTEMPTS):
            if self.papo.wait_until(lambda: self.papo.counts["joined"] > 0, PATIENCE):
                return
            self.papo.wait_for_end()
            complaints.append(self.papo.complaints.strip())
            self.launch()
        self._world.check_host()
        raise AssertionError(f"{self.name} did not get in: {complaints}")

    def write(self, count: int) -> list[str]:
        """Write so many lines, each of them told from all others, and return them."""
        lines = [self.new_line() for _ in range(count)]
        self.write_lines(*lines)
        return lines

    def write_lines(self, *lines: str) -> None:
        self.life.written += lines
        try:
            self.papo.say(*lines)
        except BrokenPipeError as error:
            raise self.ended_by_itself() from error

    def ended_by_itself(self) -> AssertionError:
        """Return what to raise where it is gone and nobody killed it."""
        papo = self.papo
        status = papo.wait_for_end()
        self._world.check_host()
        return AssertionError(
            f"{self.name} ended by itself with {status}: {papo.complaints} {papo.events[-5:]}"
        )

    def kill(self) -> None:
        self.papo.kill()
        self._papo = None

    def leave(self) -> int:
        """End the input, wait until it is done, and return the exit status."""
        self.papo.end_input()
        assert self.papo.wait_until(lambda: False, PATIENCE) is False
        status = self.papo.wait_for_end()
        self.life.end = End.LEFT
        self._papo = None
        return status

    def stays(self) -> None:
        self.life.end = End.STAYED

    @property
    def acks(self) -> int:
        """How many acknowledgements it printed in this life."""
        return self.papo.counts["acked"]

    def wait_for_acks(self, count: int) -> None:
        """Wait until it printed so many acknowledgements in this life."""
        if not self.papo.wait_until(lambda: self.acks >= count, PATIENCE):
            raise self.ended_by_itself()

    def wait_for_refusals(self, count: int) -> None:
        """Wait until it printed so many refusals in this life."""
        papo = self.papo
        if not papo.wait_until(lambda: papo.counts["rejected"] >= count, PATIENCE):
            raise self.ended_by_itself()

    def write_and_wait(self, count: int) -> None:
        """Write so many lines and wait until they are acknowledged."""
        before = self.acks
        self.write(count)
        self.wait_for_acks(before + count)

    def wait_for_state(self, state: str) -> None:
        """Wait until it printed that its connection is, or was, in this state."""
        papo = self.papo
        if not papo.wait_until(lambda: any(e.get("state") == state for e in papo.events), PATIENCE):
            raise self.ended_by_itself()

    def wait_for_texts(self, texts: set[str]) -> None:
        """Wait until it has seen all of these."""
        papo, left, at = self.papo, set(texts), 0

        def seen() -> bool:
            nonlocal at
            while at < len(papo.events):
                left.discard(papo.events[at].get("text", ""))
                at += 1
            return not left

        try:
            if not papo.wait_until(seen, PATIENCE):
                raise self.ended_by_itself()
        except TimeoutError as error:
            self._world.check_host()
            raise AssertionError(
                f"{self.name} did not see {sorted(left)} within {PATIENCE:.0f} seconds; "
                f"its last words: {papo.events[-3:]}"
            ) from error

    def new_line(self, filler: str = "") -> str:
        """Return a line that it never wrote before; what it is filled with is random."""
        chance = self._world.chance
        self._line += 1
        words = chance.choices(WORDS, k=chance.choice([0, 1, 3, 8, 40, 400]))
        return f"{self.name} {self._line} {filler or ' '.join(words)}".strip()


class World:
    """Everything of one run. A context manager: all processes and proxies are gone at its end.

    `proxied`: each member has a proxy of its own. `chance` decides everything; whoever draws from
    it does so in the test's own thread, so that a seed gives the same plan.
    """

    def __init__(
        self,
        folder: Path,
        seed: int,
        *,
        members: int = 3,
        proxied: bool = False,
        host_data: Path | None = None,
        json: bool = False,
    ) -> None:
        self.chance = random.Random(seed)
        self.stack = ExitStack()
        self.host_data = host_data or folder / "host"
        self.host_lives: list[Life] = []
        self.port = 0
        self._host: Papo | None = None
        self._folder = folder
        self._count = members
        self._proxied = proxied
        self.wishes = ("--json",) if json else ()
        self.members: list[Person] = []

    def __enter__(self) -> Self:
        with self.stack:
            network = self.network = self.stack.enter_context(Network())
            self.start_host()
            for number in range(self._count):
                seed = self.chance.randrange(2**32)
                proxy = network.proxy(self.port, seed) if self._proxied else None
                data = self._folder / f"member{number}"
                self.members.append(Person(self, NICKNAMES[number], data, proxy))
            for member in self.members:
                member.launch()
            for member in self.members:
                member.wait_until_joined()
            # All is well: it is closed at the end of this world, not at the end of its beginning.
            self.stack = self.stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._host is not None:
            # A frozen process would not even be killed before it goes on.
            with suppress(ProcessLookupError):
                self._host.thaw()
        self.stack.close()

    @property
    def host(self) -> Papo:
        assert self._host is not None, "the host is not running"
        return self._host

    @property
    def alive(self) -> list[Person]:
        return [member for member in self.members if member.is_alive]

    def start_host(self) -> None:
        """Start the host: on any port at first, on the same one ever after."""
        for _ in range(PORT_ATTEMPTS):
            host = self.stack.enter_context(
                Papo(
                    "host", "--room", "Lab", "--port", str(self.port), "--bind", "127.0.0.1",
                    "--headless", "--no-flood-limit", data=self.host_data,
                )
            )  # fmt: skip
            port = int(host.wait_for("hosting")["port"])
            self.port = self.port or port
            if port == self.port:
                self._host = host
                self.host_lives.append(Life(events=host.events))
                return
            sys.stderr.write(f"port {self.port} was taken meanwhile; trying again\n")
            host.kill()
        raise PortLost(
            f"Port {self.port} of the killed host was taken by another program, and did not come "
            "free again. Nothing was proved or disproved; run this once more."
        )

    def kill_host(self) -> None:
        self.host.kill()
        self._host = None

    def check_host(self) -> None:
        """Raise AssertionError where the host ended and nobody ended it: it explains all else."""
        if self._host is not None and self._host.has_ended:
            status = self._host.wait_for_end()
            raise AssertionError(
                f"the host ended by itself with {status}: {self._host.complaints} "
                f"{self._host.events[-5:]}"
            )

    def host_notes(self, text: str) -> int:
        """Return how often the host noted something about itself."""
        path = self.host_data / "papo.log"
        return path.read_text("utf-8").count(text) if path.exists() else 0

    def set_weather(self, weather: Weather) -> None:
        for member in self.members:
            if member.proxy is not None:
                member.proxy.weather = weather

    def write_all(self, most: int) -> None:
        """Let everybody who is there write something."""
        for member in self.alive:
            member.write(self.chance.randint(1, most))

    def settle(self) -> None:
        """End all faults, bring everybody back, and wait until everybody has seen everything.

        Everybody writes a last line; whoever saw all of these has seen all that was written.
        """
        self.set_weather(FAIR)
        for member in self.members:
            if member.proxy is not None:
                member.proxy.release()
                member.proxy.refuse(False)
        if self._host is None:
            self.start_host()
        for member in self.members:
            if not member.is_alive:
                member.launch()
        last = set()
        for member in self.members:
            member.wait_until_joined()
            last |= {f"{member.name}'s last line"}
            member.write_lines(f"{member.name}'s last line")
        for member in self.members:
            member.wait_for_texts(last)
            member.stays()

    def end(self, *, gracefully: bool | None = None) -> History:
        """End the host, or kill it (None: the dice decide), and return what happened."""
        if gracefully is None:
            gracefully = self.chance.random() < 0.5
        if gracefully:
            status = self.host.terminate()
            assert status == 0, f"the host ended with {status}: {self.host.complaints}"
            for member in self.alive:
                status = member.papo.wait_for_end()
                expected = int(member.papo.counts["rejected"] > 0)
                assert status == expected, f"{member.name} ended with {status}"
        else:
            self.host.kill()
            for member in self.alive:
                member.papo.kill()
        self._host = None
        for member in self.members:
            member.witness.kept = read_kept(member.data, whole=gracefully)
        return History(
            log=read_log(self.host_data),
            members=[member.witness for member in self.members],
            host=self.host_lives,
        )
