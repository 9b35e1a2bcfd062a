"""Who is here, as a model and as a panel."""

from __future__ import annotations

import random

import pytest
from PyQt6.QtCore import QModelIndex, QSize, Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.protocol.messages import (
    Came,
    Changed,
    Located,
    Member,
    Presence,
    RoleName,
    Roster,
    Went,
)
from app.ui.chat.people.roster_model import RosterModel
from app.ui.chat.people.roster_panel import RosterPanel
from app.ui.theme.theme import Scheme, Theme
from app.ui.widgets import typing_dots
from tests.ui.chat.hands import press
from tests.ui.chat.rooms import Room, member

ROLES: tuple[RoleName, ...] = ("host", "moderator", "member")


@pytest.fixture
def model(room: Room) -> RosterModel:
    model = RosterModel(room.session, room.session)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    assert tester.parent() is model
    return model


def titles(model: RosterModel) -> list[str]:
    return [model.row(row).title for row in range(model.rowCount())]


def test_people_stand_in_sections_by_name(room: Room, model: RosterModel) -> None:
    room.join(
        member(2, "Leo"),
        member(1, "Marina", "host"),
        member(5, "aiko"),
        member(4, "Tom", "moderator"),
    )
    assert titles(model) == [
        "Host", "Marina", "Moderators", "Tom", "Members · 2", "aiko", "Leo",
    ]  # fmt: skip


def test_coming_and_going_moves_single_rows(room: Room, model: RosterModel) -> None:
    room.join()
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    room.session.roster.apply([Came(member=member(7, "Bo"), at=0)])
    room.session.roster.apply([Came(member=member(8, "Mod", "moderator"), at=0)])
    assert titles(model) == ["Host", "Marina", "Moderators", "Mod", "Members · 2", "Bo", "Leo"]
    room.session.roster.apply([Went(number=8, nick="Mod", at=0), Went(number=2, nick="Leo", at=0)])
    assert titles(model) == ["Host", "Marina", "Members · 1", "Bo"]
    assert resets == []


def test_a_burst_is_one_reset(room: Room, model: RosterModel) -> None:
    room.join()
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    room.session.roster.apply([Came(member=member(n, f"n{n}"), at=0) for n in range(10, 510)])
    assert len(resets) == 1
    assert model.rowCount() == 2 + 1 + 501


def test_random_changes_end_like_a_fresh_start(room: Room, model: RosterModel) -> None:
    chance = random.Random(7)
    room.join()
    here: set[int] = set()
    for _ in range(200):
        number = chance.randrange(10, 40)
        if number in here:
            room.session.roster.apply([Went(number=number, nick="", at=0)])
            here.remove(number)
        else:
            role = chance.choice(ROLES)
            name = chance.choice(["Ana", "ana", "Bo", "עומר", "Zoë"])
            person = member(number, name, role)
            room.session.roster.apply([Came(member=person, at=0)])
            here.add(number)
    assert titles(model) == titles(RosterModel(room.session, room.session))


def changed_rows(model: RosterModel) -> list[tuple[int, int]]:
    rows: list[tuple[int, int]] = []

    def note(first: QModelIndex, last: QModelIndex) -> None:
        rows.append((first.row(), last.row()))

    model.dataChanged.connect(note)
    return rows


def test_away_and_slow_change_one_row(room: Room, model: RosterModel) -> None:
    room.join(member(2, "Leo", "host"), *(member(n, f"n{n:04}") for n in range(10, 5010)))
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    rows = changed_rows(model)
    room.session.receive(Presence(changes=(Changed(number=12, away=True),)))
    assert rows == [(5, 5)]
    assert model.row(5).notes == ["Away"]
    room.session.receive(Presence(changes=(Changed(number=12, slow=True),)))
    assert model.row(5).notes == ["Catching up"]
    room.session.receive(Presence(changes=(Changed(number=999_999, away=True),)))
    room.session.receive(Presence(changes=(Changed(number=12),)))
    assert model.row(5).notes == []
    assert len(rows) == 3
    assert resets == []
    assert titles(model) == titles(RosterModel(room.session, room.session))


def test_who_writes_is_marked(room: Room, model: RosterModel) -> None:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    rows = changed_rows(model)
    room.session.others_typing = (3, 2, 77)
    room.session.typing_changed.emit()
    assert model.typing_rows == [4]
    assert rows == [(4, 4)]
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(4), role) == "Priya, is typing"
    assert not model.row(3).typing  # oneself
    room.session.others_typing = ()
    room.session.typing_changed.emit()
    assert rows == [(4, 4), (4, 4)]
    assert model.typing_rows == []


def test_the_dots_move_while_somebody_writes(
    qtbot: QtBot, room: Room, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    panel.resize(QSize(232, 500))
    panel.show()
    beat = panel.view._beat
    assert not beat.is_running

    def types(*numbers: int) -> bool:
        room.session.others_typing = numbers
        room.session.typing_changed.emit()
        return beat.is_running

    assert types(3)
    with qtbot.waitSignals([beat.stepped] * 3, timeout=5000):
        pass
    panel.setVisible(False)
    assert (beat.is_running, types(3)) == (False, False)
    panel.setVisible(True)
    assert types(3)
    assert not types()
    monkeypatch.setattr(typing_dots, "moves", lambda _widget: False)
    assert not types(3)
    assert not panel.grab().isNull()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_kind_of_person_can_be_painted(
    qtbot: QtBot, room: Room, theme: Theme, scheme: Scheme
) -> None:
    theme.set_scheme(scheme)
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    panel.resize(QSize(232, 500))
    panel.show()
    away = Member(number=3, nick="<b>Olu", device=b"o" * 32, away=True, slow=True)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), away)
    room.session.receive(Located(addresses={3: "10.0.0.7"}))
    room.session.others_typing = (3, 1)
    room.session.typing_changed.emit()
    panel.view.delegate.hovered = 4
    assert not panel.grab().isNull()


def test_names_with_direction_controls_are_tamed(room: Room, model: RosterModel) -> None:
    room.join(member(1, "Ma\u202erina\n", "host"), member(2, "Leo"))
    assert titles(model)[1] == "Marina"


def test_a_row_is_spoken_with_role_and_address(room: Room, model: RosterModel) -> None:
    room.join()
    room.session.receive(Located(addresses={2: "10.0.0.7"}))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(1), role) == "Marina, Host"
    assert model.data(model.index(3), role) == "Leo, you, 10.0.0.7"


def test_the_panel_counts_and_says_when_one_is_alone(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    panel.resize(QSize(232, 500))
    panel.show()
    room.join(member(2, "Leo", "host"))
    assert panel.alone.isVisible()
    assert panel.count_text == "1"
    room.session.receive(Roster(members=tuple(member(n, f"n{n}") for n in range(5000))))
    assert not panel.alone.isVisible()
    assert panel.count_text == "5000"
    assert not panel.grab().isNull()
    with qtbot.waitSignal(panel.invite_requested):
        panel._on_invite()


def test_the_keyboard_moves_by_person(qtbot: QtBot, room: Room, theme: Theme) -> None:
    panel = RosterPanel(room.session, theme)
    qtbot.addWidget(panel)
    room.join()
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.currentIndex().row() == 1
    press(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 3  # past the section's name
