"""A room read from its first message on: from the store, from the host, from what is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.protocol import messages as m
from app.session.connection import Problem
from app.session.room_session import RoomSession
from app.session.timeline import Entry, MessageEntry, NoticeEntry
from app.session.transcript import PATIENCE, Reading, ReadingFailed, Wanted
from app.session.whisper_store import PrivateLine
from tests.helpers.transport import (
    TOM,
    RecordingTransport,
    let_in,
    live,
    lose,
    run,
    said,
    session_with_transport,
)
from tests.session.stores import Desk


class Ear:
    """Hears that there is more to take."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1


def begin(session: RoomSession, wanted: Wanted = Wanted(), ear: Ear | None = None) -> Reading:  # noqa: B008
    return session.transcripts.read(wanted, ear or Ear(), online=session.is_online)


def rest(reading: Reading) -> list[Entry]:
    """Take all that can be taken without the host."""
    found: list[Entry] = []
    while (entries := reading.take()) is not None:
        if not entries and reading.is_waiting:
            break
        found += entries
    return found


def texts(entries: list[Entry]) -> list[str]:
    return [one.text if isinstance(one, MessageEntry) else "(gap)" for one in entries]


def expected(first: int, last: int) -> list[str]:
    return [f"message {seq}" for seq in range(first, last + 1)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "rooms" / "one.db")
    let_in(desk.session, log=b"log")
    return desk


def test_all_that_is_kept_comes_once_and_in_order(desk: Desk) -> None:
    desk.store.add(0, 950, run(1, 950))
    assert texts(rest(begin(desk.session))) == expected(1, 950)


def test_it_ends_where_it_was_when_it_began(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 3)))
    reading = begin(desk.session)
    desk.session.receive(live(*run(4, 5)))
    assert texts(rest(reading)) == expected(1, 3)
    assert reading.part == 1.0


def test_a_deleted_message_has_no_text_and_says_by_whom(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 2)))
    delete = m.Said(
        seq=3,
        author=2,
        nick="tom",
        device=TOM,
        at=3,
        cid=b"d" * 16,
        text="",
        kind="delete",
        about=1,
    )
    desk.session.receive(live(delete))
    found = rest(begin(desk.session))
    assert texts(found) == ["", "message 2"]
    assert isinstance(found[0], MessageEntry)
    assert (found[0].deleted, found[0].deleted_by) == (True, "tom")


def test_a_gap_is_told_where_it_is(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 2)))
    lose(desk.session)
    let_in(desk.session, last_seq=6, log=b"log")
    desk.session.receive(m.Page(after=2, until=6, said=run(5, 6), start=4))
    found = rest(begin(desk.session))
    assert texts(found) == [*expected(1, 2), "(gap)", *expected(5, 6)]


def private(number: int, after: int, text: str | None = "psst") -> PrivateLine:
    return PrivateLine(number, TOM, "tom", "tom", False, 1, after, bytes([number]) * 16, text)


@pytest.mark.parametrize("wanted", [False, True])
def test_private_messages_come_in_their_places_if_they_are_wanted(
    desk: Desk, *, wanted: bool
) -> None:
    desk.session.receive(live(*run(1, 3)))
    for line in (private(1, 0, "above"), private(2, 2, "between"), private(3, 3, "below")):
        desk.store.add_private(line)
    found = texts(rest(begin(desk.session, Wanted(private=wanted))))
    if wanted:
        assert found == ["above", "message 1", "message 2", "between", "message 3", "below"]
    else:
        assert found == expected(1, 3)


def test_many_private_messages_below_the_last_all_come(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 1)))
    for number in range(1, 251):
        desk.store.add_private(
            PrivateLine(number, TOM, "tom", "tom", False, 1, 1, number.to_bytes(16, "big"), "psst")
        )
    assert len(rest(begin(desk.session, Wanted(private=True)))) == 251


def test_what_is_from_before_a_day_is_left_out(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 5)))
    assert texts(rest(begin(desk.session, Wanted(since=4000)))) == expected(4, 5)


def hosted_elsewhere(tmp_path: Path) -> Desk:
    """Return a desk that keeps 301 to 400, of which the host has all from 1 on."""
    desk = Desk(tmp_path / "rooms" / "one.db")
    let_in(desk.session, last_seq=400, log=b"log")
    [fetch] = desk.transport.take(m.Fetch)
    desk.session.receive(m.Page(after=fetch.after, until=400, said=run(fetch.after + 1, 400)))
    return desk


def answer(session: RoomSession, transport: RecordingTransport, most: int) -> m.Fetch:
    """Answer as a host does, which gives at most so many at a time."""
    [fetch] = transport.take(m.Fetch)
    last = min(fetch.until, fetch.after + most)
    session.receive(m.Page(after=fetch.after, until=last, said=run(fetch.after + 1, last)))
    return fetch


def test_what_is_older_comes_from_the_host_and_is_not_shown(tmp_path: Path) -> None:
    desk = hosted_elsewhere(tmp_path)
    assert desk.session.transcripts.is_older_elsewhere
    shown, ear = len(desk.session.timeline), Ear()
    reading = begin(desk.session, Wanted(from_host=True), ear)
    found = rest(reading)
    asked = 0
    while reading.is_waiting:
        answer(desk.session, desk.transport, 77)
        asked += 1
        assert ear.calls == asked
        found += rest(reading)
    assert asked > 1
    assert texts(found) == expected(1, 400)
    assert len(desk.session.timeline) == shown


def test_without_the_host_there_is_what_is_here(tmp_path: Path) -> None:
    desk = hosted_elsewhere(tmp_path)
    found = texts(rest(begin(desk.session)))
    assert found[-1] == "message 400"
    assert found == expected(401 - len(found), 400)
    assert len(found) < 400


def test_scrolling_up_meanwhile_doubles_nothing(tmp_path: Path) -> None:
    desk = hosted_elsewhere(tmp_path)
    reading = begin(desk.session, Wanted(from_host=True))
    found = rest(reading)
    desk.transport.take(m.Fetch)
    assert desk.session.load_older()
    [older] = desk.transport.take(m.Fetch)
    desk.session.receive(m.Page(after=0, until=50, said=run(1, 50)))
    found += rest(reading)
    desk.transport.take(m.Fetch)
    first = max(0, older.until - 100)
    desk.session.receive(m.Page(after=first, until=older.until, said=run(first + 1, older.until)))
    last = older.until
    desk.session.receive(m.Page(after=50, until=last, said=run(51, last)))
    found += rest(reading)
    assert texts(found) == expected(1, 400)


def test_a_host_that_gives_nothing_is_not_asked_for_ever(tmp_path: Path) -> None:
    desk = hosted_elsewhere(tmp_path)
    reading = begin(desk.session, Wanted(from_host=True))
    rest(reading)
    desk.transport.take(m.Fetch)
    desk.session.receive(m.Page(after=0, until=0, said=()))
    assert texts(rest(reading))[-1] == "message 400"
    assert desk.transport.take(m.Fetch) == []


@pytest.mark.parametrize(
    ("what", "problem"), [("lost", Problem.LOST), ("silent", Problem.NO_ANSWER), ("closed", "")]
)
def test_what_goes_wrong_is_told_once_and_raised(tmp_path: Path, what: str, problem: str) -> None:
    desk = hosted_elsewhere(tmp_path)
    ear = Ear()
    reading = begin(desk.session, Wanted(from_host=True), ear)
    rest(reading)
    if what == "lost":
        lose(desk.session)
    elif what == "silent":
        desk.clock.advance(PATIENCE + 1)
    else:
        desk.session.close()
    assert ear.calls == 1
    with pytest.raises(ReadingFailed) as failed:
        reading.take()
    assert failed.value.problem == problem


def test_a_lost_connection_does_not_matter_once_the_host_has_given_all(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 3)))
    reading = begin(desk.session)
    lose(desk.session)
    assert texts(rest(reading)) == expected(1, 3)


def test_a_room_that_began_anew_is_no_transcript(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 3)))
    reading = begin(desk.session)
    let_in(desk.session, last_seq=1, log=b"another")
    with pytest.raises(ReadingFailed):
        rest(reading)


def test_where_nothing_is_kept_it_is_what_is_shown() -> None:
    session, transport = session_with_transport()
    let_in(session, history="none")
    session.receive(live(*run(1, 3)))
    session.send("not there yet")
    session.receive(live(said(4, "late")))
    assert transport.take(m.Say)
    found = rest(begin(session))
    assert texts(found) == [*expected(1, 3), "late"]
    assert not any(isinstance(one, NoticeEntry) for one in found)


def test_a_second_reading_ends_the_first(desk: Desk) -> None:
    desk.session.receive(live(*run(1, 3)))
    first = begin(desk.session)
    second = begin(desk.session)
    with pytest.raises(ReadingFailed):
        first.take()
    assert texts(rest(second)) == expected(1, 3)
