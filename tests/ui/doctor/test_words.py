"""Every step, with every code, has words; and a report holds no markup, no controls and no secret."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.errors import Refusal
from app.session.checking import Finding, Step, Verdict
from app.session.connection import Problem
from app.ui.doctor import words
from app.ui.doctor.words import command_of, line_of, report, summary, title_of, verdict_word

ABOUT = dict.fromkeys(
    ("address", "name", "port", "interfaces", "interface", "rank", "command"), "9090"
)


@pytest.mark.parametrize(("step", "code"), sorted(words._WORDS))
def test_every_code_has_a_whole_sentence(step: Step, code: str) -> None:
    line = line_of(Finding(step, Verdict.DOUBTFUL, code, ABOUT))
    assert "{" not in line
    assert line.rstrip("]0 9[").endswith((".", ":"))


@pytest.mark.parametrize("step", list(Step))
def test_every_step_has_a_title(step: Step) -> None:
    assert title_of(step)
    assert all(verdict_word(verdict) for verdict in Verdict)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        *((Step.CONNECT, code) for code in (Problem.NO_ANSWER, Problem.UNREACHABLE)),
        *(
            (Step.VERSION, code)
            for code in (Refusal.PEER_TOO_OLD, Refusal.PEER_TOO_NEW, Refusal.TOO_MANY_LINKS)
        ),
    ],
)
def test_refusals_and_problems_have_their_usual_sentence(step: Step, code: str) -> None:
    about = {"address": "192.168.1.20:9090", "name": "192.168.1.20", "port": "9090"}
    assert line_of(Finding(step, Verdict.BAD, code, about)).endswith((".", "?"))


def test_all_that_the_checks_tell_has_words_of_its_own() -> None:
    told = set()
    for name in ("hosting", "joining"):
        path = Path(__file__).parents[3] / "app" / "net" / "doctor" / f"{name}.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "tell":
                step, _verdict, code = node.args[:3]
                if isinstance(code, ast.Constant):
                    assert isinstance(step, ast.Attribute)
                    told.add((Step[step.attr], code.value))
    assert len(told) > 15
    assert told <= set(words._WORDS)


def test_command_is_told_only_where_it_is_needed() -> None:
    about = {"name": "ufw", "port": "9090", "command": "sudo ufw allow 9090/tcp"}
    assert command_of(Finding(Step.FIREWALL, Verdict.GOOD, "open", about)) == ""
    shut = Finding(Step.FIREWALL, Verdict.BAD, "shut", about)
    assert line_of(shut).endswith("[sudo ufw allow 9090/tcp]")


def test_summary_goes_by_the_worst() -> None:
    good, hint = Finding(Step.VPN, Verdict.GOOD, "off"), Finding(Step.TRUST, Verdict.HINT, "new")
    doubtful = Finding(Step.VPN, Verdict.DOUBTFUL, "on", {"interfaces": "tun0"})
    bad = Finding(Step.NETWORK, Verdict.BAD, "no-network")
    said = [
        summary(some, hosting=False) for some in ([good, hint], [good, doubtful], [doubtful, bad])
    ]
    assert len(set(said)) == 3
    closed = Finding(Step.LISTEN, Verdict.HINT, "nothing-open", {"port": "9090"})
    assert "No room is open" in summary([closed], hosting=True)


@given(st.text())
def test_a_strangers_words_stay_on_their_line(text: str) -> None:
    finding = Finding(Step.RESOLVE, Verdict.BAD, Problem.NO_SUCH_HOST, {"name": text})
    assert len(report([finding], "ana-pc").splitlines()) == 2
