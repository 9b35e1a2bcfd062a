"""What is wanted soon is loaded a step at a time."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.warming import Warming


def test_it_goes_by_itself_in_order_and_ends(qtbot: QtBot) -> None:
    taken: list[str] = []
    warming = Warming([(taken.append, "a"), (taken.append, "b"), (taken.append, "c")], between=0)
    warming.start()
    assert taken == []
    qtbot.waitUntil(lambda: warming.done)
    warming.start()
    warming.step()
    assert warming.done
    assert taken == ["a", "b", "c"]


def test_a_step_loads_one_part() -> None:
    taken: list[str] = []
    warming = Warming([(taken.append, "a"), (taken.append, "b")], between=0)
    warming.step()
    assert (taken, warming.done) == (["a"], False)
