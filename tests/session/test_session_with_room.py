"""Sessions in one room, over links that break and in processes that die: nothing lost or twice."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter, deque
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from msgspec.structs import replace

from app.protocol import messages as m
from app.protocol.codec import decode_from_host, decode_from_member, encode
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings
from app.session.connection import Connection, Phase
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.timeline import NoticeEntry, NoticeKind, SendState
from tests.helpers.clock import ManualClock
from tests.helpers.pair import device
from tests.helpers.sessions import messages, nicknames
from tests.helpers.transport import RecordingTransport

NAMES = ["ana", "tom", "kim"]


class Cable:
    """What is on its way on one link, each direction in order, until it is delivered or cut."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.to_host: deque[bytes] = deque()
        self.to_member: deque[bytes] = deque()


class Guest(RecordingTransport):
    """A session with its store, the link that it has at the moment, and what it was promised."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__()
        self.name = name
        self.path = folder / "0" / "room.sqlite"
        self.cable: Cable | None = None
        self.acked: dict[bytes, int] = {}
        self.kept_none = False
        """Whether it died where nothing is kept of what was confirmed."""
        self.start()

    def start(self) -> None:
        loaded = RoomStore.load(self.path)
        assert (loaded.set_aside, loaded.value.problem) == (None, "")
        self.store = loaded.value
        self.clock = ManualClock()
        self.session = RoomSession(self.name, self.clock, store=self.store)
        self.session.device = device(self.name).id
        self.session.attach(self)
        self.session.show_replica()

    def die(self) -> None:
        """End as by a crash: what is not on the disk is gone. Another process goes on."""
        copy = self.path.parent.with_name(str(int(self.path.parent.name) + 1))
        shutil.copytree(self.path.parent, copy)
        self.store._connection.close()
        self.store._is_open = False
        self.session.attach(RecordingTransport())
        self.path = copy / self.path.name

    def send(self, message: m.AnyMessage) -> None:
        if self.cable is not None:
            self.cable.to_host.append(encode(message))


class SlowRoom(RuleBasedStateMachine):
    """A room, its guests, and links on which every delivery is a step of its own."""

    guests = st.integers(0, len(NAMES) - 1)

    @initialize(
        history=st.sampled_from(["all", "joined", "none", "3"]),
        settles_at_once=st.booleans(),
        all_here=st.booleans(),
    )
    def open(self, history: str, settles_at_once: bool, all_here: bool) -> None:
        self.settles_at_once = settles_at_once
        self.clock = ManualClock()
        self.history = history
        self.folder = tempfile.TemporaryDirectory(prefix="papo")
        self.log_path = Path(self.folder.name) / "log.sqlite"
        self.start_host()
        self.guests_here = [Guest(name, Path(self.folder.name) / name) for name in NAMES]
        self.next_link = 1
        self.next_text = 1
        self.promised: dict[bytes, str] = {}
        if all_here:
            for number in range(len(NAMES)):
                self.connect(number)
                self.write(number, 1)
            self.settle()

    def start_host(self) -> None:
        keeps = self.history != "none"
        settings = RoomSettings("Room", history=History.parse(self.history))
        self.room = Room(settings, Log.open(self.log_path, keeps=keeps).value)
        self.cables: dict[int, Cable] = {}
        self.owners: dict[int, bytes] = {}
        self.log: list[m.Said] = [] if not keeps else getattr(self, "log", [])

    def teardown(self) -> None:
        if not hasattr(self, "room"):
            return
        try:
            for number in range(len(NAMES)):
                self.connect(number)
            self.settle()
            self.everyone_agrees()
        finally:
            for guest in self.guests_here:
                guest.session.close()
            self.room.log.close()
            self.folder.cleanup()

    # --- what happens ---------------------------------------------------------------------

    @rule(number=guests)
    def connect(self, number: int) -> None:
        guest = self.guests_here[number]
        if guest.cable is not None:
            return
        link = self.next_link
        self.next_link += 1
        guest.cable = self.cables[link] = Cable(link)
        self.room.admit(link, guest.session.device, "10.0.0.1")
        guest.session.set_connection(Connection(Phase.CONNECTING))
        guest.send(m.Join(nick=guest.session.nickname))

    @rule(number=guests, host_knows=st.booleans())
    def cut(self, number: int, host_knows: bool) -> None:
        """Break a link. The host finds out now or later; until then it hears what was on its way."""
        guest = self.guests_here[number]
        cable, guest.cable = guest.cable, None
        if cable is None:
            return
        cable.to_member.clear()
        if host_knows:
            self.carry_out(self.room.drop(cable.number, self.now()))
            self.cables.pop(cable.number, None)
        guest.session.set_connection(Connection(Phase.WAITING))

    @rule(number=guests, times=st.integers(1, 3))
    def write(self, number: int, times: int) -> None:
        session = self.guests_here[number].session
        for _ in range(times):
            session.send(f"text {self.next_text}")
            self.next_text += 1
        self.end_turn()
        for entry in session.timeline.pending:
            self.promised[entry.cid] = entry.text

    @rule(number=guests, host_knows=st.booleans())
    def die(self, number: int, host_knows: bool) -> None:
        """Kill a member's process, and start another one."""
        guest = self.guests_here[number]
        self.end_turn()
        keeps = self.history != "none"
        before = {entry.cid for entry in messages(guest.session) if keeps or not entry.seq}
        self.cut(number, host_knows)
        guest.die()
        guest.kept_none |= self.history == "none"
        guest.start()
        after = [entry.cid for entry in messages(guest.session)]
        assert len(after) == len(set(after))
        assert before <= set(after)

    @rule()
    def host_dies(self) -> None:
        """Kill the host's process: what was not committed is gone. Another one opens the room."""
        for number in range(len(NAMES)):
            self.cut(number, host_knows=False)
        self.room.log._db.close()
        self.start_host()
        if self.history == "none":
            # Its numbers begin anew, and nobody has anything of what was.
            for guest in self.guests_here:
                guest.acked.clear()

    @precondition(lambda self: any(cable.to_host for cable in self.cables.values()))
    @rule(data=st.data())
    def host_hears(self, data: st.DataObject) -> None:
        links = sorted(link for link, cable in self.cables.items() if cable.to_host)
        self.deliver_to_host(self.cables[data.draw(st.sampled_from(links))])

    @rule(number=guests, times=st.integers(1, 5))
    def guest_hears(self, number: int, times: int) -> None:
        for _ in range(times):
            self.deliver_to_guest(self.guests_here[number])

    @rule()
    def calm(self) -> None:
        """Let everything arrive that is on its way."""
        self.settle()

    @rule(number=guests)
    def say_again(self, number: int) -> None:
        for entry in self.guests_here[number].session.timeline.pending:
            self.guests_here[number].session.retry(entry.cid)

    # --- how it is carried ----------------------------------------------------------------

    def now(self) -> int:
        return int(self.clock.now() * 1000)

    def deliver_to_host(self, cable: Cable) -> None:
        message = decode_from_member(cable.to_host.popleft())
        self.carry_out(self.room.handle(cable.number, message, self.now()))
        if self.settles_at_once:
            self.commit()

    @rule()
    def commit(self) -> None:
        self.carry_out(self.room.settle(self.now()))

    def end_turn(self) -> None:
        for guest in self.guests_here:
            guest.clock.advance(0)

    def deliver_to_guest(self, guest: Guest) -> None:
        if guest.cable is None or not guest.cable.to_member:
            return
        message = decode_from_host(guest.cable.to_member.popleft())
        if isinstance(message, m.Acked):
            assert guest.acked.setdefault(message.cid, message.seq) == message.seq
        guest.session.receive(message)
        self.end_turn()

    def carry_out(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Send(link=link, message=message):
                    self.give(link, message)
                case Broadcast(message=message):
                    self.tell_all(message)
                case Announce(change=change):
                    self.tell_all(m.Presence(changes=(change,)))
                case Close(link=link):
                    self.cables.pop(link, None)

    def tell_all(self, message: m.AnyMessage) -> None:
        if isinstance(message, m.Live):
            self.log += [replace(one, device=self.owners[one.author]) for one in message.said]
        for link in list(self.cables):
            if self.room.member_on(link) is not None:
                self.give(link, message)

    def give(self, link: int, message: m.AnyMessage) -> None:
        if isinstance(message, m.Joined):
            member = self.room.member_on(link)
            assert member is not None
            self.owners[message.member] = member.device
        if link in self.cables:
            self.cables[link].to_member.append(encode(message))

    def settle(self) -> None:
        """Deliver everything, for as long as there is something on its way."""
        for _ in range(10_000):
            moved = False
            for cable in list(self.cables.values()):
                while cable.to_host:
                    self.deliver_to_host(cable)
                    moved = True
            for guest in self.guests_here:
                while guest.cable is not None and guest.cable.to_member:
                    self.deliver_to_guest(guest)
                    moved = True
            self.commit()
            moved |= any(guest.cable and guest.cable.to_member for guest in self.guests_here)
            if not moved:
                return
        raise AssertionError("the room never comes to rest")

    # --- what holds in the end ------------------------------------------------------------

    def everyone_agrees(self) -> None:
        said = {one.seq: one for one in self.log}
        assert [one.seq for one in self.log] == sorted(said)
        assert not self.log or max(Counter((s.device, s.cid) for s in self.log).values()) == 1
        if self.history != "none":
            assert set(self.promised) == {one.cid for one in self.log}
        for guest in self.guests_here:
            session = guest.session
            while session.load_older():
                self.settle()
                self.end_turn()
            assert session.timeline.pending == ()
            assert guest.store.outbox == {}
            shown = messages(session)
            seqs = [entry.seq for entry in shown]
            assert seqs == sorted(set(seqs))
            for entry in shown:
                assert entry.state is SendState.SENT
                assert (entry.cid, entry.text) == (said[entry.seq].cid, said[entry.seq].text)
                assert entry.mine == (said[entry.seq].device == session.device)
            if not guest.kept_none:
                for cid, seq in guest.acked.items():
                    assert said[seq].cid == cid
                    assert seqs.count(seq) == 1
                own = [entry.seq for entry in shown if entry.mine]
                assert own == [one.seq for one in self.log if one.device == session.device]
            assert nicknames(session) == set(NAMES)
            if self.history == "all":
                assert seqs == list(said)
            if not guest.kept_none:
                self.nothing_is_missing_in_silence(session, seqs)

    def nothing_is_missing_in_silence(self, session: RoomSession, seqs: list[int]) -> None:
        last = self.room.log.last_seq
        holes = [seq for seq in range(min(seqs, default=last), last + 1) if seq not in seqs]
        told = any(
            isinstance(entry, NoticeEntry) and entry.kind is NoticeKind.GAP
            for entry in session.timeline
        )
        assert told or not (seqs and holes)


TestSlowRoom = SlowRoom.TestCase
TestSlowRoom.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
