"""A session on a store: what it shows before the network answers, and what outlives its process."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.session.keeping import DRAFT_EVERY
from app.session.replica import FIRST_SIGHT
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.store_file import StoreFailed, StoreProblem
from app.session.timeline import NoticeEntry, SendState
from app.session.transport import FoundMessages
from tests.helpers.clock import ManualClock
from tests.helpers.sessions import messages, texts
from tests.helpers.transport import ME, let_in, live, lose, run, said
from tests.session.stores import Desk, crash, loaded

LOG, OTHER_LOG = b"log one", b"log two"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms" / "room.sqlite"


def page(after: int, until: int, *, start: int = 0) -> m.Page:
    return m.Page(after=after, until=until, said=run(max(after, start) + 1, until), start=start)


def seqs(session: RoomSession) -> list[int]:
    return [entry.seq for entry in messages(session)]


def kinds(session: RoomSession) -> list[str]:
    return [
        entry.kind.value if isinstance(entry, NoticeEntry) else str(entry.seq)
        for entry in session.timeline
    ]


def enter(desk: Desk, last_seq: int) -> None:
    """Come in, with all that is asked for answered."""
    let_in(desk.session, last_seq, log=LOG)
    for fetch in desk.transport.take(m.Fetch):
        desk.session.receive(page(fetch.after, fetch.until))
    desk.end_turn()


def visited(path: Path, last_seq: int) -> Path:
    """Have been in a room of that many messages, and gone."""
    desk = Desk(path)
    enter(desk, last_seq)
    return desk.close()


class Ear(QObject):
    """Keeps what a session tells, in order."""

    def __init__(self, session: RoomSession) -> None:
        super().__init__(session)
        self.failures: list[str] = []
        self.found: list[FoundMessages] = []
        session.store_failed.connect(self._on_store_failed)
        session.found.connect(self._on_found)

    @pyqtSlot(str)
    def _on_store_failed(self, problem: str) -> None:
        self.failures.append(problem)

    @pyqtSlot(FoundMessages)
    def _on_found(self, found: FoundMessages) -> None:
        self.found.append(found)


# --- before the network answers -------------------------------------------------------------


def test_reopened_room_shows_what_is_kept_at_once(path: Path) -> None:
    desk = Desk(path)
    let_in(desk.session, 2, log=LOG, topic="lunch")
    desk.session.receive(m.Page(after=0, until=2, said=(said(1), said(2, "mine", mine=True))))
    desk = Desk(desk.close())
    session = desk.session
    assert texts(session) == ["message 1", "mine"]
    assert [entry.mine for entry in messages(session)] == [False, True]
    assert (session.info.name, session.info.topic) == ("Room", "lunch")
    assert session.member_number == -1
    assert session.unread == 0
    enter(desk, 3)
    assert seqs(session) == [1, 2, 3]


def test_reopened_room_fetches_only_what_is_missing(path: Path) -> None:
    desk = Desk(visited(path, 5))
    let_in(desk.session, 9, log=LOG)
    assert desk.transport.take(m.Fetch) == [m.Fetch(after=5, until=9)]


def test_only_the_latest_are_shown_at_first_and_older_ones_come_from_here(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 150)
    for seq in range(151, 451):
        desk.session.receive(live(said(seq)))
    desk = Desk(desk.close())
    session = desk.session
    assert seqs(session) == list(range(451 - FIRST_SIGHT, 451))
    assert session.has_older
    assert session.load_older()
    assert session.load_older()
    desk.end_turn()
    assert seqs(session) == list(range(51, 451))
    assert session.load_older()
    desk.end_turn()
    assert seqs(session) == list(range(1, 451))
    assert not session.load_older()
    enter(desk, 450)
    assert not session.load_older()
    assert desk.transport.take(m.Fetch) == []


def test_above_what_is_kept_the_host_is_asked_and_its_answer_kept(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 500)
    assert seqs(desk.session)[0] == 301
    assert desk.session.load_older()
    assert desk.transport.take(m.Fetch) == [m.Fetch(after=0, until=300, newest=True)]
    desk.session.receive(page(100, 300))
    desk = Desk(desk.close())
    assert desk.session.load_older()
    desk.end_turn()
    assert seqs(desk.session) == list(range(101, 501))
    assert desk.session.has_older
    assert not desk.session.load_older()
    enter(desk, 500)
    assert desk.session.load_older()
    assert desk.transport.take(m.Fetch) == [m.Fetch(after=0, until=100, newest=True)]


def test_whole_history_comes_from_the_host_alone(path: Path) -> None:
    left = visited(path, 3)
    desk = Desk(left, whole_history=True)
    assert seqs(desk.session) == []
    let_in(desk.session, 4, log=LOG)
    assert desk.transport.take(m.Fetch) == [m.Fetch(after=0, until=4)]
    desk.session.receive(page(0, 4))
    assert seqs(Desk(desk.close()).session) == [1, 2, 3, 4]


# --- the outbox -----------------------------------------------------------------------------


def test_message_is_on_the_disk_before_it_is_sent(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    desk.session.send("first")
    assert len(desk.transport.take(m.Say)) == 1
    assert texts(Desk(desk.crash()).session) == ["first"]


def test_further_messages_of_a_turn_go_out_together_once_they_are_on_the_disk(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    for text in ("one", "two", "three"):
        desk.session.send(text)
    assert [say.text for say in desk.transport.take(m.Say)] == ["one"]
    desk.end_turn()
    assert [say.text for say in desk.transport.take(m.Say)] == ["two", "three"]
    assert texts(Desk(desk.crash()).session) == ["one", "two", "three"]


def test_messages_of_a_run_that_ended_are_sent_again_in_order_before_new_ones(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    for text in ("one", "two"):
        desk.session.send(text)
    desk.end_turn()
    says = desk.transport.take(m.Say)
    desk = Desk(desk.crash())
    assert [entry.state for entry in messages(desk.session)] == [SendState.SENDING] * 2
    desk.session.send("three")
    desk.end_turn()
    assert desk.transport.take(m.Say) == []
    let_in(desk.session, 0, log=LOG)
    again = desk.transport.take(m.Say)
    assert again[:2] == says
    assert [say.text for say in again] == ["one", "two", "three"]


class Eager(QObject):
    """Writes something the moment it hears that it is in."""

    def __init__(self, session: RoomSession) -> None:
        super().__init__(session)
        self._session = session
        session.connection_changed.connect(self._on_changed)

    @pyqtSlot()
    def _on_changed(self) -> None:
        self._session.send("new")


def test_nothing_written_on_joining_overtakes_what_waited(path: Path) -> None:
    desk = Desk(path)
    desk.session.send("old")
    eager = Eager(desk.session)
    let_in(desk.session, 0, log=LOG)
    assert [say.text for say in desk.transport.take(m.Say)] == ["old", "new"]
    eager.deleteLater()


def test_acknowledged_message_is_not_sent_again_and_finds_its_place(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    desk.session.send("mine")
    (say,) = desk.transport.take(m.Say)
    desk.session.receive(m.Acked(cid=say.cid, seq=1))
    desk.end_turn()
    desk = Desk(desk.crash())
    assert [entry.state for entry in messages(desk.session)] == [SendState.SENT]
    let_in(desk.session, 2, log=LOG)
    assert desk.transport.take(m.Say) == []
    log = (said(1, "mine", cid=say.cid, mine=True), said(2))
    desk.session.receive(m.Page(after=0, until=2, said=log))
    assert texts(desk.session) == ["mine", "message 2"]
    assert desk.session.timeline.pending == ()
    assert desk.store.outbox == {}


def test_confirmed_message_leaves_the_outbox(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    desk.session.send("mine")
    (say,) = desk.transport.take(m.Say)
    desk.session.receive(m.Acked(cid=say.cid, seq=1))
    desk.session.receive(live(said(1, "mine", cid=say.cid, mine=True)))
    desk.end_turn()
    desk = Desk(desk.crash())
    assert desk.store.outbox == {}
    assert [(entry.text, entry.mine) for entry in messages(desk.session)] == [("mine", True)]


def test_refused_message_stays_refused_until_it_is_tried_again_or_given_up(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    for text in ("one", "two"):
        desk.session.send(text)
        desk.end_turn()
    one, two = desk.transport.take(m.Say)
    for say in (one, two):
        desk.session.receive(m.Rejected(code=Refusal.NOT_SAVED, cid=say.cid))
    desk = Desk(desk.close())
    assert [(entry.state, entry.failure) for entry in messages(desk.session)] == [
        (SendState.FAILED, Refusal.NOT_SAVED)
    ] * 2
    enter(desk, 0)
    assert desk.transport.take(m.Say) == []
    desk.session.discard(one.cid)
    desk.session.retry(two.cid)
    desk.end_turn()
    assert desk.transport.take(m.Say) == [two]
    desk = Desk(desk.crash())
    assert [(e.text, e.state) for e in messages(desk.session)] == [("two", SendState.SENDING)]


def test_own_message_that_lies_above_what_is_shown_comes_with_its_page(path: Path) -> None:
    desk = Desk(path)
    desk.session.send("early")
    let_in(desk.session, 500, log=LOG)
    (say,) = desk.transport.take(m.Say)
    desk.transport.take(m.Fetch)
    desk.session.receive(page(300, 500))
    # The host had it all the time: an earlier run sent it and died.
    desk.session.receive(m.Acked(cid=say.cid, seq=7))
    assert desk.session.timeline.pending == ()
    assert seqs(desk.session)[0] == 301
    for until in (300, 100):
        assert desk.session.load_older()
        desk.transport.take(m.Fetch)
        after = max(0, until - 200)
        older = [one for one in run(after + 1, until) if one.seq != 7]
        if until == 100:
            older.insert(6, said(7, "early", cid=say.cid, mine=True))
        desk.session.receive(m.Page(after=after, until=until, said=tuple(older)))
    assert seqs(desk.session) == list(range(1, 501))
    assert desk.store.outbox == {}


def test_own_message_that_no_page_can_show_stands_on_top(path: Path) -> None:
    desk = Desk(path)
    desk.session.send("early")
    let_in(desk.session, 500, log=LOG)
    (say,) = desk.transport.take(m.Say)
    desk.session.receive(page(300, 500, start=400))
    desk.session.receive(m.Acked(cid=say.cid, seq=7))
    assert texts(desk.session)[0] == "early"
    assert seqs(desk.session) == [7, *range(401, 501)]


# --- another log, gaps ----------------------------------------------------------------------


def test_another_log_starts_the_timeline_anew_and_keeps_outbox_and_draft(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 3)
    desk.session.send("waiting")
    desk.session.set_draft("half a")
    desk = Desk(desk.close())
    assert len(messages(desk.session)) == 4
    let_in(desk.session, 9, log=OTHER_LOG)
    assert texts(desk.session) == ["waiting"]
    assert kinds(desk.session)[:2] == ["new-log", "welcome"]
    assert desk.transport.take(m.Fetch) == [m.Fetch(after=0, until=9)]
    assert desk.session.draft == "half a"
    desk.session.receive(page(0, 9))
    desk = Desk(desk.close())
    assert texts(desk.session)[-2:] == ["message 9", "waiting"]
    assert len(messages(desk.session)) == 10


def test_acknowledged_message_of_another_log_is_gone_with_it(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 0)
    desk.session.send("mine")
    (say,) = desk.transport.take(m.Say)
    desk.session.receive(m.Acked(cid=say.cid, seq=1))
    lose(desk.session)
    let_in(desk.session, 0, log=OTHER_LOG)
    assert desk.transport.take(m.Say) == []
    assert messages(desk.session) == []
    assert desk.store.outbox == {}


def test_same_log_grown_is_no_other_log(path: Path) -> None:
    desk = Desk(visited(path, 3))
    enter(desk, 3)
    assert kinds(desk.session) == ["1", "2", "3", "welcome"]


def test_what_the_host_cannot_give_is_shown_as_a_gap_now_and_later(path: Path) -> None:
    desk = Desk(visited(path, 3))
    let_in(desk.session, 9, log=LOG)
    desk.transport.take(m.Fetch)
    desk.session.receive(page(3, 9, start=7))
    assert kinds(desk.session) == ["1", "2", "3", "welcome", "gap", "8", "9"]
    desk = Desk(desk.close())
    assert kinds(desk.session) == ["1", "2", "3", "gap", "8", "9"]


def test_gap_that_only_ones_own_messages_fill_is_none(path: Path) -> None:
    desk = Desk(visited(path, 3))
    desk.session.send("mine")
    let_in(desk.session, 4, log=LOG)
    (say,) = desk.transport.take(m.Say)
    desk.session.receive(m.Acked(cid=say.cid, seq=4))
    desk.session.receive(m.Page(after=3, until=4, said=(), start=4))
    assert kinds(desk.session) == ["1", "2", "3", "4", "welcome"]
    assert seqs(Desk(desk.close()).session) == [1, 2, 3, 4]


# --- history policy -------------------------------------------------------------------------


def test_where_nothing_is_kept_nothing_is_on_the_disk(path: Path) -> None:
    desk = Desk(path)
    let_in(desk.session, 0, log=LOG, history="none")
    desk.session.receive(live(said(1, "secret words")))
    desk.session.send("mine")
    desk.end_turn()
    left = desk.close()
    assert not any(b"secret words" in file.read_bytes() for file in left.parent.iterdir())
    desk = Desk(left)
    assert texts(desk.session) == ["mine"]


def test_what_was_kept_goes_when_the_policy_becomes_none_and_keeping_begins_again(
    path: Path,
) -> None:
    desk = Desk(path)
    enter(desk, 3)
    desk.session.receive(m.HistoryChanged(history="none"))
    assert desk.session.info.history == "none"
    desk.end_turn()
    assert not any(b"message 2" in file.read_bytes() for file in path.parent.iterdir())
    desk.session.receive(live(said(4)))
    desk.session.receive(m.HistoryChanged(history="last", count=5))
    assert (desk.session.info.history, desk.session.info.history_count) == ("last", 5)
    desk.session.receive(live(said(5)))
    assert seqs(desk.session) == [1, 2, 3, 4, 5]
    assert seqs(Desk(desk.close()).session) == [5]


# --- the draft ------------------------------------------------------------------------------


def test_draft_is_written_before_long_and_not_at_every_key(path: Path) -> None:
    desk = Desk(path)
    for length in range(1, 5):
        desk.session.set_draft("half"[:length])
    assert desk.session.draft == "half"
    assert desk.store.facts.draft == ""
    desk.clock.advance(DRAFT_EVERY)
    desk.end_turn()
    assert Desk(desk.crash()).session.draft == "half"


@pytest.mark.parametrize("end", ["leave", "close"])
def test_draft_is_written_at_the_end(path: Path, end: str) -> None:
    desk = Desk(path)
    desk.session.set_draft("half")
    if end == "leave":
        desk.session.leave()
        left = desk.crash()
    else:
        left = desk.close()
    assert Desk(left).session.draft == "half"


def test_session_without_a_store_keeps_its_draft_for_this_run() -> None:
    session = RoomSession("ana", ManualClock())
    session.set_draft("half")
    assert session.draft == "half"
    session.close()


# --- what the disk does ---------------------------------------------------------------------


def test_full_disk_does_not_stop_the_chat_and_is_told_once(path: Path) -> None:
    desk = Desk(path)
    ear = Ear(desk.session)
    enter(desk, 0)
    desk.store._connection.execute("PRAGMA max_page_count = 40")
    for seq in range(1, 600):
        desk.session.receive(live(said(seq, f"{seq} " + "long words " * 40)))
        desk.end_turn()
    desk.session.send("mine")
    desk.end_turn()
    assert ear.failures == [StoreProblem.FULL]
    assert desk.session.store_problem == StoreProblem.FULL
    assert len(messages(desk.session)) == 600
    assert [say.text for say in desk.transport.take(m.Say)] == ["mine"]
    desk = Desk(desk.close())
    shown = seqs(desk.session)
    assert shown
    enter(desk, 600)
    assert seqs(desk.session)[-1] == 600
    assert seqs(desk.session) == list(range(shown[0], 601))


class Rotten(RoomStore):
    """A store in whose file a page turns out to be damaged."""

    def before(self, seq: int, limit: int = 200) -> tuple[m.Said, ...]:
        if limit == FIRST_SIGHT and seq:
            raise StoreFailed(StoreProblem.DAMAGED, "a page")
        return super().before(seq, limit)


def test_damage_found_while_it_is_read_costs_the_replica_alone(path: Path) -> None:
    desk = Desk(visited(path, 3))
    desk.session.send("waiting")
    left = desk.close()
    store = loaded(left)
    store.__class__ = Rotten
    session = RoomSession("ana", ManualClock(), store=store)
    session.device = ME
    ear = Ear(session)
    session.show_replica()
    assert ear.failures == [StoreProblem.DAMAGED]
    assert texts(session) == ["waiting"]
    assert left.with_name(left.name + ".broken-1").exists()
    session.close()
    assert next(iter(loaded(left).outbox.values())).text == "waiting"


def test_store_that_comes_late_takes_what_was_written_before(path: Path) -> None:
    session = RoomSession("ana", ManualClock())
    session.device = ME
    session.send("early")
    store = loaded(path)
    session.use_store(store)
    session.show_replica()
    assert texts(session) == ["early"]
    session._keeper.flush()
    assert [message.text for message in loaded(crash(store)).outbox.values()] == ["early"]


def test_forgotten_room_leaves_nothing(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 3)
    desk.session.forget_room()
    desk.session.receive(live(said(4)))
    desk.session.set_draft("more")
    desk.session.close()
    assert list(path.parent.iterdir()) == []
    assert seqs(desk.session) == [1, 2, 3, 4]


def test_closed_session_needs_no_clock(path: Path) -> None:
    desk = Desk(path)
    enter(desk, 3)
    desk.session.set_draft("half")
    desk.session.receive(m.TypingNow(members=(2,)))
    desk.session.close()
    desk.session.close()
    assert desk.clock.waiting == 0


# --- searching ------------------------------------------------------------------------------


def test_host_is_asked_where_it_can_be(path: Path) -> None:
    desk = Desk(path)
    ear = Ear(desk.session)
    enter(desk, 3)
    desk.session.search("lunch", before=9)
    assert desk.transport.take(m.Search) == [m.Search(query="lunch", before=9)]
    desk.session.receive(m.Found(query="other", said=(said(1),)))
    desk.session.receive(m.Found(query="lunch", said=(said(2),), more=True))
    desk.session.receive(m.Found(query="lunch", said=(said(2),)))
    assert ear.found == [FoundMessages("lunch", (said(2),), more=True)]


def test_replica_is_searched_where_the_host_is_gone(path: Path) -> None:
    desk = Desk(visited(path, 120))
    ear = Ear(desk.session)
    desk.session.search("MESSAGE")
    desk.end_turn()
    (first,) = ear.found
    assert [one.seq for one in first.said] == list(range(120, 70, -1))
    assert (first.query, first.more, first.from_replica) == ("MESSAGE", True, True)
    desk.session.search("message", before=71)
    desk.end_turn()
    desk.session.search("message 12", before=100)
    desk.end_turn()
    assert [len(found.said) for found in ear.found] == [50, 50, 1]
    assert [found.more for found in ear.found] == [True, True, False]


def test_answer_that_the_link_took_with_it_comes_from_the_replica(path: Path) -> None:
    desk = Desk(path)
    ear = Ear(desk.session)
    enter(desk, 3)
    desk.session.search("message 2")
    lose(desk.session)
    desk.end_turn()
    assert [found.said for found in ear.found] == [(said(2),)]
    assert ear.found[0].from_replica


def test_earlier_search_is_answered_no_more(path: Path) -> None:
    desk = Desk(visited(path, 3))
    ear = Ear(desk.session)
    desk.session.search("message")
    desk.session.search("3")
    desk.end_turn()
    assert [found.query for found in ear.found] == ["3"]
    desk.session.search("  ")
    assert ear.found[1:] == [FoundMessages("  ", (), from_replica=True)]


def test_search_without_a_store_finds_nothing_and_says_so() -> None:
    clock = ManualClock()
    session = RoomSession("ana", clock)
    ear = Ear(session)
    session.search("x")
    clock.advance(0)
    assert ear.found == [FoundMessages("x", (), from_replica=True)]
