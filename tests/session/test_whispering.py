"""Private messages as a member writes and reads them, also with a host that lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.security.identity import DeviceKey
from app.security.sealer import Sealer
from app.session.connection import Problem
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.timeline import MessageEntry, NoticeEntry, SendState
from app.session.whisper_fetching import MAX_WAITING
from tests.helpers.clock import ManualClock
from tests.helpers.pair import FINGERPRINT, device
from tests.helpers.transport import RecordingTransport, live, lose, run

ANA, TOM, KIM = device("ana"), device("tom"), device("kim")
OTHER_ROOM = bytes(32)
A, B, C = b"a" * 16, b"b" * 16, b"c" * 16


@dataclass
class Desk:
    """Ana's session, and what it asks of a host that the test plays."""

    session: RoomSession
    transport: RecordingTransport
    clock: ManualClock

    def join(
        self,
        last_private: int = 0,
        *,
        last_seq: int = 0,
        history: m.HistoryName = "all",
        log: bytes = b"",
    ) -> None:
        self.session.receive(
            m.Joined(
                member=1,
                room="Room",
                topic="",
                role="member",
                history=history,
                last_seq=last_seq,
                log=log,
                members=2,
                last_private=last_private,
            )
        )

    def hear(self, message: m.AnyMessage) -> None:
        self.session.receive(message)
        self.clock.advance(0)

    def write(self, text: str, to: DeviceKey = TOM) -> bytes:
        assert self.session.whispers.send(to.id, "tom", text) is None
        self.clock.advance(0)
        return self.session.timeline.pending[-1].cid

    def give_key(self, of: DeviceKey, key: bytes | None = None) -> None:
        """Answer what was asked."""
        assert m.AskKey(device=of.id) in self.transport.take(m.AskKey)
        self.hear(m.Key(device=of.id, key=of.public if key is None else key))

    def end(self) -> None:
        self.session.close()

    @property
    def private(self) -> list[MessageEntry]:
        return [e for e in self.session.timeline if isinstance(e, MessageEntry) and e.private_with]

    @property
    def rows(self) -> list[str | int]:
        """The timeline: numbers of messages, texts of private ones; no notices."""
        entries = [e for e in self.session.timeline if isinstance(e, MessageEntry)]
        return [e.text if e.private_with else e.seq for e in entries]


def desk(path: Path | None = None, *, whole: bool = False) -> Desk:
    clock, transport = ManualClock(), RecordingTransport()
    store = RoomStore.load(path).value if path is not None else None
    session = RoomSession("ana", clock, store=store, whole_history=whole)
    session.device = ANA.id
    session.whispers.use(Sealer(ANA, FINGERPRINT))
    session.attach(transport)
    session.show_replica()
    return Desk(session, transport, clock)


def whispered(
    number: int,
    text: str,
    *,
    author: DeviceKey = TOM,
    to: DeviceKey = ANA,
    cid: bytes | None = None,
    after: int = 0,
    room: bytes = FINGERPRINT,
) -> m.Whispered:
    """Return a private message as Ana gets it: the copy, where she is the author."""
    cid = cid or number.to_bytes(16, "big")
    sealed, copy = Sealer(author, room).seal(text, cid, to.public)
    return m.Whispered(
        number=number,
        author=author.id,
        nick="tom",
        to=to.id,
        to_nick="ana",
        at=number * 1000,
        after=after,
        cid=cid,
        sealed=copy if author is ANA else sealed,
    )


def news(*whispers: m.Whispered) -> m.Whispers:
    return m.Whispers(whispers=whispers)


# --- writing --------------------------------------------------------------------------------


def test_key_is_asked_for_once_and_the_text_is_sealed_to_it() -> None:
    ana = desk()
    ana.join()
    first, second = ana.write("one"), ana.write("two")
    assert ana.transport.take(m.Whisper) == []
    ana.give_key(TOM)
    assert ana.transport.take(m.AskKey) == []
    sent = ana.transport.take(m.Whisper)
    assert [one.cid for one in sent] == [first, second]
    reader = Sealer(TOM, FINGERPRINT)
    assert [reader.open(one.sealed, one.cid, ANA.public) for one in sent] == ["one", "two"]
    own = Sealer(ANA, FINGERPRINT)
    assert [own.open_copy(one.copy, one.cid, TOM.id) for one in sent] == ["one", "two"]
    ana.write("three")
    assert ana.transport.take(m.AskKey) == []


def test_key_that_is_not_that_devices_is_refused_and_nothing_is_sealed() -> None:
    ana = desk()
    ana.join()
    cid = ana.write("secret")
    ana.give_key(TOM, KIM.public)
    (entry,) = ana.session.timeline.pending
    assert (entry.state, entry.failure) == (SendState.FAILED, Problem.KEY_NOT_GENUINE)
    assert ana.transport.take(m.Whisper) == []
    # Tried again, the host may have the right one.
    ana.session.retry(cid)
    ana.clock.advance(0)
    ana.give_key(TOM)
    assert [one.cid for one in ana.transport.take(m.Whisper)] == [cid]


def test_key_that_comes_unasked_is_not_taken() -> None:
    ana = desk()
    ana.join()
    ana.hear(m.Key(device=TOM.id, key=KIM.public))
    ana.write("secret")
    ana.give_key(TOM)
    (sent,) = ana.transport.take(m.Whisper)
    assert Sealer(TOM, FINGERPRINT).open(sent.sealed, sent.cid, ANA.public) == "secret"


def test_somebody_the_host_never_met_cannot_be_written_to() -> None:
    ana = desk()
    ana.join()
    ana.write("secret")
    ana.give_key(TOM, b"")
    (entry,) = ana.session.timeline.pending
    assert (entry.state, entry.failure) == (SendState.FAILED, Refusal.NO_SUCH_MEMBER)


@pytest.mark.parametrize(
    ("to", "text", "refusal"),
    [
        (TOM, " ", Refusal.TEXT_EMPTY),
        (TOM, "x" * 5001, Refusal.TEXT_TOO_LONG),
        (ANA, "hi", Refusal.NO_SUCH_MEMBER),
    ],
)
def test_what_cannot_be_a_private_message_is_told_at_once(
    to: DeviceKey, text: str, refusal: Refusal
) -> None:
    ana = desk()
    ana.join()
    assert ana.session.whispers.send(to.id, "tom", text) is refusal
    assert ana.session.timeline.pending == ()


def test_own_message_is_confirmed_by_what_comes_back() -> None:
    ana = desk()
    ana.join()
    cid = ana.write("secret")
    ana.give_key(TOM)
    ana.hear(m.Acked(cid=cid, seq=7))
    assert ana.private[0].state is SendState.SENT
    assert ana.session.timeline.pending
    ana.hear(news(whispered(7, "secret", author=ANA, to=TOM, cid=cid)))
    (entry,) = ana.private
    assert (entry.number, entry.text, entry.mine) == (7, "secret", True)
    assert (entry.private_with, entry.private_nick) == (TOM.id, "tom")
    assert ana.session.timeline.pending == ()


def test_refused_message_can_be_given_up() -> None:
    ana = desk()
    ana.join()
    cid = ana.write("secret")
    ana.give_key(TOM)
    ana.hear(m.Rejected(code=Refusal.NOT_SAVED, cid=cid))
    assert ana.private[0].failure == Refusal.NOT_SAVED
    ana.session.discard(cid)
    assert ana.private == []


def test_unacknowledged_message_survives_a_restart_and_goes_out_under_the_same_cid(
    tmp_path: Path,
) -> None:
    path = tmp_path / "room.sqlite"
    ana = desk(path)
    ana.join()
    cid = ana.write("secret")
    ana.give_key(TOM)
    assert len(ana.transport.take(m.Whisper)) == 1
    ana.end()
    ana = desk(path)
    (entry,) = ana.session.timeline.pending
    assert (entry.text, entry.private_with, entry.private_nick) == ("secret", TOM.id, "tom")
    ana.join()
    ana.give_key(TOM)
    (sent,) = ana.transport.take(m.Whisper)
    assert (sent.cid, sent.to) == (cid, TOM.id)
    assert ana.transport.take(m.Say) == []
    ana.end()


def test_own_message_that_the_host_keeps_no_more_is_confirmed_all_the_same() -> None:
    ana = desk()
    ana.join(history="none")
    cid = ana.write("secret")
    ana.give_key(TOM)
    lose(ana.session)
    ana.join(3, history="none")
    (fetch,) = ana.transport.take(m.FetchWhispers)
    assert (fetch.after, fetch.until) == (0, 3)
    ana.hear(m.Acked(cid=cid, seq=3))
    ana.hear(m.Whispers(whispers=(), after=0, until=3))
    assert ana.session.timeline.pending == ()
    assert [entry.number for entry in ana.private] == [3]


def test_log_that_began_anew_takes_acknowledged_messages_with_it(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    ana = desk(path)
    ana.join(1, log=b"1" * 16)
    ana.hear(m.Whispers(whispers=(whispered(1, "old", cid=A),), after=0, until=1))
    ana.give_key(TOM)
    cid = ana.write("acknowledged")
    ana.hear(m.Acked(cid=cid, seq=2))
    waiting = ana.write("waiting")
    lose(ana.session)
    ana.join(1, log=b"2" * 16)
    (fetch,) = ana.transport.take(m.FetchWhispers)[-1:]
    assert (fetch.after, fetch.until) == (0, 1)
    ana.hear(m.Whispers(whispers=(whispered(1, "new", cid=B),), after=0, until=1))
    assert ana.rows == ["new", "waiting"]
    ana.end()
    ana = desk(path)
    assert ana.rows == ["new", "waiting"]
    assert ana.session.timeline.pending[0].cid == waiting
    ana.end()


# --- reading --------------------------------------------------------------------------------


class _Heard:
    def __init__(self, session: RoomSession) -> None:
        self.added: list[MessageEntry] = []
        self.confirmed: list[MessageEntry] = []
        session.message_added.connect(self.added.append)
        session.whispers.confirmed.connect(self.confirmed.extend)


def test_message_of_just_now_is_opened_with_a_key_that_was_checked() -> None:
    ana = desk()
    heard = _Heard(ana.session)
    ana.join()
    ana.hear(news(whispered(4, "secret")))
    assert ana.private == []
    ana.give_key(TOM)
    (entry,) = ana.private
    assert (entry.text, entry.mine, entry.unopened) == ("secret", False, False)
    assert (entry.private_with, entry.private_nick, entry.seq) == (TOM.id, "tom", 0)
    assert heard.added == heard.confirmed == [entry]
    assert ana.session.unread == 1


def test_message_of_somebody_who_was_not_known_when_we_wrote_to_them_is_opened() -> None:
    at = desk()
    at.join()
    at.write("too early")
    at.give_key(TOM, b"")
    at.hear(m.Whispers(whispers=(whispered(1, "here I am"),)))
    at.give_key(TOM)
    assert [(e.text, e.unopened) for e in at.private if not e.mine] == [("here I am", False)]
    at.end()


def test_message_from_before_is_no_news() -> None:
    ana = desk()
    heard = _Heard(ana.session)
    ana.join(4)
    ana.hear(m.Whispers(whispers=(whispered(4, "secret"),), after=0, until=4))
    ana.give_key(TOM)
    assert (heard.added, len(heard.confirmed), ana.session.unread) == ([], 1, 0)


def _as(one: m.Whispered, **changes: object) -> m.Whispered:
    fields = {name: getattr(one, name) for name in m.Whispered.__struct_fields__}
    return m.Whispered(**{**fields, **changes})


@pytest.mark.parametrize(
    "lie",
    [
        _as(whispered(1, "x", cid=A), cid=B),
        _as(whispered(1, "by Kim", author=KIM), author=TOM.id),
        _as(whispered(1, "for Kim", to=KIM), to=ANA.id),
        whispered(1, "for Kim", to=KIM),
        whispered(1, "elsewhere", room=OTHER_ROOM),
        _as(whispered(1, "x"), sealed=b""),
        # One's own: said to be for another, or under another cid.
        _as(whispered(1, "mine", author=ANA, to=TOM), to=KIM.id),
        _as(whispered(1, "mine", author=ANA, to=TOM), cid=C),
    ],
    ids=["cid", "author", "recipient", "not-mine", "room", "nothing", "own-to", "own-cid"],
)
def test_what_is_not_what_it_is_said_to_be_is_shown_as_that_and_kept(
    lie: m.Whispered, tmp_path: Path
) -> None:
    path = tmp_path / "room.sqlite"
    ana = desk(path)
    ana.join()
    ana.hear(news(lie))
    for asked in ana.transport.take(m.AskKey):
        owner = next(one for one in (TOM, KIM) if one.id == asked.device)
        ana.hear(m.Key(device=owner.id, key=owner.public))
    (entry,) = ana.private
    assert (entry.unopened, entry.text) == (True, "")
    ana.end()
    ana = desk(path)
    assert [one.unopened for one in ana.private] == [True]
    ana.end()


def test_authors_key_that_is_another_devices_opens_nothing() -> None:
    ana = desk()
    ana.join()
    forged = _as(whispered(1, "forged", author=KIM), author=TOM.id)
    ana.hear(news(forged))
    ana.give_key(TOM, KIM.public)
    assert [entry.unopened for entry in ana.private] == [True]


def test_message_sent_a_second_time_by_the_host_is_one() -> None:
    ana = desk()
    ana.join()
    ana.hear(news(whispered(1, "once", cid=A)))
    ana.give_key(TOM)
    ana.hear(news(whispered(2, "once", cid=A), whispered(2, "once", cid=A)))
    ana.hear(news(whispered(1, "once", cid=A), whispered(3, "other")))
    assert ana.rows == ["once", "other"]


def test_what_is_missing_is_fetched_in_parts_and_news_wait_for_it() -> None:
    ana = desk()
    ana.join(9)
    assert ana.transport.take(m.FetchWhispers) == [m.FetchWhispers(after=0, until=9)]
    ana.hear(news(whispered(12, "news")))
    ana.hear(m.Whispers(whispers=(whispered(2, "two"), whispered(5, "five")), after=0, until=5))
    assert ana.transport.take(m.FetchWhispers) == []
    ana.give_key(TOM)
    assert ana.transport.take(m.FetchWhispers) == [m.FetchWhispers(after=5, until=9)]
    ana.hear(m.Whispers(whispers=(), after=5, until=9))
    assert ana.rows == ["two", "five", "news"]
    lose(ana.session)
    ana.join(12)
    assert ana.transport.take(m.FetchWhispers) == []


def test_what_came_and_was_not_opened_before_the_link_broke_is_fetched_again() -> None:
    ana = desk()
    ana.join()
    ana.hear(news(whispered(1, "secret")))
    lose(ana.session)
    ana.join(1)
    assert ana.transport.take(m.FetchWhispers) == [m.FetchWhispers(after=0, until=1)]
    ana.hear(m.Whispers(whispers=(whispered(1, "secret"),), after=0, until=1))
    ana.give_key(TOM)
    assert ana.rows == ["secret"]


def test_what_a_slow_reader_was_left_out_of_is_fetched() -> None:
    ana = desk()
    ana.join()
    ana.hear(m.Skipped(last_seq=0, topic="", last_private=3))
    assert ana.transport.take(m.FetchWhispers) == [m.FetchWhispers(after=0, until=3)]


def test_host_that_gives_nothing_is_not_asked_for_ever() -> None:
    ana = desk()
    ana.join(9)
    assert len(ana.transport.take(m.FetchWhispers)) == 1
    ana.hear(m.Whispers(whispers=(), after=0, until=1))
    ana.hear(m.Whispers(whispers=(), after=1, until=1))
    assert len(ana.transport.take(m.FetchWhispers)) == 1
    ana.hear(news(whispered(10, "news")))
    ana.give_key(TOM)
    assert ana.rows == ["news"]


def test_without_a_key_little_is_kept_and_the_rest_is_fetched_later() -> None:
    ana = desk()
    ana.join()
    count = MAX_WAITING + 20
    everything = [whispered(number, str(number)) for number in range(1, count + 1)]
    for one in everything:
        ana.hear(news(one))
    assert len(ana.session.whispers._fetching.waiting) == MAX_WAITING
    ana.give_key(TOM)
    (fetch,) = ana.transport.take(m.FetchWhispers)
    assert (fetch.after, fetch.until) == (MAX_WAITING, count)
    rest = tuple(everything[MAX_WAITING:])
    ana.hear(m.Whispers(whispers=rest, after=MAX_WAITING, until=count))
    assert ana.rows == [str(number) for number in range(1, count + 1)]


# --- its place ------------------------------------------------------------------------------


def test_it_stands_right_below_the_message_it_came_after() -> None:
    ana = desk()
    ana.join()
    ana.hear(live(*run(1, 2)))
    ana.hear(news(whispered(1, "early", after=1)))
    ana.give_key(TOM)
    ana.hear(news(whispered(2, "late", after=2), whispered(3, "later", after=2)))
    ana.hear(news(whispered(4, "too early", after=3)))
    assert ana.rows == [1, "early", 2, "late", "later"]
    ana.hear(live(*run(3, 4)))
    assert ana.rows == [1, "early", 2, "late", "later", 3, "too early", 4]


def test_old_ones_come_with_the_page_they_belong_to(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    ana = desk(path)
    ana.join(3, last_seq=300)
    ana.hear(m.Page(after=100, until=300, said=run(101, 300)))
    old = (whispered(1, "old", after=0), whispered(2, "mid", after=50))
    ana.hear(m.Whispers(whispers=(*old, whispered(3, "new", after=300)), after=0, until=3))
    ana.give_key(TOM)
    everything = ["old", *range(1, 51), "mid", *range(51, 301), "new"]
    assert ana.rows == [*range(101, 301), "new"]
    assert ana.session.load_older()
    ana.hear(m.Page(after=0, until=100, said=run(1, 100)))
    assert ana.rows == everything
    ana.end()
    ana = desk(path)
    assert ana.rows == [*range(101, 301), "new"]
    assert ana.session.load_older()
    ana.clock.advance(0)
    assert ana.rows == everything
    ana.end()


def test_newcomer_who_sees_nothing_older_sees_those_that_came_before() -> None:
    ana = desk()
    ana.join(1, last_seq=500)
    ana.hear(m.Whispers(whispers=(whispered(1, "early", after=40),), after=0, until=1))
    ana.give_key(TOM)
    assert ana.rows == []
    ana.hear(m.Page(after=300, until=500, said=(), start=500))
    assert ana.rows == ["early"]


# --- what is kept ---------------------------------------------------------------------------


def test_both_sides_are_kept_and_fetched_no_more(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    ana = desk(path)
    ana.join()
    cid = ana.write("mine")
    ana.give_key(TOM)
    ana.hear(news(whispered(5, "mine", author=ANA, to=TOM, cid=cid)))
    ana.hear(news(whispered(8, "yours")))
    shown = ana.private
    ana.end()
    ana = desk(path)
    assert [(e.number, e.text, e.mine, e.private_with) for e in ana.private] == [
        (e.number, e.text, e.mine, e.private_with) for e in shown
    ]
    assert ana.session.timeline.pending == ()
    ana.join(8)
    assert ana.transport.take(m.FetchWhispers) == []
    assert ana.transport.take(m.Whisper) == []
    ana.end()


def test_where_nothing_is_kept_no_private_message_is_either(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    ana = desk(path)
    ana.join()
    ana.hear(news(whispered(1, "kept secret")))
    ana.give_key(TOM)
    ana.hear(m.HistoryChanged(history="none"))
    ana.hear(news(whispered(2, "fleeting secret")))
    assert ana.rows == ["kept secret", "fleeting secret"]
    ana.end()
    assert all(b"secret" not in file.read_bytes() for file in tmp_path.iterdir())
    ana = desk(path)
    assert ana.rows == []
    ana.end()


def test_public_message_cannot_take_the_place_of_a_private_one() -> None:
    ana = desk()
    ana.join()
    cid = ana.write("secret")
    lie = m.Said(seq=1, author=1, at=0, cid=cid, text="lie", nick="ana", device=ANA.id)
    ana.hear(live(lie))
    (pending,) = ana.session.timeline.pending
    assert (pending.text, pending.private_with) == ("secret", TOM.id)


def test_notices_stay_where_they_are() -> None:
    ana = desk()
    ana.join()
    ana.hear(live(*run(1, 1)))
    ana.hear(m.TopicChanged(topic="lunch", by="tom"))
    ana.hear(news(whispered(1, "secret", after=1)))
    ana.give_key(TOM)
    kinds = [type(entry) for entry in ana.session.timeline]
    assert kinds == [NoticeEntry, MessageEntry, NoticeEntry, MessageEntry]
