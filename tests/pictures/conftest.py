"""Pictures with a true worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.net.qt_clock import QtClock
from app.pictures.pictures import Job, Pictures


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[Pictures]:  # noqa: ARG001 - it makes the event loop
    clock = QtClock()
    made = Pictures(clock)
    yield made
    made.close()
    made.deleteLater()
    clock.deleteLater()


Do = Callable[..., Any]


@pytest.fixture
def do(qtbot: QtBot) -> Do:
    """Call one of the jobs of `Pictures`, and return what it comes to."""

    def call(job: Callable[..., Job], *values: object) -> Any:
        with qtbot.waitCallback(timeout=20_000) as done:
            job(*values, done)
        assert done.args is not None
        return done.args[0]

    return call
