"""Clocks that jump: the order is the log's, whatever time it is anywhere."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.protocol import messages as m
from app.room.effects import Broadcast, Effect, Send
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock
from tests.helpers.sessions import messages
from tests.helpers.transport import RecordingTransport

DAY = 86_400.0
JUMPS = [-3650 * DAY, -DAY, -3600.0, -0.001, 0.0, 0.001, 3600.0, DAY, 3650 * DAY]


class Member:
    """A session on a clock of its own, and its link in memory."""

    def __init__(self, number: int) -> None:
        self.link = number
        self.clock = ManualClock()
        self.transport = RecordingTransport()
        self.session = RoomSession(f"member{number}", self.clock, whole_history=True)
        self.session.device = bytes([number]) * 32
        self.session.attach(self.transport)


class Together:
    """A host on a jumping clock, and members on others."""

    def __init__(self, path: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.path = path
        self.clock = ManualClock()
        self.members = [Member(number) for number in (1, 2)]
        self.open()

    def open(self) -> None:
        self.room = Room(RoomSettings(name="Lab"), Log.open(self.path).value)
        for member in self.members:
            self.room.admit(member.link, member.session.device, "10.0.0.1")
            self.hand_on(member, m.Join(nick=member.session.nickname))

    def reopen(self) -> None:
        self.room.log.close()
        self.open()

    def jump(self) -> None:
        for clock in [self.clock, *(member.clock for member in self.members)]:
            clock._unix += self.chance.choice(JUMPS)

    def hand_on(self, member: Member, message: m.AnyMessage) -> None:
        self.carry_out(self.room.handle(member.link, message, self.now()))

    def carry_out(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Send | Broadcast):
                for member in self.members:
                    if isinstance(effect, Broadcast) or effect.link == member.link:
                        member.session.receive(effect.message)

    def settle(self) -> None:
        """Let everything arrive that is on its way."""
        while wishes := [(o, w) for o in self.members for w in o.transport.events]:
            for member in self.members:
                member.transport.events.clear()
            for member, wish in wishes:
                assert isinstance(wish, m.Message)
                self.hand_on(member, wish)
            self.carry_out(self.room.settle(self.now()))

    def now(self) -> int:
        return int(self.clock.now() * 1000)


@pytest.mark.parametrize("seed", range(20))
def test_order_does_not_depend_on_clocks(tmp_path: Path, seed: int) -> None:
    together = Together(tmp_path / "log.db", seed)
    together.settle()
    written: list[list[str]] = [[], []]
    for number in range(40):
        together.jump()
        author = together.chance.randrange(2)
        written[author].append(f"{author} {number}")
        assert together.members[author].session.send(written[author][-1]) is None
        if together.chance.random() < 0.7:
            together.settle()
    together.settle()
    log = together.room.log.between(0, 100, 100, newest=False)
    assert [said.seq for said in log] == list(range(1, 41))
    for author, member in enumerate(together.members):
        own = [said.text for said in log if said.author == author + 1]
        assert own == written[author]
        assert [entry.seq for entry in messages(member.session)] == list(range(1, 41))
        assert [entry.text for entry in messages(member.session)] == [said.text for said in log]
    times = [said.at for said in log]
    assert times != sorted(times), "the host's clock was to jump back"
    together.room.log.close()


def test_log_that_is_opened_in_the_past_goes_on_where_it_was(tmp_path: Path) -> None:
    together = Together(tmp_path / "log.db", 1)
    together.settle()
    together.members[0].session.send("before")
    together.settle()
    together.clock._unix -= 3650 * DAY
    together.reopen()
    together.members[1].session.send("after")
    together.settle()
    log = together.room.log.between(0, 100, 100, newest=False)
    assert [(said.seq, said.text) for said in log] == [(1, "before"), (2, "after")]
    assert log[0].at > log[1].at
    for member in together.members:
        assert [entry.text for entry in messages(member.session)] == ["before", "after"]
    together.room.log.close()
