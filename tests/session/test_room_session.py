"""A session shows each message of the room once and in order, whatever its connection does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PyQt6.QtCore import QObject, pyqtSlot
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.session.connection import Connection, Phase, Sharing
from app.session.replica import FIRST_SIGHT
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, NoticeEntry, NoticeKind, SendState
from tests.helpers.messages import unhurried
from tests.helpers.sessions import messages, nicknames, texts
from tests.helpers.transport import (
    MY_NUMBER,
    TOM,
    TOMS_NUMBER,
    RecordingTransport,
    let_in,
    live,
    lose,
    run,
    said,
    session_with_transport,
)


class Ear(QObject):
    """Keeps what a session tells, in order."""

    def __init__(self, session: RoomSession) -> None:
        super().__init__(session)
        self.added: list[str] = []
        self.confirmed: list[int] = []
        self.acknowledged: list[tuple[bytes, int]] = []
        self.refused: list[tuple[str, bytes]] = []
        self.caught_up = 0
        session.message_added.connect(self._on_added)
        session.confirmed.connect(self._on_confirmed)
        session.acknowledged.connect(self._on_acknowledged)
        session.refused.connect(self._on_refused)
        session.caught_up.connect(self._on_caught_up)

    @pyqtSlot(MessageEntry)
    def _on_added(self, entry: MessageEntry) -> None:
        self.added.append(entry.text)

    @pyqtSlot(tuple)
    def _on_confirmed(self, said: tuple[m.Said, ...]) -> None:
        self.confirmed += [one.seq for one in said]

    @pyqtSlot(bytes, object)
    def _on_acknowledged(self, cid: bytes, seq: int) -> None:
        self.acknowledged.append((cid, seq))

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        self.refused.append((code, cid))

    @pyqtSlot()
    def _on_caught_up(self) -> None:
        self.caught_up += 1


def in_room(last_seq: int = 0) -> tuple[RoomSession, RecordingTransport]:
    """Return a session in a room whose log has `last_seq` messages, all of them shown."""
    session, transport = session_with_transport()
    let_in(session, last_seq)
    for fetch in transport.take(m.Fetch):
        session.receive(page(fetch.after, fetch.until))
    assert len(messages(session)) == min(last_seq, FIRST_SIGHT)
    return session, transport


def page(after: int, until: int, *, start: int = 0) -> m.Page:
    return m.Page(after=after, until=until, said=run(max(after, start) + 1, until), start=start)


def seqs(session: RoomSession) -> list[int]:
    return [entry.seq for entry in messages(session)]


def notices(session: RoomSession) -> list[NoticeEntry]:
    return [entry for entry in session.timeline if isinstance(entry, NoticeEntry)]


# --- coming in ------------------------------------------------------------------------------


def test_joining_tells_what_the_room_says_of_itself(qtbot: QtBot) -> None:
    session, _ = session_with_transport()
    signals = [session.joined, session.connection_changed, session.info_changed, session.caught_up]
    with qtbot.waitSignals(signals):
        session.receive(
            m.Joined(
                member=4,
                room="Room",
                topic="lunch",
                role="moderator",
                history="last",
                history_count=9,
                last_seq=0,
                members=2,
            )
        )
    assert session.connection == Connection(Phase.ONLINE)
    assert session.member_number == 4
    assert (session.info.name, session.info.topic, session.info.role) == (
        "Room",
        "lunch",
        "moderator",
    )
    assert (session.info.history, session.info.history_count) == ("last", 9)
    (welcome,) = notices(session)
    assert (welcome.kind, welcome.text) == (NoticeKind.WELCOME, "Room")


def test_empty_log_is_caught_up_with_at_once() -> None:
    session, transport = session_with_transport()
    ear = Ear(session)
    let_in(session)
    assert ear.caught_up == 1
    assert transport.events == []


def test_newcomer_fetches_the_latest_page_first() -> None:
    session, transport = session_with_transport()
    ear = Ear(session)
    let_in(session, 1_000)
    assert transport.take(m.Fetch) == [m.Fetch(after=800, until=1_000)]
    session.receive(page(800, 1_000))
    assert seqs(session) == list(range(801, 1_001))
    assert ear.caught_up == 1
    assert ear.added == []
    assert session.unread == 0


def test_whole_history_is_fetched_page_by_page_where_it_is_wished() -> None:
    session, transport = session_with_transport(whole_history=True)
    ear = Ear(session)
    let_in(session, 450)
    for expected in (m.Fetch(after=0, until=450), m.Fetch(after=200, until=450)):
        (fetch,) = transport.take(m.Fetch)
        assert fetch == expected
        session.receive(page(fetch.after, fetch.after + 200))
        assert ear.caught_up == 0
    assert transport.take(m.Fetch) == [m.Fetch(after=400, until=450)]
    session.receive(page(400, 450))
    assert ear.caught_up == 1
    assert ear.confirmed == list(range(1, 451))
    assert not session.has_older


def test_page_that_covers_less_than_asked_is_followed_by_another_fetch() -> None:
    session, transport = session_with_transport()
    let_in(session, 100)
    transport.take(m.Fetch)
    session.receive(page(0, 30))
    assert transport.take(m.Fetch) == [m.Fetch(after=30, until=100)]


def test_what_is_said_live_while_catching_up_stands_below_the_page() -> None:
    session, transport = session_with_transport()
    ear = Ear(session)
    let_in(session, 3)
    session.receive(live(said(4)))
    session.receive(live(said(5)))
    assert seqs(session) == []
    session.receive(page(0, 3))
    assert seqs(session) == [1, 2, 3, 4, 5]
    assert ear.added == ["message 4", "message 5"]
    assert ear.caught_up == 1
    assert len(transport.take(m.Fetch)) == 1


def test_page_that_live_messages_overtook_still_ends_the_catching_up() -> None:
    session, transport = in_room(8)
    ear = Ear(session)
    lose(session)
    let_in(session, 10)
    # Said in the turn in which we joined, so they come by both ways.
    session.receive(live(said(9)))
    session.receive(live(said(10)))
    session.receive(page(8, 10))
    assert ear.caught_up == 1
    transport.take(m.Fetch)
    session.receive(live(said(13)))
    assert transport.take(m.Fetch) == [m.Fetch(after=10, until=12)]


def test_live_message_has_its_device_from_the_roster_also_just_after_its_author_went() -> None:
    session, transport = in_room(0)
    tom = m.Member(number=TOMS_NUMBER, nick="tom", device=TOM)
    session.receive(m.Roster(members=(tom,)))
    session.receive(live(replace(said(1), device=b"")))
    session.receive(m.Presence(changes=(m.Went(number=TOMS_NUMBER, nick="tom", at=0),)))
    session.receive(live(replace(said(2), device=b"")))
    assert [entry.device for entry in messages(session)] == [TOM, TOM]
    assert transport.take(m.Fetch) == []


def test_live_message_by_somebody_who_is_not_known_is_fetched() -> None:
    session, transport = in_room(0)
    session.receive(live(replace(said(1), device=b"")))
    assert messages(session) == []
    assert transport.take(m.Fetch) == [m.Fetch(after=0, until=1)]
    session.receive(page(0, 1))
    assert [entry.device for entry in messages(session)] == [TOM]


def test_host_that_gives_nothing_is_not_asked_for_ever() -> None:
    session, transport = session_with_transport()
    let_in(session, 10)
    transport.take(m.Fetch)
    session.receive(m.Page(after=0, until=0, said=()))
    session.receive(m.Page(after=5, until=9, said=()))
    assert transport.take(m.Fetch) == []
    session.receive(live(said(11)))
    assert transport.take(m.Fetch) == [m.Fetch(after=0, until=10)]


def test_page_that_nobody_asked_for_changes_nothing() -> None:
    session, _ = in_room(2)
    session.receive(page(0, 2))
    session.receive(page(2, 9))
    assert seqs(session) == [1, 2]


# --- sending --------------------------------------------------------------------------------


def test_message_is_shown_as_pending_then_sent_then_confirmed_in_place() -> None:
    session, transport = in_room()
    ear = Ear(session)
    assert session.send("hello") is None
    (entry,) = messages(session)
    assert (entry.state, entry.seq, entry.mine) == (SendState.SENDING, 0, True)
    (say,) = transport.take(m.Say)
    assert say == m.Say(cid=entry.cid, text="hello")
    assert len(say.cid) == 16
    session.receive(m.Acked(cid=say.cid, seq=1))
    assert messages(session)[0].state is SendState.SENT
    assert ear.acknowledged == [(say.cid, 1)]
    session.receive(live(said(1, "hello", cid=say.cid, mine=True)))
    (entry,) = messages(session)
    assert (entry.seq, entry.state) == (1, SendState.SENT)
    assert session.timeline.pending == ()
    assert ear.added == []
    assert session.unread == 0


def test_each_message_has_its_own_cid() -> None:
    session, transport = in_room()
    for _ in range(20):
        session.send("again")
    assert len({say.cid for say in transport.take(m.Say)}) == 20


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.TEXT_EMPTY),
        (" \n\t ", Refusal.TEXT_EMPTY),
        ("x" * (limits.MAX_TEXT + 1), Refusal.TEXT_TOO_LONG),
    ],
)
def test_text_that_cannot_be_a_message_is_refused_and_nothing_is_kept(
    text: str, refusal: Refusal
) -> None:
    session, transport = in_room()
    before = len(session.timeline)
    assert session.send(text) is refusal
    assert len(session.timeline) == before
    assert transport.events == []


def test_longest_text_is_sent_whole() -> None:
    session, transport = in_room()
    text = "\U0001f600" * limits.MAX_TEXT
    assert session.send(text) is None
    assert transport.take(m.Say)[0].text == text


def test_half_a_surrogate_pair_does_not_stop_a_message() -> None:
    session, transport = in_room()
    assert session.send("cut \ud83d off") is None
    assert transport.take(m.Say)[0].text == "cut ? off"


def test_message_written_while_away_is_sent_on_joining() -> None:
    session, transport = session_with_transport()
    session.send("early")
    assert transport.events == []
    let_in(session)
    (say,) = transport.take(m.Say)
    assert say.text == "early"


def test_refused_message_is_marked_and_may_be_tried_again_or_discarded() -> None:
    session, transport = in_room()
    ear = Ear(session)
    session.send("hello")
    (say,) = transport.take(m.Say)
    session.receive(m.Rejected(code="from-the-future", cid=say.cid))
    (entry,) = messages(session)
    assert (entry.state, entry.failure) == (SendState.FAILED, "from-the-future")
    assert ear.refused == [("from-the-future", say.cid)]
    session.retry(say.cid)
    assert transport.take(m.Say) == [say]
    assert messages(session)[0].state is SendState.SENDING
    session.discard(say.cid)
    assert messages(session) == []


def test_failed_message_is_not_sent_again_by_itself() -> None:
    session, transport = in_room()
    session.send("hello")
    (say,) = transport.take(m.Say)
    session.receive(m.Rejected(code=Refusal.TEXT_TOO_LONG, cid=say.cid))
    lose(session)
    let_in(session)
    assert transport.take(m.Say) == []


# --- coming back ----------------------------------------------------------------------------


def test_coming_back_fetches_only_what_is_missing() -> None:
    session, transport = in_room(5)
    session.receive(live(said(6)))
    lose(session)
    let_in(session, 9)
    assert transport.take(m.Fetch) == [m.Fetch(after=6, until=9)]
    session.receive(page(6, 9))
    assert seqs(session) == list(range(1, 10))


def test_coming_back_to_the_same_log_fetches_nothing() -> None:
    session, transport = in_room(5)
    ear = Ear(session)
    lose(session)
    let_in(session, 5)
    assert transport.take(m.Fetch) == []
    assert ear.caught_up == 1


def test_coming_back_sends_what_was_not_acknowledged_with_the_same_cid() -> None:
    session, transport = in_room()
    for text in ("one", "two", "three"):
        session.send(text)
    one, two, three = transport.take(m.Say)
    session.receive(m.Acked(cid=one.cid, seq=1))
    lose(session)
    let_in(session, 2)
    assert transport.take(m.Say) == [two, three]
    session.receive(m.Acked(cid=two.cid, seq=2))
    log = (said(1, "one", cid=one.cid, mine=True), said(2, "two", cid=two.cid, mine=True))
    session.receive(m.Page(after=0, until=2, said=log))
    assert texts(session) == ["one", "two", "three"]
    assert [entry.cid for entry in session.timeline.pending] == [three.cid]


def test_link_that_broke_while_catching_up_is_caught_up_with_on_the_next() -> None:
    session, transport = session_with_transport()
    let_in(session, 10)
    lose(session)
    transport.take(m.Fetch)
    let_in(session, 12)
    assert transport.take(m.Fetch) == [m.Fetch(after=0, until=12)]
    session.receive(page(0, 12))
    assert seqs(session) == list(range(1, 13))


def test_log_that_is_shorter_than_what_was_seen_is_read_from_its_start() -> None:
    session, transport = in_room(5)
    lose(session)
    let_in(session, 3)
    assert transport.take(m.Fetch) == [m.Fetch(after=0, until=3)]
    session.receive(page(0, 3))
    assert seqs(session) == [1, 2, 3]
    assert [notice.kind for notice in notices(session)] == [NoticeKind.NEW_LOG, NoticeKind.WELCOME]
    session.receive(live(said(4)))
    assert seqs(session) == [1, 2, 3, 4]


def test_own_message_that_the_host_keeps_for_nobody_is_settled_all_the_same() -> None:
    session, transport = in_room()
    session.send("mine")
    (say,) = transport.take(m.Say)
    lose(session)
    let_in(session, 1)
    session.receive(m.Acked(cid=say.cid, seq=1))
    session.receive(m.Page(after=0, until=1, said=(), start=1))
    session.receive(live(said(2)))
    assert texts(session) == ["mine", "message 2"]
    assert session.timeline.pending == ()


def test_acknowledgement_that_comes_after_its_page_settles_the_message() -> None:
    session, transport = in_room()
    session.send("mine")
    (say,) = transport.take(m.Say)
    lose(session)
    let_in(session, 2)
    session.receive(m.Page(after=0, until=2, said=run(2, 2), start=1))
    session.receive(m.Acked(cid=say.cid, seq=1))
    assert texts(session) == ["mine", "message 2"]
    assert session.timeline.pending == ()


def test_own_message_said_under_an_earlier_nickname_is_shown_once() -> None:
    session, transport = in_room()
    session.send("mine")
    (say,) = transport.take(m.Say)
    lose(session)
    let_in(session, 1, number=MY_NUMBER + 5)
    session.receive(m.Acked(cid=say.cid, seq=1))
    session.receive(m.Page(after=0, until=1, said=(said(1, "mine", cid=say.cid, mine=True),)))
    (entry,) = messages(session)
    assert (entry.mine, entry.seq) == (True, 1)


# --- order ----------------------------------------------------------------------------------


def test_message_that_comes_twice_is_shown_once() -> None:
    session, _ = in_room(1)
    for one in (said(1), said(2), said(2)):
        session.receive(live(one))
    assert seqs(session) == [1, 2]
    assert session.unread == 1


def test_gap_is_fetched_once_and_the_order_is_kept() -> None:
    session, transport = in_room(2)
    ear = Ear(session)
    for seq in (5, 6, 8):
        session.receive(live(said(seq)))
    assert transport.take(m.Fetch) == [m.Fetch(after=2, until=4)]
    assert seqs(session) == [1, 2]
    session.receive(page(2, 4))
    assert seqs(session) == [1, 2, 3, 4, 5, 6]
    assert transport.take(m.Fetch) == [m.Fetch(after=6, until=8)]
    session.receive(page(6, 8))
    assert seqs(session) == list(range(1, 9))
    assert ear.added == [f"message {seq}" for seq in range(3, 9)]
    assert session.unread == 6


def test_run_of_live_messages_is_told_one_by_one_and_without_ones_own() -> None:
    session, transport = in_room(1)
    ear = Ear(session)
    session.send("mine")
    (say,) = transport.take(m.Say)
    for one in (said(3), said(4, "mine", cid=say.cid, mine=True), said(5), said(2)):
        session.receive(live(one))
    assert ear.added == ["message 2", "message 3", "message 5"]
    assert texts(session) == ["message 1", "message 2", "message 3", "mine", "message 5"]


@unhurried
@given(
    st.integers(0, 30).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.integers(0, count),
            st.lists(st.integers(1, max(count, 1)), max_size=60),
        )
    ),
    st.integers(1, 7),
)
def test_whatever_arrives_in_whatever_order_each_message_is_shown_once_in_order(
    case: tuple[int, int, list[int]], size: int
) -> None:
    count, at_joining, arriving = case
    session, transport = session_with_transport()
    ear = Ear(session)
    let_in(session, at_joining)
    for seq in arriving:
        if seq <= count:
            session.receive(live(said(seq)))
        shown = seqs(session)
        assert shown == list(range(1, len(shown) + 1))
    answered = 0
    while fetches := transport.take(m.Fetch):
        for fetch in fetches:
            answered += 1
            assert answered < 100
            until = min(fetch.until, fetch.after + size, count)
            session.receive(page(fetch.after, until))
    highest = max([at_joining, *[seq for seq in arriving if seq <= count]])
    assert seqs(session) == list(range(1, highest + 1))
    assert ear.confirmed == seqs(session)
    assert session.unread == highest - at_joining


# --- older pages ----------------------------------------------------------------------------


def test_older_pages_come_when_wished_until_there_are_none() -> None:
    session, transport = in_room(450)
    assert session.load_older()
    assert session.load_older()
    assert transport.take(m.Fetch) == [m.Fetch(after=0, until=250, newest=True)]
    session.receive(page(50, 250))
    assert seqs(session) == list(range(51, 451))
    assert session.load_older()
    assert transport.take(m.Fetch) == [m.Fetch(after=0, until=50, newest=True)]
    session.receive(page(0, 50))
    assert seqs(session) == list(range(1, 451))
    assert not session.load_older()
    assert transport.take(m.Fetch) == []


def test_nothing_is_asked_for_above_what_the_host_gives() -> None:
    session, transport = session_with_transport()
    let_in(session, 1_000)
    transport.take(m.Fetch)
    session.receive(page(800, 1_000, start=990))
    assert seqs(session) == list(range(991, 1_001))
    assert not session.has_older
    assert not session.load_older()


def test_older_page_is_asked_for_anew_after_the_link_broke() -> None:
    session, transport = in_room(450)
    session.load_older()
    lose(session)
    assert not session.load_older()
    let_in(session, 450)
    transport.take(m.Fetch)
    assert session.load_older()
    assert len(transport.take(m.Fetch)) == 1


def test_older_page_is_not_news() -> None:
    session, _ = in_room(450)
    ear = Ear(session)
    session.load_older()
    session.receive(page(50, 250))
    assert ear.added == []
    assert session.unread == 0


# --- unread ---------------------------------------------------------------------------------


def test_messages_are_unread_until_somebody_watches(qtbot: QtBot) -> None:
    session, _ = in_room()
    session.receive(live(said(1)))
    session.receive(live(said(2)))
    assert session.unread == 2
    with qtbot.waitSignal(session.unread_changed):
        session.set_watched(True)
    assert session.unread == 0
    session.receive(live(said(3)))
    assert session.unread == 0
    session.set_watched(False)
    session.receive(live(said(4)))
    assert session.unread == 1


# --- what else is told ----------------------------------------------------------------------


def test_roster_is_shown_once_its_last_page_is_there() -> None:
    session, _ = in_room()
    ana = m.Member(number=1, nick="ana", device=bytes(32))
    tom = m.Member(number=2, nick="tom", device=bytes(32))
    session.receive(m.Roster(members=(ana,), more=True))
    assert nicknames(session) == set()
    session.receive(m.Roster(members=(tom,)))
    assert nicknames(session) == {"ana", "tom"}
    lose(session)
    let_in(session)
    session.receive(m.Roster(members=(tom,)))
    assert nicknames(session) == {"tom"}


def test_comings_and_goings_change_the_roster_and_leave_one_line() -> None:
    session, _ = in_room()
    tom = m.Member(number=2, nick="tom", device=bytes(32))
    session.receive(m.Presence(changes=(m.Came(member=tom, at=5),)))
    assert nicknames(session) == {"tom"}
    session.receive(m.Presence(changes=(m.Went(number=2, nick="tom", at=6, reason="lost"),)))
    assert nicknames(session) == set()
    _, line = notices(session)
    assert (line.came, line.went, line.at) == (("tom",), ("tom",), 6)


def test_topic_is_shown_and_noticed() -> None:
    session, _ = in_room()
    session.receive(m.TopicChanged(topic="lunch", by="tom"))
    assert session.info.topic == "lunch"
    assert session.info.name == "Room"
    line = notices(session)[-1]
    assert (line.kind, line.text, line.nick) == (NoticeKind.TOPIC, "lunch", "tom")


def test_topic_is_cleaned_before_it_is_sent_and_refused_where_it_is_too_long() -> None:
    session, transport = in_room()
    ear = Ear(session)
    session.set_topic(" lunch\nat one\ud83d ")
    assert transport.take(m.SetTopic) == [m.SetTopic(topic="lunch at one")]
    session.set_topic("x" * 5_000)
    assert transport.take(m.SetTopic) == []
    assert ear.refused == [(Refusal.TOPIC_TOO_LONG, b"")]


def test_addresses_are_kept_in_the_roster() -> None:
    session, _ = in_room()
    session.receive(m.Located(addresses={2: "10.0.0.2"}))
    assert session.roster.address_of(2) == "10.0.0.2"


def test_room_that_closes_leaves_a_line() -> None:
    session, _ = in_room()
    session.receive(m.Closed(code=Refusal.ROOM_CLOSED))
    assert notices(session)[-1].kind is NoticeKind.CLOSED
    session.receive(m.Closed(code=Refusal.TIMED_OUT))
    assert len(notices(session)) == 2


def test_refused_nickname_is_asked_for_and_another_is_tried() -> None:
    session, transport = session_with_transport()
    ear = Ear(session)
    session.receive(m.Rejected(code=Refusal.NICKNAME_TAKEN))
    assert session.connection == Connection(Phase.NICKNAME, problem=Refusal.NICKNAME_TAKEN)
    assert ear.refused == [(Refusal.NICKNAME_TAKEN, b"")]
    session.ask_nickname("ana two")
    assert session.nickname == "ana two"
    assert transport.take(m.Join) == [m.Join(nick="ana two")]
    assert session.connection.phase is Phase.CONNECTING


def test_refused_wish_in_the_room_is_told_and_changes_nothing() -> None:
    session, _ = in_room()
    ear = Ear(session)
    session.receive(m.Rejected(code=Refusal.NOT_PERMITTED))
    assert session.connection == Connection(Phase.ONLINE)
    assert ear.refused == [(Refusal.NOT_PERMITTED, b"")]


def test_what_no_session_needs_is_ignored() -> None:
    session, _ = in_room()
    before = list(session.timeline)
    for message in (m.Ping(), m.Pong(), m.HostHello(version=1, nonce=bytes(32), room="x")):
        session.receive(message)
    assert list(session.timeline) == before


def test_wishes_reach_the_transport() -> None:
    session, transport = in_room()
    session.try_now()
    session.accept_host()
    session.leave()
    assert transport.events == ["try_now", "accept_host", m.Leave(), "stop"]


def test_session_without_a_transport_takes_wishes_in_silence() -> None:
    session, _ = session_with_transport()
    bare = RoomSession("ana", session._clock)
    bare.send("kept")
    for wish in (bare.try_now, bare.accept_host, bare.leave):
        wish()
    bare.ask_nickname("tom")
    assert texts(bare) == ["kept"]


def test_same_connection_again_is_not_told(qtbot: QtBot) -> None:
    session, _ = in_room()
    with qtbot.assertNotEmitted(session.connection_changed):
        session.set_connection(Connection(Phase.ONLINE))


def test_sharing_is_told(qtbot: QtBot) -> None:
    session, _ = in_room()
    with qtbot.waitSignal(session.info_changed):
        session.set_sharing(Sharing(invite="papo://x"))
    assert session.sharing.invite == "papo://x"
