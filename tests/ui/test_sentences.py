"""Every code has a sentence of its own."""

from __future__ import annotations

import ast
import inspect

import pytest

from app.protocol.errors import Refusal
from app.security.password import PasswordProblem
from app.session.connection import Problem
from app.session.store_file import StoreProblem
from app.ui import sentences
from app.ui.sentences import sentence

CODES = [*Refusal, *Problem, *StoreProblem, *PasswordProblem]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code: str) -> None:
    text = sentence(code)
    assert text != sentence("from-a-newer-papo")
    assert text[0].isupper()
    assert text.endswith((".", "?"))
    assert "!" not in text
    assert "{" not in text


def test_no_two_codes_share_a_sentence() -> None:
    assert len({sentence(code) for code in CODES}) == len(CODES)


def test_an_unknown_code_gets_a_sentence_that_is_true_of_all() -> None:
    assert "{" not in sentence("from-a-newer-papo", address="x")
    assert sentence("") == sentence("from-a-newer-papo")


@pytest.mark.parametrize(
    ("code", "about", "text"),
    [
        (
            Problem.NO_ANSWER,
            {"address": "10.0.0.1:9090"},
            "No answer from 10.0.0.1:9090. Is the room still open there?",
        ),
        (
            Problem.NOT_PAPO,
            {"address": "10.0.0.1"},
            "Something answers at 10.0.0.1, but it is not a Papo room. Check the port.",
        ),
        (Refusal.PEER_TOO_NEW, {}, "This room runs an older Papo. Ask its host to update."),
        (
            Refusal.NICKNAME_TAKEN,
            {"nick": "Leo"},
            "“Leo” is taken in this room. Choose another nickname.",
        ),
        (
            Refusal.NOT_SAVED,
            {"host": "Ana"},
            "Not saved: the disk of Ana’s computer is full. Ask for some space to be freed.",
        ),
        (
            Refusal.NOT_SAVED,
            {"host": "Ana", "own": True},
            "Not saved: the disk of this computer is full. Free some space, then try again.",
        ),
        (
            Refusal.NO_SUCH_FILE,
            {},
            "The host does not have this file any more. Ask whoever sent it to send it again.",
        ),
        (
            Refusal.NO_SUCH_FILE,
            {"mine": True},
            "The host does not have this file any more. Try again to send it anew.",
        ),
        (
            StoreProblem.FULL,
            {},
            "This computer’s disk is full, so this room is not kept here for now.",
        ),
        (
            Problem.WRONG_HOST,
            {"host": "Ana"},
            "This room’s fingerprint changed. Nothing was sent. Check with Ana before you go on.",
        ),
    ],
)
def test_the_given_wordings(code: str, about: dict[str, object], text: str) -> None:
    assert sentence(code, **about) == text


def test_the_wait_after_too_many_wrong_passwords_is_told_where_it_is_known() -> None:
    assert "29 second" in sentence(Refusal.TOO_MANY_GUESSES, seconds=29)
    assert "second" not in sentence(Refusal.TOO_MANY_GUESSES)


def test_braces_in_a_name_are_only_shown() -> None:
    assert "{nick.__class__}" in sentence(Refusal.NICKNAME_TAKEN, nick="{nick.__class__}")


def test_the_command_line_can_use_them() -> None:
    tree = ast.parse(inspect.getsource(sentences))
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not any(module and "QtWidgets" in module for module in imported)
