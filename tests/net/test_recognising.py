"""A room nearby is known by the key that it shows, and by nothing that it says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net.qt_clock import QtClock
from app.net.recognising import AGAIN_AFTER, AT_ONCE, Recogniser
from app.security.invite import Address
from tests.helpers.clock import ManualClock
from tests.helpers.doors import free_port
from tests.net.conftest import MakeLobby


def _here(hosted: HostedRoom) -> Address:
    return Address("127.0.0.1", hosted.host.port)


def test_the_key_is_seen_and_nobody_came_in(hosted: HostedRoom, qtbot: QtBot) -> None:
    clock = QtClock()
    recogniser = Recogniser(clock)
    ways = (Address("127.0.0.1", free_port()), _here(hosted))
    assert recogniser.shown_at(ways) == b""
    with qtbot.waitSignal(recogniser.changed):
        recogniser.want([ways])
    assert recogniser.shown_at(ways) == hosted.host.key.fingerprint
    assert [member.nick for member in hosted.host.room.members] == ["Marina"]
    recogniser.want([])
    assert recogniser.shown_at(ways) == b""
    recogniser.stop()
    clock.deleteLater()


def test_another_room_shows_its_own_key(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    clock = QtClock()
    other = make_lobby().host(HostOptions(name="Robotics Lab", nickname="Eve", port=0))
    recogniser = Recogniser(clock)
    with qtbot.waitSignal(recogniser.changed):
        recogniser.want([(_here(other),)])
    assert recogniser.shown_at((_here(other),)) != hosted.host.key.fingerprint
    recogniser.stop()
    clock.deleteLater()


def test_a_crowd_of_claims_is_visited_a_few_at_a_time() -> None:
    clock = ManualClock()
    recogniser = Recogniser(clock)
    claims = [(Address(f"192.0.2.{number}", 9090),) for number in range(200)]
    for _ in range(3):
        recogniser.want(claims)
    assert len(recogniser._visits) == AT_ONCE
    recogniser.stop()
    assert not recogniser._visits


def test_who_does_not_answer_is_let_be_for_a_while(hosted: HostedRoom) -> None:
    clock = ManualClock()
    recogniser = Recogniser(clock)
    ways = (_here(hosted),)
    recogniser.note(ways, b"")
    recogniser.want([ways])
    assert not recogniser._visits
    clock.advance(AGAIN_AFTER)
    recogniser.want([ways])
    assert recogniser._visits
    recogniser.stop()
