"""What is kept of what strangers announce on one link, and what is asked."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.net.discovery import browser as bounds
from app.net.discovery import dns
from app.net.discovery.browser import Browser
from app.net.discovery.dns import DNSIncoming, Part, Service, Source
from app.net.discovery.notice import Notice
from tests.helpers.clock import ManualClock
from tests.helpers.lan import Ear, interface

HOST = Source("10.0.0.1", dns.PORT)
ADDRESS = bytes([10, 0, 0, 1])


def service(name: str = "Lab", *addresses: bytes, port: int = 9090) -> Service:
    return Service(
        dns.label_of(name),
        f"papo-{len(name)}-{name[-1].lower()}",
        port,
        Notice(name).txt(),
        addresses or (ADDRESS,),
    )


class Window:
    def __init__(self, *, start: bool = True) -> None:
        self.clock = ManualClock()
        self.ear = Ear(self.clock)
        self.changes = 0
        link = interface("10.0.0.7/24", "fe80::7/64")
        self.browser = Browser(
            self.clock, self.ear, self._on_changed, link.has, chance=random.Random(1)
        )
        if start:
            self.browser.start()
            self.clock.advance(0.2)
            self.ear.take()

    def _on_changed(self) -> None:
        self.changes += 1

    def hear(self, packets: list[bytes], source: Source = HOST) -> None:
        for data in packets:
            packet = dns.read(data, self.clock.monotonic())
            assert packet is not None
            self.browser.receive(packet, source)

    def announce(self, room: Service, source: Source = HOST, *, ttl: int = -1) -> None:
        self.hear(dns.answer([r for part in Part for r in room.records(part, ttl=ttl)]), source)

    @property
    def names(self) -> list[str]:
        return sorted(heard.notice.name for heard in self.browser.rooms())


def asked(packets: list[DNSIncoming]) -> set[tuple[str, int]]:
    return {(q.name, q.type) for packet in packets for q in packet.questions}


def test_the_network_is_asked_at_once_and_then_ever_more_rarely() -> None:
    window = Window(start=False)
    began = window.clock.monotonic()
    window.browser.start()
    window.clock.advance(70)
    times = [at - began for at, _, _ in window.ear.said]
    assert times[0] <= 0.12
    waits = [round(later - sooner) for sooner, later in pairwise(times)]
    assert waits == [1, 2, 4, 8, 16, 32]


def test_a_room_is_there_with_its_announcement() -> None:
    window = Window()
    window.announce(service())
    assert window.names == ["Lab"]
    assert window.changes == 1
    window.announce(service())
    assert window.changes == 1


def test_a_good_bye_takes_it_away_at_once() -> None:
    window = Window()
    window.announce(service())
    window.announce(service(), ttl=0)
    assert window.names == []
    assert window.changes == 2


def test_what_a_pointer_alone_leaves_open_is_asked_for_a_few_times() -> None:
    window = Window()
    room = service()
    window.hear(dns.answer(room.records(Part.POINTER)))
    assert asked(window.ear.take()) >= {(room.instance, dns.SRV), (room.instance, dns.TXT)}
    window.hear(dns.answer([*room.records(Part.WHERE), *room.records(Part.TEXT)]))
    window.clock.advance(2)
    assert (room.host, dns.A) in asked(window.ear.take())
    assert window.names == []
    window.hear(dns.answer(room.records(Part.ADDRESSES)))
    assert window.names == ["Lab"]


def test_a_room_that_never_tells_more_is_let_be() -> None:
    window = Window()
    window.hear(dns.answer(service().records(Part.POINTER)))
    window.clock.advance(20)
    window.ear.take()
    window.clock.advance(300)
    assert all(name == dns.SERVICE for name, _ in asked(window.ear.take()))


def test_a_host_that_dies_is_asked_after_and_gone_within_seconds() -> None:
    window = Window()
    window.announce(service())
    window.clock.advance(dns.WHERE_TTL - 0.1)
    assert window.names == ["Lab"]
    questions = [q.name for p in window.ear.take() for q in p.questions if q.type == dns.SRV]
    assert questions.count(service().instance) == len(bounds.WHERE_REFRESH_AT)
    window.clock.advance(1.1)
    assert window.names == []
    assert window.changes == 2


def test_a_room_that_was_only_hard_to_hear_is_asked_for_again_soon() -> None:
    window = Window()
    window.announce(service())
    window.clock.advance(100)
    window.announce(service("Other"))
    window.clock.advance(dns.WHERE_TTL + bounds.TICK)
    assert window.names == []
    window.ear.take()
    window.clock.advance(bounds.LOST_ASKED + bounds.TICK)
    assert (dns.SERVICE, dns.PTR) in asked(window.ear.take())


def test_many_who_look_do_not_all_ask() -> None:
    windows = [Window() for _ in range(12)]
    for number, window in enumerate(windows):
        window.browser._chance.seed(number)
        window.announce(service())
    askers = 0
    for _ in range(int(dns.WHERE_TTL)):
        for window in windows:
            window.ear.take()
            window.clock.advance(1)
        asking = [w for w in windows if (service().instance, dns.SRV) in asked(w.ear.take())]
        askers += len(asking)
        if asking:
            for window in windows:
                window.announce(service())
    assert 1 <= askers <= 12


def test_an_answer_keeps_it() -> None:
    window = Window()
    window.announce(service())
    for _ in range(10):
        window.clock.advance(dns.WHERE_TTL - 1)
        assert asked(window.ear.take())
        window.announce(service())
    assert window.names == ["Lab"]
    assert window.changes == 1


def test_rooms_that_are_known_are_told_with_the_question() -> None:
    window = Window()
    window.announce(service())
    window.browser.start()
    window.clock.advance(0.2)
    (question,) = window.ear.take()
    assert [r.alias for r in question.answers() if isinstance(r, dns.DNSPointer)] == [
        service().instance
    ]


def test_addresses_that_are_all_replace_older_ones() -> None:
    window = Window()
    window.announce(service())
    window.clock.advance(5)
    other = bytes([10, 0, 0, 2])
    window.hear(dns.answer(service("Lab", other).records(Part.ADDRESSES)))
    window.clock.advance(2.5)
    assert [heard.addresses for heard in window.browser.rooms()] == [(other,)]


def test_nobody_is_sent_to_another_network() -> None:
    window = Window()
    window.announce(service("Lab", bytes([93, 184, 216, 34]), bytes([127, 0, 0, 1])))
    assert window.names == []


def test_a_flood_of_rooms_has_an_end_and_hides_no_honest_one() -> None:
    window = Window()
    for number in range(300):
        window.announce(service(f"Spam {number}"), Source("10.0.0.66", dns.PORT))
    window.announce(service())
    assert len(window.names) == bounds.MAX_FROM_ONE + 1
    assert "Lab" in window.names
    for number in range(600):
        window.announce(service(f"More {number}"), Source(f"10.0.0.{number % 200}", dns.PORT))
    assert len(window.names) <= bounds.MAX_ROOMS
    assert len(window.browser._hosts) <= bounds.MAX_ROOMS


def test_answers_of_no_responder_are_not_listened_to() -> None:
    window = Window()
    window.announce(service(), Source("10.0.0.1", 40_000))
    assert window.names == []


def test_names_that_are_no_text_are_not_asked_for() -> None:
    window = Window()
    (data,) = dns.answer(service("x" * 40).records(Part.POINTER))
    window.hear([data.replace(b"x" * 40, b"\xff" * 40)])
    (data,) = dns.answer([r for part in Part for r in service("Lab").records(part)][:3])
    window.hear([data.replace(b"papo-3-b", b"\xff" * 8)])
    window.clock.advance(10)
    assert all(name == dns.SERVICE for name, _ in asked(window.ear.take()))


def test_stopped_it_is_silent_and_knows_nothing() -> None:
    window = Window()
    window.announce(service())
    window.browser.stop()
    window.announce(service())
    window.clock.advance(600)
    assert window.names == []
    assert window.ear.take() == []
    assert window.clock.waiting == 0


def _packet(room: Service, cut: int, flips: list[tuple[int, int]]) -> bytes:
    (data,) = dns.answer([r for part in Part for r in room.records(part)])
    mangled = bytearray(data)
    for place, value in flips:
        mangled[place % len(mangled)] = value
    return bytes(mangled[: len(mangled) - cut % len(mangled)])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=600),
            st.binary(max_size=300).map(lambda tail: b"\0\0\x84\0\0\0\0\x05\0\0\0\x05" + tail),
            st.builds(
                _packet,
                st.builds(service, st.sampled_from(["Lab", "a.b", "é" * 40])),
                st.integers(0, 40) | st.just(0),
                st.lists(st.tuples(st.integers(0, 300), st.integers(0, 255)), max_size=6),
            ),
        ),
        max_size=12,
    )
)
def test_any_packets_leave_it_sound(packets: list[bytes]) -> None:
    window = Window()
    for data in packets:
        packet = dns.read(data, window.clock.monotonic())
        if packet is not None:
            window.browser.receive(packet, HOST)
        window.clock.advance(0.3)
    for heard in window.browser.rooms():
        assert heard.notice.name
        assert 0 < heard.port < 65_536
        assert all(len(raw) in {4, 16} for raw in heard.addresses)
    window.clock.advance(10)
    window.announce(service("Honest"), Source("10.0.0.2", dns.PORT))
    assert "Honest" in window.names


@given(st.text(min_size=1, max_size=64), st.integers(1, 3))
def test_every_name_makes_one_label_that_comes_through(name: str, number: int) -> None:
    try:
        label = dns.label_of(name, number)
        raw = label.encode()
    except UnicodeEncodeError:
        return
    assert len(raw) <= dns.MAX_LABEL
    assert "." not in label
