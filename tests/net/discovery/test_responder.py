"""One room on one link: probing, announcing, answering, going."""

from __future__ import annotations

import random

import pytest
from zeroconf._dns import DNSAddress, DNSPointer, DNSRecord, DNSService, DNSText

from app.net.discovery import dns
from app.net.discovery.dns import Part, Service, Source
from app.net.discovery.responder import UNICAST_BURST, Phase, Responder
from tests.helpers.clock import ManualClock
from tests.helpers.lan import Ear

OTHER = Source("10.0.0.9", dns.PORT)
LEGACY = Source("10.0.0.9", 40_000)
LAB = Service("Lab", "papo-1", 9090, b"\x03v=1", (bytes([10, 0, 0, 1]),))
THEIRS = Service("Lab", "papo-2", 9090, b"\x03v=1", (bytes([10, 0, 0, 9]),))


class Room:
    def __init__(self, service: Service = LAB) -> None:
        self.clock = ManualClock()
        self.ear = Ear(self.clock)
        self.conflicts = 0
        self.responder = Responder(
            service, self.clock, self.ear, self._on_conflict, chance=random.Random(1)
        )

    def _on_conflict(self) -> None:
        self.conflicts += 1

    def hear(self, packets: list[bytes], source: Source = OTHER) -> None:
        for data in packets:
            packet = dns.read(data, self.clock.monotonic())
            assert packet is not None
            self.responder.receive(packet, source)

    def ask(self, *questions: tuple[str, int], known: tuple[DNSRecord, ...] = ()) -> None:
        self.hear(dns.query(questions, known=known))


@pytest.fixture
def room() -> Room:
    """A room that holds its name, long announced."""
    room = Room()
    room.clock.advance(60)
    room.ear.take()
    return room


def kinds(records: list[DNSRecord]) -> set[int]:
    return {record.type for record in records}


def test_three_probes_go_before_the_first_announcement() -> None:
    room = Room()
    room.clock.advance(10)
    said = room.ear.said
    probes = [(at, packet) for at, packet, _ in said if packet.is_query()]
    answers = [(at, packet) for at, packet, _ in said if packet.is_response()]
    assert len(probes) == 3
    assert all(packet.is_probe() for _, packet in probes)
    assert [round(probes[n + 1][0] - probes[n][0], 3) for n in range(2)] == [0.25, 0.25]
    assert answers[0][0] - probes[-1][0] == pytest.approx(0.25)
    assert len(answers) == 3
    records = answers[0][1].answers()
    assert kinds(records) == {dns.PTR, dns.SRV, dns.TXT, dns.A}
    assert {r.unique for r in records if isinstance(r, DNSPointer)} == {False}
    assert {r.unique for r in records if not isinstance(r, DNSPointer)} == {True}


def test_who_asks_for_rooms_is_told_all_of_it_after_a_short_wait(room: Room) -> None:
    room.ask((dns.SERVICE, dns.PTR))
    assert room.ear.said == []
    room.clock.advance(0.13)
    (answer,) = room.ear.take()
    assert answer.num_answers == 1
    assert kinds(answer.answers()) == {dns.PTR, dns.SRV, dns.TXT, dns.A}


def test_where_the_room_is_is_told_at_once(room: Room) -> None:
    room.ask(("lab." + dns.SERVICE, dns.SRV))
    room.clock.advance(0)
    (answer,) = room.ear.take()
    assert [(r.port, r.server) for r in answer.answers() if isinstance(r, DNSService)] == [
        (9090, "papo-1.local.")
    ]


@pytest.mark.parametrize("name", [dns.SERVICE, dns.ALL_SERVICES, LAB.instance, LAB.host])
def test_any_is_answered_for_every_name(room: Room, name: str) -> None:
    room.ask((name, dns.ANY))
    room.clock.advance(1)
    assert room.ear.take()


@pytest.mark.parametrize("name", ["_http._tcp.local.", "Other." + dns.SERVICE, "x.local."])
def test_what_others_are_asked_is_left_to_them(room: Room, name: str) -> None:
    room.ask((name, dns.ANY))
    room.clock.advance(1)
    assert room.ear.take() == []


def test_who_knows_it_already_is_not_told_again(room: Room) -> None:
    room.ask((dns.SERVICE, dns.PTR), known=(dns.pointer(LAB.instance, 4000),))
    room.clock.advance(1)
    assert room.ear.take() == []
    # Less than half of its time is left: it is told anew.
    room.ask((dns.SERVICE, dns.PTR), known=(dns.pointer(LAB.instance, 2000),))
    room.clock.advance(1)
    assert len(room.ear.take()) == 1


def test_known_answers_may_come_in_a_further_packet(room: Room) -> None:
    (asked,) = dns.query([(dns.SERVICE, dns.PTR)])
    truncated = asked[:2] + b"\x02\x00" + asked[4:]
    room.hear([truncated])
    room.clock.advance(0.3)
    assert room.ear.take() == []
    room.hear(dns.query([], known=(dns.pointer(LAB.instance, 4000),)))
    room.clock.advance(1)
    assert room.ear.take() == []


def test_a_crowd_that_asks_is_answered_once_a_second(room: Room) -> None:
    for _ in range(300):
        room.ask((dns.SERVICE, dns.PTR))
        room.ask((LAB.instance, dns.ANY))
        room.clock.advance(0.01)
    assert 3 <= len(room.ear.take()) <= 8


def test_plain_dns_is_answered_alone_with_its_number_and_a_short_time(room: Room) -> None:
    (asked,) = dns.query([(LAB.instance, dns.SRV)])
    room.hear([b"\x12\x34" + asked[2:]], LEGACY)
    ((_, answer, to),) = room.ear.said
    assert to == LEGACY
    assert answer.id == 0x1234
    assert len(answer.questions) == 1
    assert all(r.ttl <= 10 and not r.unique for r in answer.answers())


def test_nobody_is_flooded_through_a_room(room: Room) -> None:
    (asked,) = dns.query([(LAB.instance, dns.SRV)])
    for _ in range(500):
        room.hear([asked], LEGACY)
    assert len(room.ear.take()) <= UNICAST_BURST


def test_good_bye_takes_all_of_it_back(room: Room) -> None:
    room.responder.stop()
    (goodbye,) = room.ear.take()
    assert {r.ttl for r in goodbye.answers()} == {0}
    assert kinds(goodbye.answers()) == {dns.PTR, dns.SRV, dns.TXT, dns.A}
    room.ask((dns.SERVICE, dns.PTR))
    room.clock.advance(60)
    assert room.ear.take() == []
    assert room.clock.waiting == 0


def test_who_never_held_the_name_says_no_good_bye() -> None:
    room = Room()
    room.clock.advance(0.4)
    room.ear.take()
    room.responder.stop()
    assert room.ear.take() == []
    assert room.clock.waiting == 0


def test_a_change_is_told_twice_and_nothing_else_with_it(room: Room) -> None:
    changed = Service("Lab", "papo-1", 9090, b"\x03v=2", LAB.addresses)
    room.responder.update(changed)
    room.clock.advance(5)
    said = room.ear.take()
    assert len(said) == 2
    assert [[r.text for r in one.answers() if isinstance(r, DNSText)] for one in said] == [
        [b"\x03v=2"]
    ] * 2
    room.responder.update(changed)
    room.clock.advance(5)
    assert room.ear.take() == []


def test_an_address_that_came_is_told(room: Room) -> None:
    more = (*LAB.addresses, bytes([0xFE, 0x80, *[0] * 13, 1]))
    room.responder.update(Service("Lab", "papo-1", 9090, LAB.txt, more))
    (told,) = room.ear.take()
    assert [r.address for r in told.answers() if isinstance(r, DNSAddress)] == list(more)


def test_a_name_that_somebody_holds_is_not_taken() -> None:
    room = Room()
    room.clock.advance(0.3)
    room.hear(dns.answer(THEIRS.records(Part.WHERE)))
    assert room.conflicts == 1
    room.ear.take()
    room.responder.rename(Service("Lab (2)", "papo-1", 9090, LAB.txt, LAB.addresses))
    room.clock.advance(10)
    names = {r.name for packet in room.ear.take() for r in packet.answers() if r.type == dns.SRV}
    assert names == {"Lab (2)." + dns.SERVICE}


def test_ones_own_words_heard_again_are_no_conflict(room: Room) -> None:
    older = Service("Lab", "papo-1", 9090, b"\x03v=0", (bytes([10, 9, 9, 9]),))
    room.hear(dns.answer([r for part in Part for r in older.records(part)]))
    assert room.responder.phase is Phase.OURS


def test_a_name_that_is_claimed_later_is_probed_for_anew(room: Room) -> None:
    phases = []
    room.hear(dns.answer(THEIRS.records(Part.WHERE)))
    phases.append(room.responder.phase)
    assert room.conflicts == 0
    room.clock.advance(10)
    phases.append(room.responder.phase)
    assert phases == [Phase.PROBING, Phase.OURS]


def test_a_good_bye_of_a_namesake_is_no_claim(room: Room) -> None:
    room.hear(dns.answer(THEIRS.records(Part.WHERE, ttl=0)))
    assert room.responder.phase is Phase.OURS


def test_of_two_that_probe_at_once_the_one_with_the_lower_data_waits() -> None:
    waits, goes = Room(LAB), Room(THEIRS)
    for room, other in ((waits, THEIRS), (goes, LAB)):
        room.clock.advance(0.3)
        proposed = [*other.records(Part.TEXT), *other.records(Part.WHERE)]
        room.hear(dns.query([(LAB.instance, dns.ANY)], proposed=proposed))
        room.ear.take()
        room.clock.advance(0.9)
    assert not waits.ear.take()
    assert goes.responder.phase is Phase.OURS


def test_endless_conflicts_are_met_with_patience() -> None:
    room = Room()
    for number in range(2, 40):
        room.clock.advance(0.1)
        theirs = Service(LAB.label, "papo-2", 9090, b"", ())
        room.hear(dns.answer(theirs.records(Part.WHERE)))
        room.responder.rename(LAB)
        assert room.conflicts == number - 1
    room.ear.take()
    room.clock.advance(4)
    assert room.ear.take() == []


def test_a_question_among_the_probes_is_not_answered_yet() -> None:
    room = Room()
    room.ask((dns.SERVICE, dns.PTR))
    room.clock.advance(0.24)
    assert all(packet.is_query() for packet in room.ear.take())
