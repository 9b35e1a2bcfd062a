"""How members stand: who writes, who is away, who fell behind, who is too fast."""

from __future__ import annotations

import math

import pytest
from PyQt6.QtCore import QObject, pyqtSlot
from pytestqt.qtbot import QtBot

from app.protocol import messages as m
from app.session.room_session import MAX_SLOWED, RoomSession
from tests.helpers.sessions import messages
from tests.helpers.transport import (
    MY_NUMBER,
    TOMS_NUMBER,
    RecordingTransport,
    let_in,
    live,
    lose,
    run,
    said,
    session_with_transport,
)

TOM = m.Member(number=TOMS_NUMBER, nick="tom", device=bytes(32))
KIM = m.Member(number=7, nick="kim", device=bytes(32))


class Ear(QObject):
    """Keeps what a session tells, in order."""

    def __init__(self, session: RoomSession) -> None:
        super().__init__(session)
        self._session = session
        self.typing: list[tuple[int, ...]] = []
        self.slowed: list[float] = []
        self.changed: list[tuple[int, ...]] = []
        self.presence = 0
        session.typing_changed.connect(self._on_typing_changed)
        session.slowed.connect(self._on_slowed)
        session.presence.connect(self._on_presence)
        session.roster.changed.connect(self._on_changed)

    @pyqtSlot()
    def _on_typing_changed(self) -> None:
        self.typing.append(self._session.typing)

    @pyqtSlot(float)
    def _on_slowed(self, seconds: float) -> None:
        self.slowed.append(seconds)

    @pyqtSlot(tuple)
    def _on_presence(self, _changes: tuple[m.Came | m.Went, ...]) -> None:
        self.presence += 1

    @pyqtSlot(tuple)
    def _on_changed(self, numbers: tuple[int, ...]) -> None:
        self.changed.append(numbers)


def in_room(last_seq: int = 0) -> tuple[RoomSession, RecordingTransport]:
    session, transport = session_with_transport()
    let_in(session, last_seq)
    for fetch in transport.take(m.Fetch):
        session.receive(m.Page(after=fetch.after, until=fetch.until, said=run(1, fetch.until)))
    return session, transport


# --- writing --------------------------------------------------------------------------------


def test_end_of_writing_is_told_before_the_message() -> None:
    session, transport = in_room()
    session.set_typing(True)
    session.set_typing(True)
    session.send("hello")
    assert [type(event) for event in transport.events] == [m.Typing, m.Typing, m.Say]
    assert transport.take(m.Typing) == [m.Typing(), m.Typing(active=False)]


def test_nothing_is_told_of_writing_outside_the_room() -> None:
    session, transport = session_with_transport()
    session.set_typing(True)
    session.send("early")
    let_in(session)
    assert transport.take(m.Typing) == []


def test_others_who_write_are_told_until_they_go() -> None:
    session, _ = in_room()
    ear = Ear(session)
    session.receive(m.Roster(members=(TOM, KIM)))
    session.receive(m.TypingNow(members=(MY_NUMBER, TOMS_NUMBER, 7)))
    session.receive(m.Presence(changes=(m.Went(number=7, nick="kim", at=1),)))
    lose(session)
    assert ear.typing == [(TOMS_NUMBER, 7), (TOMS_NUMBER,), ()]


# --- away -----------------------------------------------------------------------------------


def test_being_away_is_told_once_and_again_after_coming_back() -> None:
    session, transport = session_with_transport()
    session.set_away(True)
    let_in(session)
    session.set_away(True)
    assert transport.take(m.SetAway) == [m.SetAway(away=True)]
    lose(session)
    let_in(session)
    assert transport.take(m.SetAway) == [m.SetAway(away=True)]
    session.set_away(False)
    lose(session)
    let_in(session)
    assert transport.take(m.SetAway) == [m.SetAway(away=False)]


def test_member_who_stands_otherwise_is_changed_without_a_line() -> None:
    session, _ = in_room()
    ear = Ear(session)
    session.receive(m.Roster(members=(TOM, KIM)))
    rows = len(session.timeline)
    away = m.Changed(number=TOMS_NUMBER, away=True)
    session.receive(m.Presence(changes=(away, m.Changed(number=99, slow=True))))
    session.receive(m.Presence(changes=(away,)))
    tom = session.roster.get(TOMS_NUMBER)
    assert tom is not None
    assert (tom.away, tom.slow, tom.nick) == (True, False, "tom")
    assert ear.changed == [(TOMS_NUMBER,)]
    assert (ear.presence, len(session.timeline)) == (0, rows)


def test_member_who_comes_and_changes_at_once_comes_changed() -> None:
    session, _ = in_room()
    ear = Ear(session)
    changes = (m.Came(member=TOM, at=1), m.Changed(number=TOMS_NUMBER, slow=True))
    session.receive(m.Presence(changes=changes))
    tom = session.roster.get(TOMS_NUMBER)
    assert tom is not None
    assert tom.slow
    assert (ear.changed, ear.presence) == ([], 1)


def test_member_who_changes_and_goes_at_once_only_goes() -> None:
    session, _ = in_room()
    ear = Ear(session)
    session.receive(m.Roster(members=(TOM,)))
    changes = (
        m.Changed(number=TOMS_NUMBER, away=True),
        m.Went(number=TOMS_NUMBER, nick="tom", at=1),
    )
    session.receive(m.Presence(changes=changes))
    assert (ear.changed, ear.presence, len(session.roster)) == ([], 1, 0)


# --- pace -----------------------------------------------------------------------------------


def test_left_out_of_the_live_stream_one_fetches_what_was_said(qtbot: QtBot) -> None:
    session, transport = in_room(5)
    session.receive(m.Roster(members=(TOM,), more=True))
    with qtbot.waitSignal(session.info_changed):
        session.receive(m.Skipped(last_seq=9, topic="dinner"))
    assert session.info.topic == "dinner"
    assert transport.take(m.Fetch) == [m.Fetch(after=5, until=9)]
    session.receive(m.Roster(members=(KIM,)))
    assert [member.nick for member in session.roster] == ["kim"]
    session.receive(live(said(10)))
    session.receive(m.Page(after=5, until=9, said=run(6, 9)))
    assert [entry.seq for entry in messages(session)] == list(range(1, 11))
    assert session.unread == 5


@pytest.mark.parametrize(
    ("seconds", "told"), [(2.5, [2.5]), (-1.0, [0.0]), (1e9, [MAX_SLOWED]), (math.nan, [])]
)
def test_waiting_is_told_within_reason(seconds: float, told: list[float]) -> None:
    session, _ = in_room()
    ear = Ear(session)
    session.receive(m.Slowed(seconds=seconds))
    assert ear.slowed == told


# --- the history policy ---------------------------------------------------------------------


def test_history_policy_is_wished_for_and_shown(qtbot: QtBot) -> None:
    session, transport = in_room()
    session.set_history("last", 50)
    assert transport.take(m.SetHistory) == [m.SetHistory(history="last", count=50)]
    with qtbot.waitSignal(session.info_changed):
        session.receive(m.HistoryChanged(history="last", count=50))
    assert (session.info.history, session.info.history_count) == ("last", 50)
