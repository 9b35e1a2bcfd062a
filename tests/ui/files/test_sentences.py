"""Each thing that goes wrong with a file is told, and what to do then."""

from __future__ import annotations

import pytest

from app.session.files.transfer import FileFailure
from app.ui.files.sentences import LocalProblem
from app.ui.sentences import sentence
from app.ui.texts import set_language


@pytest.mark.parametrize("code", [*FileFailure, *LocalProblem])
def test_each_failure_has_a_sentence_of_its_own(code: str) -> None:
    set_language("en")
    assert sentence(code) != sentence("nobody-knows-this")
    assert sentence(code).endswith(".")


def test_no_two_failures_are_told_alike() -> None:
    codes = [*FileFailure, *LocalProblem]
    assert len({sentence(code) for code in codes}) == len(codes)
