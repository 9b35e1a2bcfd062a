"""What the room decides, seen as the effects it wants."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TypeVar

import pytest

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.errors import Refusal
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.log import Log
from app.room.nicknames import NICKNAME_HELD
from app.room.room import Room
from app.room.settings import RoomSettings
from app.room.typists import LASTS

M = TypeVar("M", bound=m.Message)

HOST, ANA, TOM, KIM = b"h" * 32, b"a" * 32, b"t" * 32, b"k" * 32
NOW = 1_700_000_000_000
LARGEST = "\U0001f600" * limits.MAX_TEXT


class Guests:
    """A room, and links to it that are numbered as they come."""

    def __init__(
        self, history: str = "all", max_members: int = 500, log: Log | None = None
    ) -> None:
        settings = RoomSettings(
            name="Room", history=History.parse(history), max_members=max_members
        )
        self.room = Room(settings, log)
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
        return [*self.begin_to_say(link, text, cid), *self.room.settle(NOW)]

    def begin_to_say(
        self, link: int, text: str = "hi", cid: bytes | None = None, now: int = NOW
    ) -> list[Effect]:
        return self.room.handle(link, m.Say(cid=cid or self.cid(), text=text), now)

    def cid(self) -> bytes:
        return next(self._cids).to_bytes(16, "big")

    def type(self, link: int, now: int = NOW, *, active: bool = True) -> None:
        assert self.room.handle(link, m.Typing(active=active), now) == []

    def typing(self, now: int = NOW) -> list[int] | None:
        """Let a second pass; return who is told as writing, or None where nothing is told."""
        told = [e.message for e in self.room.tick(now) if isinstance(e, Broadcast)]
        if not told:
            return None
        (message,) = told
        assert isinstance(message, m.TypingNow)
        return list(message.members)

    def choose(self, link: int, history: m.HistoryName, count: int = 0) -> list[Effect]:
        return self.room.handle(link, m.SetHistory(history=history, count=count), NOW)

    def search(self, link: int, query: str, *, before: int = 0, limit: int = 50) -> m.Found:
        wish = m.Search(query=query, before=before, limit=limit)
        (found,) = sent(self.room.handle(link, wish, NOW), link, m.Found)
        return found

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


def said(effects: list[Effect]) -> list[tuple[int, str]]:
    return [
        (line.seq, line.text)
        for effect in effects
        if isinstance(effect, Broadcast) and isinstance(effect.message, m.Live)
        for line in effect.message.said
    ]


def announced(effects: list[Effect]) -> list[m.Came | m.Went | m.Changed | m.Renamed]:
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
            member=2,
            room="Room",
            topic="",
            role="member",
            history="all",
            last_seq=0,
            log=guests.room.log.id,
            members=2,
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
        m.Search(query="x"),
        m.Typing(),
        m.SetAway(away=True),
        m.SetColour(colour=3),
        m.SetTopic(topic="x"),
        m.SetHistory(history="none"),
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
    assert [guests.room.address_of(number) for number in (2, 3, 4)] == ["", "10.0.0.7", ""]
    guests.room.drop(tom, NOW)
    assert guests.room.address_of(3) == ""
    guests.room.drop(local, NOW, "left")
    _, effects = guests.ask(KIM, "kim")
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
    said = m.Said(seq=1, author=1, at=NOW, cid=cid, text="hi", nick="ana")
    assert guests.say(link, "hi", cid) == [
        Send(link, m.Acked(cid=cid, seq=1)),
        Broadcast(m.Live(said=(said,))),
    ]


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


# --- once a turn ----------------------------------------------------------------------------


def refuse(log: Log, *, refuse: bool = True) -> None:
    """Let the disk refuse everything, or nothing any more."""
    log._db.execute(f"PRAGMA query_only = {int(refuse)}")


def test_nothing_is_acknowledged_or_heard_or_read_before_it_is_committed() -> None:
    guests = Guests()
    ana, tom = guests.join(ANA, "ana"), guests.join(TOM, "tom")
    cids = [guests.cid() for _ in range(3)]
    for link, cid in zip((ana, tom, ana), cids, strict=True):
        assert guests.begin_to_say(link, "hi", cid) == []
    assert guests.fetch(ana, 0, 9).said == ()
    link, effects = guests.ask(KIM, "kim")
    assert sent(effects, link, m.Joined)[0].last_seq == 0
    effects = guests.room.settle(NOW)
    assert said(effects) == [(1, "hi"), (2, "hi"), (3, "hi")]
    assert effects[:3] == [
        Send(link, m.Acked(cid=cid, seq=seq))
        for seq, (link, cid) in enumerate(zip((ana, tom, ana), cids, strict=True), 1)
    ]
    assert [one.seq for one in guests.fetch(ana, 0, 9).said] == [1, 2, 3]
    assert guests.room.settle(NOW) == []


def test_message_sent_again_in_the_same_turn_is_one_message_and_each_wish_is_answered() -> None:
    guests = Guests()
    ana, cid = guests.join(ANA, "ana"), guests.cid()
    for _ in range(2):
        assert guests.begin_to_say(ana, "hi", cid) == []
    effects = guests.room.settle(NOW)
    assert said(effects) == [(1, "hi")]
    assert sent(effects, ana, m.Acked) == [m.Acked(cid=cid, seq=1)] * 2
    assert guests.room.log.last_seq == 1


def test_message_sent_again_by_the_next_link_in_the_same_turn_is_acknowledged_there() -> None:
    guests = Guests()
    old, cid = guests.join(ANA, "ana"), guests.cid()
    guests.begin_to_say(old, "hi", cid)
    new = guests.join(ANA, "ana")
    guests.begin_to_say(new, "hi", cid)
    effects = guests.room.settle(NOW)
    assert said(effects) == [(1, "hi")]
    assert sent(effects, new, m.Acked) == [m.Acked(cid=cid, seq=1)]


def test_what_somebody_said_who_left_in_the_same_turn_is_heard() -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    guests.begin_to_say(ana, "bye")
    guests.room.handle(ana, m.Leave(), NOW)
    assert said(guests.room.settle(NOW)) == [(1, "bye")]


def test_disk_that_refuses_is_told_to_each_author_and_leaves_no_hole() -> None:
    guests = Guests()
    ana, tom = guests.join(ANA, "ana"), guests.join(TOM, "tom")
    guests.say(ana, "before")
    refuse(guests.room.log)
    mine, yours = guests.cid(), guests.cid()
    guests.begin_to_say(ana, "lost", mine)
    guests.begin_to_say(tom, "lost too", yours)
    guests.begin_to_say(tom, "lost too", yours)
    assert guests.room.settle(NOW) == [
        Send(ana, m.Rejected(code=Refusal.NOT_SAVED, cid=mine)),
        Send(tom, m.Rejected(code=Refusal.NOT_SAVED, cid=yours)),
        Send(tom, m.Rejected(code=Refusal.NOT_SAVED, cid=yours)),
    ]
    assert guests.room.settle(NOW) == []
    refuse(guests.room.log, refuse=False)
    assert said(guests.say(tom, "lost too", yours)) == [(2, "lost too")]
    assert said(guests.say(ana, "lost", mine)) == [(3, "lost")]
    assert texts(guests.fetch(ana, 0, 9)) == ["before", "lost too", "lost"]


def test_disk_that_refuses_stops_nobody_where_nothing_is_kept() -> None:
    guests = Guests("none")
    refuse(guests.room.log)
    ana, cid = guests.join(ANA, "ana"), guests.cid()
    effects = guests.say(ana, "hi", cid)
    assert said(effects) == [(1, "hi")]
    assert sent(effects, ana, m.Acked) == [m.Acked(cid=cid, seq=1)]


# --- opened again ---------------------------------------------------------------------------


def reopened(guests: Guests, path: Path, history: str = "all") -> Guests:
    guests.room.settle(NOW)
    guests.room.log.close()
    return Guests(history, log=opened(path, history))


def opened(path: Path, history: str = "all") -> Log:
    return Log.open(path, keeps=history != "none").value


def test_room_that_is_opened_again_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    guests = Guests(log=opened(path))
    host, tom = guests.join(HOST, "host", local=True), guests.join(TOM, "tom")
    guests.room.handle(host, m.SetTopic(topic="lunch"), NOW)
    cid = guests.cid()
    guests.say(tom, "hi", cid)
    name = guests.room.log.id
    guests = reopened(guests, path)
    link, effects = guests.ask(TOM, "Tom")
    (joined,) = sent(effects, link, m.Joined)
    assert (joined.member, joined.topic, joined.last_seq, joined.log) == (2, "lunch", 1, name)
    assert guests.say(link, "hi", cid) == [Send(link, m.Acked(cid=cid, seq=1))]
    newcomer = guests.room.member_on(guests.join(KIM, "kim"))
    assert newcomer is not None
    assert newcomer.number == 3
    assert said(guests.say(link, "more", bytes(16))) == [(2, "more")]


def test_device_still_sees_what_it_saw_after_the_room_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    guests = Guests("joined", log=opened(path))
    tom = guests.join(TOM, "tom")
    guests.say(tom, "1")
    guests.join(ANA, "ana")
    guests.say(tom, "2")
    guests = reopened(guests, path, "joined")
    guests.say(guests.join(TOM, "tom"), "3", b"3" * 16)
    assert texts(guests.fetch(guests.join(ANA, "ana"), 0, 9)) == ["2", "3"]
    assert texts(guests.fetch(guests.join(KIM, "kim"), 0, 9)) == []


def test_what_is_remembered_of_members_waits_for_a_disk_that_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    guests = Guests(log=opened(path))
    host = guests.join(HOST, "host", local=True)
    guests.room.tick(NOW)
    refuse(guests.room.log)
    guests.room.handle(host, m.SetTopic(topic="lunch"), NOW)
    assert guests.room.tick(NOW) == []
    ana = guests.join(ANA, "ana")
    assert codes(guests.say(ana)) == [Refusal.NOT_SAVED]
    refuse(guests.room.log, refuse=False)
    guests.join(TOM, "tom")
    guests = reopened(guests, path)
    assert guests.room.settings.topic == "lunch"
    for number, (device, nick) in enumerate([(HOST, "host"), (ANA, "ana"), (TOM, "tom")], 1):
        member = guests.room.member_on(guests.join(device, nick))
        assert member is not None
        assert member.number == number


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
    [("all", ["1", "2", "3", "4"]), ("joined", ["4"]), ("2", ["2", "3", "4"]), ("none", [])],
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


# --- another history ------------------------------------------------------------------------


@pytest.mark.parametrize("device", [ANA, HOST])
def test_history_is_changed_by_the_host_alone(device: bytes) -> None:
    guests = Guests()
    link = guests.join(device, "ana")
    assert guests.choose(link, "none") == [Send(link, m.Rejected(code=Refusal.NOT_PERMITTED))]
    assert guests.room.settings.history == History()


@pytest.mark.parametrize(
    ("history", "count", "told"),
    [("last", 5, 5), ("last", 0, 1), ("joined", 5, 0), ("none", 0, 0)],
)
def test_changed_history_is_told_to_all_and_to_whoever_comes(
    history: m.HistoryName, count: int, told: int
) -> None:
    guests = Guests()
    host = guests.join(HOST, "host", local=True)
    changed = Broadcast(m.HistoryChanged(history=history, count=told))
    guests.room.settle(NOW)
    assert guests.choose(host, history, count) == [changed]
    assert guests.choose(host, history, count) == []
    link, effects = guests.ask(ANA, "ana")
    (joined,) = sent(effects, link, m.Joined)
    assert (joined.history, joined.history_count) == (history, told)


def test_changed_history_holds_for_newcomers_and_for_nobody_who_was_here_before() -> None:
    guests, tom = talked("all", 3)
    host = guests.join(HOST, "host", local=True)
    guests.choose(host, "last", 1)
    guests.say(tom, "4")
    assert texts(guests.fetch(guests.join(ANA, "ana"), 0, 9)) == ["4"]
    guests.choose(host, "all")
    assert texts(guests.fetch(guests.join(ANA, "ana"), 0, 9)) == ["4"]
    assert texts(guests.fetch(guests.join(KIM, "kim"), 0, 9)) == ["1", "2", "3", "4"]
    assert texts(guests.fetch(guests.join(TOM, "tom"), 0, 9)) == ["1", "2", "3", "4"]


def test_what_is_said_is_kept_or_not_by_the_choice_that_held_when_it_was_said() -> None:
    guests = Guests()
    host = guests.join(HOST, "host", local=True)
    turns: list[tuple[str, m.HistoryName]] = [("kept", "none"), ("not kept", "all")]
    for text, history in turns:
        guests.begin_to_say(host, text)
        effects = guests.choose(host, history)
        assert said(effects)[0][1] == text
        assert isinstance(effects[-1], Broadcast)
        assert isinstance(effects[-1].message, m.HistoryChanged)
    guests.say(host, "kept again")
    page = guests.fetch(host, 0, 9)
    assert [(one.seq, one.text) for one in page.said] == [(1, "kept"), (3, "kept again")]
    assert (page.after, page.until, page.start) == (0, 3, 0)


def test_where_nothing_is_kept_any_more_no_page_has_anything_of_before() -> None:
    guests, tom = talked("all", 3)
    host = guests.join(HOST, "host", local=True)
    guests.choose(host, "none")
    assert said(guests.say(tom, "4")) == [(4, "4")]
    page = guests.fetch(tom, 0, 9)
    assert (page.said, page.until, page.start) == ((), 4, 4)
    assert guests.search(tom, "3").said == ()


def test_log_of_which_something_was_not_kept_is_another_one_when_opened_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.db"
    guests = Guests(log=opened(path))
    host = guests.join(HOST, "host", local=True)
    guests.say(host, "kept")
    name = guests.room.log.id
    guests.choose(host, "none")
    guests.say(host, "not kept")
    guests.choose(host, "joined")
    assert guests.room.log.id == name
    guests.join(ANA, "ana")
    guests = reopened(guests, path, "joined")
    assert guests.room.log.id != name
    assert guests.room.log.last_seq == 1
    # Ana's floor was above what the log has now, and hides nothing of what comes.
    guests.say(guests.join(TOM, "tom"), "new", b"n" * 16)
    assert texts(guests.fetch(guests.join(ANA, "ana"), 0, 9)) == ["new"]


# --- searching ------------------------------------------------------------------------------


def test_search_finds_what_the_asker_may_see_and_no_more() -> None:
    guests, tom = talked("joined", 0)
    guests.say(tom, "the secret word")
    ana = guests.join(ANA, "ana")
    guests.say(tom, "no secret any more")
    guests.begin_to_say(tom, "a secret of this turn")
    mine = guests.search(ana, "secret")
    assert ([one.seq for one in mine.said], mine.query, mine.more) == ([2], "secret", False)
    assert [one.seq for one in guests.search(tom, "SECRET").said] == [2, 1]


def test_search_comes_in_pages_newest_first() -> None:
    guests, tom = talked("all", 0)
    for number in range(1, 6):
        guests.say(tom, f"lunch {number}")
    first = guests.search(tom, "lunch", limit=2)
    assert ([one.seq for one in first.said], first.more) == ([5, 4], True)
    second = guests.search(tom, "lunch", before=4, limit=3)
    assert ([one.seq for one in second.said], second.more) == ([3, 2, 1], False)


# --- writing --------------------------------------------------------------------------------


def test_who_is_writing_is_told_once_and_to_all_together() -> None:
    guests = Guests()
    ana, tom = guests.join(ANA, "ana"), guests.join(TOM, "tom")
    assert guests.typing() is None
    guests.type(tom)
    guests.type(ana)
    assert guests.typing() == [1, 2]
    guests.type(ana)
    assert guests.typing(NOW + 1_000) is None


def test_writing_ends_by_itself() -> None:
    guests = Guests()
    guests.type(guests.join(ANA, "ana"))
    assert guests.typing() == [1]
    assert guests.typing(NOW + LASTS - 1) is None
    assert guests.typing(NOW + LASTS) == []


def test_writing_goes_on_while_it_is_said_again() -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    for later in range(0, 4 * LASTS, LASTS // 2):
        guests.type(ana, NOW + later)
        assert guests.typing(NOW + later) == ([1] if later == 0 else None)


def test_writing_ends_with_what_is_said_and_with_a_word() -> None:
    guests = Guests()
    ana, tom = guests.join(ANA, "ana"), guests.join(TOM, "tom")
    guests.type(ana)
    guests.type(tom)
    guests.typing()
    guests.say(ana)
    assert guests.typing() == [2]
    guests.type(tom, active=False)
    assert guests.typing() == []


@pytest.mark.parametrize("leaves", [True, False])
def test_whoever_goes_is_not_writing_any_more(leaves: bool) -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    guests.type(ana)
    guests.typing()
    if leaves:
        guests.room.handle(ana, m.Leave(), NOW)
    else:
        guests.room.drop(ana, NOW)
    assert guests.typing() == []


def test_text_that_is_refused_does_not_end_the_writing() -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    guests.type(ana)
    guests.typing()
    guests.say(ana, LARGEST + "x")
    assert guests.typing() is None


def test_no_more_are_told_as_writing_than_a_window_shows() -> None:
    guests = crowd(limits.MAX_TYPING + 3)
    for link in range(limits.MAX_TYPING + 3, 0, -1):
        guests.type(link)
    assert guests.typing() == list(range(1, limits.MAX_TYPING + 1))
    guests.type(1, active=False)
    assert guests.typing() == list(range(2, limits.MAX_TYPING + 2))


# --- away, and behind -----------------------------------------------------------------------


def test_going_away_and_coming_back_are_told_once_each() -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    for away in (True, False):
        told = [Announce(m.Changed(number=1, away=away))]
        assert guests.room.handle(ana, m.SetAway(away=away), NOW) == told
        assert guests.room.handle(ana, m.SetAway(away=away), NOW) == []
        link, effects = guests.ask(TOM, "tom")
        assert sent(effects, link, m.Roster)[0].members[0].away is away
        guests.room.handle(link, m.Leave(), NOW)


def test_whoever_falls_behind_is_told_of_once_and_being_away_stays() -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    guests.room.handle(ana, m.SetAway(away=True), NOW)
    told = [Announce(m.Changed(number=1, away=True, slow=True))]
    assert guests.room.fall_behind(ana) == told
    assert guests.room.fall_behind(ana) == []


def test_whoever_catches_up_is_told_what_it_missed_before_the_others_are_told_of_it() -> None:
    guests = Guests()
    host, ana = guests.join(HOST, "host", local=True), guests.join(ANA, "ana")
    guests.room.fall_behind(ana)
    guests.room.handle(host, m.SetTopic(topic="lunch"), NOW)
    guests.choose(host, "last", 7)
    guests.say(host)
    tom = guests.join(TOM, "tom")
    effects = guests.room.catch_up(ana)
    assert effects == [
        Send(ana, m.Skipped(last_seq=1, topic="lunch")),
        Send(ana, m.HistoryChanged(history="last", count=7)),
        Send(ana, m.RulesChanged()),
        Send(
            ana,
            m.Roster(
                members=(
                    m.Member(number=1, nick="host", device=HOST, role="host"),
                    m.Member(number=2, nick="ana", device=ANA, slow=True),
                    m.Member(number=3, nick="tom", device=TOM),
                )
            ),
        ),
        Announce(m.Changed(number=2)),
    ]
    link, effects = guests.ask(KIM, "kim")
    assert not any(one.slow for one in sent(effects, link, m.Roster)[0].members)
    assert guests.room.member_on(tom) is not None


def test_whoever_is_not_in_the_room_neither_falls_behind_nor_catches_up() -> None:
    guests = Guests()
    for link in (guests.knock(ANA), 99):
        assert guests.room.fall_behind(link) == []
        assert guests.room.catch_up(link) == []


@pytest.mark.parametrize("away", [True, False])
def test_new_link_of_somebody_who_was_away_or_slow_is_neither_and_all_are_told(away: bool) -> None:
    guests = Guests()
    old = guests.join(ANA, "ana")
    if away:
        guests.room.handle(old, m.SetAway(away=True), NOW)
    else:
        guests.room.fall_behind(old)
    new, effects = guests.ask(ANA, "ana")
    assert announced(effects) == [m.Changed(number=1)]
    assert guests.room.member_on(new) == m.Member(number=1, nick="ana", device=ANA)


# --- colours ---------------------------------------------------------------------------------


def test_colour_is_told_with_the_coming_and_once_for_each_change() -> None:
    guests = Guests()
    link = guests.knock(ANA)
    effects = guests.room.handle(link, m.Join(nick="ana", colour=5), NOW)
    assert [
        change.member.colour for change in announced(effects) if isinstance(change, m.Came)
    ] == [5]
    for colour in (63, -1):
        told = [Announce(m.Changed(number=1, colour=colour))]
        assert guests.room.handle(link, m.SetColour(colour=colour), NOW) == told
        assert guests.room.handle(link, m.SetColour(colour=colour), NOW) == []
        other, effects = guests.ask(TOM, "tom")
        assert sent(effects, other, m.Roster)[0].members[0].colour == colour
        guests.room.handle(other, m.Leave(), NOW)


def test_colour_stays_whatever_else_changes() -> None:
    guests = Guests()
    ana = guests.join(ANA, "ana")
    guests.room.handle(ana, m.SetColour(colour=2), NOW)
    told = [Announce(m.Changed(number=1, away=True, colour=2))]
    assert guests.room.handle(ana, m.SetAway(away=True), NOW) == told
    guests.room.handle(ana, m.Rename(nick="anna"), NOW)
    assert guests.room.members[0].colour == 2


def test_new_link_in_the_same_colour_is_told_to_nobody() -> None:
    guests = Guests()
    old = guests.join(ANA, "ana")
    guests.room.handle(old, m.SetColour(colour=2), NOW)
    again = guests.knock(ANA)
    assert announced(guests.room.handle(again, m.Join(nick="ana", colour=2), NOW)) == []
    third = guests.knock(ANA)
    effects = guests.room.handle(third, m.Join(nick="ana"), NOW)
    assert announced(effects) == [m.Changed(number=1)]


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
