"""`Browser`: which rooms are announced on one link (RFC 6762, 5 and 10; RFC 6763, 4). Sans-IO.

Everything that comes is from strangers: what is kept has a bound each way, and nothing but the rooms
that can be shown is ever asked about.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.net.discovery import dns
from app.net.discovery.dns import DNSAddress, DNSPointer, DNSService, DNSText
from app.net.discovery.notice import MAX_TXT, Notice, read_notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.net.discovery.dns import DNSIncoming, DNSRecord, Source
    from app.net.discovery.responder import Outlet
    from app.support.clock import Clock, Timer

MAX_ROOMS = 200
"""Rooms of a link: more than anybody looks through; what comes on top of them is not kept."""

MAX_FROM_ONE = 16
"""Rooms that one address announces: so that one flooding computer does not hide the others."""

MAX_RECORDS = 240
"""Records of a packet that are looked at: a packet's worth of honest ones."""

MAX_ADDRESSES = 8

FIRST_ASKED = (0.02, 0.12)
ASKED_AGAIN = 1.0
"""Seconds from the first question to the second; each further wait is twice as long (5.2)."""
ASKED_AT_MOST = 3600.0

TICK = 1.0
"""Seconds between two looks at what has run out, or will soon."""

REFRESH_AT = (0.80, 0.85, 0.90, 0.95)
"""Parts of a record's time after which it is asked for again (5.2)."""

WHERE_REFRESH_AT = (0.50, 0.59, 0.67, 0.74, 0.80, 0.86, 0.92, 0.97)
"""The same for where a room is, which holds for seconds only: so often only as long as nobody answers,
for where a fifth of all packets is lost no room is to come and go in the list."""

SPREAD = 0.15
"""The most by which a record is asked for earlier, as a part of its time: so that one asks before the
others do, and they need not (5.2)."""

MOST_AFTER_LOSS = 8.0
LOST_ASKED = 2.0
"""Seconds after a room ran out without a good-bye until rooms are asked for again: it may be only that
packets were lost."""

MISSING_ASKED = (0.0, 1.0, 3.0, 7.0)
"""Seconds after a room's name was heard at which what it lacks is asked for; then it is let be."""

MOST_QUESTIONS = 40
"""Questions in one look: what does not fit is asked in the next."""

FLUSHED_AFTER = 1.0  # RFC 6762, 10.2


@dataclass(frozen=True)
class Heard:
    """One room, whole: it can be shown and joined. `addresses` are packed, as they were announced."""

    instance: str
    notice: Notice
    port: int
    addresses: tuple[bytes, ...]


@dataclass
class _Kept:
    """Something heard, with how long it holds, in seconds of the monotonic clock."""

    at: float
    ttl: float
    steps: tuple[float, ...] = REFRESH_AT
    early: float = 0.0
    refreshed: int = 0

    @property
    def until(self) -> float:
        return self.at + self.ttl

    def wants_refresh(self, now: float) -> bool:
        """Whether it is time to ask again; then it counts as asked."""
        steps = sum(now >= self.at + self.ttl * (part - self.early) for part in self.steps)
        if steps <= self.refreshed:
            return False
        self.refreshed = steps
        return True


@dataclass
class _Instance:
    name: str
    sender: str
    pointer: _Kept
    where: _Kept | None = None
    server: str = ""
    port: int = 0
    text: _Kept | None = None
    notice: Notice | None = None
    asked: int = 0
    since: float = 0.0


@dataclass
class _Host:
    name: str
    addresses: dict[bytes, _Kept] = field(default_factory=dict)


class Browser:
    """Asks for rooms from `start` to `stop`, and keeps what is heard meanwhile.

    `changed` is called when `rooms` may have changed. `on_link` tells whether an address, packed, is of
    this link: no other is taken, so that nobody sends people elsewhere.
    """

    def __init__(
        self,
        clock: Clock,
        outlet: Outlet,
        changed: Callable[[], None],
        on_link: Callable[[bytes], bool],
        *,
        chance: random.Random | None = None,
    ) -> None:
        self._clock = clock
        self._outlet = outlet
        self._changed = changed
        self._on_link = on_link
        self._chance = chance or random.Random()  # noqa: S311 - spreads questions, no secret
        self._instances: dict[str, _Instance] = {}
        self._hosts: dict[str, _Host] = {}
        self._timers: list[Timer] = []
        self._wait = ASKED_AGAIN
        self._next = 0.0
        self.is_looking = False

    def start(self) -> None:
        """Ask at once, and then ever more rarely; what was heard before counts on."""
        self._cancel()
        self.is_looking = True
        self._wait = ASKED_AGAIN
        first = self._chance.uniform(*FIRST_ASKED)
        self._next = 0.0
        self._timers = [self._clock.call_later(first, self._look)]

    def stop(self) -> None:
        """Ask nothing more, and forget what was heard."""
        self._cancel()
        self.is_looking = False
        self._instances.clear()
        self._hosts.clear()

    def rooms(self) -> list[Heard]:
        """Return the rooms of which all is known, in no order."""
        heard = []
        for one in self._instances.values():
            host = self._hosts.get(one.server)
            if one.notice is None or one.where is None or host is None or not host.addresses:
                continue
            heard.append(Heard(one.name, one.notice, one.port, tuple(host.addresses)))
        return heard

    def receive(self, packet: DNSIncoming, source: Source) -> None:
        """Take a packet that was heard on the link; only answers from port 5353 count (6, 11)."""
        if not self.is_looking or packet.is_query() or source.port != dns.PORT:
            return
        before = self.rooms()
        now = self._clock.monotonic()
        records = packet.answers()[:MAX_RECORDS]
        told = self._counts()[source.host]
        # Each kind in its turn: a packet may name the host before the room that is on it.
        for record in records:
            if isinstance(record, DNSPointer):
                told += self._take_pointer(record, source.host, now, told)
        for record in records:
            if isinstance(record, DNSService):
                self._take_where(record, now)
            elif isinstance(record, DNSText):
                self._take_text(record, now)
        for record in records:
            if isinstance(record, DNSAddress):
                self._take_address(record, now)
        self._let_hosts_go()
        self._flush(records, now)
        self._ask_missing(now)
        if self.rooms() != before:
            self._changed()

    # --- what is heard --------------------------------------------------------------------------

    def _take_pointer(self, record: DNSPointer, sender: str, now: float, told: int) -> int:
        """Return how many rooms more there are of a sender that has announced `told`: 0 or 1."""
        key = record.alias.lower()
        if record.key != dns.SERVICE or not key.endswith(f".{dns.SERVICE}"):
            return 0
        if not dns.can_ask(record.alias):
            return 0
        if record.ttl <= 0:
            self._instances.pop(key, None)
        elif key in self._instances:
            self._instances[key].pointer = _Kept(now, record.ttl)
        elif len(self._instances) < MAX_ROOMS and told < MAX_FROM_ONE:
            kept = _Kept(now, record.ttl)
            self._instances[key] = _Instance(record.alias, sender, kept, since=now)
            return 1
        return 0

    def _take_where(self, record: DNSService, now: float) -> None:
        one = self._instances.get(record.key)
        if one is None:
            return
        if record.ttl <= 0 or not record.port or not dns.can_ask(record.server):
            self._instances.pop(record.key, None)
            return
        early = self._chance.uniform(0, SPREAD)
        one.where = _Kept(now, record.ttl, WHERE_REFRESH_AT, early)
        one.server, one.port = record.server.lower(), record.port
        self._hosts.setdefault(one.server, _Host(record.server))

    def _take_text(self, record: DNSText, now: float) -> None:
        one = self._instances.get(record.key)
        if one is None or record.ttl <= 0 or len(record.text) > MAX_TXT:
            return
        one.text = _Kept(now, record.ttl)
        one.notice = read_notice(record.text)

    def _take_address(self, record: DNSAddress, now: float) -> None:
        host = self._hosts.get(record.key)
        if host is None or not self._on_link(record.address):
            return
        if record.ttl <= 0:
            host.addresses.pop(record.address, None)
        elif record.address in host.addresses or len(host.addresses) < MAX_ADDRESSES:
            host.addresses[record.address] = _Kept(now, record.ttl)

    def _flush(self, records: list[DNSRecord], now: float) -> None:
        """Let go of older addresses of whoever says that these are all (10.2)."""
        for key, length in {
            (r.key, len(r.address)) for r in records if isinstance(r, DNSAddress) and r.unique
        }:
            host = self._hosts.get(key)
            for raw, kept in host.addresses.items() if host is not None else ():
                if len(raw) == length and kept.at < now - FLUSHED_AFTER:
                    kept.ttl = min(kept.ttl, now + FLUSHED_AFTER - kept.at)

    def _counts(self) -> Counter[str]:
        return Counter(one.sender for one in self._instances.values())

    def _drop(self, key: str) -> None:
        self._instances.pop(key, None)
        self._let_hosts_go()

    def _let_hosts_go(self) -> None:
        wanted = {one.server for one in self._instances.values()}
        for key in [key for key in self._hosts if key not in wanted]:
            del self._hosts[key]

    # --- asking ---------------------------------------------------------------------------------

    def _look(self) -> None:
        """Let go of what has run out, and ask for what will, for what lacks, and for rooms."""
        self._timers = [self._clock.call_later(TICK, self._look)]
        now = self._clock.monotonic()
        before = self.rooms()
        self._expire(now)
        if self.rooms() != before:
            self._changed()
        questions = self._to_refresh(now)
        if now >= self._next:
            self._next = now + self._wait
            self._wait = min(self._wait * 2, ASKED_AT_MOST)
            questions.insert(0, (dns.SERVICE, dns.PTR))
        self._ask(questions, now)
        self._ask_missing(now)

    def _expire(self, now: float) -> None:
        for host in self._hosts.values():
            for raw in [raw for raw, kept in host.addresses.items() if kept.until <= now]:
                del host.addresses[raw]
        for key, one in list(self._instances.items()):
            # Where it is runs out first. Nobody answered when that was asked for: it is gone,
            # or hard to hear.
            if one.pointer.until <= now or (one.where is not None and one.where.until <= now):
                self._drop(key)
                self._next = min(self._next, now + LOST_ASKED)
                self._wait = min(self._wait, MOST_AFTER_LOSS)
            elif one.text is not None and one.text.until <= now:
                one.text = one.notice = None
                one.since, one.asked = now, 0

    def _to_refresh(self, now: float) -> list[tuple[str, int]]:
        questions: dict[tuple[str, int], None] = {}
        for one in self._instances.values():
            if one.pointer.wants_refresh(now):
                questions[dns.SERVICE, dns.PTR] = None
            if one.where is not None and one.where.wants_refresh(now):
                questions[one.name, dns.SRV] = None
            if one.text is not None and one.text.wants_refresh(now):
                questions[one.name, dns.TXT] = None
        for host in self._hosts.values():
            for raw, kept in host.addresses.items():
                if kept.wants_refresh(now):
                    questions[host.name, dns.A if len(raw) == 4 else dns.AAAA] = None
        return list(questions)

    def _ask_missing(self, now: float) -> None:
        questions: list[tuple[str, int]] = []
        for one in self._instances.values():
            host = self._hosts.get(one.server)
            lacks: list[tuple[str, int]] = []
            if one.where is None:
                lacks.append((one.name, dns.SRV))
            elif host is not None and not host.addresses:
                lacks += [(host.name, dns.A), (host.name, dns.AAAA)]
            if one.text is None:
                lacks.append((one.name, dns.TXT))
            if not lacks:
                one.asked, one.since = 0, now
                continue
            due = one.asked < len(MISSING_ASKED) and now >= one.since + MISSING_ASKED[one.asked]
            if due and len(questions) < MOST_QUESTIONS:
                one.asked += 1
                questions += lacks
        self._ask(questions, now)

    def _ask(self, questions: list[tuple[str, int]], now: float) -> None:
        if not questions:
            return
        known = []
        if (dns.SERVICE, dns.PTR) in questions:
            # Whoever hears its own room among the answers keeps silent (7.1).
            known = [
                dns.pointer(one.name, int(one.pointer.until - now))
                for one in self._instances.values()
                if one.pointer.until - now > one.pointer.ttl / 2
            ]
        for packet in dns.query(questions[:MOST_QUESTIONS], known=known):
            self._outlet.send(packet)

    def _cancel(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers = []
