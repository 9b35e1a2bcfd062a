"""Programs are asked with fixed words, within a time limit, and never from within the call."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PyQt6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.system import programs
from app.system.programs import Answer, Question, SystemPrograms

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs here are scripts")


def _install(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _ask(qtbot: QtBot, question: Question) -> Answer:
    asking = SystemPrograms()
    answers: list[Answer] = []
    asking.ask(question, answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    asking.deleteLater()
    return answers[0]


@pytest.fixture(autouse=True)
def only_these(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(programs, "_BESIDES", [])
    return tmp_path


def test_answer_is_what_the_program_says(only_these: Path, qtbot: QtBot) -> None:
    _install(only_these, "ufw", 'echo "$@"; echo "$LC_ALL" >&2; exit 3')
    answer = _ask(qtbot, Question.UFW_STATUS)
    assert (answer.there, answer.status, answer.well) == (True, 3, False)
    assert sorted(answer.said.split()) == ["C", "status", "verbose"]


def test_program_that_is_not_installed_is_said_to_be_missing(qtbot: QtBot) -> None:
    assert _ask(qtbot, Question.FIREWALLD_STATE) == Answer()


def test_program_that_takes_too_long_is_ended(
    only_these: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "LONGEST_MS", 100)
    _install(only_these, "ufw", "exec sleep 60")
    answer = _ask(qtbot, Question.UFW_STATUS)
    assert (answer.there, answer.well) == (True, False)


def test_endless_answer_is_cut(
    only_these: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "MAX_ANSWER", 1000)
    _install(only_these, "ufw", "head -c 1000000 /dev/zero | tr '\\0' x")
    assert len(_ask(qtbot, Question.UFW_STATUS).said) == 1000


def test_stopped_question_is_not_answered(only_these: Path, qtbot: QtBot) -> None:
    _install(only_these, "ufw", "echo late")
    asking = SystemPrograms()
    answers: list[Answer] = []
    asking.ask(Question.UFW_STATUS, answers.append)
    gone = QSignalSpy(asking.children()[0].destroyed)
    asking.stop()
    qtbot.waitUntil(lambda: len(gone) == 1, timeout=20_000)
    assert answers == []
    asking.deleteLater()
