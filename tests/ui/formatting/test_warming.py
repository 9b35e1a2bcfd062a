"""The parsers are loaded a step at a time."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.formatting.warming import Warming

_LOADED_BY_STEPS = """
import sys
from app.ui.formatting.warming import Warming
warming = Warming()
assert "markdown_it" not in sys.modules and "linkify_it" not in sys.modules
steps = 0
while not warming.done:
    warming.step()
    steps += 1
before = set(sys.modules)
from app.ui.formatting.markdown import parse
parse("**b** http://b.com www.b.com")
sys.exit(0 if steps > 3 and set(sys.modules) == before else 1)
"""


def test_after_the_last_step_nothing_is_left_to_load() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED_BY_STEPS], check=False)
    assert done.returncode == 0


def test_it_goes_by_itself_and_ends(qtbot: QtBot) -> None:
    warming = Warming()
    warming.start()
    qtbot.waitUntil(lambda: warming.done)
    warming.start()
    warming.step()
    assert warming.done


@pytest.fixture
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_is_loaded_for_good_is_not_collected_again(qapp: QApplication) -> None:
    warming = Warming(qapp)
    while not warming.done:
        warming.step()
    spared = gc.get_freeze_count()
    assert spared > 10_000
    again = Warming(qapp)
    while not again.done:
        again.step()
    assert gc.get_freeze_count() == spared
