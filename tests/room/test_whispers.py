"""Private messages in a room: who may write to whom, and that nobody else ever gets any of it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.errors import Refusal
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings

M = TypeVar("M", bound=m.Message)

NOW = 1_700_000_000_000


class Device:
    """A device as a room knows it: a public key, and the id that it makes."""

    def __init__(self, number: int) -> None:
        self.key = b"\x04" + bytes([number]) * 64
        self.id = hashlib.sha256(self.key).digest()


ANA, TOM, KIM, HOST = (Device(number) for number in range(4))


class People:
    """A room, and links to it that are numbered as they come."""

    def __init__(self, history: str = "all", log: Log | None = None) -> None:
        self.room = Room(RoomSettings("Room", history=History.parse(history)), log)
        self._links = itertools.count(1)
        self._cids = itertools.count(1)

    def join(self, device: Device, nick: str, *, local: bool = False) -> int:
        link, effects = self.ask(device, nick, local=local)
        assert not _told(effects, link, m.Rejected)
        return link

    def ask(self, device: Device, nick: str, *, local: bool = False) -> tuple[int, list[Effect]]:
        link = next(self._links)
        self.room.admit(link, device.id, "10.0.0.7", local=local, key=device.key)
        return link, self.room.handle(link, m.Join(nick=nick), NOW)

    def begin(
        self, link: int, to: Device, text: bytes = b"?", cid: bytes | None = None
    ) -> list[Effect]:
        wish = m.Whisper(
            cid=cid or self.cid(), to=to.id, sealed=b"sealed " + text, copy=b"copy " + text
        )
        return self.room.handle(link, wish, NOW)

    def whisper(
        self, link: int, to: Device, text: bytes = b"?", cid: bytes | None = None
    ) -> list[Effect]:
        return [*self.begin(link, to, text, cid), *self.room.settle(NOW)]

    def say(self, link: int, cid: bytes | None = None) -> list[Effect]:
        wish = m.Say(cid=cid or self.cid(), text="hi")
        return [*self.room.handle(link, wish, NOW), *self.room.settle(NOW)]

    def cid(self) -> bytes:
        return next(self._cids).to_bytes(16, "big")

    def fetch(self, link: int, after: int, until: int) -> m.Whispers:
        wish = m.FetchWhispers(after=after, until=until)
        (answer,) = _told(self.room.handle(link, wish, NOW), link, m.Whispers)
        return answer

    def key_of(self, link: int, device: Device) -> bytes:
        (key,) = _told(self.room.handle(link, m.AskKey(device=device.id), NOW), link, m.Key)
        assert key.device == device.id
        return key.key

    def newest(self, device: Device, nick: str) -> int:
        """Come in anew; return which private message one is told to be the newest."""
        link, effects = self.ask(device, nick)
        (joined,) = _told(effects, link, m.Joined)
        return joined.last_private


def _told(effects: Iterable[Effect], link: int, kind: type[M]) -> list[M]:
    return [
        effect.message
        for effect in effects
        if isinstance(effect, Send) and effect.link == link and isinstance(effect.message, kind)
    ]


def _codes(effects: list[Effect], link: int) -> list[str]:
    return [rejected.code for rejected in _told(effects, link, m.Rejected)]


def _sealed(whispers: m.Whispers) -> list[bytes]:
    return [one.sealed for one in whispers.whispers]


def _refuse(log: Log) -> None:
    log._db.execute("PRAGMA query_only = ON")


def _accept(log: Log) -> None:
    log._db.execute("PRAGMA query_only = OFF")


def test_both_devices_are_told_each_with_what_it_can_open_and_nobody_else_anything() -> None:
    people = People()
    ana, tom, kim = people.join(ANA, "ana"), people.join(TOM, "tom"), people.join(KIM, "kim")
    cid = people.cid()
    effects = people.whisper(ana, TOM, b"x", cid)
    assert {effect.link for effect in effects if isinstance(effect, Send)} == {ana, tom}
    assert len(effects) == 3
    assert _told(effects, ana, m.Acked) == [m.Acked(cid=cid, seq=1)]
    (mine,) = _told(effects, ana, m.Whispers)
    (yours,) = _told(effects, tom, m.Whispers)
    assert (_sealed(mine), _sealed(yours)) == ([b"copy x"], [b"sealed x"])
    (one,) = yours.whispers
    assert (one.number, one.author, one.nick, one.to, one.to_nick, one.cid) == (
        *(1, ANA.id, "ana", TOM.id, "tom"),
        cid,
    )
    assert people.fetch(kim, 0, 9).whispers == ()


def test_nothing_is_acknowledged_or_told_before_it_is_on_the_disk() -> None:
    people = People()
    ana, _ = people.join(ANA, "ana"), people.join(TOM, "tom")
    assert people.begin(ana, TOM) == []
    assert people.fetch(ana, 0, 9).whispers == ()
    assert people.newest(ANA, "ana2") == 0
    assert people.room.settle(NOW)
    assert people.room.settle(NOW) == []
    assert people.newest(ANA, "ana3") == 1


@pytest.mark.parametrize("history", ["all", "none"])
def test_room_says_that_there_is_something_to_commit(history: str) -> None:
    people = People(history)
    ana, _ = people.join(ANA, "ana"), people.join(TOM, "tom")
    people.begin(ana, TOM)
    assert people.room.is_dirty


def test_a_second_without_a_turn_acknowledges_none_in_silence() -> None:
    people = People()
    ana, _ = people.join(ANA, "ana"), people.join(TOM, "tom")
    people.begin(ana, TOM)
    people.room.tick(NOW)
    assert _told(people.room.settle(NOW), ana, m.Acked)


def test_all_links_of_both_devices_are_told() -> None:
    people = People()
    links = [people.join(ANA, "ana"), people.join(ANA, "ana2"), people.join(TOM, "tom")]
    effects = people.whisper(links[0], TOM)
    assert [len(_told(effects, link, m.Whispers)) for link in links] == [1, 1, 1]


@pytest.mark.parametrize("history", ["all", "joined", "none"])
def test_sent_again_it_is_still_one_with_one_number(history: str) -> None:
    people = People(history)
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    cid = people.cid()
    people.begin(ana, TOM, b"1", cid)
    effects = people.whisper(ana, TOM, b"2", cid)
    assert [one.seq for one in _told(effects, ana, m.Acked)] == [1, 1]
    assert [_sealed(one) for one in _told(effects, tom, m.Whispers)] == [[b"sealed 1"]]
    assert people.whisper(ana, TOM, b"3", cid) == [Send(ana, m.Acked(cid=cid, seq=1))]
    # The same cid by somebody else is another message.
    assert _told(people.whisper(tom, ANA, b"4", cid), tom, m.Acked) == [m.Acked(cid=cid, seq=2)]


def test_sent_again_after_the_host_was_restarted_it_is_still_one(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    people = People(log=Log.open(path).value)
    ana, _ = people.join(ANA, "ana"), people.join(TOM, "tom")
    cid = people.cid()
    people.whisper(ana, TOM, b"1", cid)
    people.room.log.close()
    people = People(log=Log.open(path).value)
    ana = people.join(ANA, "ana")
    assert people.whisper(ana, TOM, b"2", cid) == [Send(ana, m.Acked(cid=cid, seq=1))]
    assert _sealed(people.fetch(people.join(TOM, "tom"), 0, 9)) == [b"sealed 1"]
    assert _told(people.whisper(ana, TOM, b"3", b"new" + bytes(13)), ana, m.Acked)[0].seq == 2


def test_whoever_is_away_gets_it_on_coming_back_and_its_nickname_is_remembered(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.db"
    people = People(log=Log.open(path).value)
    people.room.drop(people.join(TOM, "Tom"), NOW)
    people.room.tick(NOW)
    people.room.log.close()
    people = People(log=Log.open(path).value)
    ana = people.join(ANA, "ana")
    assert people.key_of(ana, TOM) == TOM.key
    people.whisper(ana, TOM, b"x")
    link, effects = people.ask(TOM, "Tom")
    (joined,) = _told(effects, link, m.Joined)
    assert joined.last_private == 1
    answer = people.fetch(link, 0, 1)
    assert (_sealed(answer), answer.until) == ([b"sealed x"], 1)
    assert answer.whispers[0].to_nick == "Tom"


def test_nickname_of_somebody_who_changed_it_and_left_is_the_newer_one() -> None:
    people = People()
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    people.room.handle(tom, m.Rename(nick="tommy"), NOW)
    people.room.drop(tom, NOW)
    (news,) = _told(people.whisper(ana, TOM), ana, m.Whispers)
    assert news.whispers[0].to_nick == "tommy"


def test_key_of_a_device_that_was_never_here_is_empty() -> None:
    people = People()
    assert people.key_of(people.join(ANA, "ana"), KIM) == b""


def test_somebody_admitted_who_never_joined_is_nobody_to_write_to() -> None:
    people = People()
    ana = people.join(ANA, "ana")
    people.room.admit(99, KIM.id, "10.0.0.8", key=KIM.key)
    assert people.key_of(ana, KIM) == b""
    assert _codes(people.whisper(ana, KIM), ana) == [Refusal.NO_SUCH_MEMBER]


@pytest.mark.parametrize("to", [ANA, KIM])
def test_oneself_and_strangers_cannot_be_written_to(to: Device) -> None:
    people = People()
    ana = people.join(ANA, "ana")
    cid = people.cid()
    assert people.whisper(ana, to, cid=cid) == [
        Send(ana, m.Rejected(code=Refusal.NO_SUCH_MEMBER, cid=cid))
    ]


def test_where_nothing_is_kept_only_somebody_here_is_written_to() -> None:
    people = People("none")
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    assert _told(people.whisper(ana, TOM, b"here"), tom, m.Whispers)
    assert people.fetch(tom, 0, 9) == m.Whispers(whispers=(), after=0, until=1)
    assert people.room.log.read("SELECT count(*) FROM whispers") == [(0,)]
    people.room.drop(tom, NOW)
    assert _codes(people.whisper(ana, TOM), ana) == [Refusal.NO_SUCH_MEMBER]
    assert people.newest(TOM, "tom") == 1


def test_what_was_kept_before_is_not_told_while_nothing_is_kept() -> None:
    people = People()
    host = people.join(HOST, "host", local=True)
    ana = people.join(ANA, "ana")
    people.whisper(ana, HOST, b"before")
    people.begin(ana, HOST, b"in the same turn")
    people.room.handle(host, m.SetHistory(history="none"), NOW)
    people.whisper(ana, HOST, b"while")
    assert people.fetch(ana, 0, 9) == m.Whispers(whispers=(), after=0, until=3)
    people.room.handle(host, m.SetHistory(history="all"), NOW)
    assert _sealed(people.fetch(ana, 0, 9)) == [b"copy before", b"copy in the same turn"]
    assert _told(people.whisper(ana, HOST), ana, m.Acked)[0].seq == 4


def test_disk_that_refuses_is_told_to_the_author_and_nothing_is_kept() -> None:
    people = People()
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    people.room.tick(NOW)
    _refuse(people.room.log)
    cid = people.cid()
    people.begin(ana, TOM, b"1", cid)
    people.begin(ana, TOM, b"1", cid)
    rejected = Send(ana, m.Rejected(code=Refusal.NOT_SAVED, cid=cid))
    assert people.room.settle(NOW) == [rejected, rejected]
    _accept(people.room.log)
    assert people.fetch(tom, 0, 9).whispers == ()
    assert _told(people.whisper(ana, TOM, b"2", cid), ana, m.Acked) == [m.Acked(cid=cid, seq=1)]
    assert _sealed(people.fetch(tom, 0, 9)) == [b"sealed 2"]


def test_it_goes_with_what_is_said_in_the_same_turn_or_not_at_all() -> None:
    people = People()
    ana, _ = people.join(ANA, "ana"), people.join(TOM, "tom")
    people.room.tick(NOW)
    _refuse(people.room.log)
    people.begin(ana, TOM)
    assert _codes(people.say(ana), ana) == [Refusal.NOT_SAVED] * 2
    _accept(people.room.log)
    assert people.room.log.read("SELECT count(*) FROM whispers") == [(0,)]


def test_it_stands_below_what_was_said_before_in_the_same_turn() -> None:
    people = People()
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    known = people.cid()
    people.say(ana, known)
    people.room.handle(ana, m.Say(cid=people.cid(), text="new"), NOW)
    (news,) = _told(people.whisper(ana, TOM), tom, m.Whispers)
    assert news.whispers[0].after == people.fetch(tom, 0, 9).whispers[0].after == 2


def test_it_stands_below_no_message_that_turns_out_to_be_an_old_one() -> None:
    people = People()
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    known = people.cid()
    people.say(ana, known)
    # What a member sends again, once it is back, and something private in the same turn.
    people.room.handle(ana, m.Say(cid=known, text="hi"), NOW)
    (news,) = _told(people.whisper(ana, TOM), tom, m.Whispers)
    assert news.whispers[0].after == people.fetch(tom, 0, 9).whispers[0].after == 1


def test_answers_hold_what_fits_and_say_how_far_they_go() -> None:
    people = People()
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    for _ in range(25):
        people.begin(ana, TOM)
        people.begin(tom, KIM)  # Nobody: no number is lost by it.
    people.room.settle(NOW)
    first = people.fetch(tom, 0, 25)
    assert [one.number for one in first.whispers] == list(range(1, limits.MAX_WHISPERS + 1))
    assert (first.after, first.until) == (0, limits.MAX_WHISPERS)
    rest = people.fetch(tom, first.until, 99)
    assert (len(rest.whispers), rest.until) == (25 - limits.MAX_WHISPERS, 25)
    assert people.fetch(tom, 25, 99) == m.Whispers(whispers=(), after=25, until=25)
    assert people.fetch(tom, 9, 3) == m.Whispers(whispers=(), after=9, until=9)


def test_answers_of_the_longest_fit_a_frame() -> None:
    people = People()
    nicks = ["\U0001f600" * 32, "\U0001f601" * 32]
    ana, tom = people.join(ANA, nicks[0]), people.join(TOM, nicks[1])
    for _ in range(5):
        text = bytes(limits.MAX_SEALED - len(b"sealed "))
        people.begin(ana, TOM, text)
    people.room.settle(NOW)
    until = got = 0
    while until < 5:
        answer = people.fetch(tom, until, 5)
        assert len(encode(answer)) <= limits.MAX_FRAME
        assert answer.until > until
        until = answer.until
        got += len(answer.whispers)
    assert got == 5


def test_reader_that_was_left_out_is_told_the_newest() -> None:
    people = People()
    ana, tom = people.join(ANA, "ana"), people.join(TOM, "tom")
    people.room.fall_behind(tom)
    people.whisper(ana, TOM)
    (skipped,) = _told(people.room.catch_up(tom), tom, m.Skipped)
    assert skipped.last_private == 1


def test_whoever_may_not_write_may_not_whisper_but_hears_of_what_was_taken_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = People()
    ana, _ = people.join(ANA, "ana"), people.join(TOM, "tom")
    cid = people.cid()
    people.whisper(ana, TOM, cid=cid)
    monkeypatch.setattr(Room, "may_write", lambda _room, _link: Refusal.MUTED)
    assert _codes(people.whisper(ana, TOM), ana) == [Refusal.MUTED]
    assert _told(people.whisper(ana, TOM, cid=cid), ana, m.Acked) == [m.Acked(cid=cid, seq=1)]


# --- whatever happens in whatever order -----------------------------------------------------

PEOPLE = [ANA, TOM, KIM]


class AnyPost(RuleBasedStateMachine):
    """A room whose people write to each other: every sealed text says between whom it is."""

    people = st.sampled_from(range(len(PEOPLE)))

    @initialize(history=st.sampled_from(["all", "joined", "none"]))
    def open(self, history: str) -> None:
        self.history = history
        self.post = People(history)
        self.on: dict[int, Device] = {}
        self.owners: dict[int, Device] = {}
        self.numbers: dict[tuple[bytes, bytes], int] = {}
        self.was_here: set[bytes] = set()
        self.texts: dict[tuple[bytes, bytes], bytes] = {}
        self.refused = False

    @rule(who=people, nick=st.sampled_from(["a", "b"]))
    def join(self, who: int, nick: str) -> None:
        device = PEOPLE[who]
        link, effects = self.post.ask(device, f"{who}{nick}")
        self.on[link] = self.owners[link] = device
        self.was_here.add(device.id)
        self.look(effects)

    @rule(data=st.data(), to=people, cid=st.integers(0, 3), settles=st.booleans())
    def whisper(self, data: st.DataObject, to: int, cid: int, settles: bool) -> None:
        if not self.on:
            return
        link = data.draw(st.sampled_from(sorted(self.on)))
        author, recipient = self.on[link], PEOPLE[to]
        name = bytes([cid]) * 16
        text = author.id + recipient.id
        effects = self.post.begin(link, recipient, text, name)
        if any(isinstance(e, Send) and isinstance(e.message, m.Rejected) for e in effects):
            here = recipient in self.on.values()
            known = here if self.history == "none" else recipient.id in self.was_here
            assert recipient is author or not known
        else:
            self.texts.setdefault((author.id, name), recipient.id)
        self.look(effects)
        if settles:
            self.settle()

    @rule()
    def settle(self) -> None:
        self.look(self.post.room.settle(NOW))

    @rule()
    def disk_refuses(self) -> None:
        self.post.room.tick(NOW)
        self.settle()
        (_refuse if not self.refused else _accept)(self.post.room.log)
        self.refused = not self.refused

    @rule(data=st.data(), after=st.integers(0, 9), until=st.integers(0, 20))
    def fetch(self, data: st.DataObject, after: int, until: int) -> None:
        if self.on:
            link = data.draw(st.sampled_from(sorted(self.on)))
            answer = self.post.fetch(link, after, until)
            self.look([Send(link, answer)])
            device = self.on[link].id
            numbers = [one.number for one in answer.whispers]
            own = {
                number
                for (author, cid), number in self.numbers.items()
                if device in (author, self.texts[author, cid])
            }
            if self.history != "none":
                assert numbers == sorted(n for n in own if after < n <= answer.until)

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        if self.on:
            link = data.draw(st.sampled_from(sorted(self.on)))
            self.look(self.post.room.drop(link, NOW))
            self.on.pop(link, None)

    def look(self, effects: list[Effect]) -> None:
        """Check all that anybody is told."""
        for effect in effects:
            if isinstance(effect, Close):
                self.on.pop(effect.link, None)
            elif isinstance(effect, Broadcast | Announce):
                continue
            elif isinstance(effect.message, m.Whispers):
                device = self.on[effect.link].id
                for one in effect.message.whispers:
                    assert device in (one.author, one.to)
                    kind = b"copy " if device == one.author else b"sealed "
                    assert one.sealed == kind + one.author + one.to
                    self.note(one.author, one.cid, one.number)
            elif isinstance(effect.message, m.Acked):
                message = effect.message
                self.note(self.owners[effect.link].id, message.cid, message.seq)
            elif effect.message == (rejected := self._not_saved(effect)):
                assert self.refused
                assert rejected.cid is not None
                name = (self.owners[effect.link].id, rejected.cid)
                assert name not in self.numbers
                self.texts.pop(name, None)

    def _not_saved(self, effect: Send) -> m.Rejected:
        cid = getattr(effect.message, "cid", None)
        return m.Rejected(code=Refusal.NOT_SAVED, cid=cid)

    def note(self, author: bytes, cid: bytes, number: int) -> None:
        assert self.numbers.setdefault((author, cid), number) == number

    @invariant()
    def numbers_are_given_once(self) -> None:
        given = sorted(getattr(self, "numbers", {}).values())
        assert given == sorted(set(given))


TestAnyPost = AnyPost.TestCase
TestAnyPost.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
