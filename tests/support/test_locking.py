"""A lock is one process's at a time, and goes with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.support.locking import Lock
from tests.helpers.processes import ROOT

_HOLD = """
import sys
from pathlib import Path
from app.support.locking import Lock
lock = Lock(Path(sys.argv[1]))
print(lock.is_held, flush=True)
sys.stdin.read()
"""


def test_second_holder_waits_for_nothing_and_has_nothing(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert (first.is_held, second.is_held) == (True, False)
    second.release()
    first.release()
    third = Lock(tmp_path / "lock")
    assert third.is_held
    third.release()


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not Lock(path).is_held
        holder.kill()
        holder.wait()
        assert Lock(path).is_held


def test_folder_that_is_none_is_not_locked(tmp_path: Path) -> None:
    assert not Lock(tmp_path / "missing" / "lock").is_held
