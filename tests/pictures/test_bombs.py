"""Whatever a picture wants, its worker takes little memory, little time, and writes nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.pictures import limits
from tests.pictures.bombs import BORNE, REFUSED
from tests.pictures.making import gif
from tests.pictures.measuring import Cost, measured

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measures with Linux's means")

MIB = 1024 * 1024
REFUSAL_MEMORY = 96 * MIB
"""Python and Qt, and as much again."""
MOST_MEMORY = 384 * MIB
SECONDS = 20
"""For what ends by itself: this machine may be busy."""

DEADLINES = {"jpeg of 20,000 scans": 3, "webp with a canvas of 25 megapixels": 3}
"""What would go on for long is ended, as `Pictures` does it."""

GOOD = {"png of 25 megapixels", "png of 25 megapixels, interlaced", "gif of 20,000 frames"}
"""What is large, and no bomb."""


def _result(cost: Cost, number: int) -> bool:
    return any(answer["id"] == number and "result" in answer for answer in cost.answers)


def test_bombs_are_refused_before_they_cost_anything(tmp_path: Path) -> None:
    jobs = []
    for number, bomb in enumerate(REFUSED.values()):
        path = tmp_path / f"{number}.png"
        path.write_bytes(bomb())
        jobs.append(("thumbnail", str(path), f"{path}.thumbnail"))
    cost = measured(*jobs)
    assert cost.memory < REFUSAL_MEMORY
    said = dict(zip(REFUSED, cost.answers, strict=True))
    assert {name for name, answer in said.items() if answer.get("error") != "NotAPicture"} == set()
    assert list(tmp_path.glob("*.thumbnail")) == []


@pytest.mark.parametrize("name", BORNE)
def test_bomb_is_borne(name: str, tmp_path: Path) -> None:
    names = ("a.png", "thumbnail", "pixels", "frames")
    path, thumbnail, pixels, frames = (tmp_path / name for name in names)
    path.write_bytes(BORNE[name]())
    cost = measured(
        ("look", str(path)),
        ("thumbnail", str(path), str(thumbnail)),
        ("decode", str(path), str(pixels), 1000, 1000),
        ("frames", str(path), str(frames), 1000, 1000),
        within=(seconds := DEADLINES.get(name, SECONDS)),
    )
    assert cost.memory < MOST_MEMORY
    assert cost.seconds < seconds + 5
    assert _result(cost, 1) == thumbnail.exists()
    assert _result(cost, 2) == pixels.exists()
    assert _result(cost, 3) == frames.exists()
    assert thumbnail.exists() or name not in GOOD
    if thumbnail.exists():
        assert thumbnail.stat().st_size <= limits.THUMBNAIL_BYTES


def test_pipe_and_folder_and_nothing_are_no_pictures(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    names = ("pipe", ".", "missing")
    cost = measured(*(("look", str(tmp_path / name)) for name in names), within=SECONDS)
    assert ["error" in answer for answer in cost.answers] == [True] * 3


def test_file_too_large_for_a_picture_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    os.truncate(path, limits.MAX_SOURCE + 1)
    cost = measured(("clean", str(path), f"{path}.clean"), within=SECONDS)
    assert cost.answers == [{"id": 0, "error": "NotAPicture"}]
    assert cost.memory < REFUSAL_MEMORY


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    path, target = tmp_path / "gif.gif", tmp_path / "mine"
    path.write_bytes(gif(1))
    target.write_text("mine")
    cost = measured(("thumbnail", str(path), str(target)))
    assert cost.answers == [{"id": 0, "error": "FileExistsError"}]
    assert target.read_text() == "mine"
