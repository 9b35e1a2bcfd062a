"""The end of the process: everything written, nothing else run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import atexit, logging, os, sys
from app.support.ending import end_process
atexit.register(os.abort)
logging.basicConfig(filename={log!r})
logging.error("the last line")
{before}
print("the last word", end="")
end_process(3)
"""


def _run(before: str, log: Path) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(before=before, log=str(log))
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )


def test_what_was_written_is_out_and_no_handler_runs(tmp_path: Path) -> None:
    ended = _run("", tmp_path / "log")
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "the last word", "")
    assert "the last line" in (tmp_path / "log").read_text("utf-8")


@pytest.mark.parametrize("nobody", ["sys.stderr = None", "os.close(2)"])
def test_a_program_without_a_console_ends_as_well(nobody: str, tmp_path: Path) -> None:
    assert _run(nobody, tmp_path / "log").returncode == 3
