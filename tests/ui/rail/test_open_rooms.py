"""Mentions, mutes and the order of the rooms."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import Qt

from app.support.settings import SettingsFile
from app.ui.notifications.choices import NotifyChoices
from app.ui.rail.open_rooms import MAX_ORDER, OpenRooms, merged_order
from app.ui.rail.pill import Pill
from app.ui.rail.rail_model import RailModel, RailRole, RoomRow
from app.ui.theme.roles import Role
from tests.ui.rail.open import a_room, delete, learn, say, whisper
from tests.ui.still_clock import StillClock

if TYPE_CHECKING:
    from pathlib import Path

    from PyQt6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.session.room_session import RoomSession


@pytest.fixture
def rooms(qapp: QApplication, settings: SettingsFile) -> OpenRooms:
    return OpenRooms(settings, parent=qapp)


@pytest.fixture
def model(qapp: QApplication, rooms: OpenRooms) -> RailModel:
    return RailModel(StillClock(), qapp, rooms)


def shown(model: RailModel, session: RoomSession) -> RoomRow:
    row = model.index(model.row_of(session)).data(RailRole.ROW)
    assert isinstance(row, RoomRow)
    return row


def spoken(model: RailModel, session: RoomSession) -> str:
    index = model.index(model.row_of(session))
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_what_means_one_is_counted_apart(qapp: QApplication, model: RailModel) -> None:
    lab = a_room(qapp, "Lab")
    model.add_session(lab)
    say(lab, "hello", "@Leo, come", "`@Leo` is code")
    whisper(lab)
    assert (shown(model, lab).unread, shown(model, lab).mentions) == (4, 2)
    assert "4 unread message" in spoken(model, lab)
    assert "2 mention" in spoken(model, lab)
    lab.set_watched(True)
    assert (shown(model, lab).unread, shown(model, lab).mentions) == (0, 0)


def test_what_is_read_at_once_is_not_counted_later(qapp: QApplication, model: RailModel) -> None:
    lab = a_room(qapp, "Lab")
    model.add_session(lab)
    lab.set_watched(True)
    say(lab, "@Leo, come")
    lab.set_watched(False)
    say(lab, "hello")
    assert (shown(model, lab).unread, shown(model, lab).mentions) == (1, 0)


def test_a_deleted_mention_is_not_waited_for(
    qapp: QApplication, qtbot: QtBot, model: RailModel
) -> None:
    lab = a_room(qapp, "Lab")
    model.add_session(lab)
    say(lab, "hello", "@Leo, come", "@Leo, now")
    with qtbot.waitSignal(model.dataChanged, timeout=1000):
        delete(lab, 2)
    assert (shown(model, lab).unread, shown(model, lab).mentions) == (2, 1)
    delete(lab, 1)
    delete(lab, 3)
    assert (shown(model, lab).unread, shown(model, lab).mentions, model.unread) == (0, 0, 0)


def test_counts_outlive_the_list_that_shows_them(
    qapp: QApplication, rooms: OpenRooms, model: RailModel
) -> None:
    lab = a_room(qapp, "Lab")
    model.add_session(lab)
    say(lab, "@Leo, come")
    again = RailModel(StillClock(), qapp, rooms)
    again.add_session(lab)
    assert shown(again, lab).mentions == 1
    assert again.unread == 1


def test_a_muted_room_counts_only_what_means_one(
    qapp: QApplication, rooms: OpenRooms, model: RailModel, settings: SettingsFile
) -> None:
    lab, party = a_room(qapp, "Lab"), a_room(qapp, "LAN Party")
    for session in (lab, party):
        model.add_session(session)
        say(session, "one", "two")
    assert model.unread == 4
    rooms.set_muted(party, True)
    assert model.unread == 2
    assert shown(model, party).muted
    assert ", muted, " in spoken(model, party)
    assert not rooms.wants_attention(party)
    say(party, "@Leo, rematch")
    assert model.unread == 3
    assert rooms.wants_attention(party)
    assert settings.values.room_notify == {party.key: "none"}
    rooms.set_muted(party, False)
    assert settings.values.room_notify == {}
    assert model.unread == 5


def test_muting_is_remembered(qapp: QApplication, tmp_path: Path) -> None:
    lab = a_room(qapp, "Lab")
    path = tmp_path / "settings.json"
    OpenRooms(SettingsFile(path), parent=qapp).set_muted(lab, True)
    assert OpenRooms(SettingsFile(path), parent=qapp).is_muted(lab)


def test_a_room_that_is_not_known_yet_cannot_be_muted(
    qapp: QApplication, rooms: OpenRooms, settings: SettingsFile
) -> None:
    new = a_room(qapp, "New", known=False)
    rooms.set_muted(new, True)
    assert not rooms.is_muted(new)
    assert settings.values.room_notify == {}


def test_what_the_disk_refuses_is_told_and_holds(
    qapp: QApplication, qtbot: QtBot, rooms: OpenRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: SettingsFile) -> None:
        raise OSError

    monkeypatch.setattr(SettingsFile, "save", refuse)
    lab = a_room(qapp, "Lab")
    with qtbot.waitSignal(rooms.not_saved, timeout=1000):
        rooms.set_muted(lab, True)
    assert rooms.is_muted(lab)


def test_levels_that_somebody_else_chose_are_shown(
    qapp: QApplication, settings: SettingsFile
) -> None:
    choices = NotifyChoices(settings.values, settings.save, qapp)
    model = RailModel(StillClock(), qapp, OpenRooms(settings, choices, qapp))
    lab = a_room(qapp, "Lab")
    model.add_session(lab)
    say(lab, "hello")
    choices.set_room_level(lab.key, "none")
    assert model.unread == 0


@pytest.mark.parametrize(
    ("unread", "mentions", "muted", "text", "ground"),
    [
        (0, 0, False, "", Role.ACCENT),
        (3, 0, False, "3", Role.ACCENT),
        (3, 2, False, "@ 2", Role.ACCENT),
        (63, 0, True, "63", Role.CONTROL_PRESSED),
        (63, 1, True, "@ 1", Role.ACCENT),
        (5000, 0, False, "999+", Role.ACCENT),
    ],
)
def test_a_count_shows_whether_it_means_one(
    unread: int, mentions: int, muted: bool, text: str, ground: Role
) -> None:
    pill = Pill.of(unread, mentions, muted=muted)
    assert (pill.text, pill.ground) == (text, ground)
    assert " " not in pill.narrow().text


# --- the order ----------------------------------------------------------------------------------


def order(model: RailModel) -> list[str]:
    return [session.info.name for session in model.sessions]


def test_rooms_open_where_the_person_had_them(
    qapp: QApplication, rooms: OpenRooms, settings: SettingsFile
) -> None:
    a, b, c, new = (a_room(qapp, name) for name in ("A", "B", "C", "New"))
    settings.values.rail_order = [c.key, a.key, b.key]
    model = RailModel(StillClock(), qapp, rooms)
    for session in (a, new, b, c):
        model.add_session(session)
    assert order(model) == ["C", "A", "B", "New"]


def test_a_room_finds_its_place_once_it_is_known(
    qapp: QApplication, rooms: OpenRooms, settings: SettingsFile
) -> None:
    a, late = a_room(qapp, "A"), a_room(qapp, "Late", known=False)
    settings.values.rail_order = [b"Late".ljust(32, b".").hex(), a.key]
    model = RailModel(StillClock(), qapp, rooms)
    model.add_session(a)
    model.add_session(late)
    assert order(model) == ["A", "Late"]
    learn(late)
    assert order(model) == ["Late", "A"]


def test_a_move_stays_within_its_section(qapp: QApplication, model: RailModel) -> None:
    hosted = a_room(qapp, "Hosted", hosted=True)
    a, b = a_room(qapp, "A"), a_room(qapp, "B")
    for session in (hosted, a, b):
        model.add_session(session)
    assert model.move_session(b, -5)
    assert order(model) == ["Hosted", "B", "A"]
    assert not model.move_session(hosted, 3)
    assert not model.move_session(a, 7)
    assert not model.move_session(a_room(qapp, "Elsewhere"), 0)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(KEYS, KEYS)
def test_a_new_order_keeps_the_rooms_that_are_not_open(before: list[str], now: list[str]) -> None:
    merged = merged_order(before, now)
    assert [key for key in merged if key in now] == now
    assert sorted(merged) == sorted({*before, *now})
    for above, below in pairwise(before):
        if below not in now:
            assert merged.index(below) > merged.index(above)


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_order_has_an_end(closed: int, opened: int) -> None:
    merged = merged_order([f"c{n}" for n in range(closed)], [f"o{n}" for n in range(opened)])
    assert len(merged) == min(MAX_ORDER, closed + opened)
    assert sum(key.startswith("o") for key in merged) == min(MAX_ORDER, opened)


def test_visits_are_remembered_the_latest_first(qapp: QApplication, rooms: OpenRooms) -> None:
    a, b, c = (a_room(qapp, name) for name in "ABC")
    for session in (a, b, c):
        rooms.add(session)
    rooms.note_visited(a)
    rooms.note_visited(b)
    rooms.note_visited(a)
    assert sorted((c, b, a), key=rooms.visited) == [a, b, c]
    rooms.remove(a)
    assert sorted((c, b), key=rooms.visited) == [b, c]


def test_the_list_of_rooms_shows_what_became_of_the_last_message(
    qtbot: QtBot, qapp: QApplication, model: RailModel
) -> None:
    lab = a_room(qapp, "Lab")
    lab.device = b"d" * 32
    model.add_session(lab)
    say(lab, "the frist")
    with qtbot.waitSignal(model.dataChanged):
        lab.edit(1, "the first")
    assert shown(model, lab).preview.strip("\u2068\u2069") == "the first"
    with qtbot.waitSignal(model.dataChanged):
        lab.taking_back.hold(1)
    assert shown(model, lab).preview.strip("\u2068\u2069") == "Deleted."
    with qtbot.waitSignal(model.dataChanged):
        lab.taking_back.undo(1)
    assert shown(model, lab).preview.strip("\u2068\u2069") == "the first"
    with qtbot.waitSignal(model.dataChanged):
        delete(lab, 1)
    assert shown(model, lab).preview.strip("\u2068\u2069") == "Message deleted"
