"""Messages as lines to be pasted elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ui.chat import times
from app.ui.chat.timeline.copying import copied_lines
from app.ui.chat.timeline.model import TimelineModel
from tests.ui.chat.rooms import Room


@pytest.fixture
def model(room: Room) -> TimelineModel:
    room.join()
    return TimelineModel(room.session, room.clock, room.session)


@pytest.fixture(params=["UTC", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setitem(os.environ, "TZ", request.param)
    time.tzset()
    times.forget_time_zone()
    yield request.param
    monkeypatch.undo()
    time.tzset()
    times.forget_time_zone()


def test_several_stand_each_on_a_line_and_notices_on_none(room: Room, model: TimelineModel) -> None:
    room.say("Priya", "one")
    room.forget(1, by="Priya")
    room.say("Priya", "two\nlines")
    room.say("Marina", "three", number=1)
    lines = copied_lines(model, range(model.rowCount())).split("\n")
    assert [line.split("] ")[-1] for line in lines] == ["Priya: two", "lines", "Marina: three"]
    assert lines[0] == model.copied(model.rowCount() - 2).split("\n")[0]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(-(10**6), 3 * 10**6), min_size=1, max_size=6))
@pytest.mark.usefixtures("zone")
def test_times_and_days_are_those_that_the_rows_show(
    room: Room, model: TimelineModel, moments: list[int]
) -> None:
    first = model.rowCount()
    for at in moments:
        room.say("Priya", "text", at=at)
    rows = range(first, model.rowCount())
    expected, day = [], None
    for row in rows:
        entry = model.entry(row)
        if times.day_number(entry.at) != day:
            day = times.day_number(entry.at)
            expected.append(times.long_day(entry.at))
        expected.append(model.copied(row))
    days = sum(not line.startswith("[") for line in expected)
    assert copied_lines(model, rows).split("\n") == (expected[1:] if days == 1 else expected)
