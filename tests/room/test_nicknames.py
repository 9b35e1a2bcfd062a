"""A nickname is its device's while that is here, and for a while after it was lost."""

from __future__ import annotations

from app.room.nicknames import NICKNAME_HELD, Nicknames

ANA, TOM = b"a" * 32, b"t" * 32


def taken_by(device: bytes) -> Nicknames:
    nicknames = Nicknames()
    nicknames.take("ana", device)
    return nicknames


def test_nickname_is_nobodys_at_first() -> None:
    assert Nicknames().holder("ana", 0) is None


def test_nickname_of_somebody_here_is_theirs_for_ever() -> None:
    nicknames = taken_by(ANA)
    nicknames.sweep(10**15)
    assert nicknames.holder("ana", 10**15) == ANA


def test_nickname_of_somebody_lost_is_held_for_its_time() -> None:
    nicknames = taken_by(ANA)
    nicknames.keep("ana", 1_000)
    assert nicknames.holder("ana", 1_000 + NICKNAME_HELD - 1) == ANA
    assert nicknames.holder("ana", 1_000 + NICKNAME_HELD) is None


def test_nickname_of_somebody_who_came_back_is_theirs_again() -> None:
    nicknames = taken_by(ANA)
    nicknames.keep("ana", 0)
    nicknames.take("ana", ANA)
    assert nicknames.holder("ana", 10 * NICKNAME_HELD) == ANA


def test_freed_nickname_is_for_anybody() -> None:
    nicknames = taken_by(ANA)
    nicknames.free("ana")
    assert nicknames.holder("ana", 0) is None
    nicknames.take("ana", TOM)
    assert nicknames.holder("ana", 0) == TOM


def test_sweep_forgets_only_those_whose_time_is_over() -> None:
    nicknames = taken_by(ANA)
    nicknames.take("tom", TOM)
    nicknames.keep("ana", 0)
    nicknames.keep("tom", 1)
    nicknames.sweep(NICKNAME_HELD)
    assert list(nicknames._holders) == ["tom"]
    assert nicknames.holder("tom", NICKNAME_HELD) == TOM
