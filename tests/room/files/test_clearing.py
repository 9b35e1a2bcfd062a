"""Large files go a piece at a time; small ones at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.room.files import clearing
from app.room.files.clearing import GONE, Clearing
from tests.helpers.frail_disk import FrailDisk, Killed


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FrailDisk:
    monkeypatch.setattr(clearing, "AT_ONCE", 10)
    monkeypatch.setattr(clearing, "PIECE", 100)
    return FrailDisk()


@pytest.fixture
def going(disk: FrailDisk) -> Clearing:
    return Clearing(disk)


def _file(folder: Path, name: str, size: int) -> Path:
    path = folder / name
    path.write_bytes(bytes(size))
    return path


def _sizes(folder: Path) -> list[int]:
    return sorted(path.stat().st_size for path in folder.iterdir())


def _clear(going: Clearing, path: Path) -> None:
    going.remove(path)
    while going.is_busy:
        going.step()


def test_small_file_is_gone_at_once(going: Clearing, tmp_path: Path) -> None:
    going.remove(_file(tmp_path, "small", 10))
    assert not list(tmp_path.iterdir())
    assert not going.is_busy


def test_removing_what_is_not_there_is_harmless(going: Clearing, tmp_path: Path) -> None:
    going.remove(tmp_path / "none")
    assert not going.is_busy


def test_large_file_leaves_its_place_at_once_and_the_disk_in_pieces(
    going: Clearing, tmp_path: Path
) -> None:
    path = _file(tmp_path, "large", 250)
    going.remove(path)
    assert not path.exists()
    seen = []
    while going.is_busy:
        seen += _sizes(tmp_path)
        going.step()
    assert seen == [250, 150, 50]
    assert not list(tmp_path.iterdir())


def test_one_step_gives_back_several_files_that_are_not_larger(
    going: Clearing, tmp_path: Path
) -> None:
    for number in range(5):
        going.remove(_file(tmp_path, str(number), 40))
    going.step()
    assert _sizes(tmp_path) == [20, 40, 40]


def test_name_can_be_used_again_meanwhile(going: Clearing, tmp_path: Path) -> None:
    for _ in range(2):
        going.remove(_file(tmp_path, "same", 250))
    kept = _file(tmp_path, "same", 30)
    while going.is_busy:
        going.step()
    assert list(tmp_path.iterdir()) == [kept]
    assert kept.stat().st_size == 30


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_file_that_has_another_name_stays_whole_under_it(
    going: Clearing, tmp_path: Path, when: str
) -> None:
    path, copy = _file(tmp_path, "large", 250), tmp_path / "copy"
    if when == "before":
        copy.hardlink_to(path)
    going.remove(path)
    if when == "meanwhile":
        (moved,) = tmp_path.iterdir()
        copy.hardlink_to(moved)
    while going.is_busy:
        going.step()
    assert list(tmp_path.iterdir()) == [copy]
    assert copy.stat().st_size == 250


def test_file_that_a_link_leads_to_stays(going: Clearing, tmp_path: Path) -> None:
    path = _file(tmp_path, "large", 250)
    link = tmp_path / "link"
    link.symlink_to(path)
    going.remove(link)
    while going.is_busy:
        going.step()
    assert _sizes(tmp_path) == [250]


@pytest.mark.parametrize("steps", range(6))
def test_what_a_crash_left_goes_once_it_is_found(
    going: Clearing, disk: FrailDisk, tmp_path: Path, steps: int
) -> None:
    path = _file(tmp_path, "large", 250)
    disk.steps_left = steps
    with pytest.raises(Killed):
        _clear(going, path)
    disk.steps_left = None
    (left,) = tmp_path.iterdir()
    again = Clearing(disk)
    again.remove(left)
    # Whoever finds it twice takes it once.
    for found in tmp_path.glob(f"*{GONE}"):
        _clear(again, found)
    assert not list(tmp_path.iterdir())


def test_file_that_the_disk_does_not_give_away_stays_where_it_is(
    going: Clearing, disk: FrailDisk, tmp_path: Path
) -> None:
    path = _file(tmp_path, "large", 250)
    disk.broken = True
    with pytest.raises(OSError, match="broken"):
        going.remove(path)
    assert path.exists()
    disk.broken = False
    going.remove(path)
    disk.broken = True
    going.step()
    assert not going.is_busy
    assert not path.exists()
