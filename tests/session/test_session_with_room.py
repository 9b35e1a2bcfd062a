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
from app.protocol.errors import Refusal
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.history import History
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings
from app.security.sealer import Sealer
from app.session.connection import Connection, Phase
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.timeline import MessageEntry, NoticeEntry, NoticeKind, SendState
from tests.helpers.clock import ManualClock
from tests.helpers.pair import FINGERPRINT, device
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
        self.session.whispers.use(Sealer(device(self.name), FINGERPRINT))
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
        self.whispered: dict[bytes, tuple[str, str, str]] = {}
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
        key = device(guest.name).public
        self.room.admit(link, guest.session.device, "10.0.0.1", key=key)
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
            if not entry.private_with:
                self.promised[entry.cid] = entry.text

    @rule(number=guests, to=guests)
    def whisper(self, number: int, to: int) -> None:
        """Write privately; under "none" and to somebody unknown the host may refuse it."""
        author, recipient = self.guests_here[number], self.guests_here[to]
        refusal = author.session.whispers.send(
            recipient.session.device, recipient.name, f"secret {self.next_text}"
        )
        self.next_text += 1
        assert (refusal is not None) is (author is recipient)
        self.end_turn()
        for entry in author.session.timeline.pending:
            if entry.private_with:
                to_name = next(n for n in NAMES if device(n).id == entry.private_with)
                self.whispered[entry.cid] = (author.name, to_name, entry.text)

    @rule(number=guests, which=st.integers(0, 5))
    def delete(self, number: int, which: int) -> None:
        """Delete a message of one's own, whether there is a link or not."""
        session = self.guests_here[number].session
        own = [entry for entry in messages(session) if entry.mine and entry.seq]
        if own:
            session.moderation.delete(own[which % len(own)].seq)

    @rule(number=guests, which=st.integers(0, 5))
    def edit(self, number: int, which: int) -> None:
        """Edit a message of one's own, whether there is a link or not; it is kept at once."""
        session = self.guests_here[number].session
        own = [entry for entry in messages(session) if entry.mine and entry.seq]
        if own:
            seq = own[which % len(own)].seq
            if session.edit(seq, f"text {self.next_text}") is None:
                entry = session.quoted(seq)
                assert entry is not None
                assert entry.edit is not None
                assert entry.edit.text == f"text {self.next_text}"
            self.next_text += 1

    @rule(number=guests, which=st.integers(0, 5), emoji=st.sampled_from("👍🎉"), on=st.booleans())
    def react(self, number: int, which: int, emoji: str, on: bool) -> None:
        """Put an emoji to any message, or take it back, whether there is a link or not."""
        session = self.guests_here[number].session
        shown = [entry for entry in messages(session) if entry.seq]
        if shown:
            seq = shown[which % len(shown)].seq
            if session.react(seq, emoji, on) is None:
                entry = session.quoted(seq)
                assert entry is not None
                assert (emoji in {one.emoji for one in entry.reactions if one.mine}) is on

    @rule(number=guests, which=st.integers(0, 5))
    def answer(self, number: int, which: int) -> None:
        """Answer any message."""
        session = self.guests_here[number].session
        shown = [entry for entry in messages(session) if entry.seq]
        if shown:
            session.send(f"text {self.next_text}", reply_to=shown[which % len(shown)].seq)
            self.next_text += 1
            self.end_turn()
            for entry in session.timeline.pending:
                if not entry.private_with:
                    self.promised[entry.cid] = entry.text

    @rule(number=guests, host_knows=st.booleans())
    def die(self, number: int, host_knows: bool) -> None:
        """Kill a member's process, and start another one."""
        guest = self.guests_here[number]
        self.end_turn()
        keeps = self.history != "none"
        before = {
            entry.cid
            for entry in messages(guest.session)
            if keeps or not (entry.seq or entry.number)
        }
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
        if isinstance(message, m.Acked) and message.cid not in self.whispered:
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
            assert set(self.promised) == {one.cid for one in self.log if one.kind == "text"}
        deleted = {one.about: one.nick for one in self.log if one.kind == "delete"}
        assert len(deleted) == sum(one.kind == "delete" for one in self.log)
        for guest in self.guests_here:
            session = guest.session
            while session.load_older():
                self.settle()
                self.end_turn()
            self.private_ones_are_right(guest)
            assert session.timeline.pending == ()
            assert session.on_their_way == 0
            assert guest.store.outbox == {}
            shown = [entry for entry in messages(session) if not entry.private_with]
            seqs = [entry.seq for entry in shown]
            assert seqs == sorted(set(seqs))
            for entry in shown:
                assert entry.state is SendState.SENT
                assert (entry.cid, said[entry.seq].kind) == (said[entry.seq].cid, "text")
                # Where nothing is kept, whoever was away does not hear of it.
                assert entry.deleted == (entry.seq in deleted) or self.history == "none"
                if entry.deleted:
                    assert (entry.text, entry.deleted_by) == ("", deleted[entry.seq])
                else:
                    self.changes_are_right(entry)
                assert entry.mine == (said[entry.seq].device == session.device)
            if not guest.kept_none:
                for cid, seq in guest.acked.items():
                    # What is so already has its line: a second wish gets the number of that.
                    assert said[seq].cid == cid or said[seq].kind not in {"text", "edit"}
                    assert seqs.count(seq) == (said[seq].kind == "text")
                own = [entry.seq for entry in shown if entry.mine]
                texts = [one for one in self.log if one.kind == "text"]
                assert own == [one.seq for one in texts if one.device == session.device]
            assert nicknames(session) == set(NAMES)
            if self.history == "all":
                assert seqs == [one.seq for one in self.log if one.kind == "text"]
                kept = guest.store.before(self.room.log.last_seq, 10_000)
                texts_kept = {one.seq: one.text for one in kept if one.kind in {"text", "edited"}}
                assert texts_kept == {
                    seq: self.last_text(seq) for seq in seqs if seq not in deleted
                }
                assert all(not one.text for one in kept if one.kind in {"edit", "deleted"})
            if not guest.kept_none:
                self.nothing_is_missing_in_silence(session, seqs)

    def last_text(self, seq: int) -> str:
        edits = [one.text for one in self.log if one.kind == "edit" and one.about == seq]
        return [*(one.text for one in self.log if one.seq == seq), *edits][-1]

    def changes_are_right(self, entry: MessageEntry) -> None:
        """The last edit counts, the reactions are those of the log, and it answers what it did."""
        (line,) = [one for one in self.log if one.seq == entry.seq]
        assert entry.edit is None
        assert entry.reply_to == line.about
        edits = [one.text for one in self.log if one.kind == "edit" and one.about == entry.seq]
        if self.history == "none":
            assert entry.text in {line.text, *edits}
            return
        assert (entry.text, entry.edited) == (self.last_text(entry.seq), bool(edits))
        standing: dict[tuple[str, bytes], m.Said] = {}
        for one in self.log:
            if one.about == entry.seq and one.kind in {"react", "unreact"}:
                standing[one.text, one.device] = one
        there = sorted(
            (one for one in standing.values() if one.kind == "react"), key=lambda one: one.seq
        )
        expected: dict[str, tuple[str, ...]] = {}
        for one in there:
            expected[one.text] = (*expected.get(one.text, ()), one.nick)
        assert {one.emoji: one.nicks for one in entry.reactions} == expected

    def private_ones_are_right(self, guest: Guest) -> None:
        """Each once, in its place, between the right two; and where all is kept, all of them."""
        entries = messages(guest.session)
        for entry in entries:
            if entry.state is SendState.FAILED:
                # Nobody of that device was ever here, or nothing is kept and it was not here then.
                assert entry.failure == Refusal.NO_SUCH_MEMBER
                del self.whispered[entry.cid]
                guest.session.discard(entry.cid)
        self.end_turn()
        shown = [entry for entry in entries if entry.state is SendState.SENT]
        assert [entry.place for entry in shown] == sorted({entry.place for entry in shown})
        private = [entry for entry in shown if entry.private_with]
        for entry in private:
            author, recipient, text = self.whispered[entry.cid]
            assert not entry.unopened
            assert entry.text == text
            assert guest.name == (author if entry.mine else recipient)
            assert entry.private_with == device(recipient if entry.mine else author).id
            assert entry.private_nick == (recipient if entry.mine else author)
        assert len({entry.cid for entry in private}) == len(private)
        if self.history != "none":
            own = {cid for cid, names in self.whispered.items() if guest.name in names[:2]}
            missing = own - {entry.cid for entry in private}
            assert all(self.may_have_failed(cid) for cid in missing)

    def may_have_failed(self, cid: bytes) -> bool:
        """Tell whether the author of a private message was told that it was not sent."""
        author = self.whispered[cid][0]
        entries = messages(self.guests_here[NAMES.index(author)].session)
        return any(e.cid == cid and e.state is SendState.FAILED for e in entries)

    def nothing_is_missing_in_silence(self, session: RoomSession, seqs: list[int]) -> None:
        last = self.room.log.last_seq
        first = min(seqs, default=last + 1)
        passed_over = {one.seq for one in self.log if one.kind != "text"}
        holes = set(range(first, last + 1)) - set(seqs) - passed_over
        told = any(
            isinstance(entry, NoticeEntry) and entry.kind is NoticeKind.GAP
            for entry in session.timeline
        )
        assert told or not holes


TestSlowRoom = SlowRoom.TestCase
TestSlowRoom.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
