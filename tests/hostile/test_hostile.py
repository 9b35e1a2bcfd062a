"""No widget shows a stranger's text as anything but text; nothing is loaded or opened because of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.watch import Touched, Watch, has_strace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the watch wants Linux")

STAGE = ["-m", "tests.hostile.stage"]
TRACED = has_strace()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(tmp_path / "watched")
    yield watch
    watch.close()


def told(touched: Touched) -> dict[str, Any]:
    assert touched.status == 0, touched.errors
    found: dict[str, Any] = json.loads(touched.output.splitlines()[-1])
    return found


@pytest.mark.timeout(300)
def test_nothing_is_touched_and_everything_is_plain(watch: Watch) -> None:
    whole = ["--whole"] if os.environ.get("PAPO_WHOLE_CORPUS") else []
    touched = watch.run([*STAGE, *whole], strace=TRACED)
    noticed = told(touched)
    assert noticed["fed"] > 300
    assert noticed["errors"] == []
    assert noticed["faults"] == []
    assert noticed["audit"] == []
    assert noticed["urls"] == []
    assert not touched, touched.traced[:5]


@pytest.mark.parametrize("plant", ["label", "tooltip", "browser"])
def test_watch_notices_a_file_that_qt_opens(watch: Watch, plant: str) -> None:
    touched = watch.run([*STAGE, "--most", "1", "--plant", plant], strace=TRACED)
    noticed = told(touched)
    assert touched.file_opened
    assert bool(touched.traced) is TRACED
    # Python hears nothing of it: that is why the kernel is asked.
    assert noticed["audit"] == []


def test_watch_notices_what_python_opens(watch: Watch) -> None:
    touched = watch.run([*STAGE, "--most", "1", "--plant", "open"], strace=TRACED)
    assert told(touched)["audit"]
    assert touched.file_opened


def test_watch_notices_the_network(watch: Watch) -> None:
    touched = watch.run([*STAGE, "--most", "1", "--plant", "request"], strace=TRACED)
    told(touched)
    assert touched.knocked
    assert bool(touched.traced) is TRACED


def test_watch_notices_what_another_program_should_open(watch: Watch) -> None:
    touched = watch.run([*STAGE, "--most", "1", "--plant", "url"], strace=TRACED)
    assert told(touched)["urls"]
    assert not touched
