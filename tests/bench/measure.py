"""The measurements: each one starts a server, fills its room, and returns figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generator import Answer, Generator
from tests.bench.machine import Cores
from tests.bench.peers.base import Peer
from tests.bench.plan import IN_FLIGHT, LIGHT, MODERATE, SENDERS, STALLED_TEXT, Plan
from tests.bench.server import Server

Figures = dict[str, float]

_SETTLE = 0.5
"""Seconds in which a server that was just filled comes to rest."""

_SPARE = 10
"""Members that a room may have over those that are counted: the stalled one, and the host's own."""


@dataclass(frozen=True)
class Bench:
    """What every measurement needs."""

    plan: Plan
    program: Path
    cores: Cores

    @contextmanager
    def room(self, peer: Peer, members: int) -> Iterator[tuple[Server, Generator]]:
        """Start a server and a generator beside it."""
        with (
            Server(peer, members + _SPARE, self.cores) as server,
            Generator(self.program, peer.protocol, server.port, server.pid, self.cores) as members_,
        ):
            yield server, members_

    def fill(self, peer: Peer, members: int) -> dict[str, Figures]:
        """Fill a room, then flood it; in the room for loads, the loads as well."""
        plan, found = self.plan, {}
        with self.room(peer, members) as (server, generator):
            time.sleep(_SETTLE)
            empty = server.resident_kib
            joined = generator.join(members, peer.parallel)
            time.sleep(_SETTLE)
            found[f"joined/{members}"] = {
                "cpu_ms": joined["server_cpu"] / members * 1e3,
                "per_cpu_second": members / joined["server_cpu"],
                "wall_s": joined["seconds"],
                "member_kib": (server.resident_kib - empty) / members,
            }
            saturated = self._saturate(generator, peer, members, plan.saturated)
            found[f"saturated/{members}"] = _figures(saturated)
            if members == plan.loads_at:
                half = saturated["messages"] / saturated["seconds"] / 2
                for name, rate, seconds in (
                    ("half", half, plan.moderate),
                    ("moderate", MODERATE, plan.moderate),
                    ("light", LIGHT, plan.light),
                ):
                    answer = generator.open(rate, seconds, warm=plan.warm, senders=SENDERS)
                    found[f"{name}/{members}"] = {**_figures(answer), "rate": rate}
        return found

    def stall(self, peer: Peer) -> dict[str, Figures]:
        """Flood a room in which one never reads.

        The same flood without that one goes first: what the server's memory grows by then (its
        log, say) is taken off, by the message.
        """
        members = self.plan.loads_at
        with self.room(peer, members) as (server, generator):
            generator.join(members, peer.parallel)
            self._saturate(generator, peer, members, self.plan.warm, size=STALLED_TEXT)
            normal, usual = self._growth(server, generator, peer)
            generator.stall()
            stuck, growth = self._growth(server, generator, peer)
            released = generator.release(self.plan.release)
        usual_each = usual / max(1, normal["sent"])
        return {
            f"stalled/{members}": {
                "gap_ms": stuck["gap_ms"],
                "usual_gap_ms": normal["gap_ms"],
                "grown_kib": growth,
                "extra_kib": max(0.0, growth - usual_each * stuck["sent"]),
                "cut": float(released["cut"]),
                "taken": released["bytes"] / max(1.0, stuck["bytes"] / members),
                "lost": float(stuck["lost"]),
                "messages": float(stuck["sent"]),
            }
        }

    def _growth(self, server: Server, generator: Generator, peer: Peer) -> tuple[Answer, float]:
        """Flood, and return how far the server's memory rose meanwhile, in KiB."""
        before = highest = server.resident_kib

        def look() -> None:
            nonlocal highest
            highest = max(highest, server.resident_kib)

        members = self.plan.loads_at
        answer = self._saturate(
            generator, peer, members, self.plan.stalled, size=STALLED_TEXT, watch=look
        )
        return answer, highest - before

    def _saturate(
        self,
        generator: Generator,
        peer: Peer,
        members: int,
        seconds: float,
        *,
        size: int = 100,
        watch: Callable[[], None] | None = None,
    ) -> Answer:
        """Keep the server as busy as it can be."""
        alone = peer.one_at_a_time
        window = min(members, IN_FLIGHT) if alone else IN_FLIGHT
        return generator.closed(
            seconds,
            warm=self.plan.warm,
            window=window,
            senders=window if alone else min(members, SENDERS),
            size=size,
            apart=alone,
            watch=watch,
        )


def _figures(answer: Answer) -> Figures:
    """Return what a flood says about a server."""
    deliveries = max(1, answer["deliveries"])
    seconds = answer["seconds"]
    return {
        "cpu_us": answer["server_cpu"] / deliveries * 1e6,
        "per_second": answer["deliveries"] / seconds,
        "busy": (answer["server_cpu"] + answer["server_waited"]) / seconds,
        "cpu_share": answer["server_cpu"] / seconds,
        "generator_us": answer["own_cpu"] / deliveries * 1e6,
        "p50_ms": answer["p50_us"] / 1e3,
        "p99_ms": answer["p99_us"] / 1e3,
        "max_ms": answer["max_us"] / 1e3,
        "late_ms": answer["late_ms"],
        "lost": float(answer["lost"]),
        "deaths": float(answer["deaths"]),
        "wire_bytes": answer["bytes"] / deliveries,
    }
