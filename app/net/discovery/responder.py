"""`Responder`: makes one room known on one link, and answers for it (RFC 6762, 6 to 10). Sans-IO."""

from __future__ import annotations

import random
from collections import deque
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from app.net.discovery import dns
from app.net.discovery.dns import Part, Service, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.net.discovery.dns import DNSIncoming, DNSRecord
    from app.support.clock import Clock, Timer

PROBES = 3
PROBE_EVERY = 0.25
LOST_WAITS = 1.0
"""Seconds to wait after losing to somebody who probes for the same name at the same time (8.2)."""

ANNOUNCE_AFTER = (0.0, 1.0, 3.0)
"""Seconds after the last probe: twice is a must, once more for Wi-Fi that loses packets (8.3)."""

ANSWER_WAITS = (0.02, 0.12)
MORE_WAITS = (0.4, 0.5)
"""Seconds before an answer to a question whose known answers are still coming (7.2)."""

SAME_AGAIN = 1.0
"""Seconds until a record is multicast again (6)."""

UNICAST_BURST = 20
"""Answers to single computers at once, and then one each tenth of a second: no use as an amplifier."""
UNICAST_EVERY = 0.1

CONFLICTS = 15
CONFLICTS_WITHIN = 10.0
CONFLICT_WAITS = 5.0
"""After that many conflicts in that many seconds, each new name waits (8.1)."""

_ANSWERED = {dns.PTR, dns.SRV, dns.TXT, dns.A, dns.AAAA, dns.ANY}


class Outlet(Protocol):
    """What carries packets to a link."""

    def send(self, packet: bytes, to: Source | None = None) -> None:
        """Send to all on the link, or to one alone; what cannot be sent is lost, as on any network."""


class Phase(Enum):
    """How far the name is ours."""

    PROBING = auto()
    OURS = auto()
    SILENT = auto()


class Responder:
    """Probes for the service's name, announces it, answers, and says good-bye.

    `conflicted` is called when somebody else holds the name: the owner then calls `rename`, on every
    link. Owns its timers; `stop` ends them.
    """

    def __init__(
        self,
        service: Service,
        clock: Clock,
        outlet: Outlet,
        conflicted: Callable[[], None],
        *,
        chance: random.Random | None = None,
    ) -> None:
        self._service = service
        self._clock = clock
        self._outlet = outlet
        self._conflicted = conflicted
        # Not for secrets: so that computers that start together do not speak together.
        self._chance = chance or random.Random()  # noqa: S311
        self._timers: dict[str, Timer] = {}
        self._told_at: dict[Part, float] = {}
        self._due: dict[Part, None] = {}
        self._conflicts: deque[float] = deque(maxlen=CONFLICTS)
        self._unicasts = float(UNICAST_BURST)
        self._unicast_at = clock.monotonic()
        self.phase = Phase.PROBING
        self._begin()

    def rename(self, service: Service) -> None:
        """Take another name, after somebody else was found to hold this one."""
        self._say_goodbye()
        self._service = service
        self._begin()

    def update(self, service: Service) -> None:
        """Tell what has changed under the same name; the caller does so every few seconds at most."""
        before, self._service = self._service, service
        if self.phase is not Phase.OURS:
            return
        changed = [
            part
            for part in (Part.WHERE, Part.TEXT, Part.ADDRESSES)
            if before.records(part) != service.records(part)
        ]
        if Part.ADDRESSES in changed:
            # Perhaps others can be reached now, who know nothing yet.
            changed = list(Part)
        if changed:
            self._tell(changed)
            self._later("again", SAME_AGAIN, lambda: self._tell(changed))

    def stop(self) -> None:
        """Say good-bye and nothing more."""
        self._say_goodbye()
        self.phase = Phase.SILENT
        self._cancel()

    def receive(self, packet: DNSIncoming, source: Source) -> None:
        """Take a packet that was heard on the link."""
        if self.phase is Phase.SILENT:
            return
        if packet.is_query():
            if self.phase is Phase.PROBING:
                self._compare(packet)
            else:
                self._consider(packet, source)
        elif source.port == dns.PORT and self._is_conflict(packet):
            self._on_conflict()

    # --- the name -------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._cancel()
        self.phase = Phase.PROBING
        wait = self._chance.uniform(0, PROBE_EVERY)
        now = self._clock.monotonic()
        if len(self._conflicts) == CONFLICTS and now - self._conflicts[0] < CONFLICTS_WITHIN:
            wait += CONFLICT_WAITS
        self._later("probe", wait, lambda: self._probe(PROBES))

    def _probe(self, left: int) -> None:
        if not left:
            self.phase = Phase.OURS
            for number, wait in enumerate(ANNOUNCE_AFTER):
                self._later(f"announce {number}", wait, self._announce)
            return
        self._send(dns.query([(self._service.instance, dns.ANY)], proposed=self._proposed()))
        self._later("probe", PROBE_EVERY, lambda: self._probe(left - 1))

    def _proposed(self) -> list[DNSRecord]:
        return [*self._service.records(Part.TEXT), *self._service.records(Part.WHERE)]

    def _compare(self, packet: DNSIncoming) -> None:
        """Give way where somebody probes for the same name with data that come later (8.2)."""
        theirs = [r for r in packet.answers() if self._claims(r)] if packet.is_probe() else []
        if not theirs or not self._is_other(theirs):
            return
        if _data(self._proposed()) < _data(theirs):
            self._later("probe", LOST_WAITS, lambda: self._probe(PROBES))

    def _is_conflict(self, packet: DNSIncoming) -> bool:
        theirs = [r for r in packet.answers() if self._claims(r) and r.ttl > 0]
        return self._is_other(theirs)

    def _claims(self, record: DNSRecord) -> bool:
        return record.key == self._service.instance.lower() and record.type in {dns.SRV, dns.TXT}

    def _is_other(self, theirs: Iterable[DNSRecord]) -> bool:
        # Where the service is tells whose it is: our own packets come back to us, by another link
        # of this computer, or after the text has changed.
        ours = _data(self._service.records(Part.WHERE))
        return any(_data([r]) != ours for r in theirs if r.type == dns.SRV)

    def _on_conflict(self) -> None:
        self._conflicts.append(self._clock.monotonic())
        if self.phase is Phase.OURS:
            # Whoever holds it by right will say so again (9).
            self._begin()
        else:
            self._conflicted()

    # --- telling --------------------------------------------------------------------------------

    def _announce(self) -> None:
        self._tell((Part.ALL, Part.POINTER, Part.WHERE, Part.TEXT, Part.ADDRESSES))

    def _tell(self, parts: Iterable[Part]) -> None:
        records = [record for part in parts for record in self._service.records(part)]
        now = self._clock.monotonic()
        self._told_at.update(dict.fromkeys(parts, now))
        self._send(dns.answer(records))

    def _say_goodbye(self) -> None:
        if self.phase is Phase.OURS:
            parts = (Part.POINTER, Part.WHERE, Part.TEXT, Part.ADDRESSES)
            records = [r for part in parts for r in self._service.records(part, ttl=0)]
            self._send(dns.answer(records))

    # --- answering ------------------------------------------------------------------------------

    def _consider(self, packet: DNSIncoming, source: Source) -> None:
        asked: set[Part] = set()
        for_one: set[Part] = set()
        for question in packet.questions[:64]:
            parts = self._asked(question.key, question.type)
            (for_one if question.unicast else asked).update(parts)
        known = packet.answers()
        # A further packet of the same question brings only answers that are known (7.2).
        for part in [p for p in self._due if self._is_known(p, known)]:
            del self._due[part]
        asked = {p for p in asked if not self._is_known(p, known)}
        for_one = {p for p in for_one if not self._is_known(p, known)}
        if source.port != dns.PORT:
            self._answer_one(asked | for_one, source, packet)
            return
        now = self._clock.monotonic()
        late = {p for p in for_one if now - self._told_at.get(p, now) > _quarter(p)}
        self._answer_one(for_one - late, source, None)
        self._answer_all(asked | late, truncated=dns.is_truncated(packet))

    def _asked(self, name: str, kind: int) -> set[Part]:
        if kind not in _ANSWERED:
            return set()
        service = self._service
        parts: set[Part] = set()
        if kind in {dns.PTR, dns.ANY}:
            parts |= {Part.POINTER} if name == dns.SERVICE else set()
            parts |= {Part.ALL} if name == dns.ALL_SERVICES else set()
        if name == service.instance.lower():
            parts |= {Part.WHERE} if kind in {dns.SRV, dns.ANY} else set()
            parts |= {Part.TEXT} if kind in {dns.TXT, dns.ANY} else set()
        if name == service.host.lower() and kind in {dns.A, dns.AAAA, dns.ANY}:
            parts.add(Part.ADDRESSES)
        return parts

    def _is_known(self, part: Part, known: Iterable[DNSRecord]) -> bool:
        """Whether the asker has all of it, for at least half of its time (7.1)."""
        held = {_datum(r) for r in known if r.ttl >= _quarter(part) * 2}
        return bool(held) and all(_datum(r) in held for r in self._service.records(part))

    def _answer_all(self, parts: set[Part], *, truncated: bool) -> None:
        now = self._clock.monotonic()
        fresh = [p for p in parts if now - self._told_at.get(p, 0.0) >= SAME_AGAIN]
        if not fresh:
            return
        self._due.update(dict.fromkeys(fresh))
        wait = 0.0
        if truncated:
            wait = self._chance.uniform(*MORE_WAITS)
        elif parts & dns.SHARED:
            wait = self._chance.uniform(*ANSWER_WAITS)
        if truncated or "answer" not in self._timers:
            self._later("answer", wait, self._on_answer_due)

    def _on_answer_due(self) -> None:
        parts, self._due = sorted(self._due, key=lambda part: part.value), {}
        if parts:
            now = self._clock.monotonic()
            more = _more(parts)
            self._told_at.update(dict.fromkeys((*parts, *more), now))
            self._send(dns.answer(self._records(parts), self._records(more)))

    def _answer_one(self, parts: set[Part], source: Source, plain: DNSIncoming | None) -> None:
        if not parts or not self._may_unicast():
            return
        ttl = dns.OTHER_TTL if plain is None else dns.LEGACY_TTL
        packets = dns.answer(self._records(parts, ttl), self._records(_more(parts), ttl), to=plain)
        for packet in packets[:1]:
            self._outlet.send(packet, source)

    def _may_unicast(self) -> bool:
        now = self._clock.monotonic()
        earned = (now - self._unicast_at) / UNICAST_EVERY
        self._unicasts = min(UNICAST_BURST, self._unicasts + earned)
        self._unicast_at = now
        if self._unicasts < 1:
            return False
        self._unicasts -= 1
        return True

    def _records(self, parts: Iterable[Part], most_ttl: int = dns.OTHER_TTL) -> list[DNSRecord]:
        return [r for part in parts for r in self._service.records(part, most_ttl=most_ttl)]

    def _send(self, packets: Iterable[bytes]) -> None:
        for packet in packets:
            self._outlet.send(packet)

    # --- waiting --------------------------------------------------------------------------------

    def _later(self, name: str, wait: float, call: Callable[[], None]) -> None:
        before = self._timers.pop(name, None)
        if before is not None:
            before.cancel()

        def run() -> None:
            self._timers.pop(name, None)
            call()

        self._timers[name] = self._clock.call_later(wait, run)

    def _cancel(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._due.clear()


def _more(parts: Iterable[Part]) -> list[Part]:
    """Return what whoever gets these parts asks for next (RFC 6763, 12)."""
    has = set(parts)
    more: set[Part] = set()
    if Part.POINTER in has:
        more |= {Part.WHERE, Part.TEXT, Part.ADDRESSES}
    if Part.WHERE in has:
        more.add(Part.ADDRESSES)
    return sorted(more - has, key=lambda part: part.value)


def _quarter(part: Part) -> float:
    usual = {Part.WHERE: dns.WHERE_TTL, Part.ADDRESSES: dns.HOST_TTL}
    return usual.get(part, dns.OTHER_TTL) / 4


def _datum(record: DNSRecord) -> tuple[str, int, bytes]:
    return (record.key, record.type, dns.rdata(record))


def _data(records: Iterable[DNSRecord]) -> list[tuple[int, bytes]]:
    return sorted((record.type, dns.rdata(record)) for record in records)
