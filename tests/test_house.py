"""The house rules that a machine can check: style, types, the direction of imports, forbidden calls."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.lint import violations

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app"
FILES = sorted(APP.rglob("*.py"))


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(600)
def test_types_hold() -> None:
    _run(sys.executable, "-m", "mypy")


def test_style_holds() -> None:
    _run(sys.executable, "-m", "ruff", "check", ".")
    _run(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_imports_go_one_way() -> None:
    _run(str(Path(sys.executable).parent / "lint-imports"))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _place(path: Path) -> str:
    return path.relative_to(APP).as_posix()


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("PyQt6.QtWidgets", ("ui/", "application.py")),
        ("PyQt6.QtGui", ("ui/", "pictures/", "application.py")),
        ("PyQt6.QtSvg", ("ui/",)),
        ("PyQt6.QtNetwork", ("net/",)),
        ("socket", ("net/signals.py", "net/stream.py")),
        ("sqlite3", ("room/log", "room/schema.py", "session/store")),
        ("threading", ()),
        ("concurrent.futures", ()),
        ("multiprocessing", ()),
        ("asyncio", ()),
        ("PyQt6.QtCore.QThread", ()),
        ("PyQt6.QtCore.QThreadPool", ()),
    ],
)
def test_module_is_imported_only_where_it_belongs(module: str, allowed: tuple[str, ...]) -> None:
    offenders = [
        _place(path)
        for path in FILES
        if any(
            name == module or name.startswith(f"{module}.")
            for name in _imports(ast.parse(path.read_text("utf-8")))
        )
        and not (allowed and _place(path).startswith(allowed))
    ]
    assert offenders == []


FORBIDDEN_CALLS = {
    "sleep": "nothing waits in the event loop",
    "processEvents": "events come from the event loop alone",
    "setHtml": "nothing that a peer sent is rich text",
    "insertHtml": "nothing that a peer sent is rich text",
    "setMarkdown": "nothing that a peer sent is rich text",
    "openUrl": "a link is opened by app/ui/opening.py alone",
    "sender": "owners connect their children",
    "waitForConnected": "it blocks the event loop",
    "waitForReadyRead": "it blocks the event loop",
    "waitForBytesWritten": "it blocks the event loop",
    "waitForDisconnected": "it blocks the event loop",
}
OPENING = "ui/opening.py"
EXEC_ALLOWED = {"application.py", "cli.py", "doctor.py"}


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_file_makes_no_forbidden_call(path: Path) -> None:
    called = set(_calls(ast.parse(path.read_text("utf-8"))))
    if _place(path) == OPENING:
        called -= {"openUrl"}
    assert not called & set(FORBIDDEN_CALLS), [
        FORBIDDEN_CALLS[c] for c in called & {*FORBIDDEN_CALLS}
    ]
    if _place(path) not in EXEC_ALLOWED:
        assert "exec" not in called, "a nested event loop"


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_file_does_nothing_with_what_a_stranger_sent_but_show_it(path: Path) -> None:
    assert violations(ast.parse(path.read_text("utf-8")), _place(path)) == []


def _is_connect(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
    )


@pytest.mark.parametrize("path", FILES, ids=_place)
def test_no_lambda_or_partial_is_a_slot(path: Path) -> None:
    # It would keep what it captures alive, and run after its receiver is gone.
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if _is_connect(node):
            assert isinstance(node, ast.Call)
            for argument in node.args:
                assert not isinstance(argument, ast.Lambda | ast.Call), f"line {node.lineno}"


def test_top_level_holds_what_it_should_and_nothing_else() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    allowed = {"app", "resources", "tests", "main.py", "pyproject.toml", "README.md", "LICENSE"}
    assert {name for name in top if not name.startswith(".")} <= allowed


def test_no_file_is_two_files() -> None:
    assert [_place(path) for path in FILES if len(path.read_text("utf-8").splitlines()) > 420] == []
