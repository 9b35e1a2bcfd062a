"""The roster is who is in the room, whatever came and went how often in between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol.messages import Came, Member, Went
from app.session.roster import Roster
from tests.helpers.messages import unhurried


def member(number: int, nick: str = "") -> Member:
    return Member(number=number, nick=nick or f"n{number}", device=bytes([number]) * 32)


def came(number: int) -> Came:
    return Came(member=member(number), at=0)


def went(number: int) -> Went:
    return Went(number=number, nick=f"n{number}", at=0)


class Mirror(QObject):
    """The numbers of a roster, kept up to date by its signals alone."""

    def __init__(self, roster: Roster) -> None:
        super().__init__(roster)
        self.numbers: set[int] = set()
        self.resets = 0
        self.located = 0
        self._roster = roster
        roster.reset.connect(self._on_reset)
        roster.came.connect(self._on_came)
        roster.went.connect(self._on_went)
        roster.located.connect(self._on_located)

    @pyqtSlot()
    def _on_reset(self) -> None:
        self.resets += 1
        self.numbers = {one.number for one in self._roster}

    @pyqtSlot(tuple)
    def _on_came(self, members: tuple[Member, ...]) -> None:
        for one in members:
            assert one.number not in self.numbers
            self.numbers.add(one.number)

    @pyqtSlot(tuple)
    def _on_went(self, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            self.numbers.remove(number)

    @pyqtSlot()
    def _on_located(self) -> None:
        self.located += 1


def test_filling_replaces_everyone() -> None:
    roster = Roster()
    mirror = Mirror(roster)
    roster.fill([member(1), member(2)])
    roster.fill([member(2), member(3)])
    assert [one.number for one in roster] == [2, 3]
    assert len(roster) == 2
    assert mirror.resets == 2
    assert roster.get(1) is None
    assert roster.get(3) == member(3)


def test_whoever_came_and_went_at_once_is_not_told_of() -> None:
    roster = Roster()
    mirror = Mirror(roster)
    roster.apply([came(1), went(1)])
    assert mirror.numbers == set()
    assert len(roster) == 0


def test_whoever_went_and_came_back_at_once_is_here() -> None:
    roster = Roster()
    roster.fill([member(1)])
    mirror = Mirror(roster)
    mirror.numbers = {1}
    roster.apply([went(1), came(1)])
    assert mirror.numbers == {1}
    assert roster.get(1) == member(1)


def test_going_of_somebody_unknown_changes_nothing() -> None:
    roster = Roster()
    roster.apply([went(9)])
    assert len(roster) == 0


def test_address_is_known_until_its_member_goes() -> None:
    roster = Roster()
    mirror = Mirror(roster)
    roster.fill([member(1), member(2)])
    roster.locate({1: "10.0.0.1", 2: "10.0.0.2"})
    assert mirror.located == 1
    assert (roster.address_of(1), roster.address_of(3)) == ("10.0.0.1", "")
    roster.apply([went(1)])
    roster.fill([member(1)])
    assert (roster.address_of(1), roster.address_of(2)) == ("", "")


changes = st.lists(st.builds(came, st.integers(1, 4)) | st.builds(went, st.integers(1, 4)))


@unhurried
@given(st.sets(st.integers(1, 4)), st.lists(changes, max_size=5))
def test_signals_alone_tell_who_is_here(first: set[int], batches: list[list[Came | Went]]) -> None:
    roster = Roster()
    mirror = Mirror(roster)
    roster.fill([member(number) for number in first])
    here = set(first)
    for batch in batches:
        roster.apply(batch)
        for change in batch:
            if isinstance(change, Came):
                here.add(change.member.number)
            else:
                here.discard(change.number)
        assert mirror.numbers == here == {one.number for one in roster}
