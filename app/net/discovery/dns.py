"""DNS as discovery speaks it: the service's names, its records, and packets read with care."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

# `zeroconf` itself offers these without saying so to a type checker.
from zeroconf._dns import (
    DNSAddress,
    DNSPointer,
    DNSQuestion,
    DNSRecord,
    DNSService,
    DNSText,
)
from zeroconf._protocol.incoming import DNSIncoming
from zeroconf._protocol.outgoing import DNSOutgoing

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DNSAddress", "DNSIncoming", "DNSPointer", "DNSRecord", "DNSService", "DNSText"]

PORT: Final = 5353
GROUP_4: Final = "224.0.0.251"
GROUP_6: Final = "ff02::fb"

SERVICE: Final = "_papo._tcp.local."
ALL_SERVICES: Final = "_services._dns-sd._udp.local."

A, PTR, TXT, AAAA, SRV, ANY = 1, 12, 16, 28, 33, 255
_IN: Final = 1
_UNIQUE: Final = 0x8000
_QUERY: Final = 0x0000
_ANSWER: Final = 0x8400  # QR and AA (RFC 6762, 18)
_TRUNCATED: Final = 0x0200
_OPCODE_AND_RCODE: Final = 0x780F

HOST_TTL: Final = 120
"""Seconds that the addresses of a host name hold (RFC 6762, 10)."""
WHERE_TTL: Final = 24
"""Seconds that it holds where a room is: less than RFC 6762 recommends (120), because a computer that
crashes, sleeps or loses its Wi-Fi says no good-bye, and its room is to be gone within seconds.
Somebody who looks asks for it every ten seconds or so, and all hear the one answer."""
OTHER_TTL: Final = 4_500
LEGACY_TTL: Final = 10

MAX_PACKET: Final = 9_000  # RFC 6762, 17
MAX_LABEL: Final = 63  # RFC 1035


@dataclass(frozen=True)
class Source:
    """Where a packet came from, and where an answer to it alone goes. `host` may carry a zone."""

    host: str
    port: int


class Part(Enum):
    """The sets of records that a service has, each told and withheld as one."""

    ALL = auto()
    """The pointer from the list of all services."""
    POINTER = auto()
    WHERE = auto()
    TEXT = auto()
    ADDRESSES = auto()


SHARED: Final = {Part.ALL, Part.POINTER}
"""Parts that others have, too: their answers wait a little, so that not all speak at once."""


@dataclass(frozen=True)
class Service:
    """One room as DNS-SD sees it on one link. `addresses` are packed, 4 or 16 bytes each."""

    label: str
    host_label: str
    port: int
    txt: bytes
    addresses: tuple[bytes, ...]

    @property
    def instance(self) -> str:
        """The full name of the service's instance."""
        return f"{self.label}.{SERVICE}"

    @property
    def host(self) -> str:
        """The full name of the host."""
        return f"{self.host_label}.local."

    def records(self, part: Part, *, most_ttl: int = OTHER_TTL, ttl: int = -1) -> list[DNSRecord]:
        """Return the records of a part; `ttl` is for all of them, `most_ttl` the most for any."""

        def held(usual: int) -> int:
            return ttl if ttl >= 0 else min(usual, most_ttl)

        unique = _IN | _UNIQUE
        if part is Part.ALL:
            return [DNSPointer(ALL_SERVICES, PTR, _IN, held(OTHER_TTL), SERVICE)]
        if part is Part.POINTER:
            return [DNSPointer(SERVICE, PTR, _IN, held(OTHER_TTL), self.instance)]
        if part is Part.WHERE:
            hold = held(WHERE_TTL)
            return [DNSService(self.instance, SRV, unique, hold, 0, 0, self.port, self.host)]
        if part is Part.TEXT:
            return [DNSText(self.instance, TXT, unique, held(OTHER_TTL), self.txt)]
        return [
            DNSAddress(self.host, A if len(raw) == 4 else AAAA, unique, held(HOST_TTL), raw)
            for raw in self.addresses
        ]


def label_of(name: str, number: int = 1) -> str:
    """Return the room's name as one label of a DNS name; `number` tells it from its namesakes.

    The whole name stands in the TXT record: here a dot becomes a look-alike, because the packets'
    library takes every dot for the end of a label.
    """
    suffix = f" ({number})" if number > 1 else ""
    room = MAX_LABEL - len(suffix)
    label = name.replace(".", "\N{ONE DOT LEADER}").encode()[:room].decode("utf-8", "ignore")
    return label.strip() + suffix


def can_ask(name: str) -> bool:
    """Whether a name that was heard can be written again: bytes that are no text cannot."""
    labels = name.removesuffix(".").split(".")
    return "\ufffd" not in name and all(0 < len(one.encode()) <= MAX_LABEL for one in labels)


def read(data: bytes, now: float) -> DNSIncoming | None:
    """Read a packet from the network; None where it is none that anybody should look at."""
    if len(data) > MAX_PACKET:
        return None
    packet = DNSIncoming(data, now=now * 1000)
    if not packet.valid or packet.flags & _OPCODE_AND_RCODE:
        return None
    return packet


def query(
    questions: Iterable[tuple[str, int]],
    *,
    known: Iterable[DNSRecord] = (),
    proposed: Iterable[DNSRecord] = (),
) -> list[bytes]:
    """Return packets that ask for (name, type), with the answers known already or proposed."""
    out = DNSOutgoing(_QUERY)
    for name, kind in questions:
        out.add_question(DNSQuestion(name, kind, _IN))
    for record in known:
        out.add_answer_at_time(record, 0)
    for record in proposed:
        out.authorities.append(record)  # type: ignore[arg-type]
    return out.packets()


def answer(
    records: Iterable[DNSRecord],
    additional: Iterable[DNSRecord] = (),
    to: DNSIncoming | None = None,
) -> list[bytes]:
    """Return packets with these answers; `to` is the question of one who knows plain DNS only."""
    out = DNSOutgoing(_ANSWER, to is None, to.id if to is not None else 0)
    if to is not None:
        for question in to.questions:
            out.add_question(question)
    for record in records:
        out.add_answer_at_time(record, 0)
    for record in additional:
        out.add_additional_answer(record)
    return out.packets()


def pointer(instance: str, ttl: int) -> DNSRecord:
    """Return the pointer to an instance that is known already, for a question."""
    return DNSPointer(SERVICE, PTR, _IN, ttl, instance)


def is_truncated(packet: DNSIncoming) -> bool:
    """Whether more known answers follow in the next packet (RFC 6762, 7.2)."""
    return bool(packet.flags & _TRUNCATED)


def rdata(record: DNSRecord) -> bytes:
    """Return what the record says, uncompressed and in lower case, to be compared (8.2.1)."""
    if isinstance(record, DNSService):
        numbers = (record.priority, record.weight, record.port)
        packed = b"".join(number.to_bytes(2, "big") for number in numbers)
        return packed + _labels(record.server)
    if isinstance(record, DNSText):
        return record.text
    if isinstance(record, DNSAddress):
        return record.address
    return _labels(record.alias) if isinstance(record, DNSPointer) else b""


def _labels(name: str) -> bytes:
    labels = [label.encode() for label in name.lower().rstrip(".").split(".")]
    return b"".join(bytes([len(label) & 0xFF]) + label for label in labels) + b"\0"
