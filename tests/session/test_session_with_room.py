"""Several sessions in one room over links that are slow and break: nothing lost, nothing twice."""

from __future__ import annotations

from collections import Counter, deque

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.protocol import messages as m
from app.protocol.codec import decode_from_host, decode_from_member, encode
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.room import Room, RoomSettings
from app.session.connection import Connection, Phase
from app.session.room_session import RoomSession
from app.session.timeline import SendState
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
    """A session, and the link that it has at the moment."""

    def __init__(self, name: str, clock: ManualClock) -> None:
        super().__init__()
        self.session = RoomSession(name, clock, whole_history=True)
        self.session.device = device(name).id
        self.session.attach(self)
        self.cable: Cable | None = None
        self.acked: dict[bytes, int] = {}

    def send(self, message: m.AnyMessage) -> None:
        if self.cable is not None:
            self.cable.to_host.append(encode(message))


class SlowRoom(RuleBasedStateMachine):
    """A room, its guests, and links on which every delivery is a step of its own."""

    guests = st.integers(0, len(NAMES) - 1)

    @initialize(history=st.sampled_from(["all", "joined", "none", "3"]))
    def open(self, history: str) -> None:
        self.clock = ManualClock()
        self.history = history
        self.room = Room(RoomSettings("Room", history=History.parse(history)))
        self.guests_here = [Guest(name, self.clock) for name in NAMES]
        self.cables: dict[int, Cable] = {}
        self.log: list[m.Said] = []
        self.next_link = 1
        self.next_text = 1

    def teardown(self) -> None:
        if not hasattr(self, "room"):
            return
        for number in range(len(NAMES)):
            self.connect(number)
        self.settle()
        self.everyone_agrees()

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
        for _ in range(times):
            self.guests_here[number].session.send(f"text {self.next_text}")
            self.next_text += 1

    @precondition(lambda self: any(cable.to_host for cable in self.cables.values()))
    @rule(data=st.data())
    def host_hears(self, data: st.DataObject) -> None:
        links = sorted(link for link, cable in self.cables.items() if cable.to_host)
        self.deliver_to_host(self.cables[data.draw(st.sampled_from(links))])

    @rule(number=guests, times=st.integers(1, 5))
    def guest_hears(self, number: int, times: int) -> None:
        for _ in range(times):
            self.deliver_to_guest(self.guests_here[number])

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

    def deliver_to_guest(self, guest: Guest) -> None:
        if guest.cable is None or not guest.cable.to_member:
            return
        message = decode_from_host(guest.cable.to_member.popleft())
        if isinstance(message, m.Acked):
            assert guest.acked.setdefault(message.cid, message.seq) == message.seq
        guest.session.receive(message)

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
        if isinstance(message, m.Said):
            self.log.append(message)
        for link in list(self.cables):
            if self.room.member_on(link) is not None:
                self.give(link, message)

    def give(self, link: int, message: m.AnyMessage) -> None:
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
            if not moved:
                return
        raise AssertionError("the room never comes to rest")

    # --- what holds in the end ------------------------------------------------------------

    def everyone_agrees(self) -> None:
        said = {one.seq: one for one in self.log}
        assert [one.seq for one in self.log] == list(range(1, len(self.log) + 1))
        assert not self.log or max(Counter((s.device, s.cid) for s in self.log).values()) == 1
        for guest in self.guests_here:
            session = guest.session
            assert session.timeline.pending == ()
            shown = messages(session)
            seqs = [entry.seq for entry in shown]
            assert seqs == sorted(set(seqs))
            for entry in shown:
                assert entry.state is SendState.SENT
                assert (entry.cid, entry.text) == (said[entry.seq].cid, said[entry.seq].text)
                assert entry.mine == (said[entry.seq].device == session.device)
            for cid, seq in guest.acked.items():
                assert said[seq].cid == cid
                assert seqs.count(seq) == 1
            own = [entry.seq for entry in shown if entry.mine]
            assert own == [one.seq for one in self.log if one.device == session.device]
            assert nicknames(session) == set(NAMES)
            if self.history == "all":
                assert seqs == list(said)
            elif self.history != "none" and seqs:
                # From where it came in, everything: whoever stayed long enough sees the same.
                theirs = [seq for seq in seqs if seq > min(seqs)]
                assert theirs == list(range(min(seqs) + 1, len(said) + 1))


TestSlowRoom = SlowRoom.TestCase
TestSlowRoom.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
