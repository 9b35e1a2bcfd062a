"""What is wanted soon is loaded a step at a time."""

from __future__ import annotations

from PyQt6 import sip
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


def test_whose_last_step_takes_it_away_is_touched_no_more(qtbot: QtBot) -> None:
    taken: list[str] = []

    def go_away(what: str) -> None:
        taken.append(what)
        sip.delete(warming)

    warming = Warming([(go_away, "a")], between=0)
    with qtbot.captureExceptions() as exceptions:
        warming.start()
        qtbot.waitUntil(lambda: sip.isdeleted(warming))
    assert (taken, exceptions) == (["a"], [])


def test_a_step_loads_one_part() -> None:
    taken: list[str] = []
    warming = Warming([(taken.append, "a"), (taken.append, "b")], between=0)
    warming.step()
    assert (taken, warming.done) == (["a"], False)
