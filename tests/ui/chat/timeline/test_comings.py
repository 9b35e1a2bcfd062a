"""Who came and went: in one line, unfolded where one wants, or not told at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.session.timeline import (
    Entry,
    MessageEntry,
    NoticeEntry,
    NoticeKind,
    Span,
    Timeline,
)
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.chat.timeline.shown_entries import ShownEntries, continues
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room

_COMINGS = {NoticeKind.CAME, NoticeKind.WENT}


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    room.join()
    return panel


def tell(room: Room, *came: str, went: tuple[str, ...] = (), at: float = 0) -> None:
    kind = NoticeKind.CAME if came else NoticeKind.WENT
    moment = int((room.clock.now() + at) * 1000)
    room.session.timeline.add_notice(NoticeEntry(kind, at=moment, came=came, went=went))


def last(panel: TimelinePanel) -> int:
    return panel.model.rowCount() - 1


def texts(model: TimelineModel) -> list[str]:
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_many_names_are_folded_and_enter_unfolds_them(room: Room, panel: TimelinePanel) -> None:
    tell(room, "Ana", "Leo", "Mia", "Tom", went=("Kim", "Ana"))
    folded = texts(panel.model)[-1]
    assert "Mia" not in folded
    assert panel.model.spoken(last(panel)).endswith("(Enter shows all names)")
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Return)
    shown = texts(panel.model)[-1]
    assert all(name in shown for name in ("Ana", "Leo", "Mia", "Tom", "Kim"))
    assert panel.model.spoken(last(panel)).endswith("(Enter hides the names)")
    tell(room, "Zoe")
    assert "Zoe" in texts(panel.model)[-1], "it stays unfolded while it grows"
    press(view, Qt.Key.Key_Return)
    assert "Mia" not in texts(panel.model)[-1]


def test_a_click_unfolds_them_too_and_takes_the_room_it_needs(
    room: Room, panel: TimelinePanel
) -> None:
    tell(room, *(f"somebody with a long name {number}" for number in range(12)))
    panel.view.settle()
    index = panel.model.index(last(panel))
    before = panel.view.visualRect(index)
    port = panel.view.viewport()
    assert port is not None
    click(port, before.center())
    panel.view.settle()
    assert panel.model.row(index.row()).unfolded
    assert panel.view.visualRect(index).height() > before.height()
    click(port, panel.view.visualRect(index).center())
    panel.view.settle()
    assert panel.view.visualRect(index).height() == before.height()


def test_few_names_have_nothing_to_unfold(room: Room, panel: TimelinePanel) -> None:
    tell(room, "Ana", "Leo", went=("Kim",))
    assert "Enter" not in panel.model.spoken(last(panel))
    assert not panel.model.toggle_fold(last(panel))
    assert not panel.model.toggle_fold(-1)


def test_hidden_ones_part_no_group_and_leave_no_day(room: Room, panel: TimelinePanel) -> None:
    QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.model
    )
    room.say("Priya", "one", at=1)
    tell(room, "Ana", at=2)
    room.say("Priya", "two", at=3)
    # Who goes in the night begins a day, as long as that is told.
    tell(room, went=("Ana",), at=24 * 3600)
    room.say("Priya", "three", at=48 * 3600)
    assert panel.model.row(panel.model.row_of(2)).leads
    panel.set_look(compact=False, comings_shown=False)
    rows = [panel.model.row(panel.model.row_of(seq)) for seq in (1, 2, 3)]
    assert [row.leads for row in rows] == [True, False, True]
    assert [row.day != "" for row in rows] == [False, False, True]
    assert not any("joined" in text or "left" in text for text in texts(panel.model))
    tell(room, "Tom")
    assert not any("joined" in text for text in texts(panel.model))
    panel.set_look(compact=False, comings_shown=True)
    assert sum("joined" in text or "left" in text for text in texts(panel.model)) == 3


@pytest.mark.parametrize("kind", sorted(set(NoticeKind) - _COMINGS, key=str))
def test_all_other_notices_stay(room: Room, panel: TimelinePanel, kind: NoticeKind) -> None:
    before = panel.model.rowCount()
    room.session.timeline.add_notice(NoticeEntry(kind, at=1, nick="Ana", text="Ana2"))
    panel.set_look(compact=False, comings_shown=False)
    assert panel.model.rowCount() == before + 1


def test_whoever_reads_keeps_the_place(room: Room, panel: TimelinePanel) -> None:
    for number in range(60):
        tell(room, f"guest {number}")
        room.say("Priya", f"message {number}")
    view = panel.view
    view.settle()
    view.show_message(panel.model.row_of(30))
    before = view.visualRect(panel.model.index(panel.model.row_of(30))).top()
    panel.set_look(compact=False, comings_shown=False)
    view.settle()
    after = view.visualRect(panel.model.index(panel.model.row_of(30))).top()
    assert abs(after - before) < view.height() // 2
    assert view.rect().contains(QPoint(1, after))


# --- a timeline as it is told, and the one without comings and goings ---------------------------

_MINUTE = 60_000


def _message(number: int, author: int) -> MessageEntry:
    return MessageEntry(
        cid=number.to_bytes(16, "big"), seq=0, author=author, nick=str(author), device=b"",
        at=number * _MINUTE, text=str(number), mine=True,
    )  # fmt: skip


def _expected(timeline: Timeline, *, shown: bool) -> list[Entry]:
    return [
        entry
        for entry in timeline
        if shown or not (isinstance(entry, NoticeEntry) and entry.kind in _COMINGS)
    ]


def _mirrored(entries: ShownEntries) -> Iterator[list[Entry]]:
    """Follow the signals as a view does; yields the one list that they lead to."""
    mirror = list(entries)

    def inserted(span: Span) -> None:
        mirror[span.first : span.first] = [entries[row] for row in range(span.first, span.last + 1)]

    def removed(span: Span) -> None:
        del mirror[span.first : span.last + 1]

    def changed(span: Span) -> None:
        for row in range(span.first, span.last + 1):
            mirror[row] = entries[row]

    entries.inserted.connect(inserted)
    entries.removed.connect(removed)
    entries.changed.connect(changed)
    yield mirror


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(1, 3)),
        st.tuples(st.just("discard"), st.integers(0, 20)),
        st.tuples(st.just("come"), st.integers(0, 9)),
        st.tuples(st.just("topic"), st.just(0)),
        st.tuples(st.just("show"), st.booleans().map(int)),
        st.tuples(st.just("clear"), st.just(0)),
    ),
    max_size=40,
)


@given(_STEPS)
def test_what_is_hidden_is_as_if_it_had_never_been_there(steps: list[tuple[str, int]]) -> None:
    timeline, told = Timeline(), Timeline()
    entries = ShownEntries(timeline)
    (mirror,) = _mirrored(entries)
    for number, (kind, value) in enumerate(steps):
        if kind == "say":
            for one in (timeline, told):
                one.add_pending(_message(number, value))
        elif kind == "discard":
            for one in (timeline, told):
                one.discard(value.to_bytes(16, "big"))
        elif kind == "come":
            timeline.add_notice(NoticeEntry(NoticeKind.CAME, at=number, came=(str(value),)))
        elif kind == "topic":
            for one in (timeline, told):
                one.add_notice(NoticeEntry(NoticeKind.TOPIC, at=number))
        elif kind == "clear":
            for one in (timeline, told):
                one.clear_confirmed()
        else:
            entries.set_comings_shown(bool(value))
        assert list(entries) == _expected(timeline, shown=entries.comings_shown) == mirror
    entries.set_comings_shown(False)
    assert list(entries) == list(told)
    groups = [continues(a, b) for a, b in zip(entries, list(entries)[1:], strict=False)]
    assert groups == [continues(a, b) for a, b in zip(told, list(told)[1:], strict=False)]
