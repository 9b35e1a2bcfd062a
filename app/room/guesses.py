"""How many wrong passwords there were, and how long the next guess has to wait.

A password that people can say to each other is short, so what protects it is that a guess costs time.
Wrong ones are counted for each address, and in all, since whoever is on the network may have more than
one address. A guess is made when a response is checked, not when a link is opened: the caller asks
`wait` right before it checks, and says `wrong` or `right` right after, in one turn. So however many
links stand half open at once, together they get as many guesses as one.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

FREE = 5
"""Wrong guesses from one address before there is any waiting: fingers slip, and Caps Lock is on."""

FREE_IN_ALL = 25
"""The same from everywhere. In a class of thirty, perhaps one in three slips, and who then gets it right
is taken off; what is left are those who heard another password, and an attacker with many addresses."""

FIRST_WAIT = 30.0
"""Seconds to wait after the last free one, and twice as long after each further one."""

LONGEST_WAIT = 3600.0

FORGIVEN_AFTER = 3600.0
"""Seconds after which one wrong guess is forgiven, then the next. So nobody is locked out for good, and
who never gives up has 24 guesses a day: a number of four digits lasts for more than a year."""

_NETWORK = 64
"""Bits of an IPv6 address that count: who has one has all of its network's (RFC 4291, 2.5.4)."""


@dataclass
class _Tally:
    free: int
    wrong: int = 0
    since: float = 0.0
    until: float = 0.0

    def forgive(self, now: float) -> None:
        hours = int((now - self.since) // FORGIVEN_AFTER)
        self.wrong = max(0, self.wrong - hours)
        self.since += hours * FORGIVEN_AFTER

    def add(self, now: float) -> None:
        if not self.wrong:
            self.since = now
        self.wrong += 1
        if self.wrong >= self.free:
            wait = FIRST_WAIT * 2.0 ** (self.wrong - self.free)
            self.until = now + min(wait, LONGEST_WAIT)


class Guesses:
    """Wrong passwords, by address and in all. Times are monotonic seconds that the caller passes.

    An address is remembered for its wrong guesses alone, and each of those counts in all. So there are
    never more addresses here than wrong guesses in all, which the waiting keeps to about thirty: no
    attacker can make the room forget one address by the use of many others.
    """

    def __init__(self) -> None:
        self._all = _Tally(FREE_IN_ALL)
        self._by_address: dict[str, _Tally] = {}

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._by_address)

    def wait(self, address: str, now: float) -> float:
        """Return the seconds until a guess from this address is let through; 0: now."""
        tally = self._by_address.get(_counted_as(address))
        until = max(self._all.until, tally.until if tally else 0.0)
        return max(0.0, until - now)

    def wrong(self, address: str, now: float) -> None:
        """Count a wrong guess."""
        self._forgive(now)
        self._all.add(now)
        self._by_address.setdefault(_counted_as(address), _Tally(FREE)).add(now)

    def right(self, address: str, now: float) -> None:
        """Forgive this address what it guessed before: it was somebody whose finger slipped."""
        self._forgive(now)
        tally = self._by_address.pop(_counted_as(address), None)
        if tally is not None:
            self._all.wrong = max(0, self._all.wrong - tally.wrong)

    def _forgive(self, now: float) -> None:
        for tally in (self._all, *self._by_address.values()):
            tally.forgive(now)
        over = [address for address, tally in self._by_address.items() if not tally.wrong]
        for address in over:
            del self._by_address[address]


def _counted_as(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((parsed, _NETWORK), strict=False))
