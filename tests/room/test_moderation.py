"""Who may do what: by the device that the link proved, and by nothing that a message says."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.errors import Refusal
from app.protocol.limits import MAX_BANS, MAX_FRAME
from app.room import deeds
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.log import Log
from app.room.moderation import banned_address
from app.room.room import Room
from tests.room.test_room import (
    ANA,
    HOST,
    KIM,
    NOW,
    TOM,
    Guests,
    announced,
    codes,
    refusals,
    said,
    sent,
)

EVE = b"e" * 32
DEEDS: list[m.AnyMessage] = [
    m.Remove(member=3),
    m.Remove(member=3, ban=True, address=True),
    m.Mute(member=3),
    m.SetRole(member=3, role="moderator"),
    m.SetRules(locked=True),
    m.SetRules(hosts_only=True),
    m.FetchBans(),
    m.Unban(ban=1),
    m.FetchActs(),
]


class Order(Guests):
    """A room with its host (member 1) on link 1, ana (2) on 2, tom (3) on 3 and kim (4) on 4."""

    def __init__(self, history: str = "all", log: Log | None = None) -> None:
        super().__init__(history, log=log)
        self.host = self.join(HOST, "host", local=True)
        self.ana = self.join(ANA, "ana")
        self.tom = self.join(TOM, "tom")
        self.kim = self.join(KIM, "kim")

    def do(self, link: int, wish: m.AnyMessage, now: int = NOW) -> list[Effect]:
        return self.room.handle(link, wish, now)

    def promote(self, number: int = 2) -> None:
        assert self.do(self.host, m.SetRole(member=number, role="moderator"))

    def nicks(self) -> list[str]:
        return sorted(member.nick for member in self.room.members)

    def bans(self) -> tuple[m.Ban, ...]:
        (listed,) = sent(self.do(self.host, m.FetchBans()), self.host, m.Bans)
        return listed.bans

    def acts(self, before: int = 0, limit: int = 100) -> m.Acts:
        wish = m.FetchActs(before=before, limit=limit)
        (acts,) = sent(self.do(self.host, wish), self.host, m.Acts)
        return acts

    def deeds(self) -> list[tuple[str, str, str]]:
        return [(act.by, act.deed, act.nick) for act in self.acts().acts]


def closed(effects: list[Effect]) -> dict[int, Refusal]:
    return {e.link: e.refusal for e in effects if isinstance(e, Close)}


# --- rights ---------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", DEEDS)
def test_plain_member_may_do_none_of_it_and_nothing_happens(wish: m.AnyMessage) -> None:
    order = Order()
    before = order.room.members
    effects = order.do(order.ana, wish)
    assert effects == [Send(order.ana, m.Rejected(code=Refusal.NOT_PERMITTED))]
    assert order.room.members == before
    assert order.bans() == ()
    assert order.acts().acts == ()


@pytest.mark.parametrize("wish", DEEDS)
def test_host_may_do_all_of_it_and_a_moderator_all_but_making_moderators(
    wish: m.AnyMessage,
) -> None:
    assert codes(Order().do(1, wish)) == []
    order = Order()
    order.promote()
    makes = isinstance(wish, m.SetRole)
    assert codes(order.do(order.ana, wish)) == ([Refusal.NOT_PERMITTED] if makes else [])


@pytest.mark.parametrize("target", [1, 2, 3], ids=["host", "oneself", "moderator"])
@pytest.mark.parametrize(
    "wish", [m.Remove(member=0), m.Remove(member=0, ban=True), m.Mute(member=0)]
)
def test_moderator_has_no_right_over_host_moderator_or_oneself(
    target: int, wish: m.Remove | m.Mute
) -> None:
    order = Order()
    order.promote(2)
    order.promote(3)
    before = order.room.members
    assert codes(order.do(order.ana, replace(wish, member=target))) == [Refusal.NOT_PERMITTED]
    assert order.room.members == before


@pytest.mark.parametrize(
    "deed", [m.Remove(member=5), m.Mute(member=5), m.Remove(member=5, ban=True)]
)
def test_second_window_of_the_hosts_device_is_out_of_everybodys_reach(deed: m.AnyMessage) -> None:
    order = Order()
    second = order.join(HOST, "second")
    order.promote(2)
    assert order.room.member_on(second) == m.Member(number=5, nick="second", device=HOST)
    assert codes(order.do(order.ana, deed)) == [Refusal.NOT_PERMITTED]
    assert codes(order.do(order.host, deed)) == [Refusal.NOT_PERMITTED]


def test_hosts_device_is_no_host_but_in_the_hosts_own_window() -> None:
    order = Order()
    second = order.join(HOST, "second")
    assert codes(order.do(second, m.SetRules(locked=True))) == [Refusal.NOT_PERMITTED]


def test_nobody_of_that_number_is_said_to_be_nobody() -> None:
    order = Order()
    order.room.drop(order.tom, NOW, "left")
    for wish in DEEDS[:4]:
        assert codes(order.do(order.host, wish)) == [Refusal.NO_SUCH_MEMBER]


# --- roles ----------------------------------------------------------------------------------


def test_role_holds_at_once_on_all_links_of_the_device_and_at_later_ones() -> None:
    order = Order()
    second = order.join(ANA, "ana 2")
    effects = order.do(order.host, m.SetRole(member=2, role="moderator"))
    assert effects == [
        Announce(m.Changed(number=2, role="moderator")),
        Announce(m.Changed(number=5, role="moderator")),
    ]
    assert codes(order.do(second, m.FetchBans())) == []
    assert order.do(order.host, m.SetRole(member=5, role="moderator")) == []
    link, told = order.ask(ANA, "ana")
    (joined,) = sent(told, link, m.Joined)
    assert joined.role == "moderator"
    assert order.do(order.host, m.SetRole(member=2, role="member"))
    assert codes(order.do(link, m.FetchBans())) == [Refusal.NOT_PERMITTED]


def test_what_stands_of_a_member_is_told_whole_whatever_of_it_changes() -> None:
    order = Order()
    order.promote(2)
    order.do(order.host, m.Mute(member=2))
    assert order.do(order.ana, m.SetAway(away=True)) == [
        Announce(m.Changed(number=2, away=True, muted=True, role="moderator"))
    ]


# --- removing -------------------------------------------------------------------------------


def test_removed_member_is_out_and_may_come_back() -> None:
    order = Order()
    effects = order.do(order.host, m.Remove(member=3))
    assert effects == [
        Close(order.tom, Refusal.REMOVED),
        Announce(m.Went(number=3, nick="tom", at=NOW, reason="removed")),
    ]
    assert order.nicks() == ["ana", "host", "kim"]
    order.join(EVE, "tom")
    order.join(TOM, "tom 2")


def test_banned_device_goes_with_all_its_links_and_stays_out_under_any_nickname() -> None:
    order = Order()
    second = order.join(TOM, "tom 2")
    outside = order.knock(TOM)
    effects = order.do(order.host, m.Remove(member=3, ban=True))
    assert closed(effects) == dict.fromkeys((order.tom, second, outside), Refusal.BANNED)
    assert [change.number for change in announced(effects) if isinstance(change, m.Went)] == [3, 5]
    link, answer = order.ask(TOM, "somebody else")
    assert answer == [Close(link, Refusal.BANNED)]
    assert order.do(link, m.Join(nick="again")) == []
    order.join(EVE, "eve")
    assert order.nicks() == ["ana", "eve", "host", "kim"]


def test_banned_address_keeps_other_devices_out_but_neither_moderators_nor_the_host() -> None:
    order = Order()
    order.promote(2)
    effects = order.do(order.ana, m.Remove(member=3, ban=True, address=True))
    assert set(closed(effects)) == {order.tom, order.kim}
    link, answer = order.ask(EVE, "eve")
    assert answer == [Close(link, Refusal.BANNED)]
    order.join(ANA, "ana 2")
    order.join(HOST, "host 2")
    elsewhere = order.knock(EVE, address="10.0.0.8")
    assert codes(order.do(elsewhere, m.Join(nick="eve"))) == []
    (ban,) = order.bans()
    assert (ban.nick, ban.device, ban.by, ban.at) == ("tom", TOM, "ana", NOW)
    assert ban.address == "10.0.0.7"


def test_ban_without_address_keeps_no_other_device_out() -> None:
    order = Order()
    order.do(order.host, m.Remove(member=3, ban=True))
    assert order.bans()[0].address == ""
    order.join(EVE, "eve")


def test_lifted_ban_lets_in_and_the_bans_that_are_left_are_told() -> None:
    order = Order()
    order.do(order.host, m.Remove(member=3, ban=True))
    order.do(order.host, m.Remove(member=4, ban=True))
    kim, tom = order.bans()
    assert (kim.nick, tom.nick) == ("kim", "tom")
    (left,) = sent(order.do(order.host, m.Unban(ban=tom.number)), order.host, m.Bans)
    assert left.bans == (kim,)
    order.join(TOM, "tom")
    (same,) = sent(order.do(order.host, m.Unban(ban=tom.number)), order.host, m.Bans)
    assert same.bans == (kim,)


def test_banned_moderator_is_none_any_more_once_it_is_let_in_again() -> None:
    order = Order()
    order.promote(3)
    order.do(order.host, m.Remove(member=3, ban=True))
    order.do(order.host, m.Unban(ban=order.bans()[0].number))
    tom = order.room.member_on(order.join(TOM, "tom"))
    assert tom is not None
    assert tom.role == "member"


def test_answer_with_the_most_and_longest_bans_fits_a_frame() -> None:
    order = Order()
    for number in range(MAX_BANS + 5):
        device = number.to_bytes(32, "big")
        link = order.knock(device, address=f"2001:db8:ffff:{number + 0xF000:x}::1")
        nick = "\U0001f600" * 28 + f"{number:04}"
        assert not refusals(order.do(link, m.Join(nick=nick)))
        member = order.room.member_on(link)
        assert member is not None
        order.do(order.host, m.Remove(member=member.number, ban=True, address=number % 2 == 0))
    listed = order.bans()
    assert 100 < len(listed) <= MAX_BANS
    assert listed[0].nick.endswith("0204")
    assert len(encode(m.Bans(bans=listed))) < MAX_FRAME
    assert closed(order.ask((0).to_bytes(32, "big"), "the oldest holds all the same")[1])


@pytest.mark.parametrize(
    ("text", "banned"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::1"),
        ("::1", "::1"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_address_is_banned_as_what_one_computer_has(text: str, banned: str) -> None:
    assert banned_address(text) == banned


# --- who may write --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "code"), [(m.Mute(member=2), "muted"), (m.SetRules(hosts_only=True), "hosts-only")]
)
def test_whoever_may_not_write_is_told_so_for_everything_that_is_written(
    rule: m.AnyMessage, code: str
) -> None:
    order = Order()
    order.say(order.ana, "before", b"b" * 16)
    order.do(order.host, rule)
    wishes: list[m.Say | m.Delete | m.Whisper] = [
        m.Say(cid=b"1" * 16, text="hi"),
        m.Delete(cid=b"2" * 16, seq=1),
        m.Whisper(cid=b"3" * 16, to=TOM, sealed=b"x", copy=b"x"),
    ]
    for wish in wishes:
        assert order.do(order.ana, wish) == [Send(order.ana, m.Rejected(code=code, cid=wish.cid))]
    order.type(order.ana)
    assert order.typing() is None
    assert said(order.say(order.host, "the host may")) == [(2, "the host may")]
    # What it said while it might has its answer still: it was said.
    again = order.do(order.ana, m.Say(cid=b"b" * 16, text="before"))
    assert again == [Send(order.ana, m.Acked(cid=b"b" * 16, seq=1))]


def test_mute_holds_for_the_device_and_is_shown_to_everyone() -> None:
    order = Order()
    assert order.do(order.host, m.Mute(member=3)) == [Announce(m.Changed(number=3, muted=True))]
    link = order.join(TOM, "another name")
    member = order.room.member_on(link)
    assert member is not None
    assert member.muted
    assert codes(order.say(link)) == [Refusal.MUTED]
    order.do(order.host, m.Mute(member=3, muted=False))
    assert codes(order.say(link)) == codes(order.say(order.tom)) == []


def test_moderator_may_write_where_only_hosts_do() -> None:
    order = Order()
    order.promote()
    order.do(order.host, m.SetRules(hosts_only=True))
    assert codes(order.say(order.ana)) == []
    assert codes(order.say(order.tom)) == [Refusal.HOSTS_ONLY]


def test_whoever_writes_when_it_is_muted_is_not_writing_any_more() -> None:
    order = Order()
    order.type(order.tom)
    assert order.typing() == [3]
    order.do(order.host, m.Mute(member=3))
    order.type(order.tom)
    assert order.typing() == []


# --- the door -------------------------------------------------------------------------------


def test_locked_room_lets_in_whoever_was_there_before_and_nobody_else() -> None:
    order = Order()
    order.room.drop(order.tom, NOW, "left")
    assert order.do(order.host, m.SetRules(locked=True)) == [
        Broadcast(m.RulesChanged(locked=True, by="host"))
    ]
    link, answer = order.ask(EVE, "eve")
    assert answer == [Send(link, m.Rejected(code=Refusal.ROOM_LOCKED))]
    back, told = order.ask(TOM, "another name")
    (joined,) = sent(told, back, m.Joined)
    assert joined.locked
    order.do(order.host, m.SetRules())
    assert codes(order.do(link, m.Join(nick="eve"))) == []


def test_whoever_catches_up_is_told_the_rules_and_how_all_stand() -> None:
    order = Order()
    order.room.fall_behind(order.ana)
    order.do(order.host, m.SetRules(hosts_only=True))
    order.do(order.host, m.Mute(member=3))
    effects = order.room.catch_up(order.ana)
    assert sent(effects, order.ana, m.RulesChanged) == [m.RulesChanged(hosts_only=True)]
    (page,) = sent(effects, order.ana, m.Roster)
    assert [member.number for member in page.members if member.muted] == [3]


# --- what was done --------------------------------------------------------------------------


def test_everything_that_is_done_is_written_down_with_who_did_it() -> None:
    order = Order()
    order.promote(2)
    order.say(order.kim, "one")
    order.do(order.ana, m.Mute(member=3))
    order.do(order.ana, m.Mute(member=3, muted=False))
    order.do(order.ana, m.SetRules(locked=True, hosts_only=True))
    order.do(order.host, m.SetRules())
    order.do(order.ana, m.Delete(cid=order.cid(), seq=1))
    order.room.settle(NOW)
    order.do(order.ana, m.SetTopic(topic="lunch"))
    order.choose(order.host, "joined")
    order.do(order.host, m.Remove(member=3))
    order.do(order.ana, m.Remove(member=4, ban=True))
    order.do(order.host, m.Unban(ban=1))
    order.do(order.host, m.SetRole(member=2, role="member"))
    assert order.deeds()[::-1] == [
        ("host", "made-moderator", "ana"),
        ("ana", "muted", "tom"),
        ("ana", "unmuted", "tom"),
        ("ana", "locked", ""),
        ("ana", "hosts-only", ""),
        ("host", "unlocked", ""),
        ("host", "everyone", ""),
        ("ana", "deleted", "kim"),
        ("ana", "topic", ""),
        ("host", "history", ""),
        ("host", "removed", "tom"),
        ("ana", "banned", "kim"),
        ("host", "unbanned", "kim"),
        ("host", "made-member", "ana"),
    ]


def test_acts_come_in_pages_and_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds, "KEPT", 10)
    order = Order()
    for number in range(12):
        order.do(order.host, m.Mute(member=3, muted=number % 2 == 0))
    first = order.acts(limit=4)
    second = order.acts(before=first.acts[-1].number, limit=6)
    assert [act.number for act in first.acts + second.acts] == list(range(12, 2, -1))
    assert (first.more, second.more) == (True, False)


# --- the disk -------------------------------------------------------------------------------


def test_all_of_it_holds_after_the_host_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    order.promote(2)
    order.do(order.host, m.Mute(member=3))
    order.do(order.host, m.Remove(member=4, ban=True, address=True))
    order.do(order.host, m.SetRules(locked=True, hosts_only=True))
    # As by a crash: nothing more is committed than was at each deed.
    order.room.log._db.close()

    again = Guests(log=Log.open(path).value)
    host = again.join(HOST, "host", local=True)
    link, told = again.ask(ANA, "ana")
    (joined,) = sent(told, link, m.Joined)
    assert (joined.role, joined.locked, joined.hosts_only) == ("moderator", True, True)
    tom = again.knock(TOM, address="10.0.0.8")
    assert codes(again.room.handle(tom, m.Join(nick="tom"), NOW)) == []
    assert codes(again.say(tom)) == [Refusal.MUTED]
    kim = again.knock(KIM, address="10.0.0.8")
    assert closed(again.room.handle(kim, m.Join(nick="x"), NOW)) == {kim: Refusal.BANNED}
    eve, answer = again.ask(EVE, "eve")
    assert closed(answer) == {eve: Refusal.BANNED}
    elsewhere = again.knock(EVE, address="10.0.0.8")
    assert codes(again.room.handle(elsewhere, m.Join(nick="eve"), NOW)) == [Refusal.ROOM_LOCKED]
    assert again.room.handle(host, m.Unban(ban=1), NOW) == [Send(host, m.Bans(bans=()))]
    assert again.join(KIM, "kim")


def test_ban_is_on_the_disk_before_anybody_hears_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    order.begin_to_say(order.tom, "last words")
    effects = order.do(order.host, m.Remove(member=3, ban=True))
    # What was said before is acknowledged first, and said.
    kinds = [type(e).__name__ for e in effects]
    assert kinds == ["Send", "Broadcast", "Close", "Announce"]
    order.room.log._db.close()
    log = Log.open(path).value
    assert [ban.device for ban in deeds.Deeds(log).bans()] == [TOM]
    assert [said.text for said in log.between(0, 9, 9, newest=False)] == ["last words"]


@pytest.mark.parametrize("history", ["all", "none"])
def test_where_the_disk_refuses_the_deed_holds_and_whoever_did_it_is_told(history: str) -> None:
    order = Order(history)
    order.room.tick(NOW)
    order.room.log._db.execute("PRAGMA query_only = 1")
    effects = order.do(order.host, m.Remove(member=3, ban=True))
    assert codes(effects) == [Refusal.NOT_SAVED]
    assert closed(effects) == {order.tom: Refusal.BANNED}
    assert [ban.nick for ban in order.bans()] == ["tom"]
    assert order.acts().acts == ()
    order.room.log._db.execute("PRAGMA query_only = 0")
    assert order.do(order.host, m.Mute(member=4))
    assert [deed for _, deed, _ in order.deeds()] == ["muted", "banned"]


# --- nicknames ------------------------------------------------------------------------------


def rename(order: Guests, link: int, nick: str) -> list[Effect]:
    return order.room.handle(link, m.Rename(nick=nick), NOW)


def test_renamed_member_keeps_its_number_for_good_and_frees_its_nickname(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    order = Order(log=Log.open(path).value)
    assert rename(order, order.ana, " anna ") == [
        Announce(m.Renamed(number=2, nick="anna", before="ana", at=NOW))
    ]
    (member,) = (one for one in order.room.members if one.number == 2)
    assert (member.nick, member.device) == ("anna", ANA)
    eve = order.room.member_on(order.join(EVE, "ana"))
    assert eve is not None
    order.say(order.ana, "hi")
    assert order.fetch(order.tom, 0, 9).said[0].nick == "anna"
    order.room.tick(NOW)
    order.room.log._db.close()
    again = Guests(log=Log.open(path).value)
    numbers = {
        nick: one.number
        for device, nick in [(ANA, "anna"), (EVE, "ana"), (TOM, "tom"), (b"n" * 32, "new")]
        if (one := again.room.member_on(again.join(device, nick)))
    }
    assert numbers == {"anna": 2, "ana": eve.number, "tom": 3, "new": 6}


@pytest.mark.parametrize(
    ("nick", "code"),
    [
        ("", Refusal.NICKNAME_EMPTY),
        ("x" * 33, Refusal.NICKNAME_TOO_LONG),
        ("a\u202eb", Refusal.NICKNAME_NOT_ALLOWED),
        ("TOM", Refusal.NICKNAME_TAKEN),
        ("ana 2", Refusal.NICKNAME_TAKEN),
    ],
)
def test_nickname_that_join_would_refuse_is_refused(nick: str, code: Refusal) -> None:
    order = Order()
    # Even that of one's own second window: two members cannot become one.
    order.join(ANA, "ana 2")
    before = order.room.members
    assert codes(rename(order, order.ana, nick)) == [code]
    assert order.room.members == before


def test_nickname_that_waits_for_another_device_is_taken_and_ones_own_is_not() -> None:
    order = Order()
    order.room.drop(order.tom, NOW, "lost")
    assert codes(rename(order, order.ana, "tom")) == [Refusal.NICKNAME_TAKEN]
    second = order.join(ANA, "ana 2")
    order.room.drop(second, NOW, "lost")
    assert codes(rename(order, order.ana, "ana 2")) == []


def test_same_nickname_in_another_spelling_is_a_renaming_and_in_the_same_is_nothing() -> None:
    order = Order()
    assert rename(order, order.ana, "ana") == []
    assert announced(rename(order, order.ana, "Ana"))
    link = order.join(ANA, "ANA")
    member = order.room.member_on(link)
    assert member is not None
    assert member.number == 2


def test_no_number_is_ever_two_devices_however_they_rename() -> None:
    order = Order()
    owners = {member.number: member.device for member in order.room.members}
    devices = itertools.cycle([ANA, EVE, TOM])
    for device, nick in zip(
        devices, ["a", "b", "c", "a", "b", "c", "b", "c", "a", "d"], strict=False
    ):
        for link in [at for at in list(order.room._here.members) if at > order.kim]:
            rename(order, link, nick + nick)
            order.room.drop(link, NOW, "left")
        link = order.join(device, nick)
        rename(order, link, nick * 2)
        for member in order.room.members:
            assert owners.setdefault(member.number, member.device) == member.device
    assert len(order.room._naming._numbers) == len(set(order.room._naming._numbers.values()))


def test_host_may_rename_its_own_window() -> None:
    order = Order()
    assert announced(rename(order, order.host, "Marina"))
    assert order.do(order.host, m.Remove(member=3))
    assert order.deeds() == [("Marina", "removed", "tom")]
    assert isinstance(order.room, Room)
