"""Hosted rooms as others find them, and what joining them is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot

from app.finding import Finding
from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.discovery.discovery import Discovery
from app.security.invite import Address, Invite
from app.security.trust import How
from app.session.connection import Phase, Problem, Verified
from app.session.nearby import NearbyRoom, NearbyState, Standing
from app.ui.start.nearby_list import ListWatch
from app.ui.start.nearby_rooms import NearbyRooms
from tests.helpers.clock import ManualClock
from tests.helpers.lan import Lan, interface
from tests.net.conftest import MakeLobby


@pytest.fixture
def lan(qtbot: QtBot) -> Lan:  # noqa: ARG001 - packets are Qt's signals
    return Lan(ManualClock())


def plug(lobby: Lobby, lan: Lan, number: int) -> Discovery:
    """Put a person's computer on the network."""
    at = (interface(f"10.0.0.{number}/24"),)
    lobby._discovery = Discovery(lan.clock, lobby, find=lambda: at, open_link=lan.open)
    return lobby._discovery


def host(lobby: Lobby, qtbot: QtBot, **more: object) -> HostedRoom:
    options = HostOptions(name="Lab", nickname="Marina", port=0, discovery=True)
    hosted = lobby.host(replace(options, **more))  # type: ignore[arg-type]
    assert hosted.session is not None
    with qtbot.waitSignal(hosted.session.joined):
        pass
    return hosted


def _here(hosted: HostedRoom) -> Address:
    return Address("127.0.0.1", hosted.host.port)


def test_a_hosted_room_is_announced_as_it_is_until_it_closes(
    make_lobby: MakeLobby, qtbot: QtBot, lan: Lan
) -> None:
    marina = make_lobby(lan.clock)
    plug(marina, lan, 1)
    looker = plug(make_lobby(), lan, 2)
    looker.look(True)
    hosted = host(marina, qtbot)
    lan.clock.advance(5)
    seen = [(room.name, room.host, room.members, room.locked) for room in looker.rooms]
    hosted.host.set_password("a new password")
    lan.clock.advance(5)
    seen += [(room.name, room.host, room.members, room.locked) for room in looker.rooms]
    assert seen == [("Lab", "Marina", 1, False), ("Lab", "Marina", 1, True)]
    assert looker.rooms[0].mark == hosted.host.key.fingerprint[:8]
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    lan.clock.advance(1)
    assert looker.rooms == ()


def test_a_room_that_is_not_to_be_seen_sends_nothing(
    make_lobby: MakeLobby, qtbot: QtBot, lan: Lan
) -> None:
    lobby = make_lobby(lan.clock)
    plug(lobby, lan, 1)
    host(lobby, qtbot, discovery=False)
    lan.clock.advance(30)
    assert lan.packets == []


def test_the_window_is_shown_rooms_of_others_while_it_wants_to(
    make_lobby: MakeLobby, qtbot: QtBot, lan: Lan
) -> None:
    marina, tom = make_lobby(lan.clock), make_lobby(lan.clock)
    plug(marina, lan, 1)
    plug(tom, lan, 2)
    hosted = host(marina, qtbot)
    host(tom, qtbot, discovery=False)
    nearby = NearbyRooms()
    finding = Finding(tom, nearby, tom)
    page = ListWatch(nearby, None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    with qtbot.waitSignal(nearby.changed):
        page.show()
    lan.clock.advance(3)
    assert [offer.room.name for offer in nearby.offers] == ["Lab"]
    standings = [nearby.offers[0].standing]
    tom.identity.known_rooms.remember(
        _here(hosted), hosted.host.key.fingerprint, "Lab", How.FIRST_USE, 0.0
    )
    finding._on_changed()
    standings.append(nearby.offers[0].standing)
    # In the memory of this test it lives at an address that no computer has: nobody shows a key.
    assert standings == [Standing.NEW, Standing.CLAIMED]
    page.hide()
    lan.clock.advance(1)
    assert tom.discovery.state is NearbyState.OFF


class Announced(QObject):
    """A network on which these rooms are announced, and nothing ever changes."""

    changed = pyqtSignal()
    state = NearbyState.LOOKING

    def __init__(self, *rooms: NearbyRoom) -> None:
        super().__init__()
        self.rooms = rooms

    def look(self, wanted: bool) -> None:
        """Do so already."""


def test_a_copied_announcement_makes_no_known_room(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    impostor = make_lobby().host(HostOptions(name="Robotics Lab", nickname="Eve", port=0))
    lobby, fingerprint = make_lobby(), hosted.host.key.fingerprint
    lobby.identity.known_rooms.remember(
        Address("10.0.0.1", 9090), fingerprint, "Robotics Lab", How.INVITE, 0.0
    )
    true, false = (
        NearbyRoom(who, "Robotics Lab", "Marina", "", 1, False, fingerprint[:8], (_here(room),))
        for who, room in (("true", hosted), ("false", impostor))
    )
    lobby._discovery = Announced(true, false)  # type: ignore[assignment]
    nearby = NearbyRooms()
    finding = Finding(lobby, nearby, lobby)
    finding._on_begin()
    standings = [[offer.standing for offer in nearby.offers]]
    qtbot.waitUntil(lambda: all(o.standing is not Standing.CLAIMED for o in nearby.offers))
    standings.append([offer.standing for offer in nearby.offers])
    assert standings == [[Standing.CLAIMED] * 2, [Standing.KNOWN, Standing.CHANGED]]
    assert [member.nick for member in impostor.host.room.members] == ["Eve"]


def test_a_known_room_that_is_claimed_by_another_is_a_hard_stop(
    make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby, known = make_lobby(), b"k" * 32
    impostor = make_lobby().host(HostOptions(name="Lab", nickname="Eve", port=0))
    lobby.identity.known_rooms.remember(Address("10.0.0.1", 9090), known, "Lab", How.INVITE, 0.0)
    session = lobby.join(_here(impostor), "Tom", expected=known)
    qtbot.waitUntil(lambda: session.connection.phase is Phase.CHANGED)
    assert session.connection.problem == Problem.WRONG_HOST
    assert session.connection.expected == known
    assert [member.nick for member in impostor.host.room.members] == ["Eve"]


@pytest.mark.parametrize(
    ("how", "verified"), [(How.FIRST_USE, Verified.SEEN_BEFORE), (How.INVITE, Verified.INVITE)]
)
def test_a_known_room_at_a_new_address_is_worth_what_it_was(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, how: How, verified: Verified
) -> None:
    lobby, fingerprint = make_lobby(), hosted.host.key.fingerprint
    known = lobby.identity.known_rooms
    known.remember(Address("10.0.0.1", 9090), fingerprint, "Lab", how, 0.0)
    session = lobby.join(_here(hosted), "Tom", expected=fingerprint)
    with qtbot.waitSignal(session.joined):
        pass
    assert session.verified is verified
    record = known.by_fingerprint(fingerprint)
    assert record is not None
    assert record.how is how


def test_a_claim_alone_is_worth_nothing(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    # Nothing is known of that fingerprint: the person is asked as for any new host.
    session = make_lobby().join(_here(hosted), "Tom", expected=hosted.host.key.fingerprint)
    qtbot.waitUntil(lambda: session.connection.phase is Phase.ASKING)
    assert session.verified is Verified.NOT_YET


def test_an_invite_is_not_overruled(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    lobby.identity.known_rooms.remember(
        Address("10.0.0.1", 9090), b"k" * 32, "Other", How.FIRST_USE, 0.0
    )
    invite = Invite((_here(hosted),), hosted.host.key.fingerprint, "Lab")
    session = lobby.join(invite, "Tom", expected=b"k" * 32)
    with qtbot.waitSignal(session.joined):
        pass
    assert session.verified is Verified.INVITE


def test_the_host_may_choose_anew_while_the_room_is_open(
    make_lobby: MakeLobby, qtbot: QtBot, lan: Lan
) -> None:
    marina = make_lobby(lan.clock)
    plug(marina, lan, 1)
    looker = plug(make_lobby(), lan, 2)
    looker.look(True)
    hosted = host(marina, qtbot, discovery=False)
    assert hosted.session is not None
    listing = hosted.session.listing
    assert listing is not None
    seen = []
    for listed in (True, False, True):
        listing.set_listed(listed)
        lan.clock.advance(3)
        seen.append(len(looker.rooms))
    assert seen == [1, 0, 1]
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    # What closes the room is no choice about the next time.
    assert listing.listed
