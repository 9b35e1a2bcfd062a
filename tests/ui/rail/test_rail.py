"""The rail: its model, its rows, and how one moves in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QModelIndex, QPoint, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from PyQt6.QtWidgets import QApplication

from app.protocol.messages import Joined, Live, Said
from app.session.connection import Connection, Phase
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.ui.rail.rail import NARROW, WIDE, Rail
from app.ui.rail.rail_model import RailModel, RailRole, RoomRow
from app.ui.rail.times import day_in_passing, moment_in_passing
from app.ui.theme.theme import Scheme
from tests.ui.hands import click, press
from tests.ui.still_clock import NOON, StillClock
from tests.ui.timers import ticks

if TYPE_CHECKING:
    from PyQt6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

DAY = 86_400.0


def session_in(
    parent: QObject, name: str, clock: StillClock, *, hosted: bool = False
) -> RoomSession:
    session = RoomSession("Leo", clock, room_name=name, parent=parent)
    session.hosted_here = hosted
    session.receive(
        Joined(member=1, room=name, topic="", role="member", history="all", last_seq=0, members=2)
    )
    return session


def say(session: RoomSession, text: str, seq: int = 1, *, nick: str = "Priya") -> None:
    line = Said(
        seq=seq,
        author=2,
        nick=nick,
        device=b"d" * 32,
        at=int(NOON * 1000),
        cid=seq.to_bytes(16, "big"),
        text=text,
    )
    session.receive(Live(said=(line,)))


def names(model: RailModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def row_of(model: RailModel, session: RoomSession) -> RoomRow:
    row = model.index(model.row_of(session)).data(RailRole.ROW)
    assert isinstance(row, RoomRow)
    return row


@pytest.fixture
def model(qapp: QApplication, still_clock: StillClock) -> RailModel:
    return RailModel(still_clock, qapp)


def test_rooms_stand_in_two_sections_that_come_and_go(
    qapp: QApplication, model: RailModel, still_clock: StillClock
) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    lab = session_in(qapp, "Lab", still_clock)
    family = session_in(qapp, "Family", still_clock)
    hack = session_in(qapp, "Hack Night", still_clock, hosted=True)
    for session in (lab, family, hack):
        model.add_session(session)
    assert names(model) == ["Hosted by you", "Hack Night", "Joined", "Lab", "Family"]
    assert model.sessions == (hack, lab, family)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    model.remove_session(hack)
    assert names(model) == ["Joined", "Lab", "Family"]
    model.remove_session(lab)
    model.remove_session(lab)
    model.remove_session(family)
    assert names(model) == []


def test_what_is_private_or_deleted_is_not_in_the_list_of_rooms(
    qapp: QApplication, model: RailModel, still_clock: StillClock
) -> None:
    session = session_in(qapp, "Lab", still_clock)
    model.add_session(session)
    say(session, "for everyone")
    gone = Said(
        seq=9, author=1, at=0, cid=b"9" * 16, text="", nick="Marina", kind="delete", about=1
    )
    session.timeline.take_acts((gone,))
    assert row_of(model, session).preview == "Deleted by Marina"
    session.timeline.add_private(
        MessageEntry(
            cid=bytes(16),
            seq=0,
            author=-1,
            nick="Priya",
            device=b"d" * 32,
            at=int(NOON * 1000),
            text="for you alone",
            mine=False,
            private_with=b"d" * 32,
            private_nick="Priya",
            number=1,
            after=1,
        )
    )
    row = row_of(model, session)
    assert (row.author, row.preview) == ("Priya", "Private message")


def test_a_row_shows_the_last_line_its_author_and_its_time(
    qapp: QApplication, model: RailModel, still_clock: StillClock
) -> None:
    session = session_in(qapp, "Lab", still_clock)
    model.add_session(session)
    assert row_of(model, session).preview == ""
    say(session, "look at\nthe <b>left</b> motor", nick="Pri\u202eya")
    row = row_of(model, session)
    assert (row.author, row.preview) == ("Priya", "look at the <b>left</b> motor")
    assert row.unread == 1
    assert row.time == moment_in_passing(NOON, NOON)
    session.send("on it")
    assert row_of(model, session).author == "You"


def test_the_whole_unread_count_is_told(
    qapp: QApplication, qtbot: QtBot, model: RailModel, still_clock: StillClock
) -> None:
    one = session_in(qapp, "One", still_clock)
    two = session_in(qapp, "Two", still_clock)
    model.add_session(one)
    model.add_session(two)
    with qtbot.waitSignal(model.unread_changed, timeout=1000):
        say(one, "a")
    say(two, "b")
    assert model.unread == 2
    two.set_watched(True)
    assert model.unread == 1
    model.remove_session(one)
    assert model.unread == 0


def test_a_removed_room_changes_nothing_any_more(
    qapp: QApplication, qtbot: QtBot, model: RailModel, still_clock: StillClock
) -> None:
    session = session_in(qapp, "Lab", still_clock)
    model.add_session(session)
    model.remove_session(session)
    with qtbot.assertNotEmitted(model.dataChanged):
        say(session, "a")


def test_the_countdown_is_refreshed_only_while_something_waits(
    qapp: QApplication, qtbot: QtBot, model: RailModel, still_clock: StillClock
) -> None:
    session = session_in(qapp, "Field team", still_clock)
    model.add_session(session)
    assert not ticks(model)
    session.set_connection(Connection(Phase.WAITING, "lost", retry_at=8.0))
    assert ticks(model)
    assert row_of(model, session).preview == "Trying again in 8 s"
    still_clock.seconds = 2.5
    with qtbot.waitSignal(model.dataChanged, timeout=5000):
        pass
    assert row_of(model, session).preview == "Trying again in 6 s"
    still_clock.seconds = 20.0
    assert row_of(model, session).preview == "Trying again in 0 s"
    session.set_connection(Connection(Phase.ONLINE))
    assert not ticks(model)


@pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.ONLINE])
def test_every_phase_but_online_takes_the_place_of_the_preview(
    qapp: QApplication, model: RailModel, still_clock: StillClock, phase: Phase
) -> None:
    session = session_in(qapp, "Lab", still_clock)
    model.add_session(session)
    say(session, "hello")
    session.set_connection(Connection(phase))
    row = row_of(model, session)
    assert row.state is phase
    assert row.author == ""
    assert row.preview not in {"", "hello"}


def test_a_row_is_read_out_whole(
    qapp: QApplication, model: RailModel, still_clock: StillClock
) -> None:
    session = session_in(qapp, "Lab", still_clock)
    model.add_session(session)
    say(session, "look")
    spoken = model.index(model.row_of(session)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Lab, 1 unread message")
    assert "Priya: look" in spoken


def test_a_room_not_met_yet_is_called_by_its_address(
    qapp: QApplication, model: RailModel, still_clock: StillClock
) -> None:
    session = RoomSession("Leo", still_clock, parent=qapp)
    model.add_session(session)
    assert names(model)[-1] == "New room"
    session.address = "10.0.0.4:9090"
    assert names(model)[-1] == "10.0.0.4:9090"


def test_tooltips_show_a_rooms_name_as_text(
    qapp: QApplication, model: RailModel, still_clock: StillClock
) -> None:
    session = session_in(qapp, "<img src=x>", still_clock)
    model.add_session(session)
    tooltip = model.index(model.row_of(session)).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tooltip


@pytest.fixture
def rail(qtbot: QtBot, theme: Theme, still_clock: StillClock) -> Rail:
    rail = Rail(theme, still_clock)
    qtbot.addWidget(rail)
    rail.resize(WIDE, 600)
    return rail


def test_arrows_and_enter_choose_a_room(qtbot: QtBot, rail: Rail, still_clock: StillClock) -> None:
    hack = session_in(rail, "Hack Night", still_clock, hosted=True)
    lab = session_in(rail, "Lab", still_clock)
    rail.model.add_session(hack)
    rail.model.add_session(lab)
    with qtbot.waitActive(rail):
        rail.show()
    rail.set_current(hack)
    rail.view.setFocus()
    press(rail.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(rail.session_chosen, timeout=1000) as chosen:
        press(rail.view, Qt.Key.Key_Return)
    assert chosen.args == [lab]
    press(rail.view, Qt.Key.Key_Up)
    with qtbot.waitSignal(rail.session_chosen, timeout=1000) as chosen:
        press(rail.view, Qt.Key.Key_Space)
    assert chosen.args == [hack]


def test_a_click_chooses_a_room_and_one_on_a_section_nothing(
    qtbot: QtBot, rail: Rail, still_clock: StillClock
) -> None:
    lab = session_in(rail, "Lab", still_clock)
    rail.model.add_session(lab)
    rail.show()
    viewport = rail.view.viewport()
    assert viewport is not None

    def centre(row: int) -> QPoint:
        return rail.view.visualRect(rail.model.index(row)).center()

    with qtbot.assertNotEmitted(rail.session_chosen):
        click(viewport, centre(0))
    with qtbot.waitSignal(rail.session_chosen, timeout=1000) as chosen:
        click(viewport, centre(1))
    assert chosen.args == [lab]


def test_neighbours_go_round_and_round(rail: Rail, still_clock: StillClock) -> None:
    assert rail.neighbour(1) is None
    rooms = [session_in(rail, name, still_clock) for name in "ABC"]
    for room in rooms:
        rail.model.add_session(room)
    assert rail.neighbour(1) is rooms[0]
    assert rail.neighbour(-1) is rooms[2]
    rail.set_current(rooms[2])
    assert rail.neighbour(1) is rooms[0]
    assert rail.neighbour(-1) is rooms[1]


def test_narrow_the_rail_shows_only_tiles(rail: Rail) -> None:
    rail.set_tiles_only(True)
    assert rail.width() == NARROW
    rail.set_tiles_only(False)
    assert rail.width() == WIDE


def test_plus_asks_for_the_start_page(qtbot: QtBot, rail: Rail) -> None:
    rail.show()
    with qtbot.waitSignal(rail.start_requested, timeout=1000):
        click(rail.plus)


def test_one_says_oneself_that_one_is_away(qtbot: QtBot, rail: Rail) -> None:
    rail.set_identity("Le\u202eo", b"key")
    with qtbot.waitActive(rail):
        rail.show()
    button = rail.identity
    assert button.accessibleName() == "Leo, Available"
    assert button.accessibleDescription() == "Show me as away"
    with qtbot.waitSignal(rail.away_chosen, timeout=1000) as chosen:
        click(button)
    assert chosen.args == [True]
    assert (button.state, button.accessibleName()) == ("Away", "Leo, Away")
    for key, away in ((Qt.Key.Key_Return, False), (Qt.Key.Key_Space, True)):
        with qtbot.waitSignal(rail.away_chosen, timeout=1000) as chosen:
            press(button, key)
        assert chosen.args == [away]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("tiles_only", [False, True])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_kind_of_row_can_be_painted(
    rail: Rail,
    theme: Theme,
    still_clock: StillClock,
    scheme: Scheme,
    tiles_only: bool,
    direction: Qt.LayoutDirection,
) -> None:
    theme.set_scheme(scheme)
    rail.setLayoutDirection(direction)
    rail.set_tiles_only(tiles_only)
    for phase in Phase:
        session = session_in(rail, f"A room that is {phase}", still_clock, hosted=True)
        rail.model.add_session(session)
        say(session, "hello" * 50)
        session.set_connection(Connection(phase))
    quiet = session_in(rail, "Quiet", still_clock)
    quiet.set_connection(Connection(Phase.WAITING))
    rail.model.add_session(quiet)
    rail.set_identity("Leo", b"key")
    rail.identity.setChecked(tiles_only)
    assert not rail.grab().isNull()


def test_a_section_has_no_row(rail: Rail, still_clock: StillClock) -> None:
    rail.model.add_session(session_in(rail, "Lab", still_clock))
    assert rail.model.index(0).data(RailRole.ROW) is None
    assert rail.model.data(QModelIndex()) is None


def test_days_are_named_as_one_says_them() -> None:
    assert day_in_passing(NOON, NOON) == "Today"
    assert day_in_passing(NOON - DAY, NOON) == "Yesterday"
    assert day_in_passing(NOON - 3 * DAY, NOON) == "Tuesday"
    assert day_in_passing(NOON - 30 * DAY, NOON) == "4 February"
    assert day_in_passing(NOON - 400 * DAY, NOON) == "30 January 2025"
    assert moment_in_passing(NOON - 3 * DAY, NOON) == "Tue"
    assert day_in_passing(-1e30, NOON)
    assert moment_in_passing(1e30, NOON)
