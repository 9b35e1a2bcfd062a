"""The timeline as a model."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester

from app.protocol.messages import Acked, Rejected, Say
from app.ui.chat.timeline.model import RowRole, TimelineModel
from tests.helpers.transport import live
from tests.ui.chat.rooms import Room

DAY = 24 * 3600


@pytest.fixture
def model(room: Room) -> TimelineModel:
    model = TimelineModel(room.session, room.clock, room.session)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    assert tester.parent() is model
    room.join()
    return model


def last_cid(room: Room) -> bytes:
    said = [message for message in room.transport.sent if isinstance(message, Say)]
    return said[-1].cid


def test_rows_follow_the_timeline(room: Room, model: TimelineModel) -> None:
    room.say("Priya", "one")
    room.session.send("two")
    cid = last_cid(room)
    room.session.send("three")
    # The first is confirmed out of the order in which they wait.
    room.session.receive(live(room.said("Leo", "three", number=2, cid=last_cid(room))))
    room.session.receive(live(room.said("Leo", "two", number=2, cid=cid)))
    texts = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert texts[-3:] == ["one", "three", "two"]
    room.session.timeline.prepend((room.said("Sam", "zero"),), 2)
    assert model.data(model.index(0)) == "zero"


def test_a_failed_message_can_be_discarded(room: Room, model: TimelineModel) -> None:
    room.session.send("no")
    before = model.rowCount()
    cid = last_cid(room)
    room.session.receive(Rejected(code="not-permitted", cid=cid))
    assert "not sent" in model.spoken(before - 1)
    room.session.discard(cid)
    assert model.rowCount() == before - 1


def test_the_day_and_the_unread_line_are_read_with_the_row_below_them(
    room: Room, model: TimelineModel
) -> None:
    room.say("Priya", "one", at=-DAY)
    room.say("Priya", "two", at=0)
    room.say("Priya", "three", at=1)
    first = model.rowCount() - 3
    assert model.spoken(first).startswith("Yesterday. Priya, ")
    assert model.spoken(first + 1).startswith("Today. Priya, ")
    assert model.spoken(first + 2).startswith("Priya, ")
    model.set_first_unread((2, 0))
    assert model.spoken(first + 1).startswith("Today. New messages. Priya, ")
    assert model.tip(first) == ""


def test_one_sender_within_five_minutes_is_one_group(room: Room, model: TimelineModel) -> None:
    for at in (0, 299, 599):
        room.say("Priya", "text", at=at)
    room.say("Sam", "text", number=4, at=600)
    leads = [model.row(row).leads for row in range(model.rowCount() - 4, model.rowCount())]
    assert leads == [True, False, True, True]


def test_a_new_day_begins_with_its_name(room: Room, model: TimelineModel) -> None:
    room.say("Priya", "yesterday", at=-DAY)
    room.say("Priya", "today", at=0)
    room.say("Priya", "still today", at=1)
    days = [model.row(row).day for row in range(model.rowCount() - 3, model.rowCount())]
    assert days == ["Yesterday", "Today", ""]


def test_a_clock_from_nowhere_is_shown_not_trusted(room: Room, model: TimelineModel) -> None:
    for at in (-1e15, 1e15):
        room.say("Priya", "text", at=at)
        assert model.row(model.rowCount() - 1).day
        assert model.spoken(model.rowCount() - 1)


def test_a_row_is_spoken_as_one_sentence(room: Room, model: TimelineModel) -> None:
    room.say("Priya", "look at the motor")
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = str(model.data(model.index(model.rowCount() - 1), role))
    assert spoken.startswith("Priya, ")
    assert spoken.endswith(": look at the motor")


def test_the_unread_line_stands_above_one_message(room: Room, model: TimelineModel) -> None:
    room.say("Priya", "read")
    room.say("Priya", "unread")
    model.set_first_unread((2, 0))
    row = model.unread_row
    assert model.data(model.index(row)) == "unread"
    shown = model.row(row)
    assert shown.first_unread
    assert shown.leads
    model.set_first_unread(None)
    assert model.unread_row == -1
    assert not model.row(row).leads


def test_the_senders_role_is_told(room: Room, model: TimelineModel) -> None:
    room.say("Marina", "hello", number=1)
    room.say("Nobody", "hello", number=77)
    assert model.row(model.rowCount() - 2).tag == "Host"
    assert model.row(model.rowCount() - 1).tag == ""


def test_a_copied_row_has_time_and_name(room: Room, model: TimelineModel) -> None:
    room.say("Pri\u202eya", "text")
    line = model.copied(model.rowCount() - 1)
    assert line.startswith("[")
    assert line.endswith("] Priya: text")


def test_only_unconfirmed_messages_are_on_their_way(room: Room, model: TimelineModel) -> None:
    room.session.send("one")
    room.session.send("two")
    assert model.count_on_their_way() == 2
    room.session.receive(Rejected(code="not-permitted", cid=last_cid(room)))
    assert model.count_on_their_way() == 1
    first = next(message.cid for message in room.transport.sent if isinstance(message, Say))
    room.session.receive(Acked(cid=first, seq=1))
    assert model.count_on_their_way() == 0


def test_the_row_role_gives_everything(room: Room, model: TimelineModel) -> None:
    room.say("Priya", "text")
    index = model.index(model.rowCount() - 1)
    assert model.data(index, RowRole.ROW) == model.row(index.row())
