"""What can be offered of a room, and when nothing can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.protocol.names import clean_room_name
from app.security.invite import Address, Invite, parse_target
from app.session.connection import Connection, Phase, SharedAddress, Sharing, Verified
from app.session.guest_page import guest_page_at
from app.ui.share.offer import LONGEST_SCANNED, offer_of, scannable, why_not
from tests.ui.chat.rooms import Room

_ports = st.integers(1, 65_535)
_addresses = st.builds(Address, st.ip_addresses().map(str), _ports)
_rooms = st.sampled_from(["Lab", "会議室" * 10, "Ünïcödé", "🎉" * 20, "a" * 60, ""]).map(
    lambda name: clean_room_name(name) if name else ""
)


@given(
    st.lists(_addresses, min_size=1, max_size=9, unique=True),
    _rooms,
    st.binary(min_size=32, max_size=32),
)
def test_what_is_scanned_is_short_and_leads_to_the_same_room(
    addresses: list[Address], room: str, fingerprint: bytes
) -> None:
    link = Invite(tuple(addresses), fingerprint, room).link()
    scanned = scannable(link)
    assert len(scanned) <= LONGEST_SCANNED
    read = parse_target(scanned)
    assert isinstance(read, Invite)
    assert read.fingerprint == fingerprint
    assert read.addresses[0] == addresses[0]
    if len(link) <= LONGEST_SCANNED:
        assert scanned == link


def test_the_name_stays_where_leaving_out_addresses_is_enough() -> None:
    addresses = tuple(Address(f"10.0.0.{n}", 9090) for n in range(1, 9))
    read = parse_target(scannable(Invite(addresses, bytes(32), "Hack Night").link()))
    assert isinstance(read, Invite)
    assert read.room == "Hack Night"
    assert read.addresses == addresses[:1]


def test_what_is_no_invite_is_left_as_it_is() -> None:
    assert scannable("papo://" + "x" * 300) == "papo://" + "x" * 300


def test_a_joined_room_is_shared_with_what_is_known(room: Room, sharing: Sharing) -> None:
    room.join()
    offer = offer_of(room.session)
    assert offer.invite == sharing.invite
    assert offer.addresses == sharing.addresses
    assert offer.fingerprint == sharing.fingerprint
    assert not offer.problem
    assert not offer.caution


def test_before_the_first_connection_there_is_only_the_address(room: Room) -> None:
    room.session.set_sharing(Sharing())
    offer = offer_of(room.session)
    assert offer.addresses == (SharedAddress("192.168.1.20:9090", "other"),)
    assert not offer.invite
    assert not offer.scanned
    room.session.address = ""
    assert offer_of(room.session).problem


def test_while_it_reconnects_a_room_can_be_shared(room: Room, sharing: Sharing) -> None:
    room.join()
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=8))
    assert not why_not(room.session)
    assert offer_of(room.session).invite == sharing.invite


@pytest.mark.parametrize(
    ("connection", "own", "word"),
    [
        (Connection(Phase.STOPPED, problem=Refusal.ROOM_CLOSED), False, "host closed this room"),
        (Connection(Phase.STOPPED, problem=Refusal.REPLACED), False, "Join it again"),
        (Connection(Phase.STOPPED), True, "Host it again"),
        (Connection(Phase.CHANGED, fingerprint=bytes(32)), False, "fingerprint changed"),
    ],
)
def test_nothing_is_offered_that_cannot_work(
    room: Room, connection: Connection, own: bool, word: str
) -> None:
    room.join()
    room.session.hosted_here = own
    room.session.set_connection(connection)
    assert word in why_not(room.session)
    offer = offer_of(room.session)
    assert offer.problem == why_not(room.session)
    assert not offer.invite
    assert not offer.addresses
    assert not offer.fingerprint


@pytest.mark.parametrize("text", ["127.0.0.1:9090", "localhost:9090", "[::1]:9090"])
def test_an_address_of_this_computer_alone_is_said_to_be_so(
    room: Room, sharing: Sharing, text: str
) -> None:
    address = (SharedAddress(text, "other"),)
    room.session.set_sharing(Sharing(address, sharing.invite, sharing.fingerprint))
    assert "this computer only" in offer_of(room.session).caution


def test_who_did_not_verify_the_host_is_told_before_vouching(room: Room) -> None:
    room.join()
    room.session.verified = Verified.FIRST_USE
    assert "not verified" in offer_of(room.session).caution


def test_a_name_from_a_peer_is_one_line_in_its_own_order(room: Room) -> None:
    room.join(name="a\u202eb \u2066c")
    assert offer_of(room.session).room == "ab c"


def test_where_browsers_are_let_in_the_code_leads_to_the_guest_page(
    room: Room, sharing: Sharing
) -> None:
    room.join()
    assert not offer_of(room.session).page
    room.session.receive(m.RulesChanged(browser_guests=True, by="Marina"))
    offer = offer_of(room.session)
    assert offer.page == f"http://{sharing.addresses[0].text}/"
    assert offer.scanned == offer.page
    assert offer.invite == sharing.invite
    room.session.receive(m.RulesChanged(by="Marina"))
    assert offer_of(room.session).scanned == scannable(sharing.invite)


def test_browsers_are_given_no_address_with_a_zone() -> None:
    zoned = SharedAddress("[fe80::1%eth0]:9090", "ethernet")
    assert not guest_page_at((zoned,))
    assert guest_page_at((zoned, SharedAddress("[2001:db8::1]:9090", "wifi"))) == (
        "http://[2001:db8::1]:9090/"
    )
