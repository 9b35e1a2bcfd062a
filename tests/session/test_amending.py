"""One's own edits, answers and reactions: shown at once, kept, sent in order, confirmed or refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.store_acts import ACTS
from app.session.store_schema import MIGRATIONS
from app.session.timeline import MessageEntry, Reaction, SendState, Span, Timeline
from tests.helpers.messages import unhurried
from tests.helpers.sessions import messages
from tests.helpers.transport import (
    ME,
    MY_NUMBER,
    let_in,
    live,
    lose,
    said,
)
from tests.session.stores import Desk, loaded
from tests.session.test_moderating import LOG, deleting, online

THUMB, PARTY = "👍", "🎉"


def act(seq: int, kind: m.SaidKind, about: int, text: str = THUMB, *, mine: bool = False) -> m.Said:
    return replace(said(seq, text or "x", mine=mine), kind=kind, about=about, text=text)


def editing(seq: int, about: int, text: str, *, mine: bool = False) -> m.Said:
    return act(seq, "edit", about, text, mine=mine)


def entry(session: RoomSession, seq: int) -> MessageEntry:
    found = session.quoted(seq)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms" / "room.sqlite"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    """A member in a room where one message is its own, and one is Tom's; all of it kept."""
    desk = Desk(path)
    enter(desk, said(1, "mine", mine=True), said(2, "tom's"))
    yield desk
    desk.session.close()


def enter(desk: Desk, *lines: m.Said) -> None:
    session, transport = desk.session, desk.transport
    let_in(session, lines[-1].seq if lines else desk.store.facts.covered, log=LOG)
    session.receive(m.Roster(members=(m.Member(number=1, nick="ana", device=ME),)))
    for fetch in transport.take(m.Fetch):
        inside = tuple(one for one in lines if fetch.after < one.seq <= fetch.until)
        session.receive(m.Page(after=fetch.after, until=fetch.until, said=inside))
    desk.end_turn()


# --- what others do -----------------------------------------------------------------------------


def test_edits_and_reactions_are_no_rows_and_nothing_new() -> None:
    session, _ = online()
    news: list[str] = []
    session.message_added.connect(lambda entry: news.append(entry.text))
    session.receive(live(said(1, "one"), editing(2, 1, "@ana two"), act(3, "react", 1)))
    (message,) = messages(session)
    assert (message.text, message.edited, message.seq) == ("@ana two", True, 1)
    assert message.reactions == (Reaction(THUMB, ("tom",), mine=False),)
    assert (news, session.unread) == (["one"], 1)
    # One that was edited before it came here is as new as any.
    session.receive(live(replace(said(4, "four"), kind="edited", about=1)))
    assert (news, session.unread) == (["one", "four"], 2)
    assert (entry(session, 4).edited, entry(session, 4).reply_to) == (True, 1)


def test_reactions_stand_in_the_order_in_which_they_came() -> None:
    session, _ = online()
    session.receive(m.Live(said=(said(1), act(2, "react", 1, PARTY), act(3, "react", 1))))
    session.receive(m.Live(said=(act(4, "react", 1, mine=True), act(5, "unreact", 1, PARTY))))
    assert entry(session, 1).reactions == (Reaction(THUMB, ("tom", "ana"), mine=True),)
    session.receive(m.Live(said=(act(6, "react", 1, PARTY), act(7, "unreact", 1, mine=True))))
    assert [(one.emoji, one.mine) for one in entry(session, 1).reactions] == [
        (PARTY, False),
        (THUMB, False),
    ]
    session.receive(m.Live(said=(deleting(8, 1),)))
    assert (entry(session, 1).reactions, entry(session, 1).deleted) == ((), True)


def test_what_is_no_emoji_is_no_reaction_whatever_the_host_says() -> None:
    session, _ = online()
    session.receive(m.Live(said=(said(1), act(2, "react", 1, "<b>click</b>"))))
    assert entry(session, 1).reactions == ()


_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "react", "unreact", "delete"]),
        st.integers(1, 8),
        st.sampled_from([THUMB, PARTY]),
    ),
    max_size=12,
)


def _log(acts: list[tuple[m.SaidKind, int, str]]) -> list[m.Said]:
    log = [said(seq) for seq in range(1, 9)]
    for seq, (kind, about, emoji) in enumerate(acts, 9):
        text = f"edit {seq}" if kind == "edit" else emoji
        log.append(deleting(seq, about) if kind == "delete" else act(seq, kind, about, text))
    return log


def _expected(log: list[m.Said]) -> list[tuple[str, tuple[str, ...]]]:
    shown: list[tuple[str, tuple[str, ...]]] = []
    for seq in range(1, 9):
        about = [one for one in log if one.about == seq]
        if any(one.kind == "delete" for one in about):
            shown.append(("", ()))
            continue
        edits = [one.text for one in about if one.kind == "edit"]
        last = {one.text: one.kind for one in about if one.kind in {"react", "unreact"}}
        standing = tuple(sorted(emoji for emoji, kind in last.items() if kind == "react"))
        shown.append(([f"message {seq}", *edits][-1], standing))
    return shown


def _shown(entries: list[MessageEntry]) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.text, tuple(sorted(one.emoji for one in e.reactions))) for e in entries]


@given(_ACTS, st.lists(st.integers(1, 19)))
@unhurried
def test_in_whatever_pages_the_log_comes_messages_are_as_they_are_now(
    acts: list[tuple[m.SaidKind, int, str]], cuts: list[int]
) -> None:
    log = _log(acts)
    timeline = Timeline()
    edges = sorted({0, len(log), *(cut for cut in cuts if cut < len(log))})
    parts = [tuple(log[first:last]) for first, last in pairwise(edges)]
    timeline.confirm(parts[-1], MY_NUMBER)
    for part in reversed(parts[:-1]):
        timeline.prepend(part, MY_NUMBER)
    entries = [one for one in timeline if isinstance(one, MessageEntry)]
    assert _shown(entries) == _expected(log)


@given(_ACTS, st.integers(0, 20))
@unhurried
def test_store_holds_messages_as_they_are_now_and_no_text_twice(
    acts: list[tuple[m.SaidKind, int, str]], begun: int
) -> None:
    """What came before the member did is fetched later, as the host has it by then, or stale."""
    log = _log(acts)
    begun = min(begun, len(log))
    with closing(RoomStore(None)) as store:
        store.begin(begun)
        for one in log[begun:]:
            store.add(one.seq - 1, one.seq, (one,))
        store.add(0, begun, tuple(log[:begun]))
        kept = store.before(99)
        texts = [one.text for one in kept if one.kind in {"text", "edited", "deleted"}]
        assert texts == [text for text, _ in _expected(log)]
        assert all(not one.text for one in kept if one.kind == "edit")
        timeline = Timeline()
        timeline.take_acts(store.acts(0, 8))
        timeline.prepend(kept[:8], MY_NUMBER)
        assert _shown([one for one in timeline if isinstance(one, MessageEntry)]) == _expected(log)
        for one in kept:
            found = store.between(0, 99, f'"{one.text.split()[-1]}"', 99) if one.text else ()
            if one.kind in {"text", "edited"}:
                assert one.seq in {hit.seq for hit in found}
        store.commit()
        store._connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_nothing_of_a_text_that_was_replaced_is_left_in_the_stores_file(path: Path) -> None:
    store = loaded(path)
    store.begin(0)
    store.add(0, 2, (said(1, "some xylophone"), said(2, "zebra")))
    store.add(2, 4, (editing(3, 1, "xylophone " * 300), editing(4, 1, "quicksand")))
    store.commit()
    store.add(4, 5, (editing(5, 1, "last"),))
    while store.tend():
        pass
    store.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"zebra" in everything
    assert b"last" in everything
    assert b"xylophone" not in everything
    assert b"quicksand" not in everything


def test_many_reactions_in_one_page_are_one_change_a_message() -> None:
    timeline = Timeline()
    timeline.confirm(tuple(said(seq) for seq in range(1, 101)), MY_NUMBER)
    spans: list[Span] = []
    timeline.changed.connect(spans.append)
    lines = [
        replace(act(101 + n, "react", 1 + n % 2), device=n.to_bytes(32, "big")) for n in range(1000)
    ]
    timeline.confirm(tuple(lines), MY_NUMBER)
    assert spans == [Span(0, 1)]
    found = timeline.find(1)
    assert found is not None
    assert len(found.reactions[0].nicks) == 500


# --- one's own ----------------------------------------------------------------------------------


def test_edit_shows_at_once_and_is_the_text_once_the_host_says_so(desk: Desk) -> None:
    session = desk.session
    assert session.edit(1, "better") is None
    shown = entry(session, 1)
    assert shown.edit is not None
    assert (shown.text, shown.edited) == ("mine", False)
    assert (shown.edit.text, shown.edit.state) == ("better", SendState.SENDING)
    (wish,) = desk.transport.take(m.Edit)
    assert wish == m.Edit(cid=shown.edit.cid, seq=1, text="better")
    assert session.on_their_way == 1
    session.receive(m.Acked(cid=wish.cid, seq=3))
    assert session.on_their_way == 0
    for _ in range(2):
        shown = entry(session, 1)
        assert (shown.text, shown.edited, shown.edit) == ("better", True, None)
        line = replace(editing(3, 1, "better", mine=True), cid=wish.cid)
        session.receive(live(line))
    assert desk.store.outbox == {}


def test_what_cannot_be_edited_or_reacted_to_is_refused_here(desk: Desk) -> None:
    session = desk.session
    assert session.edit(1, " ") == Refusal.TEXT_EMPTY
    assert session.edit(1, "x" * (limits.MAX_TEXT + 1)) == Refusal.TEXT_TOO_LONG
    assert session.edit(2, "x") == Refusal.NOT_PERMITTED
    assert session.react(2, "no", on=True) == Refusal.NOT_AN_EMOJI
    session.receive(m.Live(said=(deleting(3, 1),)))
    for seq in (0, 1, 3, 9):
        assert session.edit(seq, "x") == Refusal.NO_SUCH_MESSAGE
        assert session.react(seq, THUMB, on=True) == Refusal.NO_SUCH_MESSAGE
    lines = [replace(act(4 + n, "react", 2, chr(0x1F600 + n))) for n in range(limits.MAX_REACTIONS)]
    session.receive(m.Live(said=tuple(lines)))
    assert session.react(2, THUMB, on=True) == Refusal.TOO_MANY_EMOJI
    assert session.react(2, "\U0001f600", on=True) is None
    session.muted = True
    assert session.react(2, "\U0001f601", on=True) == Refusal.MUTED
    assert desk.transport.take(m.Edit) == []


def test_what_was_wished_offline_outlives_a_crash_and_is_sent_in_its_order(desk: Desk) -> None:
    session = desk.session
    lose(session)
    session.send("first", reply_to=2)
    session.edit(1, "better")
    session.react(2, THUMB, on=True)
    session.edit(1, "best")
    session.send("last")
    session.react(2, THUMB, on=False)
    desk.end_turn()
    again = Desk(desk.crash())
    shown = entry(again.session, 1)
    assert shown.edit is not None
    assert (shown.text, shown.edit.text) == ("mine", "best")
    assert entry(again.session, 2).reactions == ()
    assert [one.reply_to for one in again.session.timeline.pending] == [2, 0]
    enter(again)
    sent = [e for e in again.transport.events if isinstance(e, m.Say | m.Edit | m.React)]
    assert [type(one).__name__ for one in sent] == ["Say", "Edit", "React", "Edit", "Say", "React"]
    assert isinstance(sent[0], m.Say)
    assert sent[0].reply_to == 2
    # Sent again on another link, it is the same wish.
    lose(again.session)
    again.transport.events.clear()
    enter(again)
    assert [e for e in again.transport.events if isinstance(e, m.Say | m.Edit | m.React)] == sent
    again.close()


def test_edit_that_was_acknowledged_before_a_crash_is_shown_before_the_network_answers(
    desk: Desk,
) -> None:
    session = desk.session
    # Others speak, and what they say is still on its way when the link is gone.
    session.edit(1, "better")
    session.react(2, THUMB, on=True)
    desk.end_turn()
    (edit,), (react,) = desk.transport.take(m.Edit), desk.transport.take(m.React)
    session.receive(m.Acked(cid=edit.cid, seq=5))
    session.receive(m.Acked(cid=react.cid, seq=6))
    desk.end_turn()
    again = Desk(desk.crash())
    shown = entry(again.session, 1)
    assert (shown.text, shown.edited, shown.edit) == ("better", True, None)
    assert entry(again.session, 2).reactions == (Reaction(THUMB, ("ana",), mine=True),)
    enter(again)
    assert again.transport.take(m.Edit) == []
    again.session.receive(m.Live(said=(said(3), said(4))))
    lines = editing(5, 1, "better", mine=True), act(6, "react", 2, mine=True)
    again.session.receive(
        m.Live(said=(replace(lines[0], cid=edit.cid), replace(lines[1], cid=react.cid)))
    )
    assert again.store.outbox == {}
    again.close()


def test_refused_edit_stays_until_it_is_sent_again_or_given_up(desk: Desk) -> None:
    session = desk.session
    refused: list[tuple[str, bytes]] = []
    session.refused.connect(lambda code, cid: refused.append((code, cid)))
    session.edit(1, "better")
    (wish,) = desk.transport.take(m.Edit)
    session.receive(m.Rejected(code=Refusal.NOT_SAVED, cid=wish.cid))
    assert refused == [(Refusal.NOT_SAVED, wish.cid)]
    desk.end_turn()
    again = Desk(desk.crash())
    shown = entry(again.session, 1).edit
    assert shown is not None
    assert (shown.text, shown.state, shown.failure) == (
        "better",
        SendState.FAILED,
        Refusal.NOT_SAVED,
    )
    enter(again)
    assert again.transport.take(m.Edit) == []
    again.session.retry(shown.cid)
    assert again.transport.take(m.Edit) == [wish]
    again.session.receive(m.Rejected(code=Refusal.NOT_SAVED, cid=wish.cid))
    again.session.discard(shown.cid)
    assert (entry(again.session, 1).text, entry(again.session, 1).edit) == ("mine", None)
    assert again.store.outbox == {}
    again.close()


def test_refused_reaction_and_edit_of_what_is_gone_go_away(desk: Desk) -> None:
    session = desk.session
    refused: list[tuple[str, bytes]] = []
    session.refused.connect(lambda code, cid: refused.append((code, cid)))
    session.react(2, THUMB, on=True)
    assert entry(session, 2).reactions == (Reaction(THUMB, ("ana",), mine=True),)
    (react,) = desk.transport.take(m.React)
    session.receive(m.Rejected(code=Refusal.MUTED, cid=react.cid))
    assert entry(session, 2).reactions == ()
    session.edit(1, "better")
    desk.end_turn()
    (edit,) = desk.transport.take(m.Edit)
    session.receive(m.Rejected(code=Refusal.NO_SUCH_MESSAGE, cid=edit.cid))
    assert entry(session, 1).edit is None
    assert refused == [(Refusal.MUTED, b""), (Refusal.NO_SUCH_MESSAGE, b"")]
    assert desk.store.outbox == {}


def test_nothing_is_done_to_another_log(desk: Desk) -> None:
    session = desk.session
    lose(session)
    session.send("answer", reply_to=1)
    session.edit(1, "better")
    session.react(2, THUMB, on=True)
    let_in(session, 2, log=b"x" * 16)
    session.receive(m.Page(after=0, until=2, said=(said(1, "other", mine=True), said(2, "new"))))
    assert desk.transport.take(m.Edit) == []
    assert desk.transport.take(m.React) == []
    (say,) = desk.transport.take(m.Say)
    assert say.reply_to == 0
    assert (entry(session, 1).text, entry(session, 1).edit) == ("other", None)
    assert entry(session, 2).reactions == ()


# --- what is quoted -----------------------------------------------------------------------------


def test_what_is_quoted_is_never_stale_though_it_is_not_shown(path: Path) -> None:
    desk = Desk(path)
    lines = [said(seq, mine=seq == 1) for seq in range(1, 301)]
    enter(desk, *lines)
    while desk.session.load_older():
        desk.end_turn()
        for fetch in desk.transport.take(m.Fetch):
            inside = tuple(lines[fetch.after : fetch.until])[-200:]
            page = m.Page(after=inside[0].seq - 1, until=fetch.until, said=inside)
            desk.session.receive(page)
    desk = Desk(desk.close())
    session = desk.session
    assert session.timeline.find(1) is None
    assert entry(session, 1).text == "message 1"
    enter(desk)
    session.receive(m.Live(said=(editing(301, 1, "edited", mine=True), act(302, "react", 1))))
    assert (entry(session, 1).text, entry(session, 1).edited) == ("edited", True)
    assert len(entry(session, 1).reactions) == 1
    # One's own that is not shown can be edited all the same.
    assert session.edit(1, "again") is None
    assert entry(session, 1).edit is not None
    session.receive(m.Live(said=(deleting(303, 1),)))
    assert entry(session, 1).deleted
    assert session.quoted(999) is None
    while session.load_older():
        desk.end_turn()
    assert [one.seq for one in messages(session)][:1] == [1]
    assert session.timeline.find(1) == entry(session, 1)
    desk.close()


# --- the store ----------------------------------------------------------------------------------


def test_store_of_before_there_was_editing_goes_on(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as database:
        for statements in MIGRATIONS[:3]:
            for statement in statements:
                database.execute(statement)
        database.execute("UPDATE room SET kept = 1, covered = 3")
        for seq, text, kind, about in ((1, "", 1, 0), (2, "", 2, 1), (3, "three", 0, 0)):
            row = (seq, 1, "ana", ME, 0, bytes([seq] * 16), text, kind, about)
            database.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("INSERT INTO words (rowid, text) VALUES (3, 'three')")
        database.execute("INSERT INTO outbox (cid, text, at) VALUES (?, 'waits', 5)", (bytes(16),))
        database.execute("PRAGMA user_version = 3")
        database.commit()
    desk = Desk(path)
    assert [one.text for one in messages(desk.session)] == ["", "three", "waits"]
    assert messages(desk.session)[0].deleted_by == "ana"
    assert desk.session.edit(3, "four") is None
    desk.end_turn()
    again = Desk(desk.crash())
    enter(again)
    assert [one.text for one in again.transport.take(m.Edit)] == ["four"]
    assert [one.text for one in again.transport.take(m.Say)] == ["waits"]
    again.close()


def test_what_was_done_is_looked_up_by_its_message(path: Path) -> None:
    with closing(loaded(path)) as store:
        asked = f"SELECT * FROM said WHERE about > 1 AND about <= 9 AND {ACTS} ORDER BY seq"  # noqa: S608
        plan = store._connection.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall()
        assert "INDEX acts" in plan[0][3]
