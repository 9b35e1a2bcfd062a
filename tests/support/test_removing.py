"""Files are removed without holding up the event loop, and nothing else is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest

from app.support.removing import AT_ONCE, PIECE, Remover
from tests.helpers.clock import ManualClock, ManualTimer

PIECES = 5


class TurningClock(ManualClock):
    """A clock whose turns pass one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.due: deque[ManualTimer] = deque()

    def call_later(self, delay: float, call: Callable[[], None]) -> ManualTimer:
        self.due.append(ManualTimer(delay, call))
        return self.due[-1]

    def turn(self) -> bool:
        """Let one pass; return whether there was one."""
        while self.due:
            timer = self.due.popleft()
            if not timer.cancelled:
                timer.call()
                return True
        return False


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock()


@pytest.fixture
def remover(clock: TurningClock) -> Remover:
    return Remover(clock)


def _large(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(PIECES * PIECE)
    return path


def test_small_file_is_gone_at_once(remover: Remover, tmp_path: Path, clock: TurningClock) -> None:
    path = tmp_path / "small"
    path.write_bytes(bytes(100))
    remover.remove(path)
    remover.remove(tmp_path / "never" / "there")
    assert not path.exists()
    assert not clock.turn()


def test_large_files_go_in_pieces(remover: Remover, tmp_path: Path, clock: TurningClock) -> None:
    paths = [_large(tmp_path / name) for name in "ab"]
    for path in (*paths, *paths):
        remover.remove(path)
    sizes = [2 * PIECES * PIECE]
    while clock.turn():
        sizes.append(sum(path.stat().st_size for path in paths if path.exists()))
        assert sizes[-2] - sizes[-1] <= PIECE + AT_ONCE
    assert not any(path.exists() for path in paths)


def test_name_that_is_needed_again_is_free_at_once(
    remover: Remover, tmp_path: Path, clock: TurningClock
) -> None:
    path = _large(tmp_path / "large")
    remover.remove(path)
    assert clock.turn()
    remover.hurry(path)
    assert not path.exists()
    path.write_bytes(b"another")
    remover.hurry(path)
    while clock.turn():
        pass
    assert path.read_bytes() == b"another"


def test_end_of_the_run_removes_the_rest(
    remover: Remover, tmp_path: Path, clock: TurningClock
) -> None:
    path = _large(tmp_path / "large")
    remover.remove(path)
    assert clock.turn()
    assert path.exists()
    remover.finish()
    assert not path.exists()
    assert not clock.turn()


def test_file_that_another_name_leads_to_stays_whole(
    remover: Remover, tmp_path: Path, clock: TurningClock
) -> None:
    kept = _large(tmp_path / "kept")
    (tmp_path / "hard").hardlink_to(kept)
    (tmp_path / "soft").symlink_to(kept)
    for name in ("hard", "soft"):
        remover.remove(tmp_path / name)
    while clock.turn():
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert kept.stat().st_size == PIECES * PIECE


def test_file_that_becomes_another_meanwhile_takes_nothing_along(
    remover: Remover, tmp_path: Path, clock: TurningClock
) -> None:
    kept, path = _large(tmp_path / "kept"), _large(tmp_path / "large")
    remover.remove(path)
    assert clock.turn()
    path.unlink()
    path.symlink_to(kept)
    while clock.turn():
        pass
    assert kept.stat().st_size == PIECES * PIECE
