"""Guests in a room: members without a device key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.effects import Close, Effect, Send
from app.room.guests import MIN_SECRET, guest_id, passing_guest_id
from app.room.history import History
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings

HOST, ANA, GUEST, OTHER = 1, 2, 3, 4
SECRET = b"s" * MIN_SECRET
AWAY = "192.168.1.9"


class Place:
    """A room with its host and a member, and guests who come."""

    def __init__(self, path: Path | None = None, history: str = "all") -> None:
        settings = RoomSettings("Lab", history=History.parse(history))
        self.room = Room(settings, Log.open(path).value)
        self.now = 1_000
        self.links = 0
        self.host = self.come(b"h" * 32, "host", local=True)
        self.ana = self.come(b"a" * 32, "ana")

    def come(
        self,
        device: bytes,
        nick: str,
        *,
        local: bool = False,
        guest: m.GuestKind = "",
        address: str = AWAY,
    ) -> int:
        self.links += 1
        self.room.admit(self.links, device, address, local=local, key=b"", guest=guest)
        self.last = self.do(self.links, m.Join(nick=nick))
        return self.links

    def do(self, link: int, wish: m.AnyMessage) -> list[Effect]:
        return [*self.room.handle(link, wish, self.now), *self.room.settle(self.now)]

    def member(self, link: int) -> m.Member:
        member = self.room.member_on(link)
        assert member is not None
        return member

    def let_in(self, *, browser: bool = True, text: bool = True) -> list[Effect]:
        return self.do(self.host, m.SetGuests(browser=browser, text=text))


@pytest.fixture
def place() -> Place:
    place = Place()
    place.let_in()
    return place


def codes(effects: list[Effect]) -> list[str]:
    sent = [effect.message for effect in effects if isinstance(effect, Send)]
    rejected = [message.code for message in sent if isinstance(message, m.Rejected)]
    return rejected + [effect.refusal for effect in effects if isinstance(effect, Close)]


# --- who a guest is -----------------------------------------------------------------------------


@given(st.binary(min_size=MIN_SECRET, max_size=100))
def test_guest_is_the_same_by_the_same_secret_and_no_other_kind(secret: bytes) -> None:
    assert guest_id("browser", secret) == guest_id("browser", secret)
    assert guest_id("browser", secret) != guest_id("text", secret)
    assert len(guest_id("browser", secret)) == 32


def test_secret_that_could_be_guessed_is_none() -> None:
    with pytest.raises(ValueError, match="short"):
        guest_id("browser", SECRET[1:])


def test_guest_by_text_is_somebody_else_at_each_visit() -> None:
    assert passing_guest_id() != passing_guest_id()


# --- letting in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["browser", "text"])
def test_no_guest_gets_in_unless_the_host_says_so(kind: m.GuestKind) -> None:
    place = Place()
    place.come(guest_id("browser", SECRET), "bia", guest=kind)
    assert codes(place.last) == [Refusal.NO_GUESTS]


def test_each_kind_is_let_in_by_itself() -> None:
    place = Place()
    place.let_in(browser=False, text=True)
    place.come(guest_id("browser", SECRET), "bia", guest="browser")
    assert codes(place.last) == [Refusal.NO_GUESTS]
    link = place.come(passing_guest_id(), "bia", guest="text")
    assert place.member(link).guest == "text"


def test_everyone_sees_who_is_a_guest_and_that_guests_are_let_in(place: Place) -> None:
    link = place.come(guest_id("browser", SECRET), "bia", guest="browser")
    sent = [effect.message for effect in place.last if isinstance(effect, Send)]
    (joined,) = [message for message in sent if isinstance(message, m.Joined)]
    assert (joined.browser_guests, joined.text_guests) == (True, True)
    guests = {member.nick: member.guest for member in place.room.members}
    assert guests == {"host": "", "ana": "", "bia": "browser"}
    assert place.member(link).role == "member"


def test_only_the_host_lets_guests_in(place: Place) -> None:
    place.do(place.host, m.SetRole(member=place.member(place.ana).number, role="moderator"))
    effects = place.do(place.ana, m.SetGuests())
    assert codes(effects) == [Refusal.NOT_PERMITTED]
    assert place.room.settings.text_guests


def test_guests_of_a_kind_are_shown_out_when_it_is_let_in_no_more(place: Place) -> None:
    text = place.come(passing_guest_id(), "bia", guest="text")
    browser = place.come(guest_id("browser", SECRET), "leo", guest="browser")
    effects = place.let_in(browser=True, text=False)
    assert [e.link for e in effects if isinstance(e, Close)] == [text]
    assert place.room.member_on(browser) is not None
    assert place.room.member_on(text) is None


def test_rule_is_kept_with_the_room(tmp_path: Path) -> None:
    place = Place(tmp_path / "log.db")
    place.let_in(browser=False, text=True)
    place.room.log.close()
    again = Room(RoomSettings("Lab"), Log.open(tmp_path / "log.db").value)
    assert (again.settings.browser_guests, again.settings.text_guests) == (False, True)


def test_same_wish_again_changes_nothing(place: Place) -> None:
    assert place.let_in() == []


# --- what a guest may not -----------------------------------------------------------------------


def test_guest_takes_no_nickname_that_belongs_to_a_device(place: Place) -> None:
    place.come(passing_guest_id(), "ANA", guest="text")
    assert codes(place.last) == [Refusal.NICKNAME_TAKEN]
    place.room.drop(place.ana, place.now)
    place.come(passing_guest_id(), "ana", guest="text")
    assert codes(place.last) == [Refusal.NICKNAME_TAKEN]


@pytest.mark.parametrize("reason", ["left", "lost", "removed"])
def test_nickname_of_a_guest_by_text_is_free_once_it_went(
    place: Place, reason: m.LeaveReason
) -> None:
    link = place.come(passing_guest_id(), "bia", guest="text")
    place.come(b"b" * 32, "bia")
    assert codes(place.last) == [Refusal.NICKNAME_TAKEN]
    place.room.drop(link, place.now, reason)
    assert place.member(place.come(b"b" * 32, "bia")).nick == "bia"


def test_guest_by_browser_comes_back_to_its_nickname(place: Place) -> None:
    device = guest_id("browser", SECRET)
    link = place.come(device, "bia", guest="browser")
    number = place.member(link).number
    place.room.drop(link, place.now)
    assert place.member(place.come(device, "bia", guest="browser")).number == number


def test_guest_is_never_a_moderator(place: Place) -> None:
    link = place.come(guest_id("browser", SECRET), "bia", guest="browser")
    wish = m.SetRole(member=place.member(link).number, role="moderator")
    assert codes(place.do(place.host, wish)) == [Refusal.NOT_FOR_GUESTS]
    assert codes(place.do(link, m.SetTopic(topic="x"))) == [Refusal.NOT_PERMITTED]


def test_guest_neither_writes_nor_gets_private_messages(place: Place) -> None:
    link = place.come(guest_id("browser", SECRET), "bia", guest="browser")
    cid = bytes(16)
    guest = place.member(link).device
    there = m.Whisper(cid=cid, to=guest, sealed=b"x", copy=b"x")
    assert codes(place.do(place.ana, there)) == [Refusal.NOT_FOR_GUESTS]
    back = m.Whisper(cid=cid, to=b"a" * 32, sealed=b"x", copy=b"x")
    for wish in (back, m.AskKey(device=b"a" * 32), m.FetchWhispers(after=0, until=9)):
        assert codes(place.do(link, wish)) == [Refusal.NOT_FOR_GUESTS]


def test_guest_counts_as_a_member_of_a_full_room(place: Place) -> None:
    place.room.settings.max_members = 2
    place.come(passing_guest_id(), "bia", guest="text")
    assert codes(place.last) == [Refusal.ROOM_FULL]


def test_guest_by_text_gets_into_no_locked_room(place: Place) -> None:
    place.do(place.host, m.SetRules(locked=True))
    place.come(passing_guest_id(), "bia", guest="text")
    assert codes(place.last) == [Refusal.ROOM_LOCKED]


@pytest.mark.parametrize(("history", "seen"), [("all", 3), ("joined", 0), ("1", 1), ("none", 0)])
def test_guest_sees_the_past_as_anybody_would(history: str, seen: int) -> None:
    place = Place(history=history)
    place.let_in()
    for number in range(3):
        place.do(place.ana, m.Say(cid=bytes([number]) * 16, text=f"line {number}"))
    link = place.come(passing_guest_id(), "bia", guest="text")
    (page,) = [
        effect.message
        for effect in place.do(link, m.Fetch(after=0, until=3))
        if isinstance(effect, Send) and isinstance(effect.message, m.Page)
    ]
    assert len(page.said) == seen


# --- keeping order ------------------------------------------------------------------------------


def banned(place: Place, link: int, *, address: bool = False) -> list[Effect]:
    number = place.member(link).number
    return place.do(place.host, m.Remove(member=number, ban=True, address=address))


def test_banned_guest_by_browser_stays_out_under_any_nickname(place: Place) -> None:
    device = guest_id("browser", SECRET)
    banned(place, place.come(device, "bia", guest="browser"))
    place.come(device, "leo", guest="browser")
    assert codes(place.last) == [Refusal.BANNED]
    place.come(guest_id("browser", SECRET + b"2"), "leo", guest="browser")
    assert codes(place.last) == []


def test_banned_guest_by_text_stays_out_by_its_address_and_nobody_else(place: Place) -> None:
    banned(place, place.come(passing_guest_id(), "bia", guest="text"))
    place.come(passing_guest_id(), "leo", guest="text")
    assert codes(place.last) == [Refusal.BANNED]
    place.come(passing_guest_id(), "leo", guest="text", address="192.168.1.10")
    assert codes(place.last) == []
    place.come(b"c" * 32, "caio")
    assert codes(place.last) == []
    place.come(guest_id("browser", SECRET), "bia", guest="browser")
    assert codes(place.last) == []


def test_ban_of_a_guest_with_its_address_keeps_everybody_there_out(place: Place) -> None:
    banned(place, place.come(passing_guest_id(), "bia", guest="text"), address=True)
    place.come(b"c" * 32, "caio")
    assert codes(place.last) == [Refusal.BANNED]


def test_ban_of_guests_holds_after_the_room_is_opened_again(tmp_path: Path) -> None:
    place = Place(tmp_path / "log.db")
    place.let_in()
    banned(place, place.come(passing_guest_id(), "bia", guest="text"))
    place.room.log.close()
    again = Place(tmp_path / "log.db")
    again.come(passing_guest_id(), "leo", guest="text")
    assert codes(again.last) == [Refusal.BANNED]
    again.come(b"c" * 32, "caio")
    assert codes(again.last) == []


def test_muted_guest_may_only_read(place: Place) -> None:
    link = place.come(passing_guest_id(), "bia", guest="text")
    place.do(place.host, m.Mute(member=place.member(link).number))
    assert codes(place.do(link, m.Say(cid=bytes(16), text="oi"))) == [Refusal.MUTED]
