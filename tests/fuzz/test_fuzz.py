"""A short run of every target, and proof that a run finds what is there to find."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import strategies as st

from app.room.room import Room
from tests.fuzz import engine
from tests.fuzz.__main__ import main
from tests.fuzz.engine import Found, Run, Target, TooMuchMemory, TooSlow, as_case, as_text, fuzz
from tests.fuzz.inputs import Case, one
from tests.fuzz.registry import TARGETS

SEED = 20_260_306
"""Always the same here: what a short run finds, the next one finds as well."""


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_target_stands_what_is_thrown_at_it(name: str) -> None:
    target = TARGETS[name]
    fuzz(target, examples=target.examples, seed=SEED)


def test_every_kept_case_belongs_to_a_target() -> None:
    folders = {path.name for path in engine.CORPUS.iterdir() if path.is_dir()}
    assert folders <= set(TARGETS)


# --- the engine itself ----------------------------------------------------------------------------


def _target(run: Run) -> Target:
    @contextmanager
    def opened() -> Iterator[Run]:
        yield run

    return Target("planted", one(st.binary(max_size=40)), opened)


def test_planted_fault_is_found_and_its_shortest_case_told() -> None:
    def run(case: Case) -> None:
        if len(case[0]) >= 3:
            raise ZeroDivisionError

    with pytest.raises(Found) as found:
        fuzz(_target(run), examples=200, seed=1)
    assert found.value.case == (bytes(3),)
    assert "seed 1" in str(found.value)
    assert "ZeroDivisionError" in str(found.value)


def _excepthook() -> None:
    sys.excepthook(ValueError, ValueError("in a slot"), None)


def _error_in_the_log() -> None:
    logging.getLogger("app").error("it went wrong")


@pytest.mark.parametrize("fault", [_excepthook, _error_in_the_log])
def test_fault_that_no_caller_sees_is_found(fault: object) -> None:
    assert callable(fault)

    def run(_case: Case) -> None:
        fault()

    with pytest.raises(Found):
        fuzz(_target(run), examples=5, seed=1)


def test_case_that_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LONGEST", -1.0)
    with pytest.raises(Found) as found:
        fuzz(_target(lambda _case: None), examples=1, seed=1)
    assert isinstance(found.value.__cause__, TooSlow)


def test_memory_that_grows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    used = iter([1000, 1000 + engine.MOST_MEMORY + 1])
    monkeypatch.setattr(engine, "_memory", lambda: next(used))
    with pytest.raises(TooMuchMemory):
        fuzz(_target(lambda _case: None), examples=1, seed=1)


def test_kept_case_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CORPUS", tmp_path)
    kept = (b"", b"\x00\xff")
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted" / "a.txt").write_text(as_text(kept, "why"), "ascii")
    seen: list[Case] = []
    fuzz(_target(seen.append), examples=3, seed=1)
    assert seen[0] == kept
    assert as_case(as_text(kept, "why")) == kept


@pytest.mark.parametrize("name", ["room", "door"])
def test_fault_deep_in_a_room_is_reached(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> list[object]:
        raise ZeroDivisionError

    # Only who went all the way in, and then asks, comes here.
    monkeypatch.setitem(Room._HANDLERS, _fetch(), broken)
    with pytest.raises(Found) as found:
        fuzz(TARGETS[name], examples=300, seed=SEED)
    assert "ZeroDivisionError" in str(found.value)


def _fetch() -> type:
    return next(kind for kind in Room._HANDLERS if kind.__name__ == "Fetch")


def test_command_runs_a_round_and_tells_how_it_went(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--minutes", "0", "--target", "codec", "--seed", "5", "--examples", "20"]) == 0
    assert "codec: 20 cases, seed 5" in capsys.readouterr().out

    def run(_case: Case) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(TARGETS, "codec", _target(run))
    assert main(["--minutes", "0", "--target", "codec", "--seed", "5"]) == 1
    told = capsys.readouterr().out
    assert "--target codec --seed 5" in told
    assert "the shortest case" in told
