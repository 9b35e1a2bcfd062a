"""The parsers are loaded a step at a time."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.ui.formatting.warming import PARSERS

_LOADED_BY_STEPS = """
import sys
from app.ui.formatting.warming import PARSERS
assert "markdown_it" not in sys.modules and "linkify_it" not in sys.modules
for load, what in PARSERS:
    load(what)
before = set(sys.modules)
from app.ui.formatting.markdown import parse
parse("**b** http://b.com www.b.com")
sys.exit(0 if set(sys.modules) == before else 1)
"""


def test_after_the_last_step_nothing_is_left_to_load() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED_BY_STEPS], check=False)
    assert done.returncode == 0


@pytest.fixture
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_what_is_loaded_for_good_is_not_collected_again() -> None:
    for load, what in PARSERS:
        load(what)
    spared = gc.get_freeze_count()
    assert spared > 10_000
    for load, what in PARSERS:
        load(what)
    assert gc.get_freeze_count() == spared
