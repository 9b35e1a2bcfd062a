"""A worker may do what it likes: its program goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.pictures import limits
from app.pictures.command import Command, worker_command
from app.pictures.pictures import Pictures
from app.pictures.process import WorkerProcess
from app.pictures.results import Cleaned, Look
from tests.helpers.clock import ManualClock
from tests.pictures.conftest import Do
from tests.pictures.making import gif, picture, saved

ROOT = Path(__file__).resolve().parents[2]
GOOD = '{"id": %d, "result": {"media": "image/png", "size": 3}}'
Make = Callable[[str], Pictures]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def make(qtbot: QtBot, clock: ManualClock) -> Iterator[Make]:  # noqa: ARG001 - it makes the event loop
    made: list[Pictures] = []

    def with_worker(code: str) -> Pictures:
        """`code` does a job: `job` is what it reads, `say` answers."""
        loop = (
            "import json, os, sys, time\n"
            "def say(text): print(text, flush=True)\n"
            "for line in sys.stdin:\n"
            "    job = json.loads(line)\n"
        )
        command = Command(sys.executable, ("-S", "-c", f"{loop}    {code}\n"))
        made.append(Pictures(clock, command=command))
        return made[-1]

    yield with_worker
    for one in made:
        one.close()
        one.deleteLater()


def _workers(pictures: Pictures) -> int:
    return len(pictures.findChildren(WorkerProcess))


def test_answer_is_told_and_the_worker_stays(make: Make, do: Do, tmp_path: Path) -> None:
    pictures = make(f"say('{GOOD}' % job['id'])")
    for _ in range(3):
        assert do(pictures.clean, Path("a"), tmp_path / "b") == Cleaned("image/png", 3)
    assert _workers(pictures) == 1


@pytest.mark.parametrize(
    "code",
    [
        "os._exit(3)",
        "os.abort()",
        "say('nonsense')",
        "say('{}')",
        "say('')",
        "sys.stdout.buffer.write(b'\\xff\\xfe\\n'); sys.stdout.flush()",
        f"say('{GOOD}' % (job['id'] + 1))",
        f"say(('{GOOD}' % job['id']) * 2)",
        'say(\'{"id": %d, "result": {"media": "text/html", "size": 3}}\' % job[\'id\'])',
        'say(\'{"id": %d, "result": {"media": "image/png", "size": -3}}\' % job[\'id\'])',
        "say('{\"id\": %d, \"result\": []}' % job['id'])",
        "say('{\"id\": %d}' % job['id'])",
        "say('[' * 60000)",
        "sys.stdout.write('x' * 10_000_000)",
        'say(\'{"id": %d, "error": "NotAPicture"}\' % job[\'id\'])',
    ],
)
def test_failing_worker_fails_its_job_alone(make: Make, do: Do, tmp_path: Path, code: str) -> None:
    marker = tmp_path / "second"
    good = f"say('{GOOD}' % job['id'])"
    target = tmp_path / "target"
    first = f"open({str(marker)!r}, 'x').close(); open(job['with'][1], 'x').close(); {code}"
    pictures = make(f"exec({good!r} if os.path.exists({str(marker)!r}) else {first!r})")
    assert do(pictures.clean, Path("a"), target) is None
    assert not target.exists()
    assert do(pictures.clean, Path("a"), tmp_path / "other") == Cleaned("image/png", 3)


def test_job_that_takes_too_long_is_given_up(
    make: Make, clock: ManualClock, do: Do, qtbot: QtBot, tmp_path: Path
) -> None:
    marker = tmp_path / "begun"
    pictures = make(
        f"say('{GOOD}' % job['id']) if os.path.exists({str(marker)!r})"
        f" else (open({str(marker)!r}, 'x').close(), time.sleep(1000))"
    )
    with qtbot.waitCallback() as done:
        pictures.clean(Path("a"), tmp_path / "b", done)
        qtbot.waitUntil(marker.exists, timeout=20_000)
        clock.advance(limits.JOB_DEADLINE)
    assert done.args == [None]
    assert do(pictures.clean, Path("a"), tmp_path / "b") == Cleaned("image/png", 3)


def test_idle_worker_ends_and_the_next_job_gets_another(
    make: Make, clock: ManualClock, do: Do, qtbot: QtBot, tmp_path: Path
) -> None:
    pictures = make(f"say('{GOOD}' % job['id'])")
    assert do(pictures.clean, Path("a"), tmp_path / "b") is not None
    (worker,) = pictures.findChildren(WorkerProcess)
    clock.advance(limits.IDLE_AFTER - 1)
    assert do(pictures.clean, Path("a"), tmp_path / "b") is not None
    with qtbot.waitSignal(worker.destroyed):
        clock.advance(limits.IDLE_AFTER)
    assert _workers(pictures) == 0
    assert do(pictures.clean, Path("a"), tmp_path / "b") is not None


def test_cancelled_jobs_are_not_told(make: Make, qtbot: QtBot, do: Do, tmp_path: Path) -> None:
    marker = tmp_path / "begun"
    told: list[object] = []
    pictures = make(
        f"say('{GOOD}' % job['id']) if os.path.exists({str(marker)!r})"
        f" else (open({str(marker)!r}, 'x').close(), open(job['with'][1], 'x').close(),"
        " time.sleep(1000))"
    )
    running = pictures.clean(Path("a"), tmp_path / "b", told.append)
    waiting = pictures.clean(Path("a"), tmp_path / "c", told.append)
    qtbot.waitUntil((tmp_path / "b").exists, timeout=20_000)
    waiting.cancel()
    running.cancel()
    running.cancel()
    assert not (tmp_path / "b").exists()
    assert do(pictures.clean, Path("a"), tmp_path / "d") == Cleaned("image/png", 3)
    assert told == []


def test_program_that_is_not_there_fails_the_job(
    clock: ManualClock, do: Do, tmp_path: Path
) -> None:
    pictures = Pictures(clock, command=Command(str(tmp_path / "none"), ()))
    for _ in range(2):
        assert do(pictures.look, tmp_path / "x") is None
    pictures.close()


def test_too_many_jobs_fail_in_their_turn(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "MAX_JOBS", 2)
    pictures = make(f"say('{GOOD}' % job['id'])")
    told: list[object] = []
    with qtbot.waitCallback() as last:
        for number in range(2):
            pictures.clean(Path("a"), tmp_path / str(number), told.append)
        pictures.clean(Path("a"), tmp_path / "x", last)
        assert told == []
    assert told == [Cleaned("image/png", 3)] * 2
    assert last.args == [None]


def test_target_that_is_there_is_left_alone(make: Make, do: Do, tmp_path: Path) -> None:
    pictures = make(f"say('{GOOD}' % job['id'])")
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("mine", "link"):
        assert do(pictures.clean, Path("a"), tmp_path / name) is None
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_closing_ends_the_worker_at_once(
    make: Make, clock: ManualClock, qtbot: QtBot, tmp_path: Path
) -> None:
    marker = tmp_path / "begun"
    pictures = make(f"open({str(marker)!r}, 'x').close(); time.sleep(1000)")
    told: list[object] = []
    pictures.look(Path("a"), told.append)
    qtbot.waitUntil(marker.exists, timeout=20_000)
    pictures.close()
    assert clock.waiting == 0
    assert told == []


def test_true_worker_outlives_bad_pictures(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.png", tmp_path / "good.gif"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    good.write_bytes(gif(2))
    for _ in range(3):
        assert do(pictures.look, bad) is None
        assert isinstance(do(pictures.look, good), Look)
    assert _workers(pictures) == 1


def test_packaged_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command().arguments == ("pictures-worker",)


def test_worker_is_found_from_any_folder(
    pictures: Pictures, do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What lies there must not be taken for what is meant.
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    path = tmp_path / "a.png"
    path.write_bytes(saved(picture(4, 4), "png"))
    monkeypatch.chdir(tmp_path)
    assert do(pictures.look, path) is not None


def test_host_needs_no_library_of_a_window() -> None:
    code = "import sys, app.headless, app.lobby; sys.exit('PyQt6.QtGui' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
