"""Looking for somebody among the members."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QSize, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.protocol.messages import Came, Changed, Renamed, RoleName, Went
from app.session.words import fold
from app.ui.chat.people.roster_model import RosterModel
from app.ui.chat.people.roster_panel import MANY, RosterPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, member

ROLES: tuple[RoleName, ...] = ("host", "moderator", "member")
NAMES = ("Ana", "ÂNA Maria", "Bo", "bo ana", "Zoë", "עומר", "田中", "Łukasz", "ana-2")


@pytest.fixture
def model(room: Room) -> RosterModel:
    model = RosterModel(room.session, room.session)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> RosterPanel:
    room.join(
        member(1, "Marina", "host"),
        member(2, "Leo"),
        member(3, "José", "moderator"),
        *(member(n, f"Ana {n}") for n in range(4, 12)),
    )
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    panel.resize(QSize(232, 500))
    with qtbot.waitActive(panel):
        panel.show()
    return panel


def titles(model: RosterModel) -> list[str]:
    return [model.row(row).title for row in range(model.rowCount())]


def people(model: RosterModel) -> list[str]:
    return [shown.title for n in range(model.rowCount()) if (shown := model.row(n)).member]


def test_case_and_accents_do_not_matter(room: Room, model: RosterModel) -> None:
    room.join(member(1, "Zoë", "host"), member(2, "Leo"), member(3, "José"), member(4, "Jo"))
    model.set_filter("JOSE")
    assert titles(model) == ["Members · 1 of 3", "José"]
    model.set_filter("  zoe ")
    assert titles(model) == ["Host", "Zoë"]
    model.set_filter("o j")
    assert people(model) == ["Jo", "José"]
    model.set_filter("nobody")
    assert titles(model) == []
    model.set_filter("")
    assert titles(model) == ["Host", "Zoë", "Members · 3", "Jo", "José", "Leo"]


def test_half_a_pasted_character_finds_nobody(room: Room, model: RosterModel) -> None:
    room.join()
    model.set_filter("\ud83d")
    assert people(model) == []


def test_comings_goings_and_new_names_count_at_once(room: Room, model: RosterModel) -> None:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Ana"))
    model.set_filter("ana")
    roster = room.session.roster
    roster.apply([Came(member=member(4, "Bo"), at=0)])
    assert titles(model) == ["Members · 1 of 3", "Ana"]
    roster.apply([Renamed(number=4, nick="Anabel", before="Bo", at=0)])
    assert titles(model) == ["Members · 2 of 3", "Ana", "Anabel"]
    roster.apply([Changed(number=4, role="moderator")])
    assert titles(model) == ["Moderators · 1 of 1", "Anabel", "Members · 1 of 2", "Ana"]
    roster.apply([Renamed(number=3, nick="Eva", before="Ana", at=0)])
    roster.apply([Went(number=2, nick="Leo", at=0)])
    assert titles(model) == ["Moderators · 1 of 1", "Anabel"]


STEPS = st.one_of(
    st.tuples(
        st.just("came"), st.integers(3, 9), st.sampled_from(NAMES), st.sampled_from(ROLES)
    ),
    st.tuples(st.just("went"), st.integers(3, 9), st.just(""), st.just("member")),
    st.tuples(st.just("renamed"), st.integers(3, 9), st.sampled_from(NAMES), st.just("member")),
    st.tuples(st.just("changed"), st.integers(3, 9), st.just(""), st.sampled_from(ROLES)),
    st.tuples(
        st.just("filter"), st.just(0), st.sampled_from(("", "ana", "o", "A n", "ł", "中", "x")),
        st.just("member"),
    ),
)  # fmt: skip


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, max_size=30))
def test_filter_of_all_that_happened_is_all_that_happened_filtered(
    room: Room, steps: list[tuple[str, int, str, RoleName]]
) -> None:
    room.join()
    model = RosterModel(room.session)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    words: list[str] = []
    for kind, number, name, role in steps:
        roster = room.session.roster
        if kind == "came":
            roster.apply([Came(member=member(number, name, role), at=0)])
        elif kind == "went":
            roster.apply([Went(number=number, nick="", at=0)])
        elif kind == "renamed":
            roster.apply([Renamed(number=number, nick=name, before="", at=0)])
        elif kind == "changed":
            roster.apply([Changed(number=number, role=role)])
        else:
            words = fold(name).split()
            model.set_filter(name)
    fitting = {one.number for one in room.session.roster if all(w in fold(one.nick) for w in words)}
    shown = [model.row(row).member for row in range(model.rowCount())]
    assert {one.number for one in shown if one is not None} == fitting
    fresh = RosterModel(room.session)
    fresh.set_filter(" ".join(words))
    assert titles(model) == titles(fresh)
    tester.deleteLater()
    for one in (model, fresh):
        one.deleteLater()


def test_a_key_in_a_large_room_is_no_hitch(room: Room, theme: Theme, qtbot: QtBot) -> None:
    room.join(
        member(1, "Marina", "host"),
        *(member(n, f"Ána {n:04} Müller") for n in range(10, 5010)),
        member(2, "Leo"),
    )
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    panel.resize(QSize(232, 500))
    panel.show()
    took = []
    for text in ("a", "an", "ana", "ana ", "ana 4", "ana", ""):
        before = time.perf_counter()
        panel.field.edit.setText(text)
        panel.grab()
        took.append(time.perf_counter() - before)
    assert sorted(took)[len(took) // 2] < 0.25, "five times what is wanted of it, on any computer"


# --- the field ------------------------------------------------------------------------------------


def test_the_field_is_there_where_there_are_many(room: Room, panel: RosterPanel) -> None:
    assert panel.field.isVisible()
    room.join(member(2, "Leo"), *(member(n, f"Ana {n}") for n in range(4, 3 + MANY - 1)))
    assert len(room.session.roster) == MANY - 1
    assert not panel.field.isVisible()


def test_the_field_stays_while_it_holds_a_name(room: Room, panel: RosterPanel) -> None:
    panel.field.edit.setText("leo")
    room.join(member(2, "Leo"))
    assert panel.field.isVisible()
    panel.field.clear()
    assert not panel.field.isVisible()


def test_counts_say_how_many_of_how_many(room: Room, panel: RosterPanel) -> None:
    assert panel.count_text == "11"
    panel.field.edit.setText("ana")
    assert panel.count_text == "8 of 11"
    room.session.roster.apply([Renamed(number=2, nick="Joana", before="Leo", at=0)])
    assert panel.count_text == "9 of 11"


def test_keys_lead_into_the_list_and_back(panel: RosterPanel) -> None:
    edit = panel.field.edit
    edit.setFocus()
    edit.setText("ana")
    press(edit, Qt.Key.Key_Down)
    assert panel.view.hasFocus()
    assert panel.model.row(panel.view.currentIndex().row()).title == "Ana 10"
    press(panel.view, Qt.Key.Key_Up)
    assert edit.hasFocus()
    left: list[None] = []
    panel.left.connect(lambda: left.append(None))
    press(edit, Qt.Key.Key_Escape)
    assert (edit.text(), left) == ("", [])
    press(edit, Qt.Key.Key_Escape)
    assert left == [None]


def test_escape_closes_the_panel_that_lies_over_the_room(panel: RosterPanel) -> None:
    panel.set_floating(True)
    closed: list[None] = []
    panel.close_requested.connect(lambda: closed.append(None))
    panel.field.edit.setFocus()
    press(panel.field.edit, Qt.Key.Key_Escape)
    assert closed == [None]


def test_nobody_of_that_name_is_said_and_can_be_undone(panel: RosterPanel) -> None:
    panel.field.edit.setText("<b>x")
    assert panel.nobody.isVisible()
    assert "Nobody here is called" in panel.nobody.sentence
    assert "<b>x" in panel.nobody.sentence
    panel.field.clear()
    assert not panel.nobody.isVisible()


def test_leaving_the_field_leads_to_the_composer(qtbot: QtBot, room: Room, theme: Theme) -> None:
    room.join(member(2, "Leo"), *(member(n, f"Ana {n}") for n in range(4, 14)))
    page = shown_page(qtbot, room, theme)
    page.roster.field.edit.setFocus()
    press(page.roster.field.edit, Qt.Key.Key_Escape)
    assert page.composer.edit.hasFocus()
