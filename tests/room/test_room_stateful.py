"""Whatever happens to a room in whatever order, its promises hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from app.protocol import messages as m
from app.protocol.names import nickname_key
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.nicknames import NICKNAME_HELD
from app.room.room import Room
from app.room.settings import RoomSettings

DEVICES = [bytes([number]) * 32 for number in range(4)]
NICKS = ["ana", "Ana", "tom", "kim", "", "x" * 33]
TEXTS = ["hi", "", "é" * 5_000, "x" * 5_001]


class AnyRoom(RuleBasedStateMachine):
    """A room and what its links were told of it."""

    links = st.integers(1, 30)

    @initialize(
        history=st.sampled_from(["all", "joined", "2", "none"]), max_members=st.integers(1, 4)
    )
    def open(self, history: str, max_members: int) -> None:
        self.history = History.parse(history)
        self.room = Room(RoomSettings("Room", history=self.history, max_members=max_members))
        self.device_of: dict[int, bytes] = {}
        self.inside: dict[int, int] = {}
        self.owners: dict[int, bytes] = {}
        self.local: set[int] = set()
        self.heard: list[m.Said] = []
        self.floors: dict[bytes, int] = {}
        self.acked: dict[tuple[bytes, bytes], int] = {}
        self.now = 0
        self.next_link = 1

    # --- what happens ---------------------------------------------------------------------

    @rule(device=st.sampled_from(DEVICES), nick=st.sampled_from(NICKS), local=st.booleans())
    def join(self, device: bytes, nick: str, local: bool) -> None:
        link = self.next_link
        self.next_link += 1
        # There is one host's window at most, as in the program.
        local = local and not self.local
        self.room.admit(link, device, f"10.0.0.{link}", local=local)
        self.device_of[link] = device
        if local:
            self.local.add(link)
        self.join_on(link, nick)

    @rule(link=links, nick=st.sampled_from(NICKS))
    def join_on(self, link: int, nick: str) -> None:
        was_inside = link in self.inside
        last_seq = self.room.log.last_seq
        effects = self.take(self.room.handle(link, m.Join(nick=nick), self.now))
        joined = [e for e in effects if isinstance(e, Send) and isinstance(e.message, m.Joined)]
        assert len(joined) <= 1
        if joined:
            assert not was_inside
            device = self.device_of[link]
            floor = self.history.floor(last_seq)
            if self.history.name == "none":
                self.floors[device] = floor
            self.floors.setdefault(device, floor)

    @rule(link=links, cid=st.integers(0, 5), text=st.sampled_from(TEXTS))
    def say(self, link: int, cid: int, text: str) -> None:
        wish = m.Say(cid=bytes([cid]) * 16, text=text)
        effects = self.take(self.room.handle(link, wish, self.now))
        effects += self.take(self.room.settle(self.now))
        if link not in self.inside:
            assert effects == []
            return
        answer = effects[0]
        assert isinstance(answer, Send)
        assert answer.link == link
        if isinstance(answer.message, m.Acked):
            name = (self.device_of[link], wish.cid)
            assert answer.message.seq == self.acked.setdefault(name, answer.message.seq)
            assert any(
                (one.seq, one.device, one.cid) == (answer.message.seq, *name) for one in self.heard
            )
        else:
            assert isinstance(answer.message, m.Rejected)
            assert answer.message.cid == wish.cid

    @rule(link=links)
    def leave(self, link: int) -> None:
        self.take(self.room.handle(link, m.Leave(), self.now))
        if self.inside.pop(link, None) is not None:
            self.forget(link)

    @rule(link=links)
    def drop(self, link: int) -> None:
        self.take(self.room.drop(link, self.now))
        self.inside.pop(link, None)
        self.forget(link)

    @rule(link=links, topic=st.sampled_from(["a", "b", "x" * 300]))
    def set_topic(self, link: int, topic: str) -> None:
        self.take(self.room.handle(link, m.SetTopic(topic=topic), self.now))

    @rule(milliseconds=st.sampled_from([1, NICKNAME_HELD // 2, NICKNAME_HELD]))
    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds

    @rule(
        link=links,
        after=st.integers(0, 30),
        until=st.integers(0, 30),
        newest=st.booleans(),
        limit=st.integers(1, 6),
    )
    def fetch(self, link: int, after: int, until: int, newest: bool, limit: int) -> None:
        wish = m.Fetch(after=after, until=until, newest=newest, limit=limit)
        effects = self.take(self.room.handle(link, wish, self.now))
        if link not in self.inside:
            assert effects == []
            return
        (answer,) = effects
        assert isinstance(answer, Send)
        page = answer.message
        assert isinstance(page, m.Page)
        assert after <= page.after <= page.until <= max(after, until)
        assert page.start >= self.floors[self.device_of[link]]
        expected = [
            said for said in self.heard if max(page.after, page.start) < said.seq <= page.until
        ]
        assert list(page.said) == expected
        assert len(expected) <= limit
        # The near end is always the one that was asked for.
        last = min(until, self.room.log.last_seq)
        if last > after:
            assert (page.until if newest else page.after) == (last if newest else after)
            assert page.until > page.after

    # --- what the effects may be ----------------------------------------------------------

    def take(self, effects: list[Effect]) -> list[Effect]:
        for effect in effects:
            if isinstance(effect, Send):
                assert effect.link in self.device_of
                if isinstance(effect.message, m.Joined):
                    self.inside[effect.link] = effect.message.member
                    self.owners[effect.message.member] = self.device_of[effect.link]
                elif effect.link not in self.inside:
                    assert isinstance(effect.message, m.Rejected)
                if isinstance(effect.message, m.Located):
                    assert effect.link in self.local
            elif isinstance(effect, Close):
                assert effect.link in self.device_of
                assert effect.link not in self.local
                self.inside.pop(effect.link, None)
                self.forget(effect.link)
            elif isinstance(effect, Broadcast):
                if isinstance(effect.message, m.Live):
                    self.heard += [
                        replace(one, device=self.owners[one.author]) for one in effect.message.said
                    ]
            else:
                assert isinstance(effect, Announce)
        return effects

    def forget(self, link: int) -> None:
        self.device_of.pop(link, None)
        self.local.discard(link)

    # --- what always holds ----------------------------------------------------------------

    @invariant()
    def numbers_have_no_holes(self) -> None:
        assert [said.seq for said in self.heard] == list(range(1, self.room.log.last_seq + 1))

    @invariant()
    def each_message_is_said_once(self) -> None:
        assert not self.heard or max(Counter((s.device, s.cid) for s in self.heard).values()) == 1

    @invariant()
    def each_nickname_is_one_member(self) -> None:
        keys = [nickname_key(member.nick) for member in self.room.members]
        assert len(keys) == len(set(keys))
        numbers = [member.number for member in self.room.members]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def room_knows_who_is_inside(self) -> None:
        assert sorted(self.inside.values()) == sorted(m.number for m in self.room.members)
        for link, number in self.inside.items():
            member = self.room.member_on(link)
            assert member is not None
            assert member.number == number
            assert member.device == self.device_of[link]
            assert (member.role == "host") == (link in self.local)

    @invariant()
    def room_is_never_overfull(self) -> None:
        assert len(self.inside) <= self.room.settings.max_members + len(self.local)


TestAnyRoom = AnyRoom.TestCase
TestAnyRoom.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
