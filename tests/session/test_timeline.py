"""The timeline keeps the log's order, and says of every row what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QObject, pyqtSlot

from app.session.timeline import (
    Entry,
    MessageEntry,
    NoticeEntry,
    NoticeKind,
    SendState,
    Span,
    Timeline,
)
from tests.helpers.messages import unhurried
from tests.helpers.transport import ME, MY_NUMBER, TOM, TOMS_NUMBER, run, said


class Mirror(QObject):
    """A copy of a timeline, kept up to date by its signals alone, as a window's model is."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self.rows: list[Entry] = list(timeline)
        self.events: list[tuple[str, int, int]] = []
        self._timeline = timeline
        self._announced: tuple[str, Span, int] | None = None
        timeline.about_to_insert.connect(self._on_about_to_insert)
        timeline.inserted.connect(self._on_inserted)
        timeline.about_to_remove.connect(self._on_about_to_remove)
        timeline.removed.connect(self._on_removed)
        timeline.changed.connect(self._on_changed)

    @pyqtSlot(Span)
    def _on_about_to_insert(self, span: Span) -> None:
        assert self._announced is None
        self._announced = ("insert", span, len(self._timeline))

    @pyqtSlot(Span)
    def _on_inserted(self, span: Span) -> None:
        count = span.last - span.first + 1
        assert self._announced == ("insert", span, len(self._timeline) - count)
        self._announced = None
        self.rows[span.first : span.first] = [
            self._timeline[row] for row in range(span.first, span.last + 1)
        ]
        self.events.append(("inserted", span.first, span.last))

    @pyqtSlot(Span)
    def _on_about_to_remove(self, span: Span) -> None:
        assert self._announced is None
        self._announced = ("remove", span, len(self._timeline))

    @pyqtSlot(Span)
    def _on_removed(self, span: Span) -> None:
        count = span.last - span.first + 1
        assert self._announced == ("remove", span, len(self._timeline) + count)
        self._announced = None
        del self.rows[span.first : span.last + 1]
        self.events.append(("removed", span.first, span.last))

    @pyqtSlot(Span)
    def _on_changed(self, span: Span) -> None:
        for row in range(span.first, span.last + 1):
            self.rows[row] = self._timeline[row]
        self.events.append(("changed", span.first, span.last))


def pending(cid: bytes, text: str = "mine") -> MessageEntry:
    return MessageEntry(
        cid=cid,
        seq=0,
        author=MY_NUMBER,
        nick="ana",
        device=ME,
        at=0,
        text=text,
        mine=True,
        state=SendState.SENDING,
    )


def came(nick: str, at: int = 0) -> NoticeEntry:
    return NoticeEntry(NoticeKind.CAME, at=at, nick=nick, came=(nick,))


def went(nick: str, at: int = 0) -> NoticeEntry:
    return NoticeEntry(NoticeKind.WENT, at=at, nick=nick, went=(nick,))


def shown(timeline: Timeline) -> list[str]:
    return [
        entry.text if isinstance(entry, MessageEntry) else entry.kind.value for entry in timeline
    ]


A, B, C = b"a" * 16, b"b" * 16, b"c" * 16


def test_confirmed_message_takes_the_place_of_the_pending_one() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A))
    mirror = Mirror(timeline)
    timeline.confirm((said(1, "mine", cid=A, mine=True),), MY_NUMBER)
    assert mirror.events == [("changed", 0, 0)]
    assert timeline.pending == ()
    (entry,) = timeline
    assert isinstance(entry, MessageEntry)
    assert (entry.seq, entry.state, entry.mine) == (1, SendState.SENT, True)


def test_messages_of_others_come_in_above_what_is_pending() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A))
    timeline.confirm((said(1, "theirs"),), MY_NUMBER)
    assert shown(timeline) == ["theirs", "mine"]
    assert [entry.cid for entry in timeline.pending] == [A]


def test_own_message_confirmed_out_of_order_moves_to_its_place() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A, "first"))
    timeline.add_pending(pending(B, "second"))
    mirror = Mirror(timeline)
    timeline.confirm((said(1, "second", cid=B, mine=True),), MY_NUMBER)
    assert shown(timeline) == ["second", "first"]
    assert mirror.events == [("removed", 1, 1), ("inserted", 0, 0)]
    assert [entry.text for entry in timeline.pending] == ["first"]


def test_one_page_may_hold_messages_of_others_and_ones_own() -> None:
    timeline = Timeline()
    for cid, text in ((A, "a"), (B, "b"), (C, "c")):
        timeline.add_pending(pending(cid, text))
    mirror = Mirror(timeline)
    page = (
        said(1, "x"),
        said(2, "b", cid=B, mine=True),
        said(3, "y"),
        said(4, "a", cid=A, mine=True),
        said(5, "z"),
    )
    timeline.confirm(page, MY_NUMBER)
    assert shown(timeline) == ["x", "b", "y", "a", "z", "c"]
    assert mirror.rows == list(timeline)


def test_own_message_is_known_by_its_device_when_the_nickname_is_another_now() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A))
    timeline.confirm((said(1, "mine", cid=A, mine=True),), MY_NUMBER + 7)
    (entry,) = timeline
    assert isinstance(entry, MessageEntry)
    assert entry.mine
    assert timeline.pending == ()


def test_somebody_elses_message_with_the_same_cid_confirms_nothing() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A))
    timeline.confirm((said(1, "theirs", cid=A),), MY_NUMBER)
    assert shown(timeline) == ["theirs", "mine"]
    first = timeline[0]
    assert isinstance(first, MessageEntry)
    assert (first.mine, first.device, first.author) == (False, TOM, TOMS_NUMBER)


def test_older_page_goes_above_everything() -> None:
    timeline = Timeline()
    timeline.confirm(run(3, 4), MY_NUMBER)
    timeline.add_pending(pending(A))
    mirror = Mirror(timeline)
    timeline.prepend(run(1, 2), MY_NUMBER)
    assert shown(timeline) == ["message 1", "message 2", "message 3", "message 4", "mine"]
    assert mirror.events == [("inserted", 0, 1)]


def test_empty_pages_change_no_row() -> None:
    timeline = Timeline()
    mirror = Mirror(timeline)
    timeline.prepend((), MY_NUMBER)
    timeline.confirm((), MY_NUMBER)
    assert mirror.events == []


def test_state_changes_in_place_and_an_unknown_cid_changes_nothing() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A))
    mirror = Mirror(timeline)
    timeline.set_state(A, SendState.FAILED, "too-long")
    timeline.set_state(B, SendState.FAILED)
    assert timeline[0] == replace(pending(A), state=SendState.FAILED, failure="too-long")
    assert mirror.events == [("changed", 0, 0)]


def test_discarded_message_goes_and_an_unknown_cid_changes_nothing() -> None:
    timeline = Timeline()
    timeline.confirm((said(1, "x"),), MY_NUMBER)
    timeline.add_pending(pending(A))
    timeline.discard(B)
    timeline.discard(A)
    assert shown(timeline) == ["x"]
    assert timeline.pending == ()


def test_message_that_no_page_shows_settles_where_its_number_belongs() -> None:
    timeline = Timeline()
    timeline.confirm((said(1), said(2), said(4)), MY_NUMBER)
    timeline.add_pending(pending(A))
    timeline.add_pending(pending(B, "later"))
    timeline.settle(A, 3)
    timeline.settle(C, 9)
    assert shown(timeline) == ["message 1", "message 2", "mine", "message 4", "later"]
    assert [entry.text for entry in timeline.pending] == ["later"]


def test_comings_and_goings_in_a_row_are_one_line() -> None:
    timeline = Timeline()
    for notice in (came("tom", 1), came("kim", 2), went("tom", 3)):
        timeline.add_notice(notice)
    (line,) = timeline
    assert line == NoticeEntry(
        NoticeKind.CAME, at=3, nick="tom", came=("tom", "kim"), went=("tom",)
    )


@pytest.mark.parametrize("between", ["message", "topic"])
def test_anything_between_comings_starts_another_line(between: str) -> None:
    timeline = Timeline()
    timeline.add_notice(came("tom"))
    if between == "message":
        timeline.confirm((said(1),), MY_NUMBER)
    else:
        timeline.add_notice(NoticeEntry(NoticeKind.TOPIC, at=0, text="lunch"))
    timeline.add_notice(came("kim"))
    assert len(timeline) == 3


def test_notices_stand_above_what_is_pending() -> None:
    timeline = Timeline()
    timeline.add_pending(pending(A))
    timeline.add_notice(came("tom"))
    timeline.add_notice(NoticeEntry(NoticeKind.TOPIC, at=0, text="lunch"))
    assert shown(timeline) == ["came", "topic", "mine"]
    timeline.confirm((said(1, "mine", cid=A, mine=True),), MY_NUMBER)
    assert shown(timeline) == ["came", "topic", "mine"]


steps = st.lists(
    st.tuples(
        st.sampled_from(["pend", "theirs", "mine", "state", "discard", "notice", "older"]),
        st.integers(0, 5),
    ),
    max_size=30,
)


@unhurried
@given(steps)
def test_signals_alone_tell_a_window_every_row(steps: list[tuple[str, int]]) -> None:
    timeline = Timeline()
    mirror = Mirror(timeline)
    seq = 0
    for step, number in steps:
        cid = bytes([number]) * 16
        match step:
            case "pend":
                timeline.add_pending(pending(cid, str(number)))
            case "theirs" | "mine":
                seq += 1
                timeline.confirm((said(seq, cid=cid, mine=step == "mine"),), MY_NUMBER)
            case "state":
                timeline.set_state(cid, SendState.FAILED)
            case "discard":
                timeline.discard(cid)
            case "notice":
                timeline.add_notice(came(str(number)) if number % 2 else went(str(number)))
            case _:
                timeline.prepend(run(1, number), MY_NUMBER)
        assert mirror.rows == list(timeline)
    confirmed = len(timeline) - len(timeline.pending)
    for row, entry in enumerate(timeline):
        is_pending = isinstance(entry, MessageEntry) and entry.seq == 0
        assert is_pending == (row >= confirmed)
