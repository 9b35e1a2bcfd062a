"""Several computers on one network, lossy or not, as their windows see it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QObject

from app.net.discovery.discovery import Announcement, Discovery
from app.net.discovery.interfaces import Interface
from app.net.discovery.notice import Notice
from app.security.invite import Address
from app.session.nearby import NearbyRoom, NearbyState
from tests.helpers.clock import ManualClock
from tests.helpers.lan import Lan, interface


class Computer:
    """One computer on the network. Unplug it by taking its interfaces away."""

    def __init__(self, lan: Lan, number: int, *more: str) -> None:
        self.owner = QObject()
        self.interfaces: tuple[Interface, ...] = (interface(f"10.0.0.{number}/24", *more),)
        self.discovery = Discovery(
            lan.clock, self.owner, find=lambda: self.interfaces, open_link=lan.open
        )
        self.number = number

    def host(
        self, name: str = "Lab", *, port: int = 9090, bind: str = "", members: int = 1
    ) -> Announcement:
        notice = Notice(name, f"host {self.number}", "", members, False, bytes([self.number] * 8))
        return self.discovery.announce(notice, f"papo-{self.number}", port, bind)

    @property
    def sees(self) -> list[str]:
        return sorted(room.name for room in self.discovery.rooms)


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def lan() -> Lan:
    return Lan(ManualClock())


def test_a_room_is_seen_within_two_seconds_and_gone_with_its_good_bye(lan: Lan) -> None:
    host, window = Computer(lan, 1, "fe80::1/64"), Computer(lan, 2, "fe80::2/64")
    window.discovery.look(True)
    lan.clock.advance(30)
    announcement = host.host("Sala 2.0", port=9091)
    lan.clock.advance(2)
    assert window.discovery.rooms == (
        NearbyRoom(
            key="sala 2․0._papo._tcp.local./0101010101010101",
            name="Sala 2.0",
            host="host 1",
            computer="",
            members=1,
            locked=False,
            mark=bytes([1] * 8),
            addresses=(Address("10.0.0.1", 9091), Address("fe80::1%eth0", 9091)),
        ),
    )
    announcement.stop()
    lan.clock.advance(0.5)
    assert window.sees == []


def test_a_room_that_was_there_before_is_seen_within_two_seconds(lan: Lan) -> None:
    host, window = Computer(lan, 1), Computer(lan, 2)
    host.host()
    lan.clock.advance(600)
    window.discovery.look(True)
    lan.clock.advance(0.5)
    assert window.sees == ["Lab"]


def test_who_comes_and_goes_is_followed(lan: Lan) -> None:
    host, window = Computer(lan, 1), Computer(lan, 2)
    window.discovery.look(True)
    announcement = host.host(members=1)
    lan.clock.advance(5)
    announcement.update(replace(announcement.notice, members=12, locked=True))
    lan.clock.advance(0.5)
    (room,) = window.discovery.rooms
    assert (room.members, room.locked) == (12, True)


def test_ones_own_rooms_are_not_listed(lan: Lan) -> None:
    computer = Computer(lan, 1)
    computer.discovery.look(True)
    computer.host()
    lan.clock.advance(5)
    assert computer.sees == []


def test_namesakes_are_told_apart_and_both_called_as_they_are(lan: Lan) -> None:
    one, other, window = (Computer(lan, number) for number in (1, 2, 3))
    window.discovery.look(True)
    one.host()
    other.host()
    lan.clock.advance(10)
    assert window.sees == ["Lab", "Lab"]
    assert {room.key.split(".")[0] for room in window.discovery.rooms} == {"lab", "lab (2)"}


def test_a_new_network_is_followed_and_a_lost_one_forgotten(lan: Lan) -> None:
    host, window = Computer(lan, 1), Computer(lan, 2)
    there, host.interfaces = host.interfaces, ()
    window.discovery.look(True)
    host.host()
    lan.clock.advance(20)
    assert window.sees == []
    host.interfaces = there
    lan.clock.advance(8)
    assert window.sees == ["Lab"]
    window.interfaces = ()
    lan.clock.advance(5)
    assert window.sees == []
    assert window.discovery.state is NearbyState.NO_NETWORK


def test_an_address_that_changes_is_told(lan: Lan) -> None:
    host, window = Computer(lan, 1), Computer(lan, 2)
    window.discovery.look(True)
    host.host()
    lan.clock.advance(5)
    host.interfaces = (interface("10.0.0.44/24"),)
    lan.clock.advance(10)
    (room,) = window.discovery.rooms
    assert room.addresses == (Address("10.0.0.44", 9090),)


def test_a_room_on_two_networks_stands_there_once(lan: Lan) -> None:
    host, window = Computer(lan, 1), Computer(lan, 2)
    for number, computer in ((1, host), (2, window)):
        wifi = interface(f"10.1.0.{number}/24", name="wlan0", index=3)
        computer.interfaces += (wifi,)
    window.discovery.look(True)
    host.host()
    lan.clock.advance(3)
    (room,) = window.discovery.rooms
    assert room.addresses == (Address("10.0.0.1", 9090), Address("10.1.0.1", 9090))


@pytest.mark.parametrize(
    ("bind", "seen"),
    [("10.0.0.1", True), ("0.0.0.0", True), ("127.0.0.1", False)],  # noqa: S104
)
def test_a_door_for_some_is_announced_to_those_alone(lan: Lan, bind: str, seen: bool) -> None:
    host, window = Computer(lan, 1, "fe80::1/64"), Computer(lan, 2)
    window.discovery.look(True)
    host.host(bind=bind)
    lan.clock.advance(3)
    addresses = [room.addresses for room in window.discovery.rooms]
    assert addresses == ([(Address("10.0.0.1", 9090),)] if seen else [])


def test_a_blocked_port_is_said_and_tried_again(lan: Lan) -> None:
    window = Computer(lan, 2)
    window.discovery.look(True)
    states = [window.discovery.state]
    for port in lan.ports:
        port.refused = 3
    states.append(window.discovery.state)
    window.discovery.look(False)
    states.append(window.discovery.state)
    assert states == [NearbyState.LOOKING, NearbyState.BLOCKED, NearbyState.OFF]


@pytest.mark.parametrize("how", ["refused", "unheard"])
def test_a_network_that_takes_or_gives_nothing_is_called_blocked_by_itself(
    lan: Lan, how: str
) -> None:
    computer = Computer(lan, 1)
    leo = computer.discovery
    leo.look(True)
    lan.clock.advance(2)
    assert leo.state is NearbyState.LOOKING
    told: list[NearbyState] = []
    leo.changed.connect(lambda: told.append(leo.state))
    setattr(lan.ports[0], how, 9)
    lan.clock.advance(5)
    setattr(lan.ports[0], how, 0)
    lan.clock.advance(5)
    assert told == [NearbyState.BLOCKED, NearbyState.LOOKING]


def test_nothing_to_do_keeps_nothing_open(lan: Lan) -> None:
    computer = Computer(lan, 1)
    announcement = computer.host()
    computer.discovery.look(True)
    lan.clock.advance(3)
    assert len(lan.ports) == 1
    announcement.stop()
    computer.discovery.look(False)
    lan.clock.advance(1)
    assert lan.ports == []
    assert lan.clock.waiting == 0


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    loss=st.sampled_from([0.0, 0.1, 0.2]),
    seed=st.integers(0, 2**32),
    names=st.lists(st.sampled_from(["Lab", "Sala", "lab"]), min_size=1, max_size=4),
    starts=st.lists(st.floats(0, 3), min_size=4, max_size=4),
)
def test_on_a_network_that_loses_packets_everybody_sees_every_room_in_the_end(
    loss: float, seed: int, names: list[str], starts: list[float]
) -> None:
    lan = Lan(ManualClock(), loss=loss, seed=seed)
    hosts = [Computer(lan, number + 1) for number in range(len(names))]
    window = Computer(lan, 100)
    window.discovery.look(True)
    announcements = []
    for host, name, wait in zip(hosts, names, starts, strict=False):
        announcements.append(host.host(name))
        lan.clock.advance(wait)
    lan.clock.advance(100)
    if window.sees != sorted(names):
        # The one in some thousand times that all of eight questions were lost.
        lan.clock.advance(10)
    assert window.sees == sorted(names)
    keys = [room.key.split("/")[0] for room in window.discovery.rooms]
    assert len(set(keys)) == len(keys), "two rooms hold one name"
    lan.loss = 0.0
    for announcement in announcements:
        announcement.stop()
    lan.clock.advance(1)
    assert window.sees == []
