"""What the room decides, seen as the effects it wants."""

from __future__ import annotations

import itertools
from typing import TypeVar

import pytest

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.errors import Refusal
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.nicknames import NICKNAME_HELD
from app.room.room import Room, RoomSettings

M = TypeVar("M", bound=m.Message)

HOST, ANA, TOM = b"h" * 32, b"a" * 32, b"t" * 32
NOW = 1_700_000_000_000
LARGEST = "\U0001f600" * limits.MAX_TEXT


class Guests:
    """A room, and links to it that are numbered as they come."""

    def __init__(self, history: str = "all", max_members: int = 500) -> None:
        settings = RoomSettings(
            name="Room", history=History.parse(history), max_members=max_members
        )
        self.room = Room(settings)
        self._links = itertools.count(1)
        self._cids = itertools.count(1)

    def knock(self, device: bytes, *, local: bool = False, address: str = "10.0.0.7") -> int:
        link = next(self._links)
        self.room.admit(link, device, "" if local else address, local=local)
        return link

    def ask(
        self, device: bytes, nick: str, now: int = NOW, *, local: bool = False
    ) -> tuple[int, list[Effect]]:
        link = self.knock(device, local=local)
        return link, self.room.handle(link, m.Join(nick=nick), now)

    def join(self, device: bytes, nick: str, now: int = NOW, *, local: bool = False) -> int:
        link, effects = self.ask(device, nick, now, local=local)
        assert not refusals(effects)
        return link

    def say(self, link: int, text: str = "hi", cid: bytes | None = None) -> list[Effect]:
        effects = self.room.handle(link, m.Say(cid=cid or self.cid(), text=text), NOW)
        return [*effects, *self.room.settle(NOW)]

    def cid(self) -> bytes:
        return next(self._cids).to_bytes(16, "big")

    def fetch(
        self, link: int, after: int, until: int, *, newest: bool = False, limit: int = 200
    ) -> m.Page:
        wish = m.Fetch(after=after, until=until, newest=newest, limit=limit)
        (page,) = sent(self.room.handle(link, wish, NOW), link, m.Page)
        return page


def sent(effects: list[Effect], link: int, kind: type[M]) -> list[M]:
    return [
        effect.message
        for effect in effects
        if isinstance(effect, Send) and effect.link == link and isinstance(effect.message, kind)
    ]


def refusals(effects: list[Effect]) -> list[m.Rejected]:
    return [
        effect.message
        for effect in effects
        if isinstance(effect, Send) and isinstance(effect.message, m.Rejected)
    ]


def codes(effects: list[Effect]) -> list[str]:
    return [refusal.code for refusal in refusals(effects)]


def announced(effects: list[Effect]) -> list[m.Came | m.Went]:
    return [effect.change for effect in effects if isinstance(effect, Announce)]


def texts(page: m.Page) -> list[str]:
    return [said.text for said in page.said]


# --- joining --------------------------------------------------------------------------------


def test_newcomer_is_told_of_the_room_then_of_who_is_there_then_all_are_told_of_it() -> None:
    guests = Guests()
    guests.join(ANA, "ana")
    link, effects = guests.ask(TOM, "tom")
    joined, roster, came = effects
    assert joined == Send(
        link,
        m.Joined(
            member=2, room="Room", topic="", role="member", history="all", last_seq=0, members=2
        ),
    )
    assert isinstance(roster, Send)
    assert isinstance(roster.message, m.Roster)
    assert [member.nick for member in roster.message.members] == ["ana", "tom"]
    tom = m.Member(number=2, nick="tom", device=TOM)
    assert came == Announce(m.Came(member=tom, at=NOW))
    assert guests.room.member_on(link) == tom


@pytest.mark.parametrize(
    ("nick", "code", "limit"),
    [
        ("", Refusal.NICKNAME_EMPTY, None),
        ("  ", Refusal.NICKNAME_EMPTY, None),
        ("n" * 33, Refusal.NICKNAME_TOO_LONG, limits.MAX_NICKNAME),
        ("a\u202eb", Refusal.NICKNAME_NOT_ALLOWED, None),
    ],
)
def test_bad_nickname_is_refused_and_another_may_be_tried(
    nick: str, code: Refusal, limit: int | None
) -> None:
    guests = Guests()
    link, effects = guests.ask(ANA, nick)
    assert effects == [Send(link, m.Rejected(code=code, limit=limit))]
    assert guests.room.members == ()
    assert not refusals(guests.room.handle(link, m.Join(nick="ana"), NOW))


@pytest.mark.parametrize("nick", ["ana", "ANA", " ana ", "аna"])
def test_nickname_of_another_device_is_taken_in_whatever_spelling(nick: str) -> None:
    guests = Guests()
    guests.join(ANA, "ana")
    link, effects = guests.ask(TOM, nick)
    assert effects == [Send(link, m.Rejected(code=Refusal.NICKNAME_TAKEN))]


def test_nickname_waits_for_its_device_after_the_connection_was_lost() -> None:
    guests = Guests()
    number = guests.room.member_on(link := guests.join(ANA, "ana"))
    assert announced(guests.room.drop(link, NOW)) == [
        m.Went(number=1, nick="ana", at=NOW, reason="lost")
    ]
    assert codes(guests.ask(TOM, "ana", NOW + NICKNAME_HELD - 1)[1]) == [Refusal.NICKNAME_TAKEN]
    back = guests.join(ANA, "ana", NOW + NICKNAME_HELD - 1)
    assert guests.room.member_on(back) == number


def test_nickname_is_free_for_all_once_it_was_held_long_enough() -> None:
    guests = Guests()
    guests.room.drop(guests.join(ANA, "ana"), NOW)
    guests.join(TOM, "ana", NOW + NICKNAME_HELD)
    assert codes(guests.ask(ANA, "ana", NOW + NICKNAME_HELD)[1]) == [Refusal.NICKNAME_TAKEN]


def test_nickname_is_free_at_once_after_leaving_on_purpose() -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    effects = guests.room.handle(link, m.Leave(), NOW)
    assert announced(effects) == [m.Went(number=1, nick="ana", at=NOW, reason="left")]
    guests.join(TOM, "ana")


def test_nickname_of_somebody_removed_is_free_at_once() -> None:
    guests = Guests()
    guests.room.drop(guests.join(ANA, "ana"), NOW, "removed")
    guests.join(TOM, "ana")


def test_same_device_and_nickname_take_the_place_of_the_older_link_unannounced() -> None:
    guests = Guests()
    guests.join(TOM, "tom")
    old = guests.join(ANA, "ana")
    new, effects = guests.ask(ANA, "ana")
    assert effects[0] == Close(old, Refusal.REPLACED)
    assert announced(effects) == []
    assert sent(effects, new, m.Joined)[0].member == 2
    assert sent(effects, new, m.Joined)[0].members == 2
    assert [member.nick for member in guests.room.members] == ["tom", "ana"]
    assert guests.room.member_on(old) is None
    assert guests.say(old) == []
    assert guests.room.drop(old, NOW) == []


def test_join_that_comes_late_by_an_older_link_does_not_push_the_newer_one_out() -> None:
    guests = Guests()
    old = guests.knock(ANA)
    new = guests.join(ANA, "ana")
    assert guests.room.handle(old, m.Join(nick="ana"), NOW) == [Close(old, Refusal.REPLACED)]
    assert guests.room.member_on(new) is not None
    assert guests.room.handle(old, m.Join(nick="ana two"), NOW) == []
    assert guests.room.drop(old, NOW) == []


def test_same_device_under_another_nickname_is_another_member() -> None:
    guests = Guests()
    one, two = guests.join(ANA, "ana"), guests.join(ANA, "ana two")
    first, second = guests.room.member_on(one), guests.room.member_on(two)
    assert first is not None
    assert second is not None
    assert first.number != second.number
    assert first.device == second.device


def test_member_number_is_the_same_whenever_device_and_nickname_come_back() -> None:
    guests = Guests()
    guests.room.handle(guests.join(ANA, "ana"), m.Leave(), NOW)
    guests.room.handle(guests.join(TOM, "ana"), m.Leave(), NOW)
    member = guests.room.member_on(guests.join(ANA, "Ana"))
    assert member is not None
    assert (member.number, member.nick) == (1, "Ana")


def test_full_room_refuses_a_newcomer_and_says_how_many_it_holds() -> None:
    guests = Guests(max_members=1)
    link = guests.join(ANA, "ana")
    _, effects = guests.ask(TOM, "tom")
    assert refusals(effects) == [m.Rejected(code=Refusal.ROOM_FULL, limit=1)]
    assert refusals(guests.ask(ANA, "ana")[1]) == []
    guests.room.handle(link + 2, m.Leave(), NOW)
    guests.join(TOM, "tom")


def test_full_room_lets_its_own_host_in() -> None:
    guests = Guests(max_members=1)
    guests.join(ANA, "ana")
    guests.join(HOST, "host", local=True)


def test_nothing_but_a_join_counts_from_a_link_that_is_not_in_the_room() -> None:
    guests = Guests()
    link = guests.knock(ANA)
    wishes = (
        m.Say(cid=bytes(16), text="x"),
        m.Fetch(after=0, until=1),
        m.SetTopic(topic="x"),
        m.Leave(),
    )
    for wish in wishes:
        assert guests.room.handle(link, wish, NOW) == []
        assert guests.room.handle(99, wish, NOW) == []
    assert guests.room.log.last_seq == 0
    guests.room.handle(link, m.Join(nick="ana"), NOW)
    assert guests.room.member_on(link) is not None


def test_second_join_on_the_same_link_changes_nothing() -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    assert guests.room.handle(link, m.Join(nick="ana"), NOW) == []
    assert guests.room.handle(link, m.Join(nick="other"), NOW) == []
    assert [member.nick for member in guests.room.members] == ["ana"]


# --- the host's own window ------------------------------------------------------------------


def test_local_link_is_the_host_and_only_it_is() -> None:
    guests = Guests()
    local = guests.room.member_on(guests.join(HOST, "host", local=True))
    other = guests.room.member_on(guests.join(HOST, "host two"))
    assert local is not None
    assert local.role == "host"
    assert other is not None
    assert other.role == "member"


def test_local_link_is_not_replaced_even_by_its_own_device() -> None:
    guests = Guests()
    local = guests.join(HOST, "host", local=True)
    assert codes(guests.ask(HOST, "host")[1]) == [Refusal.NICKNAME_TAKEN]
    assert guests.room.member_on(local) is not None


def test_local_link_replaces_nobody() -> None:
    guests = Guests()
    link = guests.join(HOST, "host")
    assert codes(guests.ask(HOST, "host", local=True)[1]) == [Refusal.NICKNAME_TAKEN]
    assert guests.room.member_on(link) is not None


def test_addresses_are_told_to_the_host_alone() -> None:
    guests = Guests()
    guests.join(ANA, "ana")
    local, effects = guests.ask(HOST, "host", local=True)
    assert sent(effects, local, m.Located) == [m.Located(addresses={1: "10.0.0.7", 2: ""})]
    tom, effects = guests.ask(TOM, "tom")
    located = [e for e in effects if isinstance(e, Send) and isinstance(e.message, m.Located)]
    assert located == [Send(local, m.Located(addresses={3: "10.0.0.7"}))]
    assert guests.room.address_on(tom) == "10.0.0.7"
    guests.room.drop(local, NOW, "left")
    _, effects = guests.ask(b"k" * 32, "kim")
    assert not any(isinstance(e, Send) and isinstance(e.message, m.Located) for e in effects)


def test_replaced_link_has_its_new_address_told() -> None:
    guests = Guests()
    local = guests.join(HOST, "host", local=True)
    guests.join(ANA, "ana")
    new = guests.knock(ANA, address="10.0.0.9")
    effects = guests.room.handle(new, m.Join(nick="ana"), NOW)
    assert sent(effects, local, m.Located) == [m.Located(addresses={2: "10.0.0.9"})]


# --- many members ---------------------------------------------------------------------------


def crowd(count: int) -> Guests:
    guests = Guests()
    for number in range(count):
        guests.join(number.to_bytes(32, "big"), f"member number {number:04}")
    return guests


@pytest.mark.parametrize(
    ("others", "sizes"), [(0, [1]), (199, [200]), (200, [200, 1]), (450, [200, 200, 51])]
)
def test_roster_comes_in_pages_and_the_last_says_so(others: int, sizes: list[int]) -> None:
    guests = crowd(others)
    link, effects = guests.ask(ANA, "ana")
    pages = sent(effects, link, m.Roster)
    assert [len(page.members) for page in pages] == sizes
    assert [page.more for page in pages] == [True] * (len(sizes) - 1) + [False]
    assert [one for page in pages for one in page.members] == list(guests.room.members)


def test_addresses_come_in_pages_too() -> None:
    guests = crowd(250)
    link, effects = guests.ask(HOST, "host", local=True)
    assert [len(part.addresses) for part in sent(effects, link, m.Located)] == [200, 51]


# --- talking --------------------------------------------------------------------------------


def test_message_is_acknowledged_to_its_author_before_all_hear_it() -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    cid = guests.cid()
    said = m.Said(seq=1, author=1, nick="ana", device=ANA, at=NOW, cid=cid, text="hi")
    assert guests.say(link, "hi", cid) == [Send(link, m.Acked(cid=cid, seq=1)), Broadcast(said)]


def test_message_sent_again_gets_its_old_number_and_is_heard_once() -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    cid = guests.cid()
    guests.say(link, "hi", cid)
    guests.say(link, "more")
    again = guests.say(link, "hi", cid)
    assert again == [Send(link, m.Acked(cid=cid, seq=1))]
    assert guests.room.log.last_seq == 2


def test_message_sent_again_on_a_new_link_or_under_a_new_nickname_is_the_same_message() -> None:
    guests = Guests()
    cid = guests.cid()
    guests.say(guests.join(ANA, "ana"), "hi", cid)
    for nick in ("ana", "ana two"):
        link = guests.join(ANA, nick)
        assert guests.say(link, "hi", cid) == [Send(link, m.Acked(cid=cid, seq=1))]


def test_two_devices_may_happen_to_use_the_same_cid() -> None:
    guests = Guests()
    ana, tom = guests.join(ANA, "ana"), guests.join(TOM, "tom")
    guests.say(ana, "mine", bytes(16))
    guests.say(tom, "no, mine", bytes(16))
    assert guests.room.log.last_seq == 2


@pytest.mark.parametrize("text", ["", " ", "\n\t\u2003"])
def test_empty_text_is_refused_by_its_cid(text: str) -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    cid = guests.cid()
    refused = m.Rejected(code=Refusal.TEXT_EMPTY, cid=cid)
    assert guests.say(link, text, cid) == [Send(link, refused)]
    assert guests.room.log.last_seq == 0


def test_text_that_is_too_long_is_refused_by_its_cid_never_cut() -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    cid = guests.cid()
    refused = m.Rejected(code=Refusal.TEXT_TOO_LONG, cid=cid, limit=limits.MAX_TEXT)
    assert guests.say(link, LARGEST + "x", cid) == [Send(link, refused)]
    assert len(guests.say(link, LARGEST, cid)) == 2


def test_author_is_whose_link_it_is() -> None:
    guests = Guests()
    guests.join(ANA, "ana")
    tom = guests.join(TOM, "tom")
    guests.say(tom)
    (said,) = guests.fetch(tom, 0, 1).said
    assert (said.author, said.nick, said.device) == (2, "tom", TOM)


# --- the topic ------------------------------------------------------------------------------


def test_topic_by_a_member_is_refused() -> None:
    guests = Guests()
    link = guests.join(ANA, "ana")
    effects = guests.room.handle(link, m.SetTopic(topic="mine"), NOW)
    assert effects == [Send(link, m.Rejected(code=Refusal.NOT_PERMITTED))]
    assert guests.room.settings.topic == ""


def test_topic_by_the_host_is_cleaned_and_told_to_all_and_to_whoever_comes() -> None:
    guests = Guests()
    host = guests.join(HOST, "host", local=True)
    effects = guests.room.handle(host, m.SetTopic(topic=" lunch\n at\u202e one "), NOW)
    assert effects == [Broadcast(m.TopicChanged(topic="lunch at one", by="host"))]
    link, effects = guests.ask(ANA, "ana")
    assert sent(effects, link, m.Joined)[0].topic == "lunch at one"


def test_topic_that_stays_the_same_is_not_told() -> None:
    guests = Guests()
    host = guests.join(HOST, "host", local=True)
    guests.room.handle(host, m.SetTopic(topic="lunch"), NOW)
    assert guests.room.handle(host, m.SetTopic(topic=" lunch "), NOW) == []


def test_topic_that_is_too_long_is_refused() -> None:
    guests = Guests()
    host = guests.join(HOST, "host", local=True)
    effects = guests.room.handle(host, m.SetTopic(topic="x" * (limits.MAX_TOPIC + 1)), NOW)
    refused = m.Rejected(code=Refusal.TOPIC_TOO_LONG, limit=limits.MAX_TOPIC)
    assert effects == [Send(host, refused)]


# --- history --------------------------------------------------------------------------------


def talked(history: str, before: int) -> tuple[Guests, int]:
    """Return a room where `before` messages were said by Tom, and his link."""
    guests = Guests(history)
    tom = guests.join(TOM, "tom")
    for number in range(1, before + 1):
        guests.say(tom, str(number))
    return guests, tom


@pytest.mark.parametrize(
    ("history", "seen"),
    [("all", ["1", "2", "3", "4"]), ("joined", ["4"]), ("2", ["2", "3", "4"]), ("none", ["4"])],
)
def test_newcomer_sees_what_the_policy_gives_and_all_that_comes_after(
    history: str, seen: list[str]
) -> None:
    guests, tom = talked(history, 3)
    link, effects = guests.ask(ANA, "ana")
    joined = sent(effects, link, m.Joined)[0]
    assert joined.history == guests.room.settings.history.name
    assert joined.history_count == guests.room.settings.history.count
    guests.say(tom, "4")
    page = guests.fetch(link, 0, 4)
    assert texts(page) == seen
    assert (page.after, page.until, page.start) == (0, 4, 4 - len(seen))


def test_whoever_was_there_before_sees_what_was_said_while_it_was_away() -> None:
    guests, tom = talked("joined", 2)
    guests.room.drop(guests.join(ANA, "ana"), NOW)
    guests.say(tom, "3")
    assert texts(guests.fetch(guests.join(ANA, "ana"), 0, 3)) == ["3"]


def test_where_nothing_is_kept_whoever_was_away_sees_nothing_of_it() -> None:
    guests, tom = talked("none", 2)
    guests.room.drop(guests.join(ANA, "ana"), NOW)
    guests.say(tom, "3")
    page = guests.fetch(guests.join(ANA, "ana"), 2, 3)
    assert (page.said, page.after, page.until, page.start) == ((), 2, 3, 3)


def test_page_covers_the_range_that_was_asked_for() -> None:
    guests, tom = talked("all", 10)
    page = guests.fetch(tom, 2, 7)
    assert (page.after, page.until) == (2, 7)
    assert texts(page) == ["3", "4", "5", "6", "7"]


def test_page_at_its_limit_covers_less_at_the_far_end() -> None:
    guests, tom = talked("all", 10)
    oldest = guests.fetch(tom, 2, 9, limit=3)
    assert (oldest.after, oldest.until, texts(oldest)) == (2, 5, ["3", "4", "5"])
    newest = guests.fetch(tom, 2, 9, limit=3, newest=True)
    assert (newest.after, newest.until, texts(newest)) == (6, 9, ["7", "8", "9"])


def test_page_never_covers_what_is_still_to_be_said() -> None:
    guests, tom = talked("all", 3)
    assert guests.fetch(tom, 1, 2**53 - 1).until == 3
    empty = guests.fetch(tom, 8, 9)
    assert (empty.after, empty.until, empty.said) == (8, 8, ())


def test_range_that_is_upside_down_gives_an_empty_page() -> None:
    guests, tom = talked("all", 3)
    page = guests.fetch(tom, 3, 1)
    assert (page.after, page.until, page.said) == (3, 3, ())


@pytest.mark.parametrize("newest", [False, True])
def test_two_hundred_of_the_largest_messages_come_in_pages_that_fit_frames(newest: bool) -> None:
    guests = Guests()
    link = guests.join(ANA, "\U0001f600" * (limits.MAX_NICKNAME_BYTES // 4))
    for _ in range(limits.MAX_PAGE):
        guests.say(link, LARGEST)
    low, high, seen = 0, limits.MAX_PAGE, []
    while low < high:
        page = guests.fetch(link, low, high, newest=newest)
        assert len(encode(page)) <= limits.MAX_FRAME
        assert [said.seq for said in page.said] == list(range(page.after + 1, page.until + 1))
        seen += [said.seq for said in page.said]
        low, high = (low, page.after) if newest else (page.until, high)
    assert sorted(seen) == list(range(1, limits.MAX_PAGE + 1))


def test_many_small_messages_fill_one_page() -> None:
    guests, tom = talked("all", limits.MAX_PAGE)
    page = guests.fetch(tom, 0, limits.MAX_PAGE)
    assert len(page.said) == limits.MAX_PAGE
    assert len(encode(page)) <= limits.MAX_FRAME


# --- the end --------------------------------------------------------------------------------


def test_closing_says_the_last_word_on_every_link_joined_or_not() -> None:
    guests = Guests()
    joined, waiting = guests.join(ANA, "ana"), guests.knock(TOM)
    assert guests.room.close() == [
        Close(joined, Refusal.ROOM_CLOSED),
        Close(waiting, Refusal.ROOM_CLOSED),
    ]


def test_link_that_never_joined_is_dropped_in_silence() -> None:
    guests = Guests()
    assert guests.room.drop(guests.knock(ANA), NOW) == []
    assert guests.room.drop(99, NOW) == []
