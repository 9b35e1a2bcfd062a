"""What is offered, and in which order."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from app.protocol.messages import Member, Roster
from app.support.settings import RecentRoom
from app.ui.rail.open_rooms import OpenRooms
from app.ui.shortcuts import Command
from app.ui.switcher.offers import MOST_PEOPLE, Kind, Offers
from tests.ui.rail.open import a_room, say

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QApplication

    from app.session.room_session import RoomSession
    from app.support.settings import SettingsFile


@pytest.fixture
def rooms(qapp: QApplication, settings: SettingsFile) -> OpenRooms:
    return OpenRooms(settings, parent=qapp)


def opened(qapp: QApplication, rooms: OpenRooms, *names: str) -> list[RoomSession]:
    sessions = [a_room(qapp, name) for name in names]
    for session in sessions:
        rooms.add(session)
    return sessions


def fill(session: RoomSession, *nicks: str) -> None:
    others = [
        Member(number=n, nick=nick, device=n.to_bytes(32, "big"), role="member")
        for n, nick in enumerate(nicks, start=2)
    ]
    me = Member(number=1, nick="Leo", device=b"l" * 32, role="member")
    session.receive(Roster(members=(me, *others)))


def test_rooms_that_want_attention_stand_first_then_the_latest(
    qapp: QApplication, rooms: OpenRooms
) -> None:
    here, old, new, unread, meant, muted = sessions = opened(
        qapp, rooms, "Here", "Old", "New", "Unread", "Meant", "Muted"
    )
    for session in (muted, old, new, here):
        rooms.note_visited(session)
    rooms.set_muted(muted, True)
    say(unread, "hello")
    say(muted, "hello")
    say(meant, "@Leo")
    offers = Offers(sessions, rooms, here, ())
    found = [offer.text for offer in offers.matching("") if offer.kind is Kind.ROOM]
    assert found == ["Meant", "Unread", "New", "Old", "Muted", "Here"]
    first = offers.matching("")[0]
    assert first.spoken.startswith("Meant, 1 unread message")
    assert "1 mention" in first.spoken


def test_recent_rooms_are_offered_but_those_that_are_open(
    qapp: QApplication, rooms: OpenRooms
) -> None:
    (lab,) = sessions = opened(qapp, rooms, "Lab")
    lab.hosted_here = True
    recent = [
        RecentRoom(name="Lab", at=0, hosted=True),
        RecentRoom(name="Club", at=0, target="10.0.0.1:9090"),
        RecentRoom(name="Circle", at=0, hosted=True),
        RecentRoom(name="Broken", at=0, target="not an address at all"),
    ]
    found = [o for o in Offers(sessions, rooms, None, recent).matching("") if o.kind is Kind.RECENT]
    assert [(offer.text, offer.detail) for offer in found] == [
        ("Club", "Join again"),
        ("Circle", "Host again"),
        ("Broken", "Join again"),
    ]


def test_people_come_with_the_first_letter_and_never_oneself(
    qapp: QApplication, rooms: OpenRooms
) -> None:
    (lab,) = sessions = opened(qapp, rooms, "Lab")
    fill(lab, "Ana María", "Leonor")
    offers = Offers(sessions, rooms, lab, ())
    assert not any(offer.kind is Kind.PERSON for offer in offers.matching(""))
    assert [offer.text for offer in offers.matching("maria")] == ["Ana María"]
    people = [offer.text for offer in offers.matching("leo") if offer.kind is Kind.PERSON]
    assert people == ["Leonor"]
    assert not Offers(sessions, rooms, None, ()).matching("maria")


def test_commands_are_found_by_their_words(qapp: QApplication, rooms: OpenRooms) -> None:
    (lab,) = sessions = opened(qapp, rooms, "Lab")
    targets = [offer.target for offer in Offers(sessions, rooms, lab, ()).matching("keyb")]
    assert targets == [Command.SHORTCUTS]
    nowhere = Offers(sessions, rooms, None, ())
    assert Command.LEAVE not in [offer.target for offer in nowhere.matching("")]
    assert Command.LEAVE in [
        offer.target for offer in Offers(sessions, rooms, lab, ()).matching("")
    ]


def test_a_room_stands_before_a_person_of_the_same_name(
    qapp: QApplication, rooms: OpenRooms
) -> None:
    lab, robin = sessions = opened(qapp, rooms, "Lab", "Robin")
    fill(lab, "Robin")
    kinds = [offer.kind for offer in Offers(sessions, rooms, lab, ()).matching("robin")]
    assert kinds == [Kind.ROOM, Kind.PERSON]
    assert robin is sessions[1]


def test_thousands_of_people_neither_flood_nor_slow_it(
    qapp: QApplication, rooms: OpenRooms
) -> None:
    lab, member = sessions = opened(qapp, rooms, "Lab", "Members")
    fill(lab, *(f"Member Númer {n}" for n in range(5000)))
    offers = Offers(sessions, rooms, lab, ())
    started = perf_counter()
    found = offers.matching("mem")
    first = perf_counter() - started
    again = perf_counter()
    offers.matching("member 4999")
    later = perf_counter() - again
    assert sum(offer.kind is Kind.PERSON for offer in found) == MOST_PEOPLE
    assert found[0].target is member
    # Far from what a person notices on a slow computer, far over what it takes here.
    assert first < 1.0
    assert later < 0.5


def test_a_name_with_markup_stays_text(qapp: QApplication, rooms: OpenRooms) -> None:
    sessions = opened(qapp, rooms, "<b>Lab</b>\u202e")
    assert Offers(sessions, rooms, None, ()).matching("lab")[0].text == "<b>Lab</b>"
