"""Old files go, in the background; what is new, in use or no file stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.support.sweeping import AT_ONCE, Sweep, Sweeper
from tests.helpers.clock import ManualClock

DAY = 24 * 3600.0


def _file(path: Path, clock: ManualClock, age: float) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.utime(path, (clock.now() - age, clock.now() - age))
    return path


def test_old_files_go_a_few_at_a_time(tmp_path: Path) -> None:
    clock = ManualClock()
    for number in range(3 * AT_ONCE):
        _file(tmp_path / "viewed" / str(number), clock, 1.0)
    Sweeper([Sweep(tmp_path / "missing"), Sweep(tmp_path / "viewed")], clock).start()
    assert len(list((tmp_path / "viewed").iterdir())) == 2 * AT_ONCE
    clock.advance(0)
    assert list((tmp_path / "viewed").iterdir()) == []
    assert clock.waiting == 0


@pytest.mark.parametrize(("age", "stays"), [(6 * DAY, True), (8 * DAY, False)])
def test_file_stays_until_it_is_old(tmp_path: Path, age: float, stays: bool) -> None:
    clock = ManualClock()
    path = _file(tmp_path / "outgoing" / "made.zip", clock, age)
    Sweeper([Sweep(path.parent, 7 * DAY)], clock).start()
    assert path.exists() is stays


def test_folders_and_what_links_lead_to_stay(tmp_path: Path) -> None:
    clock = ManualClock()
    mine = _file(tmp_path / "mine" / "letter.txt", clock, DAY)
    viewed = tmp_path / "viewed"
    (viewed / "folder").mkdir(parents=True)
    (viewed / "link").symlink_to(mine)
    os.utime(viewed / "link", (clock.now() - 1, clock.now() - 1), follow_symlinks=False)
    Sweeper([Sweep(viewed)], clock).start()
    clock.advance(0)
    assert [path.name for path in viewed.iterdir()] == ["folder"]
    assert mine.exists()
